#!/bin/sh
# xss.sh [SUITES] - hostile HTML and Markdown in a real browser, by the settings of markdown.html.
#
# All vectors of SUITES/fuzz/*xss*.json are rendered by hugi into one page a setting; chromium opens it,
# uses every element, and counts what ran (fired) and what could have run (left).  A page that nobody
# made harmless comes last and must fire: that shows that the counting works.
# Skipped, saying why, where there is no browser or no suite.
set -u
TOP=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
suites=${1:-$TOP/../shared/suites}
skip() { echo "xss: skipped: $1"; exit 0; }
browser=
for name in ${CHROMIUM:-chromium chromium-browser google-chrome}; do
    if command -v "$name" >/dev/null 2>&1; then browser=$name; break; fi
done
[ -n "$browser" ] || skip "there is no chromium"
ls "$suites"/fuzz/*xss*.json >/dev/null 2>&1 || skip "there are no vectors in $suites/fuzz"
[ -x "$BUILD/tools/xss_page" ] || skip "$BUILD/tools/xss_page is not there: make tests"
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-xss.XXXXXX")
trap 'rm -rf "$tmp"' EXIT

# open_page SETTING - prints the result of the page
open_page() {
    {
        printf '<!doctype html>\n<html><head><meta charset="utf-8"><script>\n'
        cat "$TOP/tests/browser/xss.js"
        printf '</script></head><body>\n'
        if [ "$1" = control ]; then
            printf '<div class="vector" data-number="0"><img src=x onerror="alert(1)"><b onclick="alert(2)">x</b>'
            printf '<a href="javascript:alert(3)">x</a><script>alert(4)</script></div>\n'
        else
            "$BUILD/tools/xss_page" "$1" "$suites"/fuzz/*xss*.json
        fi
        printf '</body></html>\n'
    } >"$tmp/$1.html"
    timeout 60 "$browser" --headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --host-resolver-rules='MAP * ~NOTFOUND' --virtual-time-budget=5000 --user-data-dir="$tmp/profile-$1" \
        --dump-dom "file://$tmp/$1.html" 2>/dev/null | sed -n '/<pre id="result">/,/^END/p'
}

status=0
for setting in sanitize escape control; do
    result=$(open_page "$setting")
    [ -z "${V:-}" ] || printf '%s\n' "$result"
    line=$(printf '%s\n' "$result" | sed -n 's/.*RESULT //p')
    echo "xss $setting: ${line:-no result}"
    case $setting,$line in
    control,*' fired=0 '* | *,'') echo "xss $setting: the page told nothing"; status=1 ;;
    control,*) ;;
    *' fired=0 left=0'*) ;;
    *) status=1 ;;
    esac
done
exit $status
