# What stands in expected/ is without highlighting; here with definitions of the site's own, and with none at all.
HUGI_HIGHLIGHT=definitions "$HUGI" build -q -d "$TMP/with" 2>"$TMP/with.err"
sed -n '/<pre/,/<.pre>/p' "$TMP/with/posts/with/index.html" >"$TMP/with.html"
same "a language with everything the format has" "$CASE/with.html" "$TMP/with.html"
equals "nothing is said of an unknown language" "" "$(cat "$TMP/with.err")"
sed 's/<[^>]*>//g' "$TMP/with.html" >"$TMP/with.text"
sed -n '/<pre/,/<.pre>/p' public/posts/with/index.html | sed 's/<[^>]*>//g; s/&quot;/"/g' >"$TMP/plain.text"
same "without tags it is the code" "$TMP/plain.text" "$TMP/with.text"
holds "a page with code has its style sheet" "$TMP/with/posts/with/index.html" '/assets/code.'
lacks "one without has not" "$TMP/with/posts/without/index.html" '/assets/code.'
HUGI_HIGHLIGHT=nowhere "$HUGI" build -d "$TMP/none" >/dev/null 2>"$TMP/none.err"
same "what is said when there are no definitions" "$CASE/none.err" "$TMP/none.err"
for workers in 1 8; do
    for i in 1 2 3 4 5 6 7 8 9; do sed "s/코드가 있는 글/글 $i/" content/posts/with.md >content/posts/copy-$i.md; done
    HUGI_HIGHLIGHT=definitions "$HUGI" build -q -j$workers -d "$TMP/workers$workers"
done
same_trees "eight workers give what one gives" "$TMP/workers1" "$TMP/workers8"
