#!/bin/sh
# accept.sh CASE - what hugi makes now becomes what is expected; read `git diff` afterwards.
#
# CASE is the name of a site, or markup/NAME, or template/NAME (template/filters/upcase).
set -eu
TESTS=$(cd "$(dirname "$0")" && pwd)
TOP=$(dirname "$TESTS")
BUILD=${BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$TOP/$BUILD ;; esac
HUGI=$BUILD/hugi TOOLS=$BUILD/tools ACCEPT=yes
TMP=$(mktemp -d "${TMPDIR:-/tmp}/hugi-accept.XXXXXX")
trap 'rm -rf "$TMP"' EXIT
export TESTS TOP BUILD HUGI TOOLS ACCEPT TMP
case ${1:-} in
'') echo 'usage: make accept CASE=NAME (a folder of tests/sites, or markup/NAME, or template/NAME)' >&2; exit 2 ;;
markup/*) sh "$TESTS/case_markup.sh" "${1#markup/}" ;;
template/*) "$TOOLS/template_cases" --accept "$TESTS/template" "${1#template/}" ;;
*)
    [ -d "$TESTS/sites/${1#sites/}/site" ] || { echo "there is no tests/sites/${1#sites/}/site" >&2; exit 2; }
    sh "$TESTS/case_site.sh" "${1#sites/}" ;;
esac
echo 'Accepted. Is it right? Read `git diff tests`.'
