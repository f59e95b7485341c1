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
