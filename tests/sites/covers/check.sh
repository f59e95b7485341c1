# What the drawings on the home page are: ground, words.
grep -o '<svg viewBox="0 0 1200 800".*</svg>' public/index.html >"$TMP/drawn"
equals "each post without a picture has a drawing" 3 "$(wc -l <"$TMP/drawn" | tr -d ' ')"
equals "of less than 2 KB" "" "$(awk 'length >= 2048' "$TMP/drawn")"
sed 's|.*font-weight="800">\([^<]*\)</text>.*font-weight="600">\([^<]*\)</text>.*|\1 \2|' "$TMP/drawn" >"$TMP/words"
printf '%s\n' '01.04 일기' '2024 DEVIEW' '2024 DEVIEW' >"$TMP/want"
same "an event's year is its own and stands there once; else day and tag" "$TMP/want" "$TMP/words"
grounds=$(sed 's|.*<path fill="#\([0-9a-f]*\)" d="M0 0h1200.*|\1|' "$TMP/drawn" | sed -n '2,3p' | sort -u | wc -l | tr -d ' ')
equals "posts of one event have one colour" 1 "$grounds"
equals "and drawings of their own" 3 "$(sort -u "$TMP/drawn" | wc -l | tr -d ' ')"
lacks "no inline style, which a strict policy forbids" "$TMP/drawn" 'style='
