# Three photos of one content are three files on a page.
for name in b c; do cp content/posts/gallery/a.jpg content/posts/gallery/$name.jpg; done
cp content/posts/gallery/a.jpg content/posts/text/d.jpg
