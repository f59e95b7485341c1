made() { "$HUGI" build --json "$@" >"$TMP/made.json" 2>/dev/null && json_number "$TMP/made.json" variants; }
kinds() { ls public/img | grep "^$1" | sed 's/.*\.//' | LC_ALL=C sort -u | tr '\n' ' '; }
equals "a screenshot's fallback is PNG, which is smaller" "png webp " "$(kinds screen-480)"
equals "a PNG photo becomes JPEG and WebP" "jpg webp " "$(kinds photo)"
equals "a JPEG that is smaller than its WebP has none" "jpg " "$(kinds coarse)"
equals "it is the file itself" "$(cksum <content/posts/a/coarse.jpg)" "$(cat public/img/coarse-240-* | cksum)"
holds "and its smaller size a JPEG too" public/posts/a/index.html 'srcset="/img/coarse-160-'
equals "another JPEG that needs no other size is the file too, beside its WebP" "$(cksum <content/posts/a/fine.jpg) jpg webp " \
    "$(cat public/img/fine-240-*.jpg | cksum) $(kinds fine)"
equals "a second build makes nothing" 0 "$(made)"
rm -rf public
equals "nor does one from the cache" 0 "$(made)"
rm -rf public .hugi
"$HUGI" build -q -j1 2>/dev/null && cp -R public/img "$TMP/one" && rm -rf public .hugi
"$HUGI" build -q -j4 2>/dev/null
if diff -r "$TMP/one" public/img >/dev/null; then ok "formats do not depend on workers"; else not_ok "formats do not depend on workers"; fi
printf 'title: Formats\nimages: {formats: [avif, webp]}\n' >hugi.yaml
"$HUGI" build >/dev/null 2>"$TMP/avif"
if "$HUGI" version | grep -q 'avif can be written'; then
    equals "AVIF is made where it is asked for" "avif jpg webp " "$(kinds photo)"
    equals "browsers are told of it first, and see JPEG where they know neither" "image/avif image/webp .jpg " \
        "$(grep -o '<picture>.*a photo' public/posts/a/index.html | tail -n 1 | grep -o 'image/[a-z]*\|src="[^"]*' | sed 's/.*\././' | tr '\n' ' ')"
else
    equals "without an encoder one line says so" 1 "$(grep -c 'no AVIF is made' "$TMP/avif")"
    equals "and the other formats are made" "jpg webp " "$(kinds photo)"
fi
