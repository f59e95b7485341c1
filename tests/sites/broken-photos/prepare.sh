# Photos that are none, made from the one that is.
bundle=content/posts/trip
mkdir -p static
: >$bundle/empty.jpg
printf 'I am a letter.\n' >$bundle/letter.jpg
# Its picture ends in the middle; and in its header.
head -c 330 $bundle/desk.jpg >$bundle/cut.jpg
head -c 12 $bundle/desk.jpg >$bundle/stub.jpg
# 33 bytes of PNG that promise 30,000 x 30,000 pixels.
printf '\211PNG\r\n\032\n\000\000\000\015IHDR\000\000\165\060\000\000\165\060\010\002\000\000\000\244\374\260\171' >$bundle/bomb.png
# 80 x 50 pixels say the header and the settings' limit is 3,000; and more bytes than the settings allow.
printf 'GIF89a\120\000\062\000\000\000\000,\000\000\000\000\120\000\062\000\000\002\002D\001\000;' >$bundle/large.gif
{ cat $bundle/desk.jpg; head -c 1048576 /dev/zero; } >$bundle/heavy.jpg
# A PNG of which there is too little to decode.
head -c 300 "$CASE/../photos-tell/expected/photo.png" >$bundle/late.png
# A drawing whose head is fine.
printf '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g><path d="M0"/></svg' >$bundle/drawn.svg
for name in empty letter stub; do cp $bundle/$name.jpg static/; done
