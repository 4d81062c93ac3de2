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
. "$project/tests/bench/timing.sh"

report() { "$project/build-report.sh" --no-install build --format html --chapters "$1/chapters" --output "$1/output"; }
bare() { pandoc --standalone --no-highlight --mathml --citeproc --bibliography="$1/chapters/references.bib" --output=bare.html "$1"/chapters/*.md; }

# A sentence in the middle of the document.
edit() { change "0,/^[A-Z].*\. [A-Z]/s/\. \([A-Z]\)/. Edited once more, in round $3. \1/" "$1/chapters/$2"; }

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
  seconds ours-first report first
  seconds bare-first bare first
  edit long 20.md "$round"
  seconds ours-long report long
  seconds bare-long bare long
done
printf '%-44s %11s %11s %7s\n' "a sentence, to the page" ours bare ratio
compare "the first document" ours-first bare-first 0.6
compare "40 chapters of seven sections" ours-long bare-long 0.15
exit "$missed"
