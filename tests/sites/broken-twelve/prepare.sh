# Bytes that are no UTF-8 (the word "후기" in EUC-KR), and the result of an earlier, good build.
printf -- '---\ntitle: EUC-KR\ndate: 2025-05-13\n---\n\n다녀온 \310\304\261\342\n' >content/posts/12-encoding.md
mkdir -p public/posts/good
echo '<p>지난번에 잘 만든 글' >public/posts/good/index.html
echo '<p>지난번 첫 화면' >public/index.html
cp -R public ../before
