#!/bin/sh
# embed.sh ARRAY COUNT ROOT FILE... - prints C source that holds every FILE, named by its path below ROOT.
set -eu
array=$1 count=$2 root=$3
shift 3
echo '#include "base/embedded.h"'
echo "const struct embedded_file $array[] = {"
for file in "$@"; do
    printf '    {"%s", (const unsigned char[]){' "${file#"$root"/}"
    od -An -v -tu1 "$file" | awk '{ for (i = 1; i <= NF; i++) printf "%s,", $i }'
    printf '0}, %s},\n' "$(wc -c < "$file" | tr -d ' ')"
done
echo '    {0, 0, 0}};'
printf 'const ptrdiff_t %s = %s;\n' "$count" $#
