exists "NFD on disk is NFC in public/" public/posts/후기/index.html
exists "one tag for both forms" public/tags/후기/index.html
equals "of two posts" 1 "$(count public/tags/후기/index.html 'tags: 후기, 2')"
holds "addresses are percent-encoded" public/index.html 'href="/posts/%ED%9B%84%EA%B8%B0/"'
exists "a file of static/" "public/파일/읽어 보기.txt"
equals "no name in public/ is NFD" "" "$(find public | grep -a "$(printf '\341\204')" || true)"
