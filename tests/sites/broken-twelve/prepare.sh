# Bytes that are no UTF-8 (the word "후기" in EUC-KR).
printf -- '---\ntitle: EUC-KR\ndate: 2025-05-13\n---\n\n다녀온 \310\304\261\342\n' >content/posts/12-encoding.md
# And the result of an earlier, good build of this site.
aside=$(mktemp -d)
mv content hooks hugi.yaml themes "$aside/"
mkdir -p content/posts
printf -- '---\ntitle: 잘 만든 글\ndate: 2025-05-01\n---\n\n지난번 글.\n' >content/posts/good.md
"$HUGI" build -q 2>/dev/null
rm -r content
mv "$aside"/* . && rmdir "$aside"
rm -rf ../before && cp -R public ../before
