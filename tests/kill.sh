# kill.sh - a build that is killed never leaves a half-written file, and the next one mends all.
#
# Two versions of a site are built for reference.  Then, again and again: the site changes to the
# other version, a build of it is killed at a random moment (kill -9), and every file in public/ must be the
# old or the new one to the byte; then a build runs to its end, and public/ is the new version.
# KILLS says how often: 100, a tenth of it under sanitizers, whose builds take ten times as long.
. "$TESTS/lib.sh"
case $BUILD in */asan | */tsan) KILLS=${KILLS:-10} ;; *) KILLS=${KILLS:-100} ;; esac

# version FOLDER NUMBER - 160 posts with a word of that version, tags, and two pictures that come and go
version() {
    mkdir -p "$1/content/posts"
    printf 'title: 죽여도 되는 사이트 %s\nbase_url: https://me.example/\n' "$2" >"$1/hugi.yaml"
    i=0
    while [ $i -lt 160 ]; do
        i=$((i + 1))
        [ $((i % 7)) -eq "$2" ] && continue         # a few posts are in one version only
        {
            printf -- '---\ntitle: 글 %s\ndate: 2025-01-%02d\ntags: [태그%s, AWS]\n---\n\n' $i $((i % 28 + 1)) $((i % 5))
            [ $i -eq 1 ] && printf '![그림](badge-%s.png)\n\n' "$2"
            k=0
            while [ $k -lt 60 ]; do k=$((k + 1)); echo "판 $2, 글 $i, 줄 $k: 행사장은 넓고 사람은 많았다."; done
        } >"$1/content/posts/post-$i.md"
    done
    cp "$TESTS/sites/bundles-and-images/site/content/posts/2025-05-14-summit/badge.png" "$1/content/posts/badge-$2.png"
}
for v in 1 2; do
    version "$TMP/v$v" $v
    "$HUGI" build -q -s "$TMP/v$v" -d "$TMP/want$v" 2>"$TMP/err" || { not_ok "version $v builds" "$(head -n 5 "$TMP/err")"; exit 0; }
done
site=$TMP/site
switch() { rm -rf "$site/content" && cp -R "$TMP/v$1/content" "$TMP/v$1/hugi.yaml" "$site/"; }
mkdir "$site"
switch 1
"$HUGI" build -q -s "$site" -d "$site/public" 2>/dev/null
same_trees "builds to a reference" "$TMP/want1" "$site/public"

# How long a build takes, in milliseconds: the moments are spread over it.
switch 2
"$HUGI" build -s "$site" -d "$TMP/scratch" --json >"$TMP/out" 2>/dev/null
ms=$(json_number "$TMP/out" ms)
: "${ms:=100}"
rm -rf "$TMP/scratch"

half=0 unmended=0 left=0 killed=0 i=0 v=1 seed=20260101
while [ $i -lt "$KILLS" ]; do
    i=$((i + 1)) v=$((3 - v)) other=$((3 - v))
    # The same "random" moments in every run of this test.
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    wait_ms=$((seed / 65536 % (ms + 2)))
    switch $v
    [ $((i % 5)) -eq 0 ] && rm -rf "$site/public"       # a first build is put into place folder by folder
    "$HUGI" build -q -s "$site" -d "$site/public" >/dev/null 2>&1 &
    pid=$!
    sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
    kill -9 $pid 2>/dev/null && killed=$((killed + 1))
    wait $pid 2>/dev/null
    # Old or new, to the byte.
    [ ! -d "$site/public" ] || (cd "$site/public" && find . -type f) | while read -r file; do
        cmp -s "$site/public/$file" "$TMP/want$v/$file" || cmp -s "$site/public/$file" "$TMP/want$other/$file" || echo "kill $i at $wait_ms ms: $file"
    done >"$TMP/half"
    [ -s "$TMP/half" ] && { half=$((half + 1)); cat "$TMP/half" >>"$TMP/half.all"; }
    "$HUGI" build -q -s "$site" -d "$site/public" >/dev/null 2>"$TMP/err"
    diff -r "$TMP/want$v" "$site/public" >"$TMP/diff" 2>&1 || { unmended=$((unmended + 1)); { echo "kill $i at $wait_ms ms:"; head -n 5 "$TMP/diff" "$TMP/err"; } >>"$TMP/unmended"; }
    find "$site" -name '*stage*' -o -name '*.new' -o -name '*.??????' | grep -v '/content/' >"$TMP/left.one"
    [ -s "$TMP/left.one" ] && { left=$((left + 1)); cat "$TMP/left.one" >>"$TMP/left"; }
done
if [ $half -eq 0 ]; then ok "$KILLS kills ($killed met a running build): no half-written file"; else not_ok "$half of $KILLS kills left half-written files" "$(head -n 10 "$TMP/half.all")"; fi
if [ $unmended -eq 0 ]; then ok "the next build makes the site whole"; else not_ok "$unmended of $KILLS sites were not made whole" "$(head -n 20 "$TMP/unmended")"; fi
if [ $left -eq 0 ]; then ok "nothing is left of a killed build"; else not_ok "$left of $KILLS left something lying about" "$(sort -u "$TMP/left" | head -n 10)"; fi
# How many did says something of the machine, not of hugi: one must have.
if [ $killed -gt 0 ]; then ok "kills met running builds"; else not_ok "kills met running builds" "none of $KILLS"; fi
