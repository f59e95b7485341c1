made() { "$HUGI" build --json "$@" >"$TMP/made.json" && json_number "$TMP/made.json" variants; }
cached() { ls .hugi/images | wc -l | tr -d ' '; }
first=$(cached)
equals "two files of one content are made once" "$(ls public/img | sed 's/desk-...-//' | sort -u | wc -l | tr -d ' ')" "$first"
mv content/posts/two/desk-two.jpg content/posts/two/table.jpg
sed 's/desk-two/table/' content/posts/two/index.md >new && mv new content/posts/two/index.md
touch content/posts/one/desk-one.jpg
equals "a renamed and a touched photo cost nothing" 0 "$(made)"
: >.hugi/images/gone.webp && touch -t 202001010000 .hugi/images/gone.webp
equals "nothing is made" 0 "$(made -d "$TMP/elsewhere")"
printf 'title: Cache\nimages: {widths: [16]}\n' >hugi.yaml
equals "a further width costs only itself" 2 "$(made)"
absent "what nobody asks for any more is removed" .hugi/images/gone.webp
equals "but not yet what was asked for lately" $((first + 2)) "$(cached)"
