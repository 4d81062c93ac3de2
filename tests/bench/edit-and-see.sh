#!/bin/bash
# How long an author waits: our builds beside bare pandoc and bare LaTeX passes, taken in turn in one run, as medians.
#   tests/bench/edit-and-see.sh [rounds]        about five minutes; exit code 1 when a target is missed
# Set REPORT_CACHE to keep the results of the experiments between runs of this script.
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${1:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C REPORT_CACHE=${REPORT_CACHE:-$work/cache}
cp -r "$project/chapters" "$work/chapters"
cd "$work"
missed=0
. "$project/tests/bench/timing.sh"

report() { "$project/build-report.sh" --no-install --chapters "$chapters" --output "$output" "$@" >/dev/null 2>"$work/said"; }

bare_pandoc() { pandoc --standalone --output "$work/bare.html" "$chapters"/*.md 2>/dev/null; }

# LaTeX alone on the same text, from the auxiliary files of the text before, as often as these change.
bare_latex() {
  local before
  while :; do
    before=$(cat report.aux report.toc 2>/dev/null | cksum)
    pdflatex -interaction=batchmode report.tex >/dev/null || true
    passes=$((passes + 1))
    if [ "$before" = "$(cat report.aux report.toc | cksum)" ]; then break; fi
  done
}

edit_sentence() { change "0,/^[A-Z][a-z].*\. [A-Z]/s/\. \([A-Z]\)/. Edited once more, in round $1.$RANDOM. \1/" "$(echo "$chapters"/01*.md)"; }
# More steps: the chapter speaks of the first hundred.
edit_bowl() { change "/^\`\`\`{.figure #fig:quadratic-bowl}/,/^\`\`\`\$/s/^steps: .*/steps: $((100 + $1))/" "$(echo "$chapters"/03*.md)"; }

chapters=$work/chapters output=$work/output
echo "making the report once ..." >&2
report
mkdir bare
for round in $(seq "$rounds"); do
  echo "round $round of $rounds ..." >&2
  report --format html
  seconds pandoc bare_pandoc
  seconds unchanged report --format html
  edit_sentence "$round"
  seconds sentence report --format html
  edit_bowl "$round"
  seconds bowl report --format html
  report
  cp -r output/.work/latex/. bare/
  seconds pandoc bare_pandoc
  seconds unchanged report
  edit_sentence "$round"
  seconds pdf report --format pdf
  cp output/.work/latex/report.tex bare/
  passes=0
  cd bare
  seconds latex bare_latex
  cd ..
done

printf '\n%-44s %11s %11s %7s\n' "" ours bare ratio
compare "nothing changed / pandoc" unchanged pandoc 0.3
compare "a sentence, to HTML / pandoc" sentence pandoc 1.5
compare "a parameter of the bowl, to HTML / pandoc" bowl pandoc 2.5
compare "a sentence, to PDF / LaTeX passes ($passes)" pdf latex 1.2

echo "making reports of 250, 500 and 1,000 figures ..." >&2
for chapter in $(seq 100); do
  mkdir -p many-25 many-50 many-100
  file=$(printf '%03d.md' "$chapter")
  {
    printf '# Chapter %s\n\n' "$chapter"
    for figure in $(seq 10); do
      printf 'Some text before @fig:n%s-%s.\n\n```{.figure #fig:n%s-%s}\nexperiment: quadratic-bowl\nsteps: %s\n' \
        "$chapter" "$figure" "$chapter" "$figure" $((chapter + figure))
      printf 'learning-rates: [0.01]\ncaption: A figure of {{steps}} steps.\nalt: A bowl\n```\n\n'
    done
  } >"many-100/$file"
  if [ "$chapter" -le 50 ]; then cp "many-100/$file" many-50/; fi
  if [ "$chapter" -le 25 ]; then cp "many-100/$file" many-25/; fi
done
for count in 100 50 25; do
  chapters=$work/many-$count output=$work/out-$count
  report --format html
  report --format html
done
for round in $(seq "$rounds"); do
  for count in 25 50 100; do
    chapters=$work/many-$count output=$work/out-$count
    seconds "many-$count" report --format html
  done
done
printf '\n'
for count in 25 50 100; do
  awk -v n="${count}0" -v t="$(median "many-$count")" 'BEGIN { printf "%5d figures, nothing changed %21.0f ms %8.0f us a figure\n", n, t / 1e3, t / n }'
done
if [ "$(median many-100)" -ge 1000000 ]; then echo "1,000 figures took a second or more  MISSED"; missed=1; fi
# Linear: what the second half costs is at most a fourth more than what the first did.
if [ "$(median many-100)" -gt $(($(median many-50) * 5 / 2)) ]; then echo "the cost is not linear  MISSED"; missed=1; fi
exit "$missed"
