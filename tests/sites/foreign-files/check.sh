equals "CNAME is kept" blog.example.com "$(cat public/CNAME)"
equals ".git is kept" 'ref: refs/heads/main' "$(cat public/.git/HEAD)"
equals "a page written by hand is kept" '<p>손으로 쓴 소개' "$(cat public/about/index.html)"
exists "hugi's own are there" public/posts/a/index.html
rm content/posts/2025-05-14-a.md
"$HUGI" build -q 2>/dev/null
absent "a page whose source is gone goes" public/posts/a
absent "and its folder" public/posts
for file in CNAME .git/HEAD about/index.html notes/memo.txt; do exists "$file is still kept" "public/$file"; done
rm public/about/index.html
"$HUGI" build 2>../c.err >/dev/null
lacks "once it is gone nothing is said" ../c.err 'about'
holds "and hugi's page stands there" public/about/index.html '소개.'
# The list of its files is kept for each destination: without it, everything is a stranger.
"$HUGI" build -q -d ../elsewhere 2>/dev/null
rm -r .hugi
echo '<p>고친 것' >../elsewhere/about/index.html
"$HUGI" build -q -d ../elsewhere 2>../d.err
equals "without the list a file that differs is kept" '<p>고친 것' "$(cat ../elsewhere/about/index.html)"
holds "and told" ../d.err "about/index.html"
