# Without libheif its kinds are told and left out, which is not what is tested here.
"$HUGI" version | grep -q 'libheif [0-9]' || rm content/posts/kinds/heic.heic content/posts/kinds/avif.avif
cp content/posts/kinds/turned-6.jpg content/posts/kinds/lies.png
ls content/posts/kinds | grep -v -e index.md -e cover.png | sed 's/.*/![&](&)/; a\

' >list
cat list >>content/posts/kinds/index.md && rm list
