# Addresses of sizes hold a hash, of what is encoded: page.html is without.
sed 's/-[0-9a-f]\{10\}\././g' public/posts/loops/index.html >"$TMP/page"
same "nothing moves by itself" "$CASE/page.html" "$TMP/page"
for file in loop.gif loop.png loop.webp; do exists "$file is there to be played" public/posts/loops/$file; done
