#!/bin/sh
# photos.sh PICTURES - a site of every picture of a suite, in content/ and in static/; then exiftool
# looks at everything that was published.  Prints "photos/private: N of M" (files without a word on
# place, owner and camera) and "photos/upright: N of M" (turned ones that look like the upright one).
# V=1 names the others.
set -u
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$(pwd)/$BUILD ;; esac
pictures=$1
for program in exiftool convert compare; do
    command -v $program >/dev/null 2>&1 || { echo "photos: skipped: $program is not installed"; exit 0; }
done
tmp=$(mktemp -d "${TMPDIR:-/tmp}/hugi-photos.XXXXXX")
trap 'rm -rf "$tmp"' EXIT
site=$tmp/site bundle=$tmp/site/content/posts/all
mkdir -p "$site/static" "$bundle"
cp -R "$pictures/." "$site/static/"
cp -R "$pictures/." "$bundle/"
find "$site" -name '*.md' -exec rm {} +
# Once more under names of their own: small sizes are named after the file alone.
for file in "$pictures"/exif-orientation/*_[1-8].jpg; do cp "$file" "$bundle/turned-$(basename "$file" | tr 'A-Z_' 'a-z-')"; done
printf 'title: Photos\nimages: {on_error: warn}\n' >"$site/hugi.yaml"
{
    printf -- '---\ntitle: All\ndate: 2025-01-01\n---\n'
    (cd "$bundle" && find . -type f ! -name '.*' ! -name 'LICENSE*' ! -name 'COPYING*' ! -name 'README*') | LC_ALL=C sort |
        sed 's|^\./||; s|%|%25|g; s|.*|![a picture](<&>)\n\n[the file](<&>)\n|'
} >"$bundle/index.md"
"$BUILD/hugi" build -q -s "$site" 2>"$tmp/err" || { echo "photos: the build failed"; tail -n 3 "$tmp/err"; exit 1; }

# The files that say something, one a line.
telling() {
    exiftool -q -q -r -ext '*' -p '$FilePath' -if '$GPS:all or $XMP:all or $ExifIFD:all or $MakerNotes:all or $IFD1:all or
        $IPTC:all or $Photoshop:all or $MPF:all or $Trailer:all or $Make or $Model or $Artist or $OwnerName or
        $SerialNumber or $UserData:all or $Keys:all' "$1" 2>/dev/null
}
telling "$site/public" >"$tmp/telling"
all=$(find "$site/public" -type f | wc -l | tr -d ' ')
[ -z "${V:-}" ] || sed "s|^$site/public/||" "$tmp/telling"
echo "photos/private: $((all - $(wc -l <"$tmp/telling"))) of $all ($(telling "$site/static" | wc -l) of the suite's files were not)"

# Landscape_6.jpg is Landscape_1.jpg turned: published, they look alike, whole and in every size.
good=0 turned=0
check_upright() { # check_upright FIRST OTHER
    turned=$((turned + 1))
    rm -f "$tmp/other.png"
    convert "$1" -auto-orient -resize '64x64!' "$tmp/first.png"
    convert "$2" -auto-orient -resize '64x64!' "$tmp/other.png"
    if [ -f "$tmp/other.png" ] && compare -metric RMSE "$tmp/first.png" "$tmp/other.png" null: 2>&1 | sed 's/.*(//' | grep -q '^0\.0[0-6]'; then
        good=$((good + 1))
    elif [ -n "${V:-}" ]; then
        echo "${2#"$site"/public/}"
    fi
}
for shape in Landscape Portrait; do
    first=$site/public/exif-orientation/${shape}_1.jpg
    for n in 2 3 4 5 6 7 8; do
        check_upright "$first" "$site/public/exif-orientation/${shape}_$n.jpg"
        for file in "$site/public/img/turned-$(echo $shape | tr 'A-Z' 'a-z')-$n"-[49][68]0-*; do check_upright "$first" "$file"; done
    done
done
echo "photos/upright: $good of $turned"
