#!/bin/bash
# A sentence to the page, beside bare pandoc with citations and without its highlighter on the same chapters, taken in
# turn in one run, as medians: for the first document, and for one of 40 chapters of seven sections.
#   tests/bench/sentence-to-page.sh [rounds]      about two minutes; exit code 1 when a target is missed
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${1:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C REPORT_CACHE=${REPORT_CACHE:-$work/cache}
cd "$work"
missed=0

# microseconds NAME COMMAND...: runs the command and notes its time under the name.
microseconds() {
  local name=$1 start=$EPOCHREALTIME end
  shift
  "$@" >/dev/null 2>said || { cat said >&2; exit 1; }
  end=$EPOCHREALTIME
  echo $((${end/./} - ${start/./})) >>"times-$name"
}
median() { sort -n "times-$1" | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }
compare() { # TEXT NAME MOST
  awk -v text="$1" -v o="$(median "ours-$2")" -v r="$(median "bare-$2")" -v most="$3" 'BEGIN {
    printf "%-40s %7.0f ms %7.0f ms %7.2f  (at most %s)%s\n", text, o / 1e3, r / 1e3, o / r, most, o / r <= most ? "" : "  MISSED"
    exit o / r > most }' || missed=1
}

report() { "$project/build-report.sh" --no-install build --format html --chapters "$1/chapters" --output "$1/output"; }
bare() { pandoc --standalone --no-highlight --mathml --citeproc --bibliography="$1/chapters/references.bib" --output=bare.html "$1"/chapters/*.md; }

# A sentence in the middle of the document.
edit() {
  local file=$1/chapters/$2
  cp "$file" before
  sed -i "0,/^[A-Z][a-z].*\. [A-Z]/s/\. \([A-Z]\)/. Edited once more, in round $3. \1/" "$file"
  if cmp -s "$file" before; then echo "the edit changed nothing in $file" >&2; exit 1; fi
}

mkdir first
cp -r "$project/chapters" first/chapters
mkdir -p long/chapters
cp "$project/chapters/references.bib" long/chapters/
keys=($(grep -o '^@[a-z]*{[^,]*' "$project/chapters/references.bib" | sed 's/.*{//'))
for chapter in $(seq -w 40); do
  {
    printf '# Chapter %s {#sec:c%s}\n\n' "$chapter" "$chapter"
    for section in $(seq 7); do
      printf '## Section %s of %s {#sec:c%s-%s}\n\n' "$section" "$chapter" "$chapter" "$section"
      printf 'A first sentence of the section. A second one follows it, as in @sec:c01 and [@%s].\n' "${keys[$((10#$chapter * section % ${#keys[@]}))]}"
      printf 'With $\\theta_{k+1} = \\theta_k - \\eta \\nabla L(\\theta_k)$ it goes on.^[A note, with $x^2$.]\n\n'
      printf '$$ \\sum_{i=1}^n \\frac{1}{i^2} < \\frac{\\pi^2}{6} $$ {#eq:c%s-%s}\n\n' "$chapter" "$section"
      printf 'More of it: *emphasis*, `code`, and a list.\n\n- one\n- two, see @eq:c%s-%s\n\n' "$chapter" "$section"
    done
  } >"long/chapters/$chapter.md"
done

echo "making both documents once ..." >&2
report first >/dev/null
report long >/dev/null
edit first 03-stability.md 0 && report first >/dev/null
edit long 20.md 0 && report long >/dev/null
for round in $(seq "$rounds"); do
  edit first 03-stability.md "$round"
  microseconds ours-first report first
  microseconds bare-first bare first
  edit long 20.md "$round"
  microseconds ours-long report long
  microseconds bare-long bare long
done
printf '%-40s %10s %10s %7s\n' "a sentence, to the page" ours bare ratio
compare "the first document" first 0.6
compare "40 chapters of seven sections" long 0.15
exit "$missed"
