#!/bin/sh
# Prints what the labels of live figures are written with, as a string of C++: a line for each command of TeX, escaped sign
# and run of signs beyond ASCII in the sources that are its arguments, comments aside.
set -eu
printf 'R"labels('
sed 's|//.*||' "$@" | LC_ALL=C grep -aoE '\\u[0-9A-Fa-f]{4}|\\[A-Za-z]+|[^[:print:][:space:]]+' | LC_ALL=C sort -u
printf ')labels"\n'
