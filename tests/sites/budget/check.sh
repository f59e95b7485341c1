echo "budget: {page: 1KB}" >>hugi.yaml
"$HUGI" build 2>"$TMP/told" >/dev/null
weight() { echo "$(($(cat "$@" | wc -c) + 512 >> 10)) KB"; }
# In a window of 1440 pixels three in a row are 222 wide, one in a text 680: in dots, twice that.
holds "a gallery's pictures weigh what is loaded of them" "$TMP/told" \
    "gallery/index.md: warning: the page weighs $(weight public/posts/gallery/index.html public/assets/*.css public/img/[abc]-480-*.webp) (its 3 pictures $(weight public/img/[abc]-480-*.webp)), more than the budget of 1 KB"
# Of an animation the first frame is loaded; the rest waits until it is asked for.
holds "a picture in a text is wider, and loaded once" "$TMP/told" \
    "text/index.md: warning: the page weighs $(weight public/posts/text/index.html public/assets/*.css public/img/d-1600-*.webp public/img/film-1-*.webp) (its 3 pictures $(weight public/img/d-1600-*.webp public/img/film-1-*.webp)), more than the budget of 1 KB"
lacks "without budget.image nothing is said of pictures" "$TMP/told" '/img/'
printf 'title: Budget\nbudget: {page: 4MB, image: 1KB}\n' >hugi.yaml
"$HUGI" build 2>"$TMP/told" >/dev/null
lacks "a page within the budget is not told" "$TMP/told" 'the page weighs'
holds "a size above its own is" "$TMP/told" "content/posts/text/d.jpg: warning: /img/$(basename public/img/d-1600-*.webp) weighs $(weight public/img/d-1600-*.webp), more than the budget of 1 KB"
