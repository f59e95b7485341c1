# A photo with the time in EXIF, and a GIF of two frames.
bundle=content/posts/trip
{
    printf '\377\330\377\341\000\110Exif\000\000MM\000\052\000\000\000\010'
    printf '\000\001\207\151\000\004\000\000\000\001\000\000\000\032\000\000\000\000'
    printf '\000\001\220\003\000\002\000\000\000\024\000\000\000\054\000\000\000\000'
    printf '2025:05:14 09:30:05\000'
    tail -c +3 $bundle/wide.jpg
} >$bundle/morning.jpg
{
    printf 'GIF89a\001\000\001\000\200\000\000\000\000\000\377\377\377'
    for frame in 1 2; do printf '\041\371\004\000\012\000\000\000,\000\000\000\000\001\000\001\000\000\002\002D\001\000'; done
    printf ';'
} >$bundle/loop.gif
