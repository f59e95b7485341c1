# case_markup.sh NAME - hugi markdown over tests/markup/NAME.md.
#
#   NAME.html    what comes out                   NAME.flags   more flags, as on the command line
#   code_*       with highlighting, which the others do without
#   NAME.diag    what is said on standard error; when it is missing, nothing
. "$TESTS/lib.sh"
cd "$TESTS/markup" || exit 1
name=$1
case $name in code_*)
    highlighting_is_as_known || exit 0
    unset HUGI_HIGHLIGHT ;;
esac
set --
[ -f "$name.flags" ] && eval "set -- $(cat "$name.flags")"
"$HUGI" markdown "$@" "$name.md" >"$TMP/out" 2>"$TMP/err"
if [ -n "${ACCEPT-}" ]; then
    rm -f "$name.diag"
    cp "$TMP/out" "$name.html"
    [ ! -s "$TMP/err" ] || cp "$TMP/err" "$name.diag"
    exit 0
fi
: >"$TMP/nothing"
same output "$name.html" "$TMP/out"
if [ -f "$name.diag" ]; then same "standard error" "$name.diag" "$TMP/err"; else same "standard error" "$TMP/nothing" "$TMP/err"; fi
