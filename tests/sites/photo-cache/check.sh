made() { "$HUGI" build --json "$@" >"$TMP/made.json" && json_number "$TMP/made.json" variants; }
cached() { ls .hugi/images | grep -vc '\.format-'; }
first=$(cached)
equals "two files of one content are made once" "$(ls public/img | sed 's/desk-...-//' | sort -u | wc -l | tr -d ' ')" "$first"
mv content/posts/two/desk-two.jpg content/posts/two/table.jpg
sed 's/desk-two/table/' content/posts/two/index.md >new && mv new content/posts/two/index.md
touch content/posts/one/desk-one.jpg
equals "a renamed and a touched photo cost nothing" 0 "$(made)"
: >.hugi/build-0123456789abcdef && touch -t 202001010000 .hugi/build-0123456789abcdef
: >.hugi/images/gone.webp && touch -t 202001010000 .hugi/images/gone.webp
equals "nothing is made" 0 "$(made -d "$TMP/elsewhere")"
absent "what was remembered of a destination that is long unused is removed" .hugi/build-0123456789abcdef
equals "what is remembered of others stays" 2 "$(ls -d .hugi/build-* | wc -l | tr -d ' ')"
printf 'title: Cache\nimages: {widths: [16]}\n' >hugi.yaml
equals "a further width costs only itself" 2 "$(made)"
absent "what nobody asks for any more is removed" .hugi/images/gone.webp
equals "but not yet what was asked for lately" $((first + 2)) "$(cached)"
cp -R public/img "$TMP/img"
printf 'title: Cache\nimages: {widths: [16, 24]}\n' >hugi.yaml
equals "so does a larger one" 2 "$(made)"
equals "and the smaller size stays what it was, where it was" "" \
    "$(for size in "$TMP"/img/*-16-*.webp; do cmp "$size" "public/img/$(basename "$size")" 2>&1; done)"
printf 'title: Cache\nimages: {widths: [16]}\n' >hugi.yaml
equals "back again costs nothing" 0 "$(made)"
# A file of the cache that lost its end, or has a wrong byte, is made again and not published.
rm -rf "$TMP/clean" && "$HUGI" build -q -d "$TMP/clean" 2>/dev/null
for kept in .hugi/images/*.webp; do head -c 40 "$kept" >cut && mv cut "$kept"; done
for kept in .hugi/images/*.jpg; do printf x | dd of="$kept" bs=1 seek=300 conv=notrunc 2>/dev/null; done
rm -rf public
"$HUGI" build -q 2>/dev/null
same_trees "damaged files of the cache are made again" "$TMP/clean" public
# Another photo under the same name: its sizes take the place of the old ones', of which nothing is left.
"$HUGI" build -q 2>/dev/null
ls public/img >"$TMP/before"
cp "$CASE/../picture-places/site/content/posts/trip/wide.jpg" content/posts/one/desk-one.jpg
rm -rf "$TMP/clean" && "$HUGI" build -q -d "$TMP/clean" 2>/dev/null
made >/dev/null
same_trees "after a photo was replaced all is as in a new build" "$TMP/clean" public
ls public/img >"$TMP/after"
equals "no size of the old photo is left" "" "$(grep '^desk-one' "$TMP/before" | grep -Fxf "$TMP/after" || true)"
equals "pages show the new one" "$(grep -c '^desk-one-16-.*webp' "$TMP/after")" "$(count public/posts/one/index.html "$(grep '^desk-one-16-.*webp' "$TMP/after")")"
equals "the other photo is untouched" "$(grep -v '^desk-one' "$TMP/before")" "$(grep -v '^desk-one' "$TMP/after")"
printf 'no photo' >content/posts/one/desk-one.jpg
printf 'title: Cache\nimages: {widths: [16], on_error: warn}\n' >hugi.yaml
"$HUGI" build -q 2>/dev/null
equals "of one that was replaced by a broken file neither" "" "$(ls public/img | grep '^desk-one' || true)"
