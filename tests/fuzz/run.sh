#!/bin/sh
# Searches for inputs that break a promise: all targets at once, so many seconds (60 by default), on top of their corpora.
#   tests/fuzz/run.sh [SECONDS [TARGET...]]     needs Clang and its runtimes; ends with 1 when something was found
set -eu
project=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-60}
[ $# -gt 0 ] && shift
command -v clang++ >/dev/null || { echo "clang++ is missing: apt-get install clang libclang-rt-dev" >&2; exit 3; }
strict=OFF
case "${CI:-}" in '' | 0 | false) ;; *) strict=ON ;; esac
mkdir -p "$project/build-fuzz"
log=$project/build-fuzz/build.log
if ! { cmake --preset fuzz -S "$project" -DREPORT_WERROR="$strict" && ninja -C "$project/build-fuzz" fuzz; } >"$log" 2>&1; then
  grep -E 'error|FAILED' "$log" | head -n 40 >&2
  echo "error: the fuzz targets do not compile; the whole log is in $log" >&2
  exit 2
fi

# search TARGET: in a process of its own.
search() {
  target=$1
  work=$project/build-fuzz/work/$target
  mkdir -p "$work"
  dictionary=$project/tests/fuzz/$target.dict
  status=0
  "$project/build-fuzz/tests/fuzz/fuzz-$target" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=1024 -max_len=20000 \
    -print_final_stats=1 -artifact_prefix="$work-" $([ -f "$dictionary" ] && echo "-dict=$dictionary") \
    "$work" "$project/tests/fuzz/corpus/$target" >"$work.log" 2>&1 || status=1
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$work.log")
  if [ "$status" -eq 0 ]; then
    echo "$target: ${executions:-?} executions in $seconds s, nothing found"
  else
    { echo "$target: FOUND; the input and the log are beside $work"; tail -n 30 "$work.log"; } >&2
  fi
  return "$status"
}

jobs=
for target in ${*:-$(ls "$project/tests/fuzz/corpus")}; do
  search "$target" &
  jobs="$jobs $!"
done
found=0
for job in $jobs; do wait "$job" || found=1; done
exit "$found"
