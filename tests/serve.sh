# serve.sh - `hugi serve`: what is answered, what never is, and how a page follows its source.
. "$TESTS/lib.sh"
if ! command -v python3 >/dev/null 2>&1; then
    echo "skip python3 is not installed"
    exit 0
fi
python3 "$TESTS/serve.py" "$HUGI" "$TMP" "$SUITES/fuzz/http_requests.json"
