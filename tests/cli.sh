# cli.sh - commands and flags: exit statuses, what goes where, what is made by `hugi new`.
. "$TESTS/lib.sh"
cd "$TMP" || exit 1
# run WANTED-STATUS NAME ARGUMENT...
run() {
    want=$1 what=$2
    shift 2
    "$HUGI" "$@" >out 2>err </dev/null
    equals "$what: exit status" "$want" $?
}

run 0 "help" help
holds "help lists the commands" out 'new site|post|event NAME'
equals "help complains of nothing" "" "$(cat err)"
for command in new build serve check list markdown liquid version help; do
    run 0 "help $command" help $command
    run 0 "$command --help" $command --help
done
run 2 "no command"
run 2 "an unknown command" biuld
holds "names the nearest" err "did you mean 'build'?"
run 2 "an unknown flag" build --draft
holds "names the nearest flag" err 'did you mean --drafts?'
run 2 "a flag without its value" build --source
run 2 "a number that is none" build -j many
run 2 "too many words" build here
run 2 "an unknown list" list everything
run 0 "version" version
holds "version names itself" out 'hugi '
holds "and its libraries" out 'cmark'
run 0 "--version" --version

run 0 "new site" new site blog
exists "new site: settings" blog/hugi.yaml
run 0 "new post" new post summit-2025 -s blog
run 0 "new event" new event aws-summit-seoul-2025 -s blog
exists "new event: its file" blog/content/events/aws-summit-seoul-2025.md
run 1 "new post over one that is there" new post summit-2025 -s blog
run 2 "new nothing" new
run 2 "new something else" new thing x
run 0 "build of a new site" build -s blog
equals "new site builds without a warning" 0 "$(grep -c -e 'warning:' -e 'error:' err)"
exists "new site: home" blog/public/index.html
run 0 "build with drafts" build -s blog -D
find blog/public/posts -name index.html | grep -q summit-2025 && ok "the new post is a draft" || not_ok "the new post is a draft" "$(find blog/public -name index.html)"
"$TOOLS/check_site" blog/public >links && ok "a new site has no dead link" || not_ok "a new site has no dead link" "$(cat links)"

# What is wrong with the command line is told before anything is read or made.
mkdir -p empty
for command in build check list serve; do
    run 2 "$command: an empty folder" $command -s empty
    holds "and says what is missing" err 'there is no content/ here'
    run 2 "$command: a folder that is not there" $command -s nowhere
    holds "and says so" err 'nowhere: error: there is no such folder'
    run 2 "$command: a date that is none" $command -s blog --now yesterday
    holds "and says what would be one" err 'want YYYY-MM-DD or RFC 3339'
    run 2 "$command: an address that is none" $command -s blog --base-url me.github.io
    holds "and writes it in full" err 'https://me.github.io'
done
run 2 "new: a folder that is not there" new post x -s nowhere
absent "it is not made" nowhere
absent "nor anything in the empty one" empty/.hugi
run 0 "quiet" build -q -s blog
equals "quiet says nothing" "" "$(cat out err)"
run 0 "json" build --json -s blog
equals "json: standard error is empty" "" "$(cat err)"
equals "json: every line is an object" "" "$(grep -v '^{.*}$' out || true)"
for key in pages posts outputs written unchanged removed images variants warnings errors ms; do
    holds "json: the summary tells $key" out "\"$key\":"
done
for list in posts drafts future tags events sessions; do run 0 "list $list" list $list -s blog; done
run 0 "list drafts --json" list drafts --json -s blog

printf '**강조(설명)**은\n' >a.md
run 0 "markdown FILE" markdown a.md
equals "markdown: emphasis beside Hangul" '<p><strong>강조(설명)</strong>은</p>' "$(cat out)"
run 2 "an extension that is none" markdown --profile gfm --ext table,tabel a.md
holds "names it, and what there is" err "no extension 'tabel'; there are table, "
printf '# 제목\n' | "$HUGI" markdown >out 2>err
holds "markdown of standard input" out '제목'
printf 'name: 후기\n' >data.yaml
printf '{{ name }}: {{ 3 | times: 4 }}' | "$HUGI" liquid - --data data.yaml >out 2>err
equals "liquid of standard input" '후기: 12' "$(cat out)"
printf '{{ name | upcas }}' | "$HUGI" liquid - --mode strict --data data.yaml >out 2>err
equals "liquid: an error is exit status 1" 1 $?
holds "and has a place" err '<stdin>:1:11: error:'
run 1 "liquid without its file" liquid nothing.liquid
run 2 "liquid without a file" liquid
run 2 "liquid: template and data from one input" liquid - --data -
mkdir -p inc && echo hi >inc/navi.html && printf '{%% include "nav" %%}{%% include "navi.htm" %%}' | "$HUGI" liquid - --partials inc >out 2>err
equals "liquid: names like that of a missing partial" "  = did you mean 'navi'?,  = did you mean 'navi.html'?," "$(grep mean err | tr '\n' ,)"
printf '\357\273\277{"a": 1}' >mark.json && printf '\357\273\277{{ a }}' | "$HUGI" liquid - --data mark.json >out
equals "liquid: byte-order marks are no text" 1 "$(cat out)"
run 2 "liquid: no such folder of partials" liquid - --partials nowhere
run 2 "liquid: no such mode" liquid - --mode odd
run 2 "liquid: no such time zone" liquid - --timezone Mars/Olympus
echo '[1, 2]' >list.json
run 1 "liquid: data that is no map" liquid - --data list.json

# Two at a time: the second says so and leaves everything alone.
mkdir -p slow/content/posts && cp a.md slow/content/posts/
"$HUGI" build -q -s slow 2>/dev/null
if command -v flock >/dev/null 2>&1; then
    flock slow/.hugi/lock "$HUGI" build -s slow >out 2>err
    equals "a second build at the same time" 1 $?
    holds "and says why" err 'another hugi is building this site'
fi

# What keeps hugi from its own folder is not another hugi.
rm -rf slow/.hugi && echo x >slow/.hugi
run 1 "a file in the place of .hugi" build -s slow
holds "is told as such" err '.hugi: error: cannot be made: a file bears its name'
holds "with a way out" err 'let it write to .hugi/, or remove that and what was built'
lacks "and no other hugi is blamed" err 'another hugi'
rm slow/.hugi && ln -s nowhere slow/.hugi
run 1 "a link that leads nowhere in its place" build -s slow
holds "is told as such" err 'a symbolic link that leads to no folder bears its name'
rm slow/.hugi && mkdir -p slow/.hugi/lock
run 1 "a lock that cannot be written" build -s slow
holds "is named, and why" err '.hugi/lock: error: cannot be opened for writing: Is a directory'
holds "with a way out" err 'let it write to .hugi/, or remove that and what was built'
rm -r slow/.hugi
run 0 "without it all is made anew" build -s slow

# What cannot be written, here for a limit of the shell's, is told once, by the name it would have in the end.
mkdir -p full/content/posts && printf 'cards: {draw: false}\n' >full/hugi.yaml
for day in 1 2 3 4; do printf -- '---\ndate: 2025-01-0%s\n---\n# 글\n' $day >full/content/posts/p$day.md; done
(trap '' XFSZ && ulimit -f 1 && "$HUGI" build -s full >out 2>err)
equals "files that cannot be written: exit status" 1 $?
equals "are one error" 1 "$(grep -c 'error:' err)"
grep -Eq '/full/public/[^ ]*: error: cannot be written: .*; nor could [0-9]+ other files$' err && ok "of a file of the result, with how many others" ||
    not_ok "of a file of the result, with how many others" "$(cat err)"
lacks "and nothing is said of where they are put meanwhile" err '.hugi/stage'
absent "nothing was published" full/public/index.html
run 0 "when there is room all is made" build -s full

# Settings that cannot be read: nothing that depends on them is told.
mkdir -p unread/content unread/themes/own/partials && echo 상자 >unread/themes/own/partials/box.liquid
printf '# 글\n\n{%% include "box" %%}\n' >unread/content/a.md
printf 'theme: own\ntitle: "끝이 없다\n' >unread/hugi.yaml
for command in build check list; do
    run 1 "$command: broken settings" $command -s unread
    equals "are the only error" 1 "$(grep -c 'error:' err)"
    holds "which has its place" err 'hugi.yaml:2:'
done
rm unread/hugi.yaml && ln -s nowhere.yaml unread/hugi.yaml
run 1 "settings that lead nowhere" build -s unread
equals "are the only error" "hugi.yaml: error: cannot be read: No such file or directory" "$(grep 'error:' err)"
rm unread/hugi.yaml && mkdir unread/hugi.yaml
run 1 "settings that are a folder" build -s unread
equals "are the only error" "hugi.yaml: error: cannot be read: Is a directory" "$(grep 'error:' err)"
rmdir unread/hugi.yaml
run 1 "no settings, and a partial of a theme they could name" build -s unread
holds "it is told that they are not there" err "there is no hugi.yaml to name a theme of themes/, and the one used is 'default'"
echo 'theme: own' >unread/hugi.yaml
run 0 "settings that can be read" build -s unread

# A link that leads nowhere is not one that leads out of the site.
ln -s nowhere.md unread/content/b.md && ln -s ../../a.md unread/content/c.md
run 0 "links in content/" build -s unread
holds "nowhere" err 'content/b.md: warning: symbolic link leads nowhere; it is left out'
holds "out of the site" err 'content/c.md: warning: symbolic link leads out of the site; it is left out'

# A destination inside the sources, or above them, would eat them.
run 1 "a destination that is the site" build -s blog -d blog
run 1 "a destination that is content/" build -s blog -d blog/content
exists "the sources stand" blog/content/about.md
for taken in .hugi .hugi/preview .hugi/new/one .git .git/x themes/x; do
    run 1 "a destination that is $taken" build -s blog -d blog/$taken
    holds "is refused" err "the destination lies in the site's ${taken%%/*}/"
done
absent "and not made" blog/.git
absent "nor what is below .hugi" blog/.hugi/new
run 0 "a destination with a slash at its end" build -s blog -d made//
holds "is named without it" out ' in made/'

run 2 "serve takes no word" serve blog
run 2 "a port that is none" serve -s blog --port 70000
run 2 "an address that is not ours" serve -s blog --bind 192.0.2.1 --port 0
holds "and says which" err "cannot listen on '192.0.2.1'"

# A packed drawing may hold scripts: it is not published, and one word says why.
mkdir -p packed/static packed/content && touch packed/hugi.yaml
printf '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>' | gzip -c >packed/static/drawing.svgz
run 1 "a packed drawing" build -q -s packed
holds "it is told how to mend it" err 'static/drawing.svgz: error: the picture cannot be read: it is packed by gzip: unpack it to .svg'
printf 'images: {on_error: warn}\n' >packed/hugi.yaml
run 0 "a packed drawing, with on_error: warn" build -q -s packed
if [ -e packed/public/drawing.svgz ]; then not_ok "it is not published"; else ok "it is not published"; fi

# What was told of a picture is told again by a build that makes nothing; and its bytes count, whatever its time says.
mkdir -p lying/static lying/content && touch lying/hugi.yaml
cp "$TESTS/sites/photo-cache/site/content/posts/one/desk-one.jpg" lying/static/photo.png
touch -d 2025-01-01 lying/static/photo.png
"$HUGI" build -s lying 2>&1 | grep photo.png >first
"$HUGI" build -s lying 2>&1 | grep photo.png >second
holds "a picture's false name is told" first 'named .png, but it is a jpeg'
same "and told again" first second
touch -r lying/static/photo.png stamp
dd if=/dev/zero of=lying/static/photo.png bs=2 count=1 conv=notrunc 2>/dev/null
touch -r stamp lying/static/photo.png
"$HUGI" build -s lying 2>&1 | grep photo.png >third
holds "bytes that changed and left the time are seen" third 'error'

# An animation of over 1 MB: two frames, the first of 8192 blocks that say nothing but "0".
mkdir -p moving/static moving/content && touch moving/hugi.yaml
block() { printf '\177\200' && head -c 126 /dev/zero; }
block >blocks
for twice in 1 2 3 4 5 6 7 8 9 10 11 12 13; do cat blocks blocks >more && mv more blocks; done
{
    printf 'GIF89a\360\003\000\004\366\000\000' && head -c 384 /dev/zero
    printf '\054\000\000\000\000\360\003\000\004\000\007' && cat blocks && printf '\001\201\000'
    printf '\054\000\000\000\000\001\000\001\000\000\007\003\200\000\201\000\073'
} >moving/static/loop.gif
"$HUGI" build -s moving 2>err >/dev/null
holds "a large animation is told" err 'static/loop.gif: notice: an animated GIF of 1.0 MB'
