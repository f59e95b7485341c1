#!/bin/sh
# bench_markup.sh BENCH - parsing, passes and HTML of 1,000 reports, and nothing else, beside bare cmark-gfm.
#   RUNS  turns; the fastest of each counts (5)
set -u
bench=${1:-}
BUILD=${BUILD:-build}
if [ ! -f "$bench/gen_corpus.py" ] || ! command -v python3 >/dev/null 2>&1; then
    echo "bench_markup: skipped: no gen_corpus.py in '$bench', or no python3 to run it (make bench BENCH=DIR)"
    exit 0
fi
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-markup.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
python3 "$bench/gen_corpus.py" --posts 1000 --out "$tmp" >/dev/null || exit 0
"$BUILD/tools/markup_bench" "$tmp/posts" "${RUNS:-5}"
