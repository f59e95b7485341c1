#!/bin/sh
# bench.sh BENCH - a cold build of 1,000 reports by hugi and by hugo, in turns, on this machine.
#
# BENCH is a folder outside this repository that holds the maker of the corpus (gen_corpus.py) and
# hugo's minimal site (peers/hugo/site).  Says so when it or hugo is not there.  Never fails for slowness.
#   RUNS    turns; the fastest of each counts (5)        POSTS   reports (1000)
set -u
bench=${1:-}
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
RUNS=${RUNS:-5} POSTS=${POSTS:-1000}
if [ ! -f "$bench/gen_corpus.py" ] || ! command -v python3 >/dev/null 2>&1; then
    echo "bench: skipped: no gen_corpus.py in '$bench', or no python3 to run it (make bench BENCH=DIR)"
    exit 0
fi
# In memory where there is such a place: creating files on a disk takes from one to thirty times as long.
[ -n "${TMPDIR:-}" ] || { [ -d /dev/shm ] && [ -w /dev/shm ] && TMPDIR=/dev/shm; }
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-bench.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
python3 "$bench/gen_corpus.py" --posts "$POSTS" --out "$tmp/corpus" >/dev/null || exit 0
mkdir -p "$tmp/hugi/content"
cp -R "$tmp/corpus/posts" "$tmp/hugi/content/posts"
printf 'title: 벤치마크\nbase_url: https://bench.example/\n' >"$tmp/hugi/hugi.yaml"

# Wall time of a command in milliseconds.
milliseconds() {
    start=$(date +%s%N)
    "$@" >"$tmp/log" 2>&1 || { echo "bench: failed: $*" >&2; tail -n 3 "$tmp/log" >&2; }
    echo $((($(date +%s%N) - start) / 1000000))
}
fastest() { sort -n "$1" | head -n 1; }
files() { find "$1" -type f | wc -l | tr -d ' '; }

hugo=
if command -v hugo >/dev/null 2>&1 && [ -d "$bench/peers/hugo/site" ]; then
    hugo=yes
    cp -R "$bench/peers/hugo/site" "$tmp/hugo" && chmod -R u+w "$tmp/hugo"
    mkdir -p "$tmp/hugo/content"
    cp -R "$tmp/corpus/posts" "$tmp/hugo/content/posts"
fi
turn=0
while [ $turn -lt "$RUNS" ]; do
    turn=$((turn + 1))
    rm -rf "$tmp/hugi/public" "$tmp/hugi/.hugi"
    milliseconds "$BUILD/hugi" build -q -s "$tmp/hugi" >>"$tmp/hugi.ms"
    [ -n "$hugo" ] || continue
    rm -rf "$tmp/hugo/public" "$tmp/hugo/resources"
    milliseconds hugo --quiet -s "$tmp/hugo" -d "$tmp/hugo/public" >>"$tmp/hugo.ms"
done
a=$(fastest "$tmp/hugi.ms")
echo "hugi: $a ms for $POSTS reports, cold, $(files "$tmp/hugi/public") files (fastest of $RUNS: $(tr '\n' ' ' <"$tmp/hugi.ms" | sed 's/ $//'))"
milliseconds "$BUILD/hugi" build -q -s "$tmp/hugi" | sed 's/^/hugi: again, nothing changed: /; s/$/ ms/'

# What highlighting costs: user time of builds with it and without, in turns.
user_milliseconds() {
    python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime * 1000))' "$@"
}
turn=0
while [ $turn -lt "$RUNS" ]; do
    turn=$((turn + 1))
    rm -rf "$tmp/hugi/public" "$tmp/hugi/.hugi"
    user_milliseconds "$BUILD/hugi" build -q -s "$tmp/hugi" >>"$tmp/with.ms"
    rm -rf "$tmp/hugi/public" "$tmp/hugi/.hugi"
    HUGI_HIGHLIGHT= user_milliseconds "$BUILD/hugi" build -q -s "$tmp/hugi" >>"$tmp/without.ms"
done
echo "hugi: highlighting: $(fastest "$tmp/with.ms") ms of user time with it, $(fastest "$tmp/without.ms") ms without"
if [ -n "$hugo" ]; then
    b=$(fastest "$tmp/hugo.ms")
    echo "hugo: $b ms, $(files "$tmp/hugo/public") files (fastest of $RUNS: $(tr '\n' ' ' <"$tmp/hugo.ms" | sed 's/ $//')), $(hugo version | cut -d ' ' -f 2)"
    echo "$a $b" | awk '{ printf "ratio: hugi takes %.2f of hugo'"'"'s time\n", $1 / $2 }'
else
    echo "hugo: skipped: not installed, or no $bench/peers/hugo/site"
fi
# Parse, passes and HTML of the same reports, and nothing else, beside bare cmark-gfm.
[ ! -x "$BUILD/tools/markup_bench" ] || "$BUILD/tools/markup_bench" "$tmp/corpus/posts" "$RUNS"
