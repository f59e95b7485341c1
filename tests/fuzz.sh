#!/bin/sh
# fuzz.sh SUITES TARGET... - runs targets of tests/fuzz, each for FUZZ_SECONDS, until one finds something.
#
# A target NAME_fuzz.c says in its first comment what it starts from: `fuzz-seeds:`, files and folders of
# this repository or of SUITES (of a JSON file each text in it is a seed), and, where the first byte
# chooses something, `fuzz-first:`, the bytes to put before each seed.  SUITES/fuzz/NAME.dict, where it
# is there, is its dictionary.  What was learnt stays in BUILD/corpus/NAME; what breaks it is written to
# BUILD/found/NAME-*, to be mended and made a case of the tests.
set -u
suites=$1
shift
status=0
note() { sed -n "s/^ \* fuzz-$1: *//p" "tests/fuzz/$2_fuzz.c"; }

seeds() {
    python3 - "$suites" "$1" "$(note first "$2")" $(note seeds "$2") <<'END'
import hashlib, json, os, sys
suites, folder, first, names = sys.argv[1], sys.argv[2], sys.argv[3].split() or [''], sys.argv[4:]
def texts(node):
    if isinstance(node, str): yield node.encode()
    elif isinstance(node, list): yield from (t for each in node for t in texts(each))
    elif isinstance(node, dict): yield from (t for each in node.values() for t in texts(each))
def files(path):
    if os.path.isfile(path): yield path
    for name in sorted(os.listdir(path)) if os.path.isdir(path) else []: yield from files(os.path.join(path, name))
for name in names:
    for path in list(files(name)) or list(files(os.path.join(suites, name))):
        content = open(path, 'rb').read()
        for text in texts(json.loads(content)) if path.endswith('.json') else [content]:
            if len(text) > 4096: continue
            for byte in first:
                seed = byte.encode() + text
                open(os.path.join(folder, hashlib.sha1(seed).hexdigest()), 'wb').write(seed)
END
}

for name; do
    corpus=$BUILD/corpus/$name found=$BUILD/found dict=$suites/fuzz/$name.dict
    mkdir -p "$corpus" "$corpus.seeds" "$found"
    seeds "$corpus.seeds" "$name" || exit 2
    [ -f "$dict" ] || dict=
    echo "fuzz: $name, $FUZZ_SECONDS seconds"
    "$BUILD/fuzz/${name}_fuzz" -max_total_time="$FUZZ_SECONDS" -max_len=4096 -timeout=60 -rss_limit_mb=2048 -print_final_stats=1 \
        ${dict:+-dict="$dict"} -artifact_prefix="$found/$name-" "$corpus" "$corpus.seeds" >"$BUILD/$name.log" 2>&1 || status=1
    grep -e '^SUMMARY' -e 'Test unit written' -e '^ *#[0-9] .*hugi\|^stat::' "$BUILD/$name.log"
    grep 'cov:' "$BUILD/$name.log" | tail -n 1
    [ $status -eq 0 ] || { echo "fuzz: $name: see $BUILD/$name.log"; exit 1; }
done
