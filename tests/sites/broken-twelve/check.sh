same_trees "the previous public/ is untouched" ../before public
equals "no stage is left" "" "$(find . -name "*stage*")"
"$HUGI" build --json >../report.json 2>../report.err
equals "--json says the same" 12 "$(grep -c '"type":"diagnostic"' ../report.json)"
equals "every one has a place" "" "$(grep '"type":"diagnostic"' ../report.json | grep '"line":0' || true)"
equals "and a hint" "" \
    "$(grep '"type":"diagnostic"' ../report.json | grep '"hint":""' | sed 's/.*"code":"\([^"]*\)".*/\1/' | tr '\n' ' ' | sed 's/ $//')"
equals "standard error is empty with --json" "" "$(cat ../report.err)"
"$HUGI" build -j1 2>../one.err
same "-j1 says the same as -j4" ../a.err ../one.err
"$HUGI" build --strict >/dev/null 2>../strict.err
equals "--strict: no warning is left" 0 "$(grep -c 'warning:' ../strict.err)"
