# Three photos of one content are three files on a page.
for name in b c; do cp content/posts/gallery/a.jpg content/posts/gallery/$name.jpg; done
cp content/posts/gallery/a.jpg content/posts/text/d.jpg
# An animation of more than a megabyte: two frames of a dot, the second of 4297 pieces with 255 bytes each.
{
    printf 'GIF89a\001\000\001\000\200\000\000\000\000\000\377\377\377'
    printf ',\000\000\000\000\001\000\001\000\000\002\002D\001\000'
    printf ',\000\000\000\000\001\000\001\000\000\002'
    head -c 1100032 /dev/zero | tr '\000' '\377'
    printf '\000;'
} >content/posts/text/film.gif
