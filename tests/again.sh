# again.sh - what a build makes of the last one: what it keeps, what it notices, what it makes again.
. "$TESTS/lib.sh"
cd "$TMP" || exit 1
mkdir -p site/content/posts/trip site/themes/own/strings site/themes/own/partials site/data
printf 'title: 후기\nbase_url: https://again.example\ntheme: own\nfeeds: {json: true, rss: true}\n' >site/hugi.yaml
echo 'name: own' >site/themes/own/theme.yaml
echo 'play: 하나' >site/themes/own/strings/ko.yaml
echo '<footer>{{ site.data.deep | jsonify }}</footer>' >site/themes/own/partials/footer.liquid
cp "$TESTS/sites/photos-moving/site/content/posts/loops/loop.gif" site/content/posts/trip/
printf -- '---\ntitle: 움직임\ndate: 2025-05-01\n---\n글\n\n![움직임](loop.gif)\n' >site/content/posts/trip/index.md
printf -- '---\ntitle: 다른 글\ndate: 2025-05-02\n---\n글\n' >site/content/posts/other.md
deep() { awk -v depth=120 -v inside="$1" 'BEGIN { for (i = 0; i < depth; i++) printf "["; printf "%s", inside; for (i = 0; i < depth; i++) printf "]" }' >site/data/deep.json; }
deep 1
# Files are young for 50 ms, and are looked at again after that.
build() {
    sleep 0.1
    "$HUGI" build -s site "$@" >out 2>err || not_ok "builds" "$(cat err)"
}
# equal NAME - is the last build that of a clean one?
equal() {
    rm -rf clean
    cp -r site clean
    rm -rf clean/public clean/.hugi
    "$HUGI" build -q -s clean
    same_trees "$1" clean/public site/public
}
build
build --timings
lacks "nothing changed: nothing is made" out ' make '

printf -- '---\ntitle: 날짜 없는 글\n---\n[없는 글](nothing.md)\n' >site/content/posts/undated.md
build
mv err told
build --timings
lacks "nothing changed, with a warning: nothing is made" out ' make '
same "and what was told is told again" told err
holds "with the line it is about" err '[없는 글](nothing.md)'
"$HUGI" build -q -s site --strict >out 2>err
equals "with --strict it is an error" 1 $?
build
rm site/content/posts/undated.md
build
lacks "what is mended is not told any more" err 'undated'

echo 'play: 둘' >site/themes/own/strings/ko.yaml
build
equal "another word on the button of animations"
deep 2
build
equal "a value that lies 120 deep"

touch site/content/posts/trip/loop.gif
build --explain content/posts/trip/index.md
holds "a touched picture changes nothing" out 'kept: none of'
build
touch site/public/index.html
build
build --timings
lacks "a touched result is looked at once" out ' make '

if command -v timeout >/dev/null 2>&1; then
    mkdir -p site/hooks
    mkfifo site/data/pipe
    echo 'function page_html(page) page.html = page.html .. tostring(hugi.read("data/note.txt")) end' >site/hooks/own.lua
    echo note >site/data/note.txt
    build
    rm site/data/note.txt
    mv site/data/pipe site/data/note.txt
    timeout 20 "$HUGI" build -q -s site >out 2>err
    equals "a pipe in place of a file is not waited for" 1 $?
    holds "and is told" err 'is no file'
else
    skip "pipes: no timeout"
fi
