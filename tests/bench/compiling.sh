#!/bin/sh
# Processor seconds that compiling takes from nothing, at another commit and here, one after the other:
#   tests/bench/compiling.sh COMMIT [TARGET]     `program` by default; `all` compiles the tests too
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
commit=$1 target=${2:-program}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
mkdir "$work/before" "$work/now"
git -C "$project" archive "$commit" | tar -x -C "$work/before"
git -C "$project" ls-files -z | (cd "$project" && xargs -0 tar -c) | tar -x -C "$work/now"

# Prints the seconds of processor time, those of the system's included.
seconds() {
  cmake -S "$1" -B "$1/build" -G Ninja -DREPORT_TESTS=ON -DREPORT_WERROR=ON >"$1/log" 2>&1
  sh -c 'ninja -C "$1" "$2" >>"$3" 2>&1 || { tail -n 20 "$3" >&2; exit 1; }; times' sh "$1/build" "$target" "$1/log" |
    awk 'END { for (i = 1; i <= 2; i++) { split($i, part, /[ms]/); sum += 60 * part[1] + part[2] } printf "%.0f\n", sum }'
}

before=$(seconds "$work/before")
now=$(seconds "$work/now")
echo "$target at $commit: $before s of processor time; here: $now s; ratio $(awk "BEGIN { printf \"%.2f\", $now / $before }")"
slowest() { awk -F'\t' '$4 ~ /\.o$/ { printf "%6.1f s  %s\n", ($2 - $1) / 1000, $4 }' "$1/build/.ninja_log" | sort -rn | head -n 5; }
echo "the slowest before:" && slowest "$work/before"
echo "the slowest here:" && slowest "$work/now"
