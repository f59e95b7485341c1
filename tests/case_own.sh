# case_own.sh content | examples/NAME - a site of this repository, built in a copy.
. "$TESTS/lib.sh"
fresh() {
    mkdir -p "$1"
    if [ "$name" = content ]; then
        for part in hugi.yaml content data hooks static; do [ ! -e "$TOP/$part" ] || cp -R "$TOP/$part" "$1/"; done
    else
        cp -R "$TOP/$name/." "$1/" && rm -rf "$1/public" "$1/.hugi"
    fi
}
name=$1
fresh "$TMP/a"
"$HUGI" build -s "$TMP/a" -d "$TMP/a/public" -j4 --strict >"$TMP/out" 2>"$TMP/err"
status=$?
equals "exit status" 0 $status
grep -v -e ': notice: ' -e '^  = set base_url' "$TMP/err" >"$TMP/err.more"
equals "nothing to complain about" "" "$(head -n 20 "$TMP/err.more")"
[ $status -eq 0 ] || exit 0
cp -R "$TMP/a/public" "$TMP/first"
"$HUGI" build -s "$TMP/a" -d "$TMP/a/public" -j4 --json >"$TMP/out" 2>&1
equals "the second build writes nothing" "0 0 0" "$(json_number "$TMP/out" written) $(json_number "$TMP/out" removed) $(json_number "$TMP/out" variants)"
same_trees "the second build changes nothing" "$TMP/first" "$TMP/a/public"
# At the same place, because a site without a title is called after its folder.
mv "$TMP/a" "$TMP/kept"
fresh "$TMP/a"
"$HUGI" build -s "$TMP/a" -d "$TMP/a/public" -j1 >"$TMP/out" 2>&1
same_trees "-j1 equals -j4" "$TMP/first" "$TMP/a/public"
check_public "$TMP/a" "$TMP/a/public" ""
