lacks "redirects are not in the sitemap" public/sitemap.xml 'old.html'
exists "an odd one" 'public/p=12/index.html'
exists "DIR/NAME.md is /DIR/NAME/" public/guide/tips/index.html
