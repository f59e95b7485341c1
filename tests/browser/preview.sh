#!/bin/sh
# preview.sh - a preview used in a real browser (preview.js): edits, styles, mistakes, scripts.
#   PLAYWRIGHT  the folder that `npm install playwright-core` was run in   CHROMIUM  the browser
# Skipped, saying why, where one of them is not there.
set -u
TOP=$(cd "$(dirname "$0")/../.." && pwd)
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
PLAYWRIGHT=${PLAYWRIGHT:-} CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
skip() { echo "preview: skipped: $1"; exit 0; }
[ -d "$PLAYWRIGHT/node_modules/playwright-core" ] || skip "there is no playwright-core (PLAYWRIGHT=DIR)"
[ -x "$CHROMIUM" ] || skip "there is no $CHROMIUM"
command -v node >/dev/null 2>&1 || skip "there is no node"
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-preview.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
mkdir -p "$tmp/site/content/posts/first"
cp "$TOP/tests/edits/site/static/dot.png" "$tmp/site/content/posts/first/dot.png"
timeout 300 node "$TOP/tests/browser/preview.js" "$PLAYWRIGHT" "$CHROMIUM" "$BUILD/hugi" "$tmp/site" >"$tmp/out" 2>&1
grep -v '^ok ' "$tmp/out"
failed=$(grep -c '^not ok ' "$tmp/out")
echo "preview: $(grep -c '^ok ' "$tmp/out") as wanted, $failed not"
[ "$failed" -eq 0 ] && grep -q '^ok the preview ends' "$tmp/out"
