bundle=public/posts/trip
exists "a film is published" $bundle/talk.mp4
equals "a film keeps its length" "$(wc -c <content/posts/trip/talk.mp4)" "$(wc -c <$bundle/talk.mp4)"
lacks "a film says no place" $bundle/talk.mp4 37.5110
holds "a film keeps its samples" $bundle/talk.mp4 samples
absent "a film with a track of notes is not published" $bundle/drive.mov
absent "a TIFF is not published" $bundle/desk.tiff
absent "nor a camera's own file" $bundle/desk.raf
exists "what images.allow names is" $bundle/hall.jxl
for file in posts/trip/poster.psd scan.jp2 logo.eps odd.mp4 named.mp4; do absent "not published: $file" public/$file; done
for file in hall.webm hall.avi; do
    equals "a film keeps its length: $file" "$(wc -c <static/$file)" "$(wc -c <public/$file)"
    lacks "and says no place: $file" public/$file GPS
done
holds "and has its pictures" public/hall.webm block
equals "no note is left" "" "$(grep -rlaE 'PHONE2000|Seoul!|Exif|mp42' public || true)"
cmp -s public/desk.jpg public/lies.png && ok "a name that lies stays" || not_ok "a name that lies stays"
equals "the photo inside the drawing is the clean one" "$(base64 public/desk.jpg | tr -d '\n')" \
    "$(sed -n 's/.*base64,\([^"]*\)".*/\1/p' public/drawing.svg)"
lacks "a drawing inside a drawing goes" public/drawing.svg svg+xml
if "$HUGI" version | grep -q 'libheif [0-9]'; then
    equals "a HEIC of content/ is published as a JPEG" ffd8ff "$(head -c 3 $bundle/phone.heic.jpg | od -An -tx1 | tr -d ' ')"
    holds "links lead to it" $bundle/index.html 'href="/posts/trip/phone.heic.jpg"'
    absent "and not as it is" $bundle/phone.heic
fi
"$HUGI" check --photos -q >"$TMP/told" 2>/dev/null
equals "check --photos says what the files tell" "content/posts/trip/desk.raf: notes hugi cannot read
content/posts/trip/drive.mov: notes hugi cannot read
content/posts/trip/hall.jxl: notes hugi cannot read
content/posts/trip/poster.psd: location, XMP, notes hugi cannot read
content/posts/trip/talk.mp4: location
static/desk.jpg: camera
static/hall.avi: location, owner
static/hall.webm: location
static/lies.png: camera
static/logo.eps: notes hugi cannot read
static/named.mp4: notes hugi cannot read
static/odd.mp4: notes hugi cannot read
static/scan.jp2: location, notes hugi cannot read
13 files tell more than they show; what is published does not" "$(cat "$TMP/told")"
"$HUGI" check --photos --json >"$TMP/told" 2>&1
holds "and as JSON" "$TMP/told" '{"type":"photo","path":"static/desk.jpg","tells":["camera"]}'
printf 'title: Photos\nimages: {allow: [jxl]}\nbudget: {page: 1KB, image: 1KB}\n' >hugi.yaml
"$HUGI" build 2>"$TMP/told" >&2
holds "a page over the budget is told with numbers" "$TMP/told" 'content/posts/trip/index.md: warning: the page weighs '
holds "a picture too" "$TMP/told" 'weighs '
