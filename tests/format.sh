#!/bin/sh
# Whether every C++ file is as clang-format writes it, and no line is longer than the limit (clang-format leaves what it
# cannot break). Another version of clang-format than the one that .clang-format is for would write other files.
set -eu
cd "$(dirname "$0")/.."
version=14
for program in "clang-format-$version" clang-format ""; do
  [ -n "$program" ] || { echo "SKIPPED: clang-format $version is not installed, so that the format is not checked"; exit 77; }
  if "$program" --version 2>/dev/null | grep -q "version $version\."; then break; fi
done
files=$(find src render tests examples -name '*.cpp' -o -name '*.hpp')
limit=$(sed -n 's/^ColumnLimit: *//p' .clang-format)
status=0
# shellcheck disable=SC2086 # names without spaces
"$program" --dry-run -Werror --ferror-limit=3 $files || status=1
# Columns are characters: bytes without those that continue one of UTF-8.
# shellcheck disable=SC2086
LC_ALL=C awk -v limit="$limit" '{ line = $0; gsub(/[\200-\277]/, "", line) }
  length(line) > limit { print FILENAME ":" FNR ": longer than " limit " columns"; found = 1 }
  END { exit found }' $files || status=1
exit $status
