# The same site with no hook of its own, and with one at a time.
variant() {
    cp -R . "$TMP/$1" && rm -rf "$TMP/$1/public" "$TMP/$1/.hugi"
    for hook in tags thumbnails more; do [ "$hook" = "$2" ] || rm "$TMP/$1/hooks/$hook.lua"; done
    (cd "$TMP/$1" && "$HUGI" build -q) >/dev/null 2>"$TMP/$1.err"
    equals "$1: builds without a word" "" "$(cat "$TMP/$1.err")"
    (cd "$TMP/$1/public" && find . -type f | sort) >"$TMP/$1.list"
}
variant none -
variant tags tags
variant thumbnails thumbnails
variant more more

# tags.lua: pages of tags move; nothing else differs but the links to them.
equals "tags.lua adds" "./topics/aws/index.html ./topics/aws/page/2/index.html" \
    "$(comm -13 "$TMP/none.list" "$TMP/tags.list" | tr '\n' ' ' | sed 's/ $//')"
equals "tags.lua removes the pages and feeds of tags" "" \
    "$(comm -23 "$TMP/none.list" "$TMP/tags.list" | grep -v '^./tags/[^/]*/.*\(index.html\|feed.xml\)$')"
absent "a tag of one post has no page" "public/topics/서버리스"
comm -12 "$TMP/none.list" "$TMP/tags.list" | while read -r file; do
    for tree in none tags; do sed -e 's|<|\n<|g' "$TMP/$tree/public/$file" | grep -avE 'tags/|topics/|^#?(AWS|서버리스|한번만)|^</?(a|li|span|loc|url)>|^<span>(서버리스|한번만)|^ *$' >"$TMP/$tree.part"; done
    cmp -s "$TMP/none.part" "$TMP/tags.part" || { echo "$file"; diff "$TMP/none.part" "$TMP/tags.part" | head -n 6; }
done >"$TMP/tags.more"
equals "tags.lua changes nothing else" "" "$(cat "$TMP/tags.more")"

# Under a name that sorts before the theme's it counts as well.
cp -R "$TMP/thumbnails" "$TMP/early" && rm -rf "$TMP/early/public" "$TMP/early/.hugi"
mv "$TMP/early/hooks/thumbnails.lua" "$TMP/early/hooks/a.lua"
(cd "$TMP/early" && "$HUGI" build -q) 2>"$TMP/early.err"
same_trees "a site's hook has the last word, whatever its file is called" "$TMP/thumbnails/public" "$TMP/early/public"

# thumbnails.lua: one square JPEG for the card in place of the cards there were.
comm -13 "$TMP/none.list" "$TMP/thumbnails.list" >"$TMP/new"
equals "thumbnails.lua adds one picture" 1 "$(grep -c '^./img/.*\.jpg$' "$TMP/new")"
equals "and nothing else" 1 "$(wc -l <"$TMP/new" | tr -d ' ')"
square=$(cat "$TMP/new")
# The height and width of the JPEG: behind its SOF0 or SOF2 marker.
equals "it is square" "same" \
    "$(od -An -v -tx1 "$TMP/thumbnails/public/$square" | tr -d ' \n' | grep -oE 'ffc[02]001108[0-9a-f]{8}' | sed -E 's/.*08(....)(....)/\1 \2/' | awk '{ print ($1 == $2) ? "same" : $0 }')"
comm -12 "$TMP/none.list" "$TMP/thumbnails.list" | while read -r file; do
    for tree in none thumbnails; do sed -e 's|<|\n<|g' "$TMP/$tree/public/$file" | grep -avE '^</?(img|source|picture)|og:image|^"image"' >"$TMP/$tree.part"; done
    cmp -s "$TMP/none.part" "$TMP/thumbnails.part" || echo "$file"
    cmp -s "$TMP/none/public/$file" "$TMP/thumbnails/public/$file" || grep -q -e "${square#.}" "$TMP/thumbnails/public/$file" || echo "$file has no card and differs"
done >"$TMP/thumbnails.more"
equals "pages differ in their cards only" "" "$(cat "$TMP/thumbnails.more")"
equals "pictures that stayed are the same" "" \
    "$(comm -12 "$TMP/none.list" "$TMP/thumbnails.list" | grep '^./img/' | while read -r file; do cmp -s "$TMP/none/public/$file" "$TMP/thumbnails/public/$file" || echo "$file"; done)"

# more.lua: a filter, a shortcode, a page.
equals "more.lua adds its page" "./index-of-all/index.html" "$(comm -13 "$TMP/none.list" "$TMP/more.list" | tr '\n' ' ' | sed 's/ $//')"
equals "and takes none away" "" "$(comm -23 "$TMP/none.list" "$TMP/more.list")"
post=$TMP/more/public/posts/first/index.html
holds "the shortcode" "$post" '<p class="speaker">윤가람 · 첫 글</p>'
holds "the filter" "$post" '참가비는 33만 원, 모르는 것은 {{ 이대로 }} 둔다.'
holds "the page links to posts by their files" "$TMP/more/public/index-of-all/index.html" '<a href="/posts/first/">첫 글</a>'
holds "without the hook they are text" "$TMP/none/public/posts/first/index.html" '{% speaker '
lacks "no word of a hook in other posts" "$TMP/more/public/posts/second/index.html" 'speaker'

# A mistake is told of the file it is in, also where the theme has one of that name.
cp -R "$TMP/none" "$TMP/wrong" && rm -rf "$TMP/wrong/public" "$TMP/wrong/.hugi"
mkdir -p "$TMP/wrong/hooks"
printf -- '-- sizes\nfunction thumbnail(image, page)\n  return {{use = "figur"}}\nend\n' >"$TMP/wrong/hooks/thumbnails.lua"
(cd "$TMP/wrong" && "$HUGI" build -q) 2>"$TMP/wrong.err"
holds "a mistake in a site's thumbnails.lua names it" "$TMP/wrong.err" "hooks/thumbnails.lua:2:1: error: thumbnail: unknown use 'figur'; did you mean 'figure'?"
lacks "and not the theme's" "$TMP/wrong.err" '<builtin>'
