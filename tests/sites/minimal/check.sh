page=public/posts/아무-설정-없이/index.html
holds "the heading is the title" $page '<title>아무 설정 없이 쓴 후기'
equals "one h1" 1 "$(count $page '<h1')"
holds "a heading of the body is h2" $page '<h2 id="행사장"'
lacks "emphasis closes before a particle's brackets" $page '**'
holds "home lists it" public/index.html '/posts/%EC%95%84%EB%AC%B4'
for file in index.html 404.html archive/index.html robots.txt .nojekyll; do exists "$file" public/$file; done
for file in feed.xml rss.xml feed.json sitemap.xml; do absent "no $file without base_url" public/$file; done
