page=public/posts/told/index.html
words='GANGNAM|GPSMETHOD|OWNERLEE|ARTISTKIM|XMPCREATOR|SERIAL|MAKERSEOUL|MAKERNOTE|PHONEMODEL|THUMBNAIL|COMMENT|IPTCSEOUL'
pictures() { grep -oh 'data:image/jpeg;base64,[A-Za-z0-9+/=]*' "$@" | sed 's/.*,//'; }
unpacked() { pictures "$@" | while read -r picture; do echo "$picture" | base64 -d; done; }
unpacked content/posts/told.md >"$TMP/unpacked"
equals "the photo tells" GANGNAM "$(grep -aoE "$words" "$TMP/unpacked" | grep -m 1 GANGNAM)"
equals "all places of the page have it, and its cover" 6 "$(pictures $page | wc -l | tr -d ' ')"
unpacked $page >"$TMP/unpacked"
holds "as a picture" "$TMP/unpacked" JFIF
equals "and it tells nothing" "" "$(grep -aoE "$words" "$TMP/unpacked" | head -n 1)"
for feed in feed.xml rss.xml feed.json; do
    unpacked public/$feed >"$TMP/unpacked"
    holds "$feed has it" "$TMP/unpacked" JFIF
    equals "where it tells nothing" "" "$(grep -aoE "$words" "$TMP/unpacked" | head -n 1)"
done
equals "what cannot be cleaned is nowhere" "" "$(grep -rl 'image/tiff' public)"
holds "its text is" $page '<p>no scan and nor here</p>'
lacks "no picture is without an address" $page 'src=""'
