holds "the site's layout" public/about/index.html '<p>teal · 안녕하세요'
holds "its partial, NAME.html" public/about/index.html '<p class="signature">테마 고치기</p>'
holds "its stylesheet, with a fingerprint" public/about/index.html 'href="/assets/mine.'
css=$(ls public/assets/mine.*.css)
holds "url() leads to the fingerprinted file" "$css" '/assets/dot.'
holds "the default theme's post" public/posts/a/index.html 'class="wrap post"'
lacks "a string of the default theme" public/about/index.html '· older'
