equals "nothing of a draft gets out" "" "$(grep -rlE "비밀" public | head -n 5)"
equals "nor its pictures" "" "$(find public -name '*secret*')"
equals "hugi list drafts" "content/posts/secret.md" "$("$HUGI" list drafts 2>/dev/null | sed 's/.* //')"
"$HUGI" build -q -D -d "$TMP/drafts" 2>"$TMP/drafts.err"
exists "--drafts shows it" "$TMP/drafts/posts/secret/index.html"
holds "and says so" "$TMP/drafts/posts/secret/index.html" 'a draft'
lacks "its link is fine then" "$TMP/drafts.err" 'secret'
"$HUGI" build -q -d "$TMP/drafts" 2>/dev/null
absent "gone again without" "$TMP/drafts/posts/secret"
