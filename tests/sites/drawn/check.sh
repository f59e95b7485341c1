# Scripts that draw are named where there is something to draw, and nowhere else.
head_of() { sed '/<body/,$d' "public/posts/$1/index.html"; }
head_of math >"$TMP/math"
head_of mermaid >"$TMP/mermaid"
head_of neither >"$TMP/neither"
holds "formulas have their script" "$TMP/math" '<script defer src="https://math.example/tex.js"></script>'
holds "it may be loaded" "$TMP/math" "script-src 'self' https:;"
holds "and set styles" "$TMP/math" "style-src 'self' 'unsafe-inline' https:;"
lacks "but not that of diagrams" "$TMP/math" mermaid
holds "a formula is readable without it" public/posts/math/index.html '<span class="math">\(a_1 * b_1\)</span>'
holds "diagrams have theirs, below the base" "$TMP/mermaid" '<script defer src="/blog/js/mermaid.js"></script>'
lacks "which needs no other host" "$TMP/mermaid" "'self' https:"
lacks "nor formulas" "$TMP/mermaid" tex.js
holds "a diagram is readable without it" public/posts/mermaid/index.html '<pre class="mermaid">graph LR'
lacks "a page without either has no script" "$TMP/neither" '<script defer'
holds "and loads nothing" "$TMP/neither" "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self';"
holds "a page may ask for it" public/posts/asked/index.html tex.js
sed -i.bak '/_script/d' hugi.yaml
"$HUGI" build -q -d "$TMP/without"
sed '/<body/,$d' "$TMP/without/posts/math/index.html" >"$TMP/none"
lacks "a site that names no script has none" "$TMP/none" '<script defer'
holds "and loads nothing then" "$TMP/none" "script-src 'self'; style-src 'self';"
