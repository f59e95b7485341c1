# report.sh - what a build tells beside its mistakes: progress on a terminal, --timings, --explain.
. "$TESTS/lib.sh"
if ! command -v python3 >/dev/null 2>&1; then
    echo "skip python3 is not installed"
    exit 0
fi
python3 "$TESTS/report.py" "$HUGI" "$TMP"
