find public -name '*.html' | while read -r file; do
    tr '<' '\n' <"$file" | grep -oE '(href|src|poster|action|data)="/[^"]*"' | grep -vE '="/blog/|="//' | sed "s|^|$file: |"
    tr '<' '\n' <"$file" | grep -oE 'srcset="[^"]*"' | tr ',"' '\n\n' | grep -E '^ */' | grep -vE '^ */blog/' | sed "s|^|$file: |"
done >"$TMP/without"
equals "every address begins with /blog" "" "$(head -n 5 "$TMP/without")"
equals "never twice" "" "$(grep -rl '/blog/blog' public || true)"
holds "the sitemap is absolute" public/sitemap.xml '<loc>https://me.example/blog/posts/second/</loc>'
lacks "feeds are absolute" public/feed.xml 'href=&quot;/'
holds "a picture in a feed" public/feed.xml 'https://me.example/blog/img/'
holds "robots.txt names the sitemap" public/robots.txt 'https://me.example/blog/sitemap.xml'
holds "the redirect" public/old/index.html '/blog/posts/%EC%B2%AB-%EA%B8%80/'
page=public/posts/첫-글/index.html
holds "relative_url in a post" "$page" '/about/ https://me.example/blog/about/'
holds "Liquid in code stays" "$page" '<code>{{ &quot;/about/&quot; | relative_url }}</code>'
"$HUGI" build -q --base-url https://other.example/deep/er/ -d "$TMP/other" 2>/dev/null
holds "--base-url wins" "$TMP/other/posts/second/index.html" 'href="/deep/er/posts/'
"$TOOLS/check_site" "$TMP/other" https://other.example/deep/er/ >"$TMP/links" && ok "--base-url: links" || not_ok "--base-url: links" "$(head -n 5 "$TMP/links")"
"$HUGI" build -q --base-url https://root.example -d "$TMP/top" 2>/dev/null
holds "at the root nothing is added" "$TMP/top/posts/second/index.html" 'href="/about/"'
