# case_template.sh OUTPUT - what liquid_suite --cases said of tests/template, as lines of the protocol.
#
# That program runs NAME.liquid with the values of NAME.yaml, and with a filter and tags of a host,
# which `hugi liquid` has none of; what the beginning of a name means is told at its top.
. "$TESTS/lib.sh"
sed -n 's/^FAIL /not ok /p' "$1"
sed '$d' "$1" | grep -v '^FAIL ' | sed 's/^/    /'
passed=$(sed -n '$s/^liquid: \([0-9]*\) of [0-9]*$/\1/p' "$1")
[ -n "$passed" ] || not_ok "liquid_suite ended early" "$(tail -n 20 "$1")"
i=0
while [ $i -lt "${passed:-0}" ]; do i=$((i + 1)); ok "case $i"; done
