holds "the site's layout" public/about/index.html '<p>teal · 안녕하세요'
holds "its partial, NAME.html" public/about/index.html '<p class="signature">테마 고치기</p>'
holds "its stylesheet, with a fingerprint" public/about/index.html 'href="/assets/mine.'
css=$(ls public/assets/mine.*.css)
holds "url() leads to the fingerprinted file" "$css" '/assets/dot.'
holds "the default theme's post" public/posts/a/index.html 'class="wrap post"'
lacks "a string of the default theme" public/about/index.html '· older'
# A photo among the theme's assets tells nothing either.
cp "$CASE/../photos-tell/site/static/photo.jpg" themes/mine/assets/ground.jpg
"$HUGI" build -q 2>/dev/null
holds "a photo of the theme is published" "$(ls public/assets/ground.*.jpg)" JFIF
equals "and tells nothing" "" "$(grep -aoE 'GANGNAM|OWNERLEE|ARTISTKIM|SERIAL|MAKERNOTE|PHONEMODEL|IPTCSEOUL' public/assets/ground.*.jpg)"
