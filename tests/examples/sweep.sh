#!/bin/sh
# The small variant of the sweep, on a copy: its figure is what its reference says, its claim holds, and one seed more trains
# what is new alone.
#   sweep.sh PROGRAM FOLDER
set -eu

program=$1
folder=$2
fail() {
  echo "error: $*" >&2
  cat "$folder/said" >&2
  exit 1
}

rm -rf "$folder"
mkdir -p "$folder"
cp -R examples/sweep "$folder/document"
cd "$folder/document"
export REPORT_CACHE="$folder/cache" REPORT_HERE=0 GITHUB_ACTIONS=

"$program" check --chapters small >"$folder/said" 2>&1 || fail "the figure is another"
# The letters of another Debian than 12 have other edges.
verdict='same'
grep -q '^VERSION_ID="12"' /etc/os-release 2>/dev/null || verdict='\(same\|rendering only\)'
grep -q "^fig:sweep  *$verdict" "$folder/said" || fail "the figure is another"
"$program" build --chapters small --format html >"$folder/said" 2>&1 || fail "the report is not made"
grep -q ' 1 claim' "$folder/said" || fail "there is no claim"

# 2 depths, 3 widths and 3 seeds are 18 jobs; a seed more is 6, and so many are listed once the others are done elsewhere.
rm -rf "$folder/cache/results" "$folder/cache/jobs"
jobs() { "$program" jobs --chapters small 2>"$folder/said"; }
line=$(jobs)
grep -q '^18 jobs missing' "$folder/said" || fail "not 18 jobs"
# shellcheck disable=SC2086 # a key and a share
"$program" work $line 2>"$folder/said" || fail "the jobs are not done"
sed -i 's/^seeds: 3$/seeds: 4/' small/01.md
jobs >"$folder/line"
grep -q '^6 jobs missing' "$folder/said" || fail "not 6 jobs"
