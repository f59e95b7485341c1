page=public/posts/summit/index.html
holds "a photo on its side is 40 wide and 64 high" $page 'width="40" height="64"'
lacks "no slot is left" public/posts/summit/index.html 'data-slot'
holds "a remote picture stays" $page 'https://example.com/remote.png'
equals "no EXIF in any size" "" "$(grep -rlaE 'Exif|GPS' public/img || true)"
equals "of the photo's own EXIF nothing is left" "ffd8ffe00010" "$(head -c 6 public/posts/summit/desk.jpg | od -An -tx1 | tr -d ' ')"
exists "a linked file is published" public/posts/summit/plan.pdf
absent "a picture nobody shows is not" public/posts/summit/unused.png
"$HUGI" build --json -d "$TMP/again" >"$TMP/again.json"
equals "a second build decodes nothing" 0 "$(json_number "$TMP/again.json" variants)"
