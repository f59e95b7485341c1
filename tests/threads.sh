#!/bin/sh
# threads.sh - under the thread sanitizer: many bodies at once, this repository's site twice, a preview,
# and random edits (EDITS of them, 25).
set -eu
BUILD=${BUILD:-build/tsan}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-threads.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
export TSAN_OPTIONS="halt_on_error=0 exitcode=66 second_deadlock_stack=1 suppressions=$(pwd)/tests/threads.supp"
passed=0 failed=0
if TESTS=tests "$BUILD/unit/test_markup_threads" >"$tmp/out" 2>&1; then passed=$((passed + 1))
else
    failed=$((failed + 1))
    echo "FAIL many bodies at once under the thread sanitizer"
    head -n 120 "$tmp/out"
fi
mkdir "$tmp/site"
for part in hugi.yaml content data hooks static; do [ ! -e "$part" ] || cp -R "$part" "$tmp/site/"; done
for turn in first second; do
    if "$BUILD/hugi" build -s "$tmp/site" -j4 --timings >"$tmp/out" 2>"$tmp/err"; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL the $turn build under the thread sanitizer"
        head -n 120 "$tmp/err"
    fi
done
if command -v python3 >/dev/null 2>&1; then
    mkdir "$tmp/serve"
    if SOURCE_DATE_EPOCH=1767225600 HUGI_HIGHLIGHT= python3 tests/serve.py "$BUILD/hugi" "$tmp/serve" none >"$tmp/out" 2>&1 &&
        ! grep -q '^not ok' "$tmp/out"; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL the preview under the thread sanitizer"
        grep -v '^ok' "$tmp/out" | head -n 120
    fi
    if HUGI_HIGHLIGHT= python3 tests/edits.py "$BUILD/hugi" "${EDITS:-25}" >"$tmp/out" 2>&1; then passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL random edits under the thread sanitizer"
        head -n 120 "$tmp/out"
    fi
fi
echo "thread sanitizer: $passed passed, $failed failed"
[ $failed -eq 0 ]
