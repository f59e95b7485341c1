# readme.sh - runs README's commands: every ```sh block below a line <!-- test -->.
#
# All blocks of the file share one temporary folder, in order, with hugi on PATH.  Lines of a
# ```console block run when they begin with "$ "; "cd" and what a block makes stay for the next one.
. "$TESTS/lib.sh"
mkdir -p "$TMP/work"
PATH=$BUILD:$PATH
export PATH
awk -v out="$TMP" '
    /^<!-- test -->/ { armed = 1; next }
    /^```/ && inside { inside = 0; close(file); next }
    /^```(sh|bash|console)/ && armed { inside = 1; armed = 0; console = /console/; file = sprintf("%s/block-%02d.sh", out, ++n); print "# line " NR >file; next }
    inside && console { if (sub(/^\$ /, "")) print >file; next }
    inside { print >file }
    NF && !inside { armed = 0 }' "$TOP/README.md"
found=
cd "$TMP/work" || exit 1
for block in "$TMP"/block-*.sh; do
    [ -f "$block" ] || continue
    found=yes
    line=$(sed -n '1s/# line //p' "$block")
    echo "cd '$PWD' && set -eu" >"$TMP/run.sh"
    cat "$block" >>"$TMP/run.sh"
    echo "pwd >'$TMP/pwd'" >>"$TMP/run.sh"
    if sh "$TMP/run.sh" >"$TMP/out" 2>&1 </dev/null; then ok "README.md:$line"; cd "$(cat "$TMP/pwd")" || exit 1
    else not_ok "README.md:$line" "$(cat "$block")" "$(tail -n 20 "$TMP/out")"; fi
done
[ -n "$found" ] || echo 'skip README.md marks no commands with <!-- test -->'
