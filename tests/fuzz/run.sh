#!/bin/sh
# Searches for inputs that break a promise: each target so many seconds (60 by default), on top of its committed corpus.
#   tests/fuzz/run.sh [SECONDS [TARGET...]]     needs Debian's package clang; ends with 1 when something was found
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-60}
[ $# -gt 0 ] && shift
command -v clang++ >/dev/null || { echo "clang++ is missing: apt-get install clang" >&2; exit 3; }
cmake --preset fuzz -S "$project" >/dev/null
ninja -C "$project/build-fuzz" fuzz >/dev/null
found=0
for target in ${*:-$(ls "$project/tests/fuzz/corpus")}; do
  work=$project/build-fuzz/work/$target
  mkdir -p "$work"
  dictionary=$project/tests/fuzz/$target.dict
  echo "$target, $seconds s"
  "$project/build-fuzz/tests/fuzz/fuzz-$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=20000 \
    -print_final_stats=1 -artifact_prefix="$work-" $([ -f "$dictionary" ] && echo "-dict=$dictionary") \
    "$work" "$project/tests/fuzz/corpus/$target" >"$work.log" 2>&1 || { found=1; tail -30 "$work.log"; }
  grep -E "^stat::number_of_executed_units|^Done| cov: " "$work.log" | tail -2
done
exit "$found"
