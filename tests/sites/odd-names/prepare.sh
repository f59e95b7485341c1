# Names as macOS writes them (NFD): "후기.md" and "배지.png", taken apart into jamo.
nfd_report=$(printf '\341\204\222\341\205\256\341\204\200\341\205\265')
nfd_badge=$(printf '\341\204\207\341\205\242\341\204\214\341\205\265')
printf -- '---\ntitle: NFD 이름\ndate: 2025-05-17\ntags: [%s]\n---\n\n![배지](배지.png)\n' "$nfd_report" >"content/posts/$nfd_report.md"
printf -- '---\ntitle: NFC로 가리킨다\ndate: 2025-05-18\ntags: [후기]\n---\n\n[후기](후기.md)\n' >content/posts/pointer.md
cp content/posts/100%.png "content/posts/$nfd_badge.png"
