#!/bin/bash
# The whole report with an empty cache beside the same fifteen figures as a notebook would make them, taken in turn in
# one run: seconds of each part and of the whole (imports counted), as medians, and how far the numbers agree.
#   REPORT_DATA=DIR tests/bench/report-beside-notebook.sh [ROUNDS [SHARE] [plain] [FIGURE...]]
# needs MNIST in REPORT_DATA, python3-torch, python3-scipy, python3-matplotlib, libopenblas0-pthread, and an idle
# machine. SHARE and plain are those of peer_notebook.py. With figures named, these alone and each by itself; MNIST only
# where they need it. Stored results of other builds are left alone.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${1:-3}
shift || true
figures=()
for word in "$@"; do
  [[ $word == plain || $word =~ ^[0-9.]+$ ]] || figures+=("$word")
done
[ "${#figures[@]}" -gt 0 ] || : "${REPORT_DATA:?is where MNIST lies}"
# shellcheck source=tests/bench/peer-environment.sh
. "$project/tests/bench/peer-environment.sh"
need_peer python3-torch python3-scipy python3-matplotlib libopenblas0-pthread
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C OPENBLAS_NUM_THREADS=1
export REPORT_DATA=${REPORT_DATA:-$work}
report() { REPORT_CACHE="$work/cache" "$project/build-report.sh" --no-install "$@" --output "$work/report"; }

# seconds FILE COMMAND...: adds how long the command took, and its processor time.
seconds() {
  local file=$1
  local TIMEFORMAT='%R %U %S'
  shift
  { time "$@" >"$work/said" 2>&1; } 2>>"$file" || { cat "$work/said" >&2; exit 1; }
}
made() {
  if [ "${#figures[@]}" -eq 0 ]; then report build; fi
  for figure in "${figures[@]}"; do seconds "$work/command-$figure" report figure "$figure"; done
}

report list >/dev/null # compiles where needed
for round in $(seq "$rounds"); do
  echo "round $round of $rounds: the report ..." >&2
  rm -rf "$work/cache" "$work/report"
  seconds "$work/ours" made
  report list --json >"$work/ours-$round.json"
  echo "round $round of $rounds: the notebook ..." >&2
  "$python" "$project/tests/bench/peer_notebook.py" "$work/notebook" "$@" >&2
  cp "$work/notebook/seconds.json" "$work/theirs-$round.json"
done
"$python" "$project/tests/bench/beside_notebook.py" "$work"
