#!/bin/sh
# run.sh [-v] [GROUP...] [GROUP/CASE...] - runs the tests, all of them when none is named.
#
# Cases are files and folders; nothing is registered:
#
#   unit       build/unit/test_*           programs of tests/unit/*.c
#   template   tests/template/**/NAME.liquid  with NAME.yaml, NAME.out, NAME.err, NAME.map   (tools/template_cases.c)
#   markup     tests/markup/NAME.md        with NAME.html, NAME.diag                 (case_markup.sh)
#   pathological  pathological/inputs.txt  in each profile of Markdown               (tools/pathological.c)
#   sites      tests/sites/CASE/           with site/ expected/ stderr status        (case_site.sh)
#   own        examples/*/, content/       the sites of this repository              (case_own.sh)
#   readme     README.md                   commands below <!-- test -->              (readme.sh)
#   whole      seeds kill safe again edits cli libraries serve .sh  what a golden file cannot say
#   arch       arch/check.sh               who may include what
#
# A case is one process that prints "ok NAME" or "not ok NAME" for each thing it looked at; JOBS of
# them run at a time.  Only failures are shown, then a line for each group, then the sum.
set -eu

TESTS=$(cd "$(dirname "$0")" && pwd)
TOP=$(dirname "$TESTS")
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
HUGI=$BUILD/hugi
TOOLS=$BUILD/tools
SEEDS=${SEEDS:-../shared/seeds}
case $SEEDS in /*) ;; *) SEEDS=$TOP/$SEEDS ;; esac
SUITES=${SUITES:-../shared/suites}
case $SUITES in /*) ;; *) SUITES=$TOP/$SUITES ;; esac
JOBS=${JOBS:-$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/hugi-tests.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM
export TESTS TOP BUILD HUGI TOOLS SEEDS SUITES WORK

verbose=
groups='unit template markup pathological sites own readme whole arch'
wanted=
for word in "$@"; do
    case $word in
    -v) verbose=yes ;;
    *) wanted="$wanted $word" ;;
    esac
done
[ -x "$HUGI" ] || { echo "$HUGI is not there: make" >&2; exit 2; }

# The cases of a group, one a line.
cases_of() {
    cd "$TESTS"
    case $1 in
    unit) ls "$BUILD/unit" 2>/dev/null | grep '^test_[^.]*$' ;;
    template) echo all ;;
    markup) ls markup | sed -n 's/\.md$//p' ;;
    pathological) printf '%s\n' hugi gfm commonmark ;;
    sites) for dir in sites/*/; do [ -d "$dir/site" ] && basename "$dir"; done ;;
    own) echo content; for dir in ../examples/*/; do [ -d "$dir" ] && echo "examples/$(basename "$dir")"; done ;;
    readme) [ -f ../README.md ] && echo README.md ;;
    whole) ls seeds.sh kill.sh safe.sh again.sh edits.sh cli.sh report.sh libraries.sh serve.sh 2>/dev/null | sed 's/\.sh$//' ;;
    arch) echo check ;;
    esac || true
}

# One case, in a folder of its own; its lines go to $WORK/GROUP/CASE.result.
cat >"$WORK/one.sh" <<'END'
group=${1%%/*} name=${1#*/}
result=$WORK/results/$group/$(printf '%s' "$name" | tr / _)
TMP=$result.tmp
mkdir -p "$TMP"
export TMP
case $group in
unit) "$BUILD/unit/$name" >"$TMP/out" 2>&1; status=$?; sh "$TESTS/case_unit.sh" "$TMP/out" $status ;;
template) "$TOOLS/template_cases" "$TESTS/template" ;;
markup) sh "$TESTS/case_markup.sh" "$name" ;;
pathological) HUGI_HIGHLIGHT='' "$TOOLS/pathological" --hugi "$HUGI" --profile "$name" "$TESTS/pathological/inputs.txt" ;;
sites) sh "$TESTS/case_site.sh" "$name" ;;
own) sh "$TESTS/case_own.sh" "$name" ;;
readme) sh "$TESTS/readme.sh" ;;
whole) sh "$TESTS/$name.sh" ;;
arch) sh "$TESTS/arch/check.sh" --test ;;
esac >"$result.lines" 2>&1 </dev/null
status=$?
[ $status -eq 0 ] || echo "not ok the test script itself: exit status $status" >>"$result.lines"
grep -q -e '^ok ' -e '^not ok ' -e '^skip ' "$result.lines" || echo 'not ok nothing was tested' >>"$result.lines"
rm -rf "$TMP"
END

for group in $groups; do
    mkdir -p "$WORK/results/$group"
    cases_of "$group" | sed "s|^|$group/|"
done >"$WORK/all"
if [ -n "$wanted" ]; then
    for word in $wanted; do grep -e "^$word\$" -e "^$word/" "$WORK/all" || echo "no such group or case: $word" >&2; done >"$WORK/some"
    mv "$WORK/some" "$WORK/all"
fi
# The long ones first.
{ grep '^whole/' "$WORK/all" || true; grep '^pathological/' "$WORK/all" || true; grep '^own/' "$WORK/all" || true
    grep -v -e '^whole/' -e '^pathological/' -e '^own/' "$WORK/all" || true; } |
    tr '\n' '\0' | xargs -0 -n 1 -P "$JOBS" sh "$WORK/one.sh" || true

passed=0 failed=0
for group in $groups; do
    good=0 bad=0
    for lines in "$WORK/results/$group"/*.lines; do
        [ -f "$lines" ] || continue
        name=$group/$(basename "$lines" .lines)
        good=$((good + $(grep -c '^ok ' "$lines" || true)))
        bad=$((bad + $(grep -c '^not ok ' "$lines" || true)))
        if [ -n "$verbose" ]; then sed "s|^|$name: |" "$lines"
        else
            # After a failure its details, up to the next line of the protocol.
            awk -v name="$name" '/^ok /{show = 0} /^skip /{print name ": skipped: " substr($0, 6); show = 0}
                /^not ok /{print "FAIL " name ": " substr($0, 8); show = 1; next}
                show && !/^ok /{print}' "$lines"
        fi
    done
    passed=$((passed + good)) failed=$((failed + bad))
    if [ $((good + bad)) -eq 0 ]; then :
    elif [ $bad -eq 0 ]; then echo "$group: $good passed"
    else echo "$group: $good passed, $bad failed"; fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ] && [ $passed -gt 0 ]
