# libraries.sh - libraries that are loaded when they are needed: nothing needs them before that, and one that is missing is told.
. "$TESTS/lib.sh"
cd "$TMP" || exit 1
[ "$(uname -s)" = Linux ] || { echo "skip elsewhere libraries cannot be hidden"; exit 0; }
mkdir hidden site site/content
for file in $(sed -n 's/.*FILE_OF("\([^"]*\)", "\([^"]*\)").*/lib\1.so.\2/p' "$TOP/src/base/library.c"); do : >"hidden/$file"; done
exists "the names are read from library.c" hidden/libxml2.so.2
# run WANTED-STATUS NAME ARGUMENT... - with files that are no libraries in the places of all of them.
run() {
    want=$1 what=$2
    shift 2
    LD_LIBRARY_PATH="$TMP/hidden" "$HUGI" "$@" >out 2>err
    equals "$what: exit status" "$want" $?
}

printf -- '---\ntitle: 후기\ndate: 2025-01-01\n---\n\n*Hi* https://example.com\n' >site/content/a.md
run 0 "help without them" help
run 0 "a site of text without them" build -s site
run 0 "version without them" version
holds "and which" out 'libxml2 none'
echo '<b>a</b>' >in.md
run 1 "HTML that is not trusted" markdown --html sanitize in.md
holds "names the library" err 'hugi: the library that reads SVG and HTML cannot be loaded: '
holds "and its package" err 'Debian has it in libxml2'
printf '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\n' >site/content/a.svg
run 1 "a drawing" build -s site
holds "is named, and why" err 'the library that reads SVG and HTML cannot be loaded: '
rm site/content/a.svg
run 1 "the preview" serve -s site --port 0
holds "cannot answer" err 'Debian has it in libmicrohttpd12'
# Without libheif there is no AV1 encoder: that is said once, however many pictures should be AVIF, and the other formats are made.
mkdir heif && : >heif/libheif.so.1
cp "$TESTS/sites/picture-places/site/content/posts/trip/wide.jpg" site/content/one.jpg
cp site/content/one.jpg site/content/two.jpg
printf -- '---\ntitle: 후기\ndate: 2025-01-01\n---\n\n![one](one.jpg)\n\nand\n\n![two](two.jpg)\n' >site/content/a.md
printf 'title: AVIF\nimages: {formats: [avif, webp]}\n' >site/hugi.yaml
LD_LIBRARY_PATH="$TMP/heif" "$HUGI" build -s site >out 2>err
equals "AVIF without an encoder: exit status" 0 $?
equals "one warning says so" 1 "$(grep -c 'warning: no AVIF is made: there is no AV1 encoder of libheif here; pictures have their other formats' err)"
holds "and what to do" err 'install libheif with aom'
equals "the other formats are made" "jpg webp " "$(ls site/public/img | sed 's/.*\.//' | LC_ALL=C sort -u | tr '\n' ' ')"
lacks "pages offer no AVIF" site/public/a/index.html avif
LD_LIBRARY_PATH="$TMP/heif" "$HUGI" build -s site >out 2>err
equals "a build that makes nothing says it too" 1 "$(grep -c 'no AVIF is made' err)"
LD_LIBRARY_PATH="$TMP/heif" "$HUGI" version >out 2>&1
holds "version says it" out 'libheif none'
# A photo that no library here could read is read as soon as there is one: that it failed is not kept.
cp "$TESTS/sites/photos-tell/site/content/posts/tell/photo.heic" site/content/one.heic
rm site/content/*.jpg && rm -r site/.hugi site/public
printf -- '---\ntitle: 후기\ndate: 2025-01-01\n---\n\n![one](one.heic)\n' >site/content/a.md
printf 'title: HEIC\nimages: {on_error: warn}\n' >site/hugi.yaml
LD_LIBRARY_PATH="$TMP/heif" "$HUGI" build -s site >out 2>err
equals "HEIC without libheif: exit status" 0 $?
holds "says which library, and its package" err 'Debian has it in libheif1'
lacks "the page is without it" site/public/a/index.html '<img'
if "$HUGI" version | grep -q 'libheif [0-9]'; then
    "$HUGI" build -s site >out 2>err
    equals "with it nothing is missing" "" "$(grep -v base_url err)"
    holds "and the page has it" site/public/a/index.html 'one-48'
fi
