#!/bin/sh
# make.sh - takes README's two screenshots again: sh docs/screenshots/make.sh
#
# Needs chromium, python3 and ImageMagick's convert; builds the repository's site into a temporary folder.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
port=${PORT:-8931}
"${HUGI:-build/hugi}" build -q -d "$work/site"
python3 -m http.server -d "$work/site" "$port" >/dev/null 2>&1 &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
sleep 1

# shot NAME SIZE PATH [FLAG...]
shot() {
    name=$1 size=$2 path=$3
    shift 3
    chromium --headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --hide-scrollbars --virtual-time-budget=4000 \
        --user-data-dir="$work/profile" --window-size="$size" "$@" --screenshot="$work/$name.png" \
        "http://localhost:$port$path" >/dev/null 2>&1
    convert "$work/$name.png" +dither -colors 128 -strip "PNG8:docs/screenshots/$name.png"
    ls -l "docs/screenshots/$name.png"
}
shot home 1440,1000 /
shot post-dark 500,1000 /posts/kubecon-london-2025/ --blink-settings=preferredColorScheme=0
