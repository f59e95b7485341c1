#!/bin/sh
# embed.sh ROOT FILE... - prints C source that holds every FILE, named by its path below ROOT.
set -eu
root=$1
shift
echo '#include "theme/theme_load.h"'
echo 'const struct embedded_file embedded_files[] = {'
for file in "$@"; do
    printf '    {"%s", (const unsigned char[]){' "${file#"$root"/}"
    od -An -v -tu1 "$file" | awk '{ for (i = 1; i <= NF; i++) printf "%s,", $i }'
    printf '0}, %s},\n' "$(wc -c < "$file" | tr -d ' ')"
done
echo '    {0, 0, 0}};'
printf 'const ptrdiff_t embedded_file_count = %s;\n' $#
