# Three photos with the time in EXIF: a camera that is still at home (+09:00), one that is where it is
# (-08:00), one that tells no zone (blanks).
for photo in home:+09:00:2025-12-03:02:30 there:-08:00:2025-12-02:10:00 mute:'   :  ':2025-12-02:11:15; do
    name=${photo%%:*}
    zone=$(printf '%s' "$photo" | cut -d: -f2-3)
    time=$(printf '%s' "$photo" | cut -d: -f4- | sed 's/-/:/g; s/:/ /3')
    {
        printf '\377\330\377\341\000\133Exif\000\000MM\000\052\000\000\000\010'
        printf '\000\001\207\151\000\004\000\000\000\001\000\000\000\032\000\000\000\000'
        printf '\000\002\220\003\000\002\000\000\000\024\000\000\000\070'
        printf '\220\021\000\002\000\000\000\007\000\000\000\114\000\000\000\000'
        printf '%s:05\000%s\000' "$time" "$zone"
        tail -c +3 photo.jpg
    } >content/posts/far/$name.jpg
done
cp content/posts/far/*.jpg content/posts/near/
rm photo.jpg
