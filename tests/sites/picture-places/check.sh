# A colour is read once, and comes to the same however a build gets to know it.
page=public/posts/trip/index.html
cp -R public "$TMP/clean"
touch content/posts/trip/wide.jpg
"$HUGI" build -q 2>/dev/null
same_trees "a touched picture changes nothing" "$TMP/clean" public
rm -r .hugi/build-*
"$HUGI" build -q 2>/dev/null
same_trees "nor does a lost cache" "$TMP/clean" public
"$HUGI" build -q -d "$TMP/elsewhere" 2>/dev/null
same_trees "nor another destination" "$TMP/clean" "$TMP/elsewhere"
# A smaller size is planned: the colour is read from it.
cat >hooks.lua <<'LUA'
function thumbnail(image, page)
  return {{use = "figure", format = "png", width = 8}}
end
LUA
mkdir -p hooks && mv hooks.lua hooks/small.lua
"$HUGI" build -q 2>/dev/null
"$HUGI" build -q -d "$TMP/small" 2>/dev/null
same_trees "another recipe: as in a new build" "$TMP/small" public
lacks "what may be seen through has no colour" $page 'alt="What may be seen through has no colour" width="20" height="10" loading="lazy" decoding="async" class'
