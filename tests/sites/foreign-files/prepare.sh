# What others put into the destination: for GitHub Pages, a git checkout, and a page at hugi's own address.
mkdir -p public/.git public/about public/notes
echo blog.example.com >public/CNAME
echo 'ref: refs/heads/main' >public/.git/HEAD
echo '<p>손으로 쓴 소개' >public/about/index.html
echo '손으로 쓴 메모' >public/notes/memo.txt
