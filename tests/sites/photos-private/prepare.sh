# Files that say where they were taken, written here byte by byte.
box() { # box TYPE FILE - its contents are standard input
    cat >box.tmp
    size=$(($(wc -c <box.tmp) + 8))
    { printf "\\000\\000\\$(printf %o $((size / 256)))\\$(printf %o $((size % 256)))%s" "$1"; cat box.tmp; } >"$2"
    rm box.tmp
}
bundle=content/posts/trip

# A film of a phone: the place stands in moov/udta.  One of an action camera: a track of notes.
printf 'isom\000\000\002\000isommp41' | box ftyp ftyp.tmp
printf '\000\017\025\307+37.5110+127.0590/' | box "$(printf '\251xyz')" xyz.tmp
box udta udta.tmp <xyz.tmp
printf '\000\000\000\000\000\000\000\000vide\000\000\000\000\000\000\000\000\000\000\000\000\000' | box hdlr hdlr.tmp
box mdia mdia.tmp <hdlr.tmp
box trak trak.tmp <mdia.tmp
cat trak.tmp udta.tmp | box moov moov.tmp
printf 'samples' | box mdat mdat.tmp
cat ftyp.tmp moov.tmp mdat.tmp >$bundle/talk.mp4
printf '\000\000\000\000\000\000\000\000meta\000\000\000\000\000\000\000\000\000\000\000\000\000' | box hdlr hdlr.tmp
box mdia mdia.tmp <hdlr.tmp
box trak trak.tmp <mdia.tmp
box moov moov.tmp <trak.tmp
printf 'qt  \000\000\002\000qt  ' | box ftyp ftyp.tmp
cat ftyp.tmp moov.tmp mdat.tmp >$bundle/drive.mov
rm -f ./*.tmp

printf 'MM\000\052\000\000\000\010\000\000\000\000\000\000' >$bundle/desk.tiff
printf 'FUJIFILMCCD-RAW 0201' >$bundle/desk.raf
printf '\000\000\000\014JXL \r\n\207\n' >$bundle/hall.jxl

# A photo with EXIF, a comment and something behind its end; the same inside a drawing.
{
    head -c 2 static/desk.jpg
    printf '\377\341\000\050Exif\000\000MM\000\052\000\000\000\010\000\001\001\020\000\002\000\000\000\004GPS\000\000\000\000\000PHONE2000'
    printf '\377\376\000\010Seoul!'
    tail -c +3 static/desk.jpg
    printf 'ftypmp42 a moving photo'
} >static/desk.new && mv static/desk.new static/desk.jpg
printf '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><image width="9" height="9" href="data:image/jpeg;base64,%s"/><image href="data:image/svg+xml;base64,PHN2Zy8+"/></svg>\n' \
    "$(base64 static/desk.jpg | tr -d '\n')" >static/drawing.svg
cp static/desk.jpg static/lies.png

# Kinds that are only known, under their own names and others; films by what they hold.
printf '8BPS\000\001\000\000\000\000\000\000\000\001<x:xmpmeta xmlns:x="adobe:ns:meta/">GPSLatitude' >$bundle/poster.psd
printf '\000\000\000\014jP  \r\n\207\n\000\000\000\024ftypjp2 GPSLatitude' >static/scan.jp2
printf '%%!PS-Adobe-3.0 EPSF-3.0\n%%%%For: OWNERLEE\n' >static/logo.eps
printf 'GPSLatitude, and of no kind' >static/odd.mp4
printf '\060\046\262\165\216\146\317\021GPSLatitude' >static/named.mp4
printf '\032\105\337\243\204webm\030\123\200\147\377\037\103\266\165\207\243\205block\022\124\303\147\217LOCATION GPS 37' >static/hall.webm
printf 'RIFF\060\000\000\000AVI LIST\014\000\000\000INFOIART\000\000\000\000_PMX\010\000\000\000GPS 37.5JUNK\000\000\000\000' >static/hall.avi
