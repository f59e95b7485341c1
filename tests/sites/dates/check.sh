holds "23:37 in the site's zone stays on that day" public/posts/late/index.html '2024-05-18T23:37:00+09:00'
holds "a zone of its own is shown in the site's" public/posts/zone/index.html '2024-05-19T08:37:00+09:00'
for name in future embargo expired; do
    absent "$name is no page" public/posts/$name
    for file in feed.xml rss.xml feed.json sitemap.xml index.html archive/index.html; do lacks "$name is not in $file" public/$file "/posts/$name/"; done
done
exists "a post of this very second" public/posts/just-now/index.html
"$HUGI" build -F -d "$TMP/future" -q 2>/dev/null
exists "--future shows it" "$TMP/future/posts/future/index.html"
absent "--future does not bring back what expired" "$TMP/future/posts/expired/index.html"
"$HUGI" build --now 2026-01-03 -d "$TMP/later" -q 2>/dev/null
exists "--now decides" "$TMP/later/posts/future/index.html"
lacks "an undated post stays out of feeds" public/feed.xml '날짜 없음'
equals "hugi list future" "content/posts/embargo.md content/posts/future.md" "$("$HUGI" list future 2>/dev/null | sed 's/.* //' | sort | tr '\n' ' ' | sed 's/ $//')"
