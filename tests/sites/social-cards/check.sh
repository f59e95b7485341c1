# The build before this drew none (HUGI_FONT= in lib.sh).
unset HUGI_FONT
made() { "$HUGI" build --json "$@" >"$TMP/made.json" && json_number "$TMP/made.json" variants; }
# The file that a page names.
card_of() { sed -n 's|^<meta property="og:image" content="https://cards.example/blog/\(img/[^"]*\)">$|\1|p' "public/$1"; }
# In bytes 16 to 23 a PNG says how large it is.
png_size() { od -An -tu1 -j16 -N8 "$1" | awk '{print $3 * 256 + $4 "x" $7 * 256 + $8}'; }

lacks "no card is named that is not drawn" public/posts/long/index.html -card-
holds "a post without a picture has a drawn cover in lists" public/index.html 'viewBox="0 0 1200 800"'
printf '<fontconfig/>\n' >"$TMP/fonts.conf"
FONTCONFIG_FILE=$TMP/fonts.conf "$HUGI" build -q -d "$TMP/bare" 2>"$TMP/bare.err"
equals "without a font the site is built" 0 $?
equals "and one warning says so" 1 "$(count "$TMP/bare.err" 'no font that has Hangul')"
same_trees "and nothing else differs" public "$TMP/bare"

if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=ko)" ]; then
    echo "skip social cards: no font for Korean (fonts-noto-cjk)"
    return 0
fi
equals "every card is drawn" 6 "$(made -j4)"
for page in posts/long posts/emoji posts/photo events/aws-reinvent-2023; do
    exists "the card of $page" "public/$(card_of "$page/index.html")"
done
exists "the card of lists" "public/$(card_of index.html)"
equals "lists share it" "$(card_of index.html)" "$(card_of archive/index.html)"
equals "a drawn card is 1200 x 630" 1200x630 "$(png_size "public/$(card_of posts/long/index.html)")"
equals "photos and emoji are no PNG" "jpg jpg" "$(card_of posts/photo/index.html | sed 's/.*\.//') $(card_of posts/emoji/index.html | sed 's/.*\.//')"
equals "a second build draws none" 0 "$(made)"
equals "nor does one elsewhere" 0 "$(made -d "$TMP/elsewhere")"
same_trees "and it gives the same" public "$TMP/elsewhere"
rm -rf .hugi public
made -j1 >/dev/null
same_trees "-j1 draws the same" public "$TMP/elsewhere"
# A font for Korean and no other: what it lacks is told once, and cards are drawn without it.
font=$(fc-list :lang=ko file | sed -n 's/: *$//; s|/[^/]*$||; p' | sort -u | head -n 1)
printf '<fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>\n' "$font" "$TMP" >"$TMP/korean.conf"
if [ -z "$(FONTCONFIG_FILE=$TMP/korean.conf fc-list :lang=und-zsye)" ]; then
    FONTCONFIG_FILE=$TMP/korean.conf "$HUGI" build -q -d "$TMP/korean" 2>"$TMP/korean.err"
    equals "characters that no font has are told once" 1 "$(grep -c "warning: no font has '.*': social cards are without it" "$TMP/korean.err")"
    holds "with the page" "$TMP/korean.err" 'content/posts/emoji.md: warning: no font has'
    exists "and cards are drawn" "$TMP/korean/$(card_of posts/emoji/index.html)"
fi
for day in 13 16; do
    printf -- '---\ntitle: 하루\ndate: 2025-05-%s\nauthor: 아주긴이름을가진사람과그친구들\n---\n글\n' $day >content/posts/day-$day.md
done
made >/dev/null
if cmp -s "public/$(card_of posts/day-13/index.html)" "public/$(card_of posts/day-16/index.html)"; then
    not_ok "a long author leaves room for the date"
else ok "a long author leaves room for the date"; fi
rm content/posts/day-1[36].md && made >/dev/null
before=$(card_of posts/long/index.html)
sed 's/길다/짧다/' content/posts/long.md >new && mv new content/posts/long.md
equals "another text of the body costs nothing" 0 "$(made)"
sed 's/^title: .*/title: 짧은 제목/' content/posts/long.md >new && mv new content/posts/long.md
equals "another title costs one card" 1 "$(made)"
if [ "$before" != "$(card_of posts/long/index.html)" ]; then ok "which has another address"; else not_ok "which has another address"; fi
absent "and the old one is gone" "public/$before"
sed 's/^cards: .*/cards: {draw: true, font: No Such Font}/' hugi.yaml >new && mv new hugi.yaml
"$HUGI" build -q 2>"$TMP/other.err"
holds "a font that is not there is told" "$TMP/other.err" "no font 'No Such Font'"
printf 'title: 후기\nbase_url: https://cards.example/blog\ncards: {draw: false}\n' >hugi.yaml
"$HUGI" build -q
equals "cards: {draw: false} draws none" "" "$(find public -name '*-card-*')"
holds "then the cover is shared" public/posts/photo/index.html 'property="og:image" content="https://cards.example/blog/img/night-'
