page=public/posts/trip/index.html
holds "what stands behind broken photos is there" $page '<p>The end.</p>'
holds "what can be read is shown" $page 'alt="the desk" width="64" height="40"'
holds "half a photo too" $page 'alt="half a desk" width="64" height="40"'
holds "instead of what cannot, its text is" $page '>
a bomb
</figure>'
equals "but not twice where it is the caption too" 1 "$(count $page 'it begins well and breaks off')"
equals "nothing of it is asked for" "" "$(grep 'src[a-z]*="[^"]*\(empty\|letter\|stub\|bomb\|large\|heavy\|late\|drawn\)' $page)"
equals "nor in feeds, where addresses are whole" "" "$(grep 'src=&quot;[^h]' public/feed.xml)"
holds "one that is not there has the address where it would be" $page 'src="/posts/trip/lost.png"'
mkdir -p themes/mine/layouts
printf '{%% for photo in page.photos %%}{{ photo.name }} {%% endfor %%}' >themes/mine/layouts/post.liquid
printf 'title: Broken photos\ntheme: mine\nimages: {on_error: warn, max_pixels: 3000, max_bytes: 1MB}\n' >hugi.yaml
"$HUGI" build -q -d "$TMP/mine" 2>/dev/null
equals "a page's photos are those that can be shown" "desk.jpg cut.jpg " "$(cat "$TMP/mine/posts/trip/index.html")"
cp "$CASE/site/hugi.yaml" hugi.yaml && rm -r themes
"$HUGI" build -q -d "$TMP/clean" 2>/dev/null
same_trees "pages are the same once it is known which photos are broken" "$TMP/clean" public
exists "other files are published" public/hello.txt
equals "no bytes of a broken file are" "" "$(find public \( -name 'empty*' -o -name 'letter*' -o -name 'stub*' -o -name 'bomb*' -o -name 'large*' -o -name 'heavy*' -o -name 'late*' \) | tr '\n' ' ')"
"$HUGI" build >/dev/null 2>"$TMP/again"
same "a second build says the same" "$CASE/stderr" "$TMP/again"
"$HUGI" check >/dev/null 2>"$TMP/check"
equals "a check names each of them once, but one that only decoding tells" "$(grep 'cannot be read' "$CASE/stderr" | grep -vc late)" "$(grep -c 'cannot be read' "$TMP/check")"
cp -R public "$TMP/before"
printf 'title: Broken photos\nimages: {max_pixels: 3000, max_bytes: 1MB}\n' >hugi.yaml
"$HUGI" build >"$TMP/out" 2>"$TMP/err"
equals "without on_error a broken photo is an error" 1 $?
equals "each is told once" "$(grep -c 'cannot be read' "$CASE/stderr")" "$(grep -c 'error: the picture cannot be read' "$TMP/err")"
holds "with what to do" "$TMP/err" 'set images: {on_error: warn} to build without it'
same_trees "and nothing is published" "$TMP/before" public
printf 'title: Broken photos\nimages: {on_error: warn, max_pixels: 1000}\n' >hugi.yaml
"$HUGI" build >/dev/null 2>"$TMP/err"
holds "the limit of pixels is a setting" "$TMP/err" 'desk.jpg: warning: the picture cannot be read: 64 x 40 pixels are above the limit of 1000'
lacks "that of bytes too" "$TMP/err" 'heavy.jpg: warning: the picture cannot be read: 1048943 bytes'
