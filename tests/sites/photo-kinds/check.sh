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
    for made in public/img/"$name-$width"-*; do
        case $made in */profile-*.jpg) continue ;; esac     # seen by its profile
        "$TOOLS/picture_alike" "$CASE/references/$(reference_of "$name").png" "$made"
    done
done
equals "a name that lies: sizes have the true extension" "jpg webp " "$(ls public/img/lies-* | sed 's/.*\.//' | sort -u | tr '\n' ' ')"
# A file of static/ keeps its address, and its pixels are upright: turned losslessly, or made again where a side is
# not whole blocks of a JPEG and that would lose an edge.
for n in 1 2 3 4 5 6 7 8; do "$TOOLS/picture_alike" "$CASE/references/plain.png" public/turned-$n.jpg; done
"$TOOLS/picture_alike" "$CASE/references/odd.png" public/odd-6.jpg
equals "nothing is left of their EXIF" "" "$(grep -la Exif public/turned-*.jpg public/odd-6.jpg || true)"
# The profile is kept where the pixels are, and followed where new ones are made.
holds "a cleaned file keeps its profile" public/profile.jpg ICC_PROFILE
equals "so does a JPEG that needs no other size" "$(cat public/profile.jpg | cksum)" "$(cat public/img/profile-64-*.jpg | cksum)"
equals "what is made is sRGB and needs none" "" "$(grep -laE 'ICC_PROFILE|ICCP|iCCP' public/img/profile-*.webp || true)"
