#!/bin/sh
# bench_liquid.sh SUITES - rendering by hugi, liquidjs and Ruby's Liquid, in turns, on this machine.
#
# Renders tests/bench/listing and, where they are there, the templates of SUITES/liquid/benchmark_fixtures;
# each is parsed once and rendered TURNS times (1000), start-up left out, processor time; the fastest of
# RUNS (3) counts.  Outputs are compared first.  An engine that is not there is left out, saying so:
# liquidjs is looked for in LIQUIDJS (npm install --prefix DIR liquidjs), Ruby's is Debian's ruby-liquid.
# Never fails for slowness.
set -u
suites=${1:-}
BUILD=${BUILD:-build} TURNS=${TURNS:-1000} RUNS=${RUNS:-3}
NODE_PATH=${LIQUIDJS:-.}/node_modules
export NODE_PATH
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-bench.XXXXXX")
trap 'rm -rf "$tmp"' EXIT

set -- tests/bench/listing
for folder in "$suites"/liquid/benchmark_fixtures/*/; do [ ! -f "$folder/data.json" ] || set -- "$@" "${folder%/}"; done
engines=hugi
if node -e 'require("liquidjs")' 2>/dev/null; then engines="$engines liquidjs"; else echo 'liquidjs: skipped: not in LIQUIDJS'; fi
if ruby -e 'require "liquid"' 2>/dev/null; then engines="$engines ruby"; else echo 'ruby-liquid: skipped: not installed'; fi

run() {
    case $engine in
    hugi) "$BUILD/tools/liquid_bench" "$TURNS" "$tmp" "$@" ;;
    liquidjs) node tests/bench/liquidjs.js "$TURNS" "$tmp" "$@" ;;
    ruby) ruby tests/bench/liquid.rb "$TURNS" "$tmp" "$@" ;;
    esac
}
turn=0
while [ $turn -lt "$RUNS" ]; do
    turn=$((turn + 1))
    for engine in $engines; do run "$@" | sed "s/^/$engine /" >>"$tmp/times"; done
done
for folder; do
    name=${folder##*/}
    for engine in $engines; do
        cmp -s "$tmp/$name.hugi" "$tmp/$name.$engine" || echo "bench: $name: $engine writes something else: $(cmp "$tmp/$name.hugi" "$tmp/$name.$engine" 2>&1)"
    done
done
awk -v engines="$engines" '
    !(($1, $2) in best) { best[$1, $2] = $3; if ($1 == "hugi") names[++count] = $2 }
    $3 < best[$1, $2] { best[$1, $2] = $3 }
    END {
        n = split(engines, engine, " ")
        for (i = 1; i <= count; i++) {
            hugi = best["hugi", names[i]]
            line = sprintf("liquid %-8s hugi %8.2f us", names[i], hugi)
            for (e = 2; e <= n; e++)
                line = line sprintf("   %s %9.2f us, %5.1f times", engine[e], best[engine[e], names[i]], best[engine[e], names[i]] / hugi)
            print line
        }
    }' "$tmp/times"
