#!/bin/bash
# How long an author waits for an experiment in C++ of a document's own: the one of docs/new-experiment.md.
#   tests/bench/own-experiment.sh [rounds] [program]     exit code 1 when a later time is longer than 5 seconds
# The first time also compiles the headers that all experiments include, once for each installation and compiler.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${1:-5}
program=${2:-$project/build/report}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C REPORT_CACHE=$work/cache
mkdir -p "$work/document/experiments" "$work/document/chapters"
cd "$work/document"
touch report.yaml
file=experiments/saddle_escape.cpp
awk '/^```cpp$/ { on = 1; next } /^```$/ { if (on) exit } on' "$project/docs/new-experiment.md" >"$file"
missed=0

# seconds MOST WHAT: one command of the walk, in wall time and in the processor's.
seconds() {
  local start=$EPOCHREALTIME end before after
  before=$(times | awk 'NR == 2')
  "$program" --quiet describe saddle-escape >/dev/null
  end=$EPOCHREALTIME
  after=$(times | awk 'NR == 2')
  awk -v t=$((${end/./} - ${start/./})) -v a="$before" -v b="$after" -v what="$2" -v most="$1" '
    function cpu(text, part) { split(text, part, /[ms ]+/); return part[1] * 60 + part[2] + part[3] * 60 + part[4] }
    BEGIN {
      over = most > 0 && t / 1e6 > most
      printf "%-44s %6.2f s  (processor %6.2f s)%s\n", what, t / 1e6, cpu(b) - cpu(a), over ? "  MISSED: at most " most " s" : ""
      exit over }' || missed=1
}

seconds 0 "for the first time on this machine"
for round in $(seq "$rounds"); do
  sed -i "s/double curvature = .*;/double curvature = $round.5;/" "$file"
  seconds 5 "after an edit of the code"
  seconds 1 "unchanged"
done
exit $missed
