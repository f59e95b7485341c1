# case_template.sh NAME - hugi liquid over tests/template/NAME.liquid.
#
#   NAME.yaml or NAME.json   the data             NAME.flags   more flags, as on the command line
#   NAME/                    a folder of partials
#   NAME.out                 what comes out; when it is missing, an error is wanted
#   NAME.err                 what is said on standard error; when it is missing, nothing
. "$TESTS/lib.sh"
cd "$TESTS/template" || exit 1
name=$1
set --
for data in "$name.yaml" "$name.json"; do [ -f "$data" ] && set -- "$@" --data "$data"; done
[ -d "$name" ] && set -- "$@" --partials "$name"
[ -f "$name.flags" ] && eval "set -- \"\$@\" $(cat "$name.flags")"
"$HUGI" liquid "$@" "$name.liquid" >"$TMP/out" 2>"$TMP/err"
status=$?
want=0
[ -f "$name.out" ] || want=1
if [ -n "${ACCEPT-}" ]; then
    rm -f "$name.out" "$name.err"
    [ $status -ne 0 ] || cp "$TMP/out" "$name.out"
    [ ! -s "$TMP/err" ] || cp "$TMP/err" "$name.err"
    exit 0
fi
: >"$TMP/nothing"
equals "exit status" $want $status
if [ -f "$name.out" ]; then same output "$name.out" "$TMP/out"; fi
if [ -f "$name.err" ]; then same "standard error" "$name.err" "$TMP/err"; else same "standard error" "$TMP/nothing" "$TMP/err"; fi
