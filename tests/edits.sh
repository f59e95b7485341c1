# edits.sh - an incremental build equals a clean one, after every step of a random walk (edits.py).
#   EDITS  steps (40)   EDITS_SEED  which walk (the time)
. "$TESTS/lib.sh"
if ! command -v python3 >/dev/null 2>&1; then
    skip "incremental builds: no python3"
    exit 0
fi
if said=$(python3 "$TESTS/edits.py" "$HUGI" "${EDITS:-40}" ${EDITS_SEED:-} 2>&1); then ok "${said#edits: }"; else not_ok "incremental and clean builds are equal" "$said"; fi
