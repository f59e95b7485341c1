# case_site.sh CASE - builds tests/sites/CASE/site and compares.
#
#   site/        the site; it is copied before anything is done, and so are sites/_themes/* below its themes/
#   prepare.sh   run in the copy first: for what git cannot hold (bytes that are no UTF-8, NFD names)
#   flags        flags of the build, as on the command line
#   expected/    files of public/, byte by byte; with a file `exact`, these and no others
#   stderr       what is said on standard error; when it is missing, nothing
#   status       exit status; 0 when it is missing
#   check.sh     run in the copy last, with lib.sh at hand: for what a golden file cannot say
#   no-links     links, anchors and pictures are not looked at (the reason stands in it)
#
# For free on every site that builds: -j1 equals -j4, a second build writes nothing, nothing is left
# lying about, feeds and sitemap are well-formed, every link, anchor and picture exists.
. "$TESTS/lib.sh"
CASE=$TESTS/sites/$1
FLAGS=
[ ! -f "$CASE/flags" ] || FLAGS=$(cat "$CASE/flags")

fresh() {
    cp -R "$CASE/site" "$1"
    case $CASE in */_themes) ;; *)
        mkdir -p "$1/themes" && cp -R "$TESTS/sites/_themes/." "$1/themes/" ;;
    esac
    [ ! -f "$CASE/prepare.sh" ] || (cd "$1" && . "$CASE/prepare.sh") || exit 1
}

# build FOLDER FLAG... - in the site's folder; standard output and error beside it
build() {
    dir=$1
    shift
    (cd "$dir" && eval "\"\$HUGI\" build $FLAGS \"\$@\"") >"$dir.out" 2>"$dir.err"
}

fresh "$TMP/a"
build "$TMP/a" -j4
status=$?
if [ -n "${ACCEPT-}" ]; then . "$TESTS/accept_site.sh"; exit 0; fi

equals "exit status" "$(cat "$CASE/status" 2>/dev/null || echo 0)" $status
: >"$TMP/nothing"
want=$TMP/nothing
[ ! -f "$CASE/stderr" ] || want=$CASE/stderr
DIFF_LINES=80 same "standard error" "$want" "$TMP/a.err"

if [ -d "$CASE/expected" ]; then
    (cd "$CASE/expected" && find . -type f | LC_ALL=C sort) >"$TMP/wanted"
    while read -r file; do
        if [ -f "$TMP/a/public/$file" ]; then same "${file#./}" "$CASE/expected/$file" "$TMP/a/public/$file"
        else not_ok "${file#./}" "was not written"; fi
    done <"$TMP/wanted"
    if [ -f "$CASE/exact" ]; then
        (cd "$TMP/a/public" && find . -type f | LC_ALL=C sort) >"$TMP/written"
        same "these files and no others" "$TMP/wanted" "$TMP/written"
    fi
fi

if [ $status -eq 0 ]; then
    cp -R "$TMP/a/public" "$TMP/first"
    build "$TMP/a" -j4 --json
    equals "the second build writes nothing" "0 0" "$(json_number "$TMP/a.out" written) $(json_number "$TMP/a.out" removed)"
    equals "with --json standard error is empty" "" "$(cat "$TMP/a.err")"
    same_trees "the second build changes nothing" "$TMP/first" "$TMP/a/public"
    # At the same place, because a site without a title is called after its folder.
    mv "$TMP/a" "$TMP/kept"
    fresh "$TMP/a"
    build "$TMP/a" -j1
    same_trees "-j1 equals -j4" "$TMP/first" "$TMP/a/public"
    rm -rf "$TMP/a" && mv "$TMP/kept" "$TMP/a"
    equals "nothing is left lying about" "" "$(find "$TMP/a" -name '*stage*' -o -name '*.new' | sed "s|$TMP/||")"
    if [ -f "$CASE/no-links" ]; then :; else check_public "$TMP/a" "$TMP/a/public" "$FLAGS"; fi
fi
if [ -f "$CASE/check.sh" ]; then (cd "$TMP/a" && . "$CASE/check.sh"); fi
exit 0
