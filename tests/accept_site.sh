# accept_site.sh - read by case_site.sh: what was built becomes what is expected.
#
# The files that expected/ lists are taken anew, all of public/ where there is a file `exact`.  To
# have one more file looked at, make it there empty first.
if [ -f "$CASE/exact" ]; then
    rm -rf "$CASE/expected"
    cp -R "$TMP/a/public" "$CASE/expected"
elif [ -d "$CASE/expected" ]; then
    (cd "$CASE/expected" && find . -type f) | while read -r file; do
        if [ -f "$TMP/a/public/$file" ]; then cp "$TMP/a/public/$file" "$CASE/expected/$file"
        else echo "$file was not written" >&2; fi
    done
fi
rm -f "$CASE/stderr" "$CASE/status"
[ ! -s "$TMP/a.err" ] || cp "$TMP/a.err" "$CASE/stderr"
[ $status -eq 0 ] || echo $status >"$CASE/status"
