lacks "no Korean post in the English feed" public/en/feed.xml '서울 서밋'
lacks "no English post in the Korean feed" public/feed.xml 'KubeCon London'
exists "the English page" public/en/about/index.html
exists "lang: en is enough" public/en/posts/visitor/index.html
holds "twins by their key" public/en/posts/visitor/index.html '/posts/seoul/'
absent "an English tag is no Korean one" public/tags/kubernetes
absent "a Korean tag is no English one" "public/en/tags/쿠버네티스"
