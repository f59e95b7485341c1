"$HUGI" version | grep -q 'libheif [0-9]' || rm content/posts/tell/photo.heic content/posts/tell/photo.avif
for file in content/posts/tell/photo.*; do echo "![${file##*.}](${file##*/}) and [the file](${file##*/})"; echo; done >list
cat list >>content/posts/tell/index.md && rm list
