#!/bin/sh
# The second document: its tables are what its script gives, every figure is what its reference says, every claim holds;
# and a number that changes is found. Works on a copy, so that nothing is written among the sources.
#   field-study.sh PROGRAM FOLDER
set -eu

program=$1
folder=$2
command -v python3 >/dev/null 2>&1 || { echo "skipped: there is no python3"; exit 77; }

fail() { echo "error: $*" >&2; exit 1; }

# Runs the program in the copy; its exit code must be the first argument.
report() {
  expected=$1
  shift
  code=0
  (cd "$folder/document" && "$program" "$@" --output "$folder/output") >"$folder/said" 2>&1 || code=$?
  [ "$code" -eq "$expected" ] || { cat "$folder/said" >&2; fail "report $* ended with $code, not $expected"; }
}

says() { grep -qF -- "$1" "$folder/said" || { cat "$folder/said" >&2; fail "nothing is said of: $1"; }; }

rm -rf "$folder/document" "$folder/output"
mkdir -p "$folder"
cp -R examples/field-study "$folder/document"
rm -rf "$folder/document/output"
export REPORT_CACHE="$folder/cache" GITHUB_ACTIONS=

python3 "$folder/document/data/simulieren.py" --pruefen || fail "the tables are not what simulieren.py gives"

report 0 check
# The letters of another Debian than 12 have other edges: the figures are the same there, their pictures not to the last dot.
verdict='same'
grep -q '^VERSION_ID="12"' /etc/os-release 2>/dev/null || verdict='\(same\|rendering only\)'
figures=$(cat "$folder/document/chapters/"*.md | grep -c '^```{\.figure ')
[ "$(grep -c "^fig:[a-z0-9-]*  *$verdict" "$folder/said")" -eq "$figures" ] || { cat "$folder/said" >&2; fail "not all $figures figures are the same"; }

report 0 build --format html
[ "$(grep -c '"condition"' "$folder/output/claims.json")" -ge 12 ] || fail "fewer than twelve claims"

# One more animal in one of the estimates.
sed -i '2s/,39\.0,/,40.0,/' "$folder/document/data/fang.csv"
report 1 check fig:bestand
says 'differs'
report 1 build --format html
says 'keine Abweichung über der Rundung'
cp examples/field-study/data/fang.csv "$folder/document/data/"

# A program's constant.
sed -i 's/^FRASS, SAETTIGUNG = 600\.0/FRASS, SAETTIGUNG = 601.0/' "$folder/document/experiments/modell.py"
report 1 check fig:raeuber-beute
says 'differs'
