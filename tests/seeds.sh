# seeds.sh - five real texts from elsewhere, unmodified, become posts (SEEDS=DIR; skipped without).
#
# A lab's report and two more as .txt files, a Jekyll post with 28 pictures, and a post of another
# generator.  For the pictures that the Jekyll post names, small ones of other cases stand in.
. "$TESTS/lib.sh"
seed() { ls "$SEEDS/$1"_*.txt 2>/dev/null | head -n 1; }
if [ ! -f "$(seed 000)" ] || [ ! -f "$(seed 004)" ]; then
    echo "skip no seed texts in $SEEDS: make check SEEDS=DIR"
    exit 0
fi
site=$TMP/site
posts=$site/content/posts
mkdir -p "$posts"
printf 'title: 씨앗\nbase_url: https://me.example/\n' >"$site/hugi.yaml"
cp "$(seed 000)" "$posts/reinvent-2019.txt"
cp "$(seed 001)" "$posts/2023-12-03-aws-reinvent-2023.md"
cp "$(seed 002)" "$posts/summit-seoul-2024.md"
cp "$(seed 003)" "$posts/gameday.txt"
cp "$(seed 004)" "$posts/investment.txt"
png=$TESTS/sites/bundles-and-images/site/content/posts/2025-05-14-summit/badge.png
gif=$TESTS/sites/bundles-and-images/site/static/images/logo.gif
grep -oE '/images/[^ ")]*\.(png|gif)' "$(seed 001)" | sort -u | while read -r picture; do
    mkdir -p "$site/static$(dirname "$picture")"
    case $picture in *.png) cp "$png" "$site/static$picture" ;; *) cp "$gif" "$site/static$picture" ;; esac
done

"$HUGI" build -s "$site" -d "$site/public" >"$TMP/out" 2>"$TMP/err"
equals "exit status" 0 $?
equals "no errors" 0 "$(grep -c ': error: ' "$TMP/err")"

page() { printf '%s/public/posts/%s/index.html' "$site" "$1"; }
# The body alone: between the theme's marks for it, one tag on a line.
body() { sed -n '/<div class="prose">/,/<footer class="foot">/p' "$(page "$1")" | sed 's/</\n</g' >"$TMP/body"; }
tags() { grep -c "^<$1[ >/]" "$TMP/body" || true; }
# Lines with text in them; a no-break space is none.
lines_of() { sed "s/$(printf '\302\240')//g" "$1" | grep -c '[^[:space:]]'; }
# at_least NAME WANT GOT
at_least() { if [ "$3" -ge "$2" ]; then ok "$1"; else not_ok "$1" "want: $2 or more" " got: $3"; fi; }

body reinvent-2019
file=$(page reinvent-2019)
holds "000: its title" "$file" '<h1>AWS re:Invent 2019를 다녀와서</h1>'
lacks "000: not in the body" "$TMP/body" '다녀와서</'
holds "000: its byline is the author" "$file" '위험관리연구실 윤현식 연구원'
lacks "000: and no paragraph" "$TMP/body" '윤현식 연구원'
equals "000: leading blanks are no code" 0 "$(tags pre)"
equals "000: a paragraph for every line of text" $(($(lines_of "$(seed 000)") - 2)) "$(tags p)"
at_least "000: paragraphs, with what stands above them" 7 "$(grep -o '<p[ >]' "$file" | wc -l | tr -d ' ')"

body aws-reinvent-2023
file=$(page aws-reinvent-2023)
equals "001: pictures" 28 "$(grep -cE '^<img [^>]*class="[^"]*center-image' "$TMP/body")"
equals "001: one h1" 1 "$(count "$file" '<h1')"
equals "001: no h1 in its body" 0 "$(tags h1)"
toc=$(sed -n '/<nav class="toc/,/<\/nav>/p' "$file")
equals "001: headings in its contents" 7 "$(printf '%s' "$toc" | grep -o 'href="#' | wc -l | tr -d ' ')"
for heading in '행사장' '행사장 분위기' 'Sessions' 'Keynotes : Dr. Werner Vogels' 'Technical Sessions' 'Expo' '마치며'; do
    if printf '%s' "$toc" | sed 's/<[^>]*>/|/g' | grep -qF "|$heading|"; then ok "001: contents name $heading"; else not_ok "001: contents name $heading" "$toc"; fi
done
equals "001: YouTube links" 6 "$(grep -c '^<a href="https://youtu.be/' "$TMP/body")"
equals "001: line breaks" "$(grep -o '<br */*>' "$(seed 001)" | wc -l | tr -d ' ')" "$(tags br)"
holds "001: date of the file's name" "$file" 'datetime="2023-12-03'
lacks "001: attribute lists are read" "$TMP/body" '{:'
lacks "001: 10명~20명 is not struck" "$TMP/body" '<del>'
holds "001: layout: entry is told" "$TMP/err" "'entry'"

body summit-seoul-2024
file=$(page summit-seoul-2024)
holds "002: its date, in the site's zone" "$file" '2024년 5월 18일'
lacks "002: never the 19th" "$file" '5월 19일'
holds "002: is published, though draft: is empty" "$site/public/index.html" '/posts/summit-seoul-2024/'
for tag in 컨퍼런스 aws 회고; do exists "002: tag $tag" "$site/public/tags/$tag/index.html"; done
at_least "002: captions" 1 "$(tags figcaption)"
lacks "002: no literal _(" "$TMP/body" '_('
lacks "002: no literal **" "$TMP/body" '**'

for text in 003:gameday 004:investment; do
    number=${text%%:*} name=${text#*:}
    body "$name"
    # The title is a line of its own; a list's items hold paragraphs too.
    lines=$(lines_of "$(seed "$number")")
    equals "$number: a paragraph for every line" $((lines - 1)) "$(tags p)"
    equals "$number: no code" 0 "$(tags pre)"
done

cp -R "$site/public" "$TMP/first"
"$HUGI" build -s "$site" -d "$site/public" --json >"$TMP/out" 2>&1
equals "the second build writes nothing" 0 "$(json_number "$TMP/out" written)"
"$HUGI" build -s "$site" -d "$TMP/one" -j1 >"$TMP/out" 2>&1
same_trees "-j1 equals -j4" "$TMP/first" "$TMP/one"
check_public "$site" "$site/public" ""
