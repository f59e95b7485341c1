# Each file says where, who, with what and when, in every way its kind has (EXIF with a maker note and a
# thumbnail, XMP, IPTC, comments, what stands behind the end); the drawing runs and loads.  expected/ has
# what is published of them.
words='GANGNAM|GPSMETHOD|GPSLatitude|OWNERLEE|ARTISTKIM|XMPCREATOR|SERIAL|MAKERSEOUL|MAKERNOTE|PHONEMODEL|THUMBNAIL|COMMENT|IPTCSEOUL|2025:05:14|BEHINDTHEEND|RUNS|elsewhere'
equals "every file tells" "" "$(grep -LaE "$words" static/* content/posts/tell/photo.*)"
equals "nothing published does" "" "$(grep -rlaE "$words" public)"
for kind in png webp gif; do
    same "beside a post as in static/: $kind" public/photo.$kind public/posts/tell/photo.$kind
done
holds "a colour profile stays" public/photo.jpg ICC_PROFILE
equals "a drawing keeps what it shows" 1 "$(count public/drawing.svg 'fill="#2060c0"')"
"$HUGI" check --photos 2>&1 | grep '^static' >"$TMP/told"
same "check --photos says what each tells" "$CASE/told" "$TMP/told"
"$HUGI" build -d "$TMP/again" >"$TMP/said" 2>/dev/null
holds "a build says how many had a location" "$TMP/said" 'had a location'
