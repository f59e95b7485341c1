page=public/posts/trip/index.html
holds "what stands behind broken photos is there" $page '<p>The end.</p>'
holds "what can be read is shown" $page 'alt="the desk" width="64" height="40"'
holds "half a photo too" $page 'alt="half a desk" width="64" height="40"'
holds "instead of what cannot, its text is" $page 'alt="a bomb"'
exists "other files are published" public/hello.txt
equals "no bytes of a broken file are" "" "$(find public \( -name 'empty*' -o -name 'letter*' -o -name 'stub*' -o -name 'bomb*' -o -name 'large*' -o -name 'heavy*' \) | tr '\n' ' ')"
"$HUGI" build >/dev/null 2>"$TMP/again"
same "a second build says the same" "$CASE/stderr" "$TMP/again"
"$HUGI" check >/dev/null 2>"$TMP/check"
equals "a check names each of them once" "$(grep -c 'cannot be read' "$CASE/stderr")" "$(grep -c 'cannot be read' "$TMP/check")"
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
