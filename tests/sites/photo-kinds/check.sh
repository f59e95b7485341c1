# Whatever a file is, its sizes look like the picture it was made of (references/), upright and in its colours.
reference_of() {
    case $1 in
    gray*) echo gray ;;
    alpha* | palette-alpha*) echo hole ;;      # seen on white
    odd*) echo odd ;;
    *) echo plain ;;
    esac
}
for file in content/posts/kinds/*.*; do
    name=$(basename "${file%.*}")
    case $name in index | cover) continue ;; esac
    width=64
    [ "$name" != odd-6 ] || width=60
    equals "$name: not enlarged, WebP and what every browser shows" 2 "$(ls public/img/"$name-$width"-* 2>/dev/null | sed 's/.*\.//' | sort -u | wc -l | tr -d ' ')"
    "$TOOLS/picture_alike" "$CASE/references/$(reference_of "$name").png" public/img/"$name-$width"-*
done
equals "a name that lies: sizes have the true extension" "jpg webp " "$(ls public/img/lies-* | sed 's/.*\.//' | sort -u | tr '\n' ' ')"
# A file of static/ keeps its address.  Turned losslessly its pixels are upright; where a side is not
# whole blocks of a JPEG that would lose an edge, and the orientation stays, as the one thing EXIF says.
for n in 1 2 3 4 5 6 7 8; do "$TOOLS/picture_alike" "$CASE/references/plain.png" public/turned-$n.jpg; done
equals "nothing is left of their EXIF" "" "$(grep -la Exif public/turned-*.jpg || true)"
od -An -v -tx1 public/odd-6.jpg | tr -d ' \n' >"$TMP/odd"
# One entry: of tag 0x0112, a short, 6.
orientation=4d4d002a00000008000101120003000000010006000000000000ff
holds "of this one's the orientation alone is" "$TMP/odd" ffe10022457869660000$orientation
equals "and no second one" 1 "$(count "$TMP/odd" 45786966)"
mkdir -p "$TMP/again/content/posts/kinds"
cp content/posts/kinds/cover.png "$TMP/again/content/posts/kinds/"
cp public/odd-6.jpg "$TMP/again/content/posts/kinds/odd.jpg"
printf 'title: Again\n' >"$TMP/again/hugi.yaml"
printf -- '---\ntitle: Again\ndate: 2025-05-14\nimage: cover.png\n---\n\n![odd](odd.jpg)\n' >"$TMP/again/content/posts/kinds/index.md"
"$HUGI" build -q -s "$TMP/again" 2>/dev/null
"$TOOLS/picture_alike" "$CASE/references/odd.png" "$TMP"/again/public/img/odd-60-*
# The profile is kept where the pixels are, and followed where new ones are made.
holds "a cleaned file keeps its profile" public/profile.jpg ICC_PROFILE
equals "sizes are sRGB and need none" "" "$(grep -laE 'ICC_PROFILE|ICCP|iCCP' public/img/profile-* || true)"
