#!/bin/sh
# bench_images.sh BENCH - 60 photos of 12 megapixels in three widths: hugi, sharp and hugo on one machine.
#
# BENCH is a folder outside this repository that holds images/make_images.sh, images/sharp_bench.mjs and
# images/hugo.  Says so when something is not there.  Never fails for slowness.
#   IMAGES   a folder that make_images.sh filled; not set: made, which takes minutes
#   SHARP    the folder that `npm install sharp` was run in
#   RUNS     turns of hugi and sharp; the fastest of each counts (3); hugo has one
#   QUALITY  of how many photos variants are held against a reference, at equal bytes (6; 0: none)
#   FORMATS  "jpeg webp"          HUGO=  leaves hugo out
set -u
bench=${1:-}
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$PWD/$BUILD ;; esac
RUNS=${RUNS:-3} QUALITY=${QUALITY:-6} IMAGES=${IMAGES:-} SHARP=${SHARP:-} FORMATS=${FORMATS:-jpeg webp} HUGO=${HUGO-hugo}
if [ ! -f "$bench/images/make_images.sh" ] || ! command -v python3 >/dev/null 2>&1; then
    echo "bench: photos skipped: no images/make_images.sh in '$bench', or no python3 (make bench BENCH=DIR IMAGES=DIR SHARP=DIR)"
    exit 0
fi
[ -n "${TMPDIR:-}" ] || { [ -d /dev/shm ] && [ -w /dev/shm ] && TMPDIR=/dev/shm; }
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-photos.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
if [ -z "$IMAGES" ]; then
    IMAGES=$tmp/images
    bash "$bench/images/make_images.sh" "$IMAGES" >"$tmp/log" 2>&1 ||
        { echo "bench: photos skipped: make_images.sh needs ImageMagick and Debian's wallpapers"; exit 0; }
fi
[ -d "$SHARP/node_modules/sharp" ] && command -v node >/dev/null 2>&1 || { SHARP=; echo "bench: no sharp (SHARP=DIR)"; }
command -v "${HUGO:-none}" >/dev/null 2>&1 || { HUGO=; echo "bench: no hugo"; }
workers=$(getconf _NPROCESSORS_ONLN)
widths='480 960 1600'

# "WALL-MS CPU-MS PEAK-KB" of a command.
measure() {
    python3 -c 'import os, subprocess, sys, time
start = time.monotonic()
child = subprocess.Popen(sys.argv[2:], stdout=open(sys.argv[1], "w"), stderr=subprocess.STDOUT)
status, used = os.wait4(child.pid, 0)[1:]
print(round((time.monotonic() - start) * 1000), round((used.ru_utime + used.ru_stime) * 1000), used.ru_maxrss)
if status: sys.stderr.write("bench: failed: " + " ".join(sys.argv[2:6]) + "\n" + open(sys.argv[1]).read()[-500:])' "$tmp/log" "$@"
}
column() { awk -v at="$1" '{ print $at }' "$2" | sort -n | head -n 1; }
seconds() { awk -v ms="$1" 'BEGIN { printf "%.2f", ms / 1000 }'; }

# One post with all photos, and a hook that asks for what the others make.
make_site() {
    mkdir -p "$1/content/posts/all" "$1/hooks"
    printf 'title: Photos\nbase_url: https://bench.example/\n' >"$1/hugi.yaml"
    printf 'function thumbnail(image, page)\n  local list = {}\n  for _, use in ipairs(image.uses) do\n    for _, width in ipairs {%s} do
      list[#list + 1] = {use = use, format = "%s", width = width, quality = 80}\n    end\n  end\n  return list\nend\n' \
        "$(echo $widths | sed 's/ /, /g')" "$2" >"$1/hooks/thumbnails.lua"
    printf -- '---\ntitle: All\ndate: 2025-01-01\n---\n' >"$1/content/posts/all/index.md"
    for file in "$IMAGES"/jpg/*; do
        ln "$file" "$1/content/posts/all/" 2>/dev/null || cp "$file" "$1/content/posts/all/"
        printf '![a photo](%s)\n\n' "$(basename "$file")" >>"$1/content/posts/all/index.md"
    done
}

ratio() { # ratio PEER FORMAT FILE
    awk -v peer="$1" -v format="$2" -v wall="$(column 1 "$tmp/hugi.$2")" -v cpu="$(column 2 "$tmp/hugi.$2")" \
        -v peer_wall="$(column 1 "$3")" -v peer_cpu="$(column 2 "$3")" \
        'BEGIN { printf "%s: hugi is %.1f times as fast as %s (%.1f times by CPU)\n", format, peer_wall / wall, peer, peer_cpu / cpu }'
}

say() { # say TOOL FORMAT FILE
    echo "$2: $1 $(seconds "$(column 1 "$3")") s, CPU $(seconds "$(column 2 "$3")") s, peak $(($(column 3 "$3") / 1024)) MB"
}

for format in $FORMATS; do
    extension=$(echo "$format" | sed 's/jpeg/jpg/')
    site=$tmp/site-$format
    make_site "$site" "$format"
    turn=0
    while [ $turn -lt "$RUNS" ]; do
        turn=$((turn + 1))
        rm -rf "$site/public" "$site/.hugi"
        measure "$BUILD/hugi" build -q -s "$site" >>"$tmp/hugi.$format"
        measure "$BUILD/hugi" build -q -s "$site" >>"$tmp/again.$format"
        [ -n "$SHARP" ] || continue
        rm -rf "$tmp/sharp-$format" && mkdir "$tmp/sharp-$format"
        measure node "$bench/images/sharp_bench.mjs" "$SHARP" "$extension" "$tmp/sharp-$format" "$workers" "$IMAGES"/jpg/* >>"$tmp/sharp.$format"
    done
    say hugi "$format" "$tmp/hugi.$format"
    echo "$format: hugi again, nothing changed: $(column 1 "$tmp/again.$format") ms, CPU $(column 2 "$tmp/again.$format") ms"
    echo "$format: hugi's memory for pictures: $((($(column 3 "$tmp/hugi.$format") - $(column 3 "$tmp/again.$format")) / 1024 / workers)) MB a worker ($workers workers)"
    [ -z "$SHARP" ] || { say sharp "$format" "$tmp/sharp.$format"; ratio sharp "$format" "$tmp/sharp.$format"; }
    if [ -n "$HUGO" ]; then
        cp -R "$bench/images/hugo" "$tmp/hugo-$format" && chmod -R u+w "$tmp/hugo-$format"
        cp "$IMAGES"/jpg/* "$tmp/hugo-$format/content/"
        HUGO_FMT=$extension measure "$HUGO" --quiet -s "$tmp/hugo-$format" -d "$tmp/hugo-$format/public" >"$tmp/hugo.$format"
        rm -rf "$tmp/hugo-$format"
        say hugo "$format" "$tmp/hugo.$format"
        ratio hugo "$format" "$tmp/hugo.$format"
    fi
done

# Against Lanczos in linear light of the whole original, by ImageMagick: hugi's at sharp's bytes.
[ -n "$SHARP" ] && [ "$QUALITY" -gt 0 ] && command -v convert >/dev/null 2>&1 || exit 0
every=$((($(ls "$IMAGES/jpg" | wc -l) + QUALITY - 1) / QUALITY))
for file in $(ls "$IMAGES/jpg" | awk -v every="$every" 'NR % every == 1 || every == 1'); do
    for width in $widths; do
        convert "$IMAGES/jpg/$file" -auto-orient -colorspace RGB -filter Lanczos -resize "${width}x" -colorspace sRGB -depth 8 "$tmp/reference.png"
        for format in $FORMATS; do
            peer=$tmp/sharp-$format/${file%.*}-$width.$(echo "$format" | sed 's/jpeg/jpg/')
            echo "$format $width $("$BUILD/tools/picture_quality" "$IMAGES/jpg/$file" "$tmp/reference.png" "$peer")" | tee -a "${LIST:-/dev/null}" >>"$tmp/quality"
        done
    done
done
sort -k1,1 -k2,2n "$tmp/quality" | awk '
    { key = $1 " at " $2 " px"; if (key != last && last != "") show(); last = key; n++; peer += $4; own += $5; better += $5 <= $4; quality += $6 }
    function show() {
        printf "%s: distance to the reference at equal bytes, x 1e-6: hugi %.0f, sharp %.0f (closer in %d of %d; hugi at quality %.1f)\n", last, own / n, peer / n, better, n, quality / n
        n = peer = own = better = quality = 0
    }
    END { show() }'
