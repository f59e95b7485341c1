# case_unit.sh OUTPUT STATUS - what a cmocka program printed, as lines of the protocol.
sed -n 's/^\[       OK \] /ok /p' "$1"
sed -n 's/^\[  FAILED  \] \([a-z_0-9]*\)$/not ok \1/p' "$1" | sort -u
if [ "$2" -ne 0 ]; then
    grep -q '^\[  FAILED  \] [a-z_0-9]*$' "$1" || echo "not ok ended with status $2"
    grep -v -e '^\[ RUN ' -e '^\[       OK' "$1" | tail -n 40 | sed 's/^/    /'
fi
exit 0
