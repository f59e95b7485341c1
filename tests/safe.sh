# safe.sh - what is not hugi's is never removed, whatever becomes of public/ and .hugi/ before or during a build.
#
# Builds run in a folder of the test's own that holds something precious.  RACES says how often a folder is
# taken away under a build (30, a tenth of it under sanitizers).
. "$TESTS/lib.sh"
case $BUILD in */asan | */tsan) RACES=${RACES:-3} ;; *) RACES=${RACES:-30} ;; esac
mkdir -p "$TMP/home/blog/content/posts"
cd "$TMP/home" || exit 1
echo precious >precious
echo hidden >.hidden
printf 'title: 안전\nbase_url: https://me.example/\n' >blog/hugi.yaml
i=0
while [ $i -lt 300 ]; do
    i=$((i + 1))
    printf -- '---\ntitle: 글 %s\ndate: 2025-01-%02d\n---\n본문 %s\n' $i $((i % 28 + 1)) $i >"blog/content/posts/post-$i.md"
done
cp -R "$TMP/home" "$TMP/copy"

# untouched NAME - is all that an author has still there?
untouched() {
    rm -rf blog/public blog/.hugi
    if diff -r "$TMP/copy" "$TMP/home" >"$TMP/lost" 2>&1; then return 0; fi
    not_ok "$1" "$(head -n 5 "$TMP/lost")"
    rm -rf "$TMP/home"/* "$TMP/home/.hidden"
    cp -R "$TMP/copy/." "$TMP/home/"
    return 1
}

# refused NAME PATTERN - a build ends with an error that says so, and removes nothing
refused() {
    "$HUGI" build -q -s blog >"$TMP/out" 2>"$TMP/err"
    status=$?
    if [ $status -ne 0 ] && grep -q "$2" "$TMP/err"; then ok "$1: an error"; else not_ok "$1: an error" "status $status" "$(head -n 5 "$TMP/err")"; fi
    ! untouched "$1" || ok "$1: nothing is lost"
}

# moved NAME - a build after a post went and the folder was moved is what a clean one is
moved() {
    "$HUGI" build -q -s "$1" 2>"$TMP/err" || not_ok "the moved site builds" "$(head -n 3 "$TMP/err")"
    rm -rf "$TMP/fresh"
    "$HUGI" build -q -s "$1" -d "$TMP/fresh" 2>"$TMP/err"
    same_trees "a site that was moved, and lost a post" "$TMP/fresh" "$1/public"
}

"$HUGI" build -q -s blog
mkdir "$TMP/away"
mv blog "$TMP/away/blog"
rm "$TMP/away/blog/content/posts/post-7.md"
moved "$TMP/away/blog"
cp "$TMP/copy/blog/content/posts/post-7.md" "$TMP/away/blog/content/posts/"
mv "$TMP/away/blog" blog

# lost NAME - one post is gone and so is the list of what hugi wrote: an error says what to do, and that mends it
lost() {
    rm blog/content/posts/post-7.md
    refused_only "$1" 'error: the list of what hugi wrote there is gone'
    grep -q 'remove it and build again' "$TMP/err" && ok "$1: the way out" || not_ok "$1: the way out" "$(tail -n 3 "$TMP/err")"
    rm -rf blog/public "$TMP/fresh"
    "$HUGI" build -q -s blog 2>"$TMP/err"
    "$HUGI" build -q -s blog -d "$TMP/fresh"
    same_trees "$1: without public/ all is made" "$TMP/fresh" blog/public
    cp "$TMP/copy/blog/content/posts/post-7.md" blog/content/posts/
    "$HUGI" build -q -s blog
}
refused_only() {
    "$HUGI" build -q -s blog >"$TMP/out" 2>"$TMP/err"
    status=$?
    if [ $status -ne 0 ] && grep -q "$2" "$TMP/err"; then ok "$1: an error"; else not_ok "$1: an error" "status $status" "$(head -n 5 "$TMP/err")"; fi
}
"$HUGI" build -q -s blog
rm -rf blog/.hugi
lost ".hugi/ was removed"
for list in blog/.hugi/outputs-*; do printf '%s' x | dd of="$list" bs=1 seek=900 conv=notrunc 2>/dev/null; done
lost "the list was damaged"
! untouched "all of that" || ok "nothing is lost"

ln -s /nonexistent/x blog/public
refused "public is a link that leads nowhere" 'public: error: cannot be made: a symbolic link that leads to no folder'
echo text >blog/public
refused "public is a file" 'public: error: cannot be made: a file bears its name'
ln -s /nonexistent/x blog/.hugi
refused ".hugi is a link that leads nowhere" '\.hugi: error: cannot be made'

for folder in public .hugi; do
    lost=0 turn=0
    while [ $turn -lt "$RACES" ]; do
        turn=$((turn + 1))
        "$HUGI" build -q -s blog >/dev/null 2>&1 &
        sleep "0.0$((turn % 10))"
        rm -rf "blog/$folder" 2>/dev/null    # the build may be filling it
        wait
        untouched "$folder/ is removed during a build" || lost=$((lost + 1))
    done
    [ $lost -gt 0 ] || ok "$folder/ was removed during $RACES builds, and nothing else"
done
rm -rf "$TMP/fresh"
"$HUGI" build -q -s blog -d "$TMP/fresh" 2>"$TMP/err" || not_ok "a build afterwards" "$(head -n 3 "$TMP/err")"
"$HUGI" build -q -s blog 2>"$TMP/err"
same_trees "a build afterwards is whole" "$TMP/fresh" blog/public
