#!/bin/sh
# check.sh [--test] - does the source keep to the shape of tests/arch/folders.txt?
#
#   1. a folder includes only headers of the folders it may know
#   2. what crosses a folder is a header of include/hugi/
#   3. a library's header is included in its home only
#   4. base names of files are unique in the tree
#   5. no file is over 600 lines; functions over 60 lines are told, but no mistake
#   6. no path of somebody's machine stands in the tree
#
# Prints what is wrong and ends with status 1; with --test, lines for run.sh.
set -u
cd "$(dirname "$0")/../.." || exit 2
export LC_ALL=C
found=$(mktemp "${TMPDIR:-/tmp}/hugi-arch.XXXXXX")
trap 'rm -f "$found" "$found.one"' EXIT
mistakes=0
test=
[ "${1:-}" != --test ] || test=yes

sources=$(find src include -name '*.[ch]' | sort)

# report NAME - says how the check whose mistakes are in $found.one went
report() {
    if [ -s "$found.one" ]; then
        mistakes=$((mistakes + $(wc -l <"$found.one")))
        if [ -n "$test" ]; then echo "not ok $1"; sed 's/^/    /' "$found.one"; else cat "$found.one"; fi
    elif [ -n "$test" ]; then
        echo "ok $1"
    fi
}

# --- 1 to 3: includes ---------------------------------------------------------

grep -nE '^[ \t]*#[ \t]*include' $sources | awk -v table=tests/arch/folders.txt '
    BEGIN {
        while ((getline line < table) > 0) {
            sub(/#.*/, "", line)
            n = split(line, word, /[ :]+/)
            if (word[1] == "folder") { known[word[2]] = 1; for (i = 3; i <= n; i++) if (word[i] != "") may[word[2], word[i]] = 1 }
            if (word[1] == "third") { prefixes[++count] = word[2]; for (i = 3; i <= n; i++) if (word[i] != "") home[word[2]] = home[word[2]] " " word[i] }
        }
    }
    function folder_of(path,    part) { split(path, part, "/"); return part[1] == "src" ? part[2] : part[3] }
    # "hook/lua.c" in home "hook/" or "hook/lua.c"
    function at_home(file, homes,    list, n, i) {
        n = split(homes, list, " ")
        for (i = 1; i <= n; i++) if (index(file, list[i]) == 1) return 1
        return 0
    }
    {
        split($0, field, ":")
        path = field[1]; place = path ":" field[2]
        folder = folder_of(path)
        inside = path; sub(/^src\/|^include\/hugi\//, "", inside)
        if (!(folder in known)) { print place ": folder \047" folder "\047 is not in tests/arch/folders.txt"; next }
        if (match($0, /"[^"]*"/)) {
            name = substr($0, RSTART + 1, RLENGTH - 2)
            if (name !~ /\//) next                      # beside the .c; the compiler finds it there or not at all
            other = name; sub(/\/.*/, "", other)
            if ((getline unused < ("include/hugi/" name)) < 0) { print place ": \"" name "\" is not in include/hugi/"; next }
            close("include/hugi/" name)
            if (other != folder && !((folder, other) in may) && !((folder, name) in may))
                print place ": " folder "/ may not include \"" name "\""
        } else if (match($0, /<[^>]*>/)) {
            name = substr($0, RSTART + 1, RLENGTH - 2)
            if (inside == "cmd/cmd_version.c") next
            for (i = 1; i <= count; i++)
                if (index(name, prefixes[i]) == 1 && !at_home(inside, home[prefixes[i]]))
                    print place ": <" name "> is included in" (home[prefixes[i]] == "" ? " no file" : home[prefixes[i]]) " only"
        }
    }' >"$found.one"
report "includes"

# A folder sees lua.h and cmark through no back door either.
for private in $(find src -name '*.h'); do
    name=${private##*/}
    grep -lE "\"([^\"]*/)?$name\"" $sources | grep -v "^${private%/*}/" |
        while read -r file; do [ -e "${file%/*}/$name" ] || echo "$file: $name is private to ${private%/*}/"; done
done >"$found.one"
report "private headers"

# --- 4 and 5: names and sizes ---------------------------------------------------

{ for file in $(find src include tests/unit tests/tools -name '*.[ch]'); do echo "${file##*/}"; done | sort | uniq -d |
    sed 's/$/: two files have this name/'; } >"$found.one"
report "file names are unique"

wc -l $sources | awk '$2 != "total" && $1 > 600 { print $2 ": " $1 " lines (600 at most)" }' >"$found.one"
report "sizes of files"

# Functions over 60 lines: from a line that begins with a name to the "}" in its first column.
awk 'FNR == 1 { start = 0 } /^[a-z].*\)$/ { start = FNR; name = $0 } /^{/ && !start { start = FNR }
    /^}/ { if (start && FNR - start > 60) print FILENAME ":" start ": " FNR - start " lines: " name; start = 0 }' \
    $(find src -name '*.c') | while read -r line; do [ -n "$test" ] || echo "note: $line"; done

# --- 6: machine paths -----------------------------------------------------------

grep -rnIE '(^|[^A-Za-z0-9_}.])/(work|farm|root|home/[a-z]+|Users/[a-z]+)/' Makefile README.md src include themes tests tools content examples docs .ci hugi.yaml \
    2>/dev/null | grep -v '^tests/arch/check.sh:' | cut -c1-160 >"$found.one"
report "no paths of a machine"

if [ -z "$test" ]; then
    if [ $mistakes -eq 0 ]; then echo "architecture: fine"; else echo "architecture: $mistakes mistakes"; fi
fi
[ -n "$test" ] || [ $mistakes -eq 0 ]
