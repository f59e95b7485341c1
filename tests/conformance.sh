#!/bin/sh
# conformance.sh SUITES - runs the suites of others, one line each: "suite: N of M".
#
# They are data that lies outside this repository.  A suite that is not there is skipped, saying so.
# What does not pass is no failure here: the numbers are to be read, and written into issues.
# V=1 shows what fails.
set -u
suites=${1:-}
BUILD=${BUILD:-build}
tools=$BUILD/tools
verbose=
[ -z "${V:-}" ] || verbose=-v
if [ ! -d "$suites" ]; then
    echo "conformance: skipped: there are no suites in '$suites' (make conformance SUITES=DIR)"
    exit 0
fi
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-conformance.XXXXXX")
trap 'rm -rf "$tmp"' EXIT

# run NAME TOOL FILE ARGUMENT... - the last line a tool prints holds "N of M"
run() {
    name=$1 tool=$tools/$2 file=$suites/$3
    shift 3
    if [ ! -e "$file" ]; then echo "$name: skipped: $file is not there"; return; fi
    if [ ! -x "$tool" ]; then echo "$name: skipped: $tool is not there"; return; fi
    "$tool" $verbose "$@" "$file" >"$tmp/out" 2>"$tmp/err"
    status=$?
    [ -z "$verbose" ] || sed '$d' "$tmp/out"
    if tail -n 1 "$tmp/out" | grep -q '[0-9] of [0-9]'; then tail -n 1 "$tmp/out" | sed "s|^[^:]*:|$name:|"
    else echo "$name: ended with status $status: $(tail -n 1 "$tmp/err")"; fi
}

run markdown/commonmark-0.31.2 markup_suite markdown/commonmark-0.31.2.json --plain --profile commonmark
run markdown/gfm-0.29 markup_suite markdown/gfm-0.29.json --plain --profile gfm
run markdown/cmark-gfm-extensions markup_suite markdown/cmark-gfm-extensions.json --plain --profile gfm \
    --ext table,strikethrough,autolink,tagfilter,tasklist,footnotes
run markdown/cmark-gfm-regression markup_suite markdown/cmark-gfm-regression.json --plain --profile gfm
run markdown/cmark-smart-punct markup_suite markdown/cmark-smart-punct.json --plain --smart
run cjk/emphasis markup_suite cjk/cjk_emphasis.json --plain --cjk --profile gfm
run kramdown/testcases markup_suite kramdown/kramdown_testcases.json --plain --normal --profile hugi
run kramdown/testcases-without-options markup_suite kramdown/kramdown_testcases.json --plain --own --profile hugi
run kramdown/korean markup_suite kramdown/jekyll_kramdown_korean.json --plain --normal --profile hugi
run markdown/pathological pathological fuzz/markdown_pathological.json --hugi "$BUILD/hugi"
run liquid/golden liquid_suite liquid/golden_liquid.json
run liquid/jekyll liquid_suite jekyll/jekyll_4.3.1_liquid.json --aside "$suites/jekyll/aside.json" --partials "$suites/jekyll/site/_includes"
run liquid/hostile liquid_suite fuzz/liquid_hostile.json
run lua/hostile lua_suite fuzz/lua_hostile.json
run yaml/test-suite yaml_suite yaml/yaml-test-suite.json
run yaml/front-matter yaml_suite yaml/front_matter_cases.json
run images image_suite images
if [ -d "$suites/images" ]; then
    sh "$(dirname "$0")/photos.sh" "$suites/images"
    if command -v python3 >/dev/null 2>&1; then python3 "$(dirname "$0")/hostile.py" $verbose "$BUILD/hugi" "$suites/images"
    else echo "images/processes: skipped: no python3"; fi
else echo "photos: skipped: $suites/images is not there"; fi

# The feeds and the sitemap of this repository's site against the standards' schemas.
if [ -d "$suites/schemas" ] && command -v xmllint >/dev/null 2>&1; then
    "$BUILD/hugi" build -q -d "$tmp/site" 2>/dev/null
    good=0 all=0
    for file in "$tmp"/site/sitemap*.xml; do
        all=$((all + 1))
        # all.xsd, where it is there, knows the extensions that a sitemap may use.
        schema=$suites/schemas/all.xsd
        [ -f "$schema" ] || schema=$suites/schemas/sitemap.xsd
        if xmllint --nonet --noout --schema "$schema" "$file" >"$tmp/out" 2>&1; then good=$((good + 1)); elif [ -n "$verbose" ]; then head -n 5 "$tmp/out"; fi
    done
    echo "schemas/sitemap: $good of $all"
    if command -v jing >/dev/null 2>&1; then
        find "$tmp/site" -name feed.xml >"$tmp/feeds"
        good=0 all=0
        while read -r file; do
            all=$((all + 1))
            if jing -c "$suites/schemas/atom-rfc4287.rnc" "$file" >"$tmp/out" 2>&1; then good=$((good + 1)); elif [ -n "$verbose" ]; then head -n 5 "$tmp/out"; fi
        done <"$tmp/feeds"
        echo "schemas/atom: $good of $all"
    else
        echo "schemas/atom: skipped: jing is not installed"
    fi
else
    echo "schemas: skipped: no schemas, or no xmllint"
fi

# In a real browser, where there is one: hostile HTML, and a preview that is edited.
BUILD=$BUILD sh "$(dirname "$0")/browser/xss.sh" "$suites"
BUILD=$BUILD sh "$(dirname "$0")/browser/preview.sh"
