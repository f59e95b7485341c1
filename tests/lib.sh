# lib.sh - what every test script begins with:  . "$TESTS/lib.sh"
#
# A test script prints one line for each thing it looked at, "ok NAME" or "not ok NAME", and what
# went wrong below the latter; "skip REASON" where something is not there.  run.sh counts and shows.

: "${TESTS:?is set by run.sh}"
HUGI=${HUGI:-hugi}
export LC_ALL=C
# The time of every build, so that tests say the same next year.
export SOURCE_DATE_EPOCH=1767225600    # 2026-01-01T00:00:00Z
# Cases that are not about highlighting do without it, and so without its package.
export HUGI_HIGHLIGHT=
# Cases that are not about social cards draw none: what fonts there are is the machine's matter.
export HUGI_FONT=
ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1}
export ASAN_OPTIONS

ok() { printf 'ok %s\n' "$1"; }

# not_ok NAME [LINE...]
not_ok() {
    printf 'not ok %s\n' "$1"
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/    /'
}

# same NAME WANT GOT - are two files the same, byte by byte?
same() {
    if cmp -s "$2" "$3"; then
        ok "$1"
    else
        not_ok "$1"
        diff -u "$2" "$3" 2>&1 | head -n "${DIFF_LINES:-40}" | sed 's/^/    /'
    fi
}

# same_trees NAME A B - the same files with the same bytes?
same_trees() {
    if diff -r "$2" "$3" >"$TMP/trees.diff" 2>&1; then
        ok "$1"
    else
        not_ok "$1"
        head -n "${DIFF_LINES:-40}" "$TMP/trees.diff" | sed 's/^/    /'
    fi
}

# equals NAME WANT GOT - are two texts the same?
equals() { if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "want: $2" " got: $3"; fi; }

# holds NAME FILE TEXT and lacks NAME FILE TEXT - is a fixed string in a file?
holds() { if grep -qF -e "$3" "$2"; then ok "$1"; else not_ok "$1" "not in $2: $3"; fi; }
lacks() {
    if [ ! -f "$2" ]; then not_ok "$1" "no such file: $2"
    elif grep -qF -e "$3" "$2"; then not_ok "$1" "in $2: $(grep -nF -e "$3" "$2" | head -n 3)"
    else ok "$1"; fi
}

exists() { if [ -e "$2" ]; then ok "$1"; else not_ok "$1" "no such file: $2"; fi; }
absent() { if [ -e "$2" ]; then not_ok "$1" "is there: $2"; else ok "$1"; fi; }

# count FILE TEXT - how often a fixed string occurs in a file
count() { grep -oF -e "$2" "$1" | wc -l | tr -d ' '; }

# json_number FILE KEY - a number of the summary, the last line of --json
json_number() { tail -n 1 "$1" | sed -n "s/.*\"$2\":\\([0-9][0-9]*\\).*/\\1/p"; }

# check_site SITE_FOLDER PUBLIC FLAGS - feeds, sitemap, links, anchors, pictures
check_public() {
    base=$(sed -n 's/^base_url:[ ]*\([^ #]*\).*/\1/p' "$1/hugi.yaml" 2>/dev/null | tr -d "\"'" | head -n 1)
    case " $3 " in
    *" --base-url "*) base=$(printf '%s' " $3" | sed 's/.* --base-url  *\([^ ]*\).*/\1/') ;;
    esac
    if command -v xmllint >/dev/null 2>&1; then
        find "$2" -name '*.xml' -o -name '*.svg' | LC_ALL=C sort >"$TMP/xml.list"
        if [ ! -s "$TMP/xml.list" ]; then :
        elif tr '\n' '\0' <"$TMP/xml.list" | xargs -0 xmllint --nonet --noout 2>"$TMP/xml.err"; then ok "feeds and sitemap are well-formed"
        else not_ok "feeds and sitemap are well-formed" "$(head -n 20 "$TMP/xml.err")"; fi
    else
        echo "skip xmllint is not installed: feeds are not checked"
    fi
    if "$TOOLS/check_site" "$2" $base >"$TMP/links.out" 2>&1; then ok "links, anchors and pictures exist"
    else not_ok "links, anchors and pictures exist" "$(head -n 30 "$TMP/links.out")"; fi
}

# highlighting_is_as_known - can what is highlighted be compared?  Definitions of another version differ.
KNOWN_HIGHLIGHT=3.41
highlighting_is_as_known() {
    version=$(dpkg-query -W -f='${Version}' highlight-common 2>/dev/null || true)
    case $version in
    "$KNOWN_HIGHLIGHT"-*) return 0 ;;
    "") echo "skip the package highlight-common is not there (make deps)" ;;
    *) echo "skip highlight-common is $version; what is expected was written with $KNOWN_HIGHLIGHT" ;;
    esac
    return 1
}
