#!/bin/bash
# What a change in one experiment's source costs: a copy of the project is built, one experiment edited, built again.
#   tests/bench/one-source.sh        as long as compiling the project and running its experiments; exit code 1 when too much was done again
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export REPORT_CACHE=$work/cache
(cd "$project" && git ls-files -z | xargs -0 cp --parents -t "$work")
cd "$work"
failed=0
build() { ./build-report.sh --no-install --format html 2>said >out; }
compiled() { grep -c 'Building CXX object' build/build.log || true; }

# expect WHAT FOUND WANTED
expect() {
  printf '%-62s %s\n' "$1" "$2"
  if [ "$2" != "$3" ]; then echo "  expected: $3"; failed=1; fi
}

start=$SECONDS
build || { cat said; exit 1; }
echo "first build: $((SECONDS - start)) s"

# edit TEXT SCRIPT FILE FIGURES-RUN: the file is compiled and nothing else, and so many figures run.
edit() {
  sed -i "$2" "$3"
  start=$EPOCHREALTIME
  build || { cat said; exit 1; }
  end=$EPOCHREALTIME
  expect "$1: files compiled" "$(compiled)" 1
  expect "$1: figures run" "$(sed -n 's/.* figures, \([0-9]*\) run.*/\1/p' said out | head -n 1)" "$4"
  echo "  in $(((${end/./} - ${start/./}) / 1000)) ms"
}

bowl=src/experiments/quadratic_bowl.cpp
edit "a comment in an experiment" '1s|^|// A comment.\n|' $bowl 0
edit "a number in what an experiment computes" '/^Bowl run(const QuadraticBowl& p, Run& run) {/s|$| if (p.steps == 123456) return {};|' $bowl 1
edit "a number in what two experiments use through theory, in three figures" '/^std::vector<LayerTheory> propagate(.*{/s|$| if (sizes.size() == 123456) return {};|' \
  src/numerics/theory/gradient_theory.cpp 3
edit "a number in what two experiments use, in three figures" '/^Field gradient_field(.*{/s|$| if (!objective.gradient) return {};|' src/numerics/descent/gradient_flow.cpp 3

# A constant in each experiment, to the page; those that live are compiled for browsers too.
for source in src/experiments/*.cpp; do
  grep -q '^const bool registered' "$source" || continue
  cp "$source" kept
  sed -i "s/^const bool registered/constexpr double changed_constant = $RANDOM;\nconst bool registered/" "$source"
  start=$EPOCHREALTIME
  build || { cat said; exit 1; }
  end=$EPOCHREALTIME
  printf '%-40s %6d ms\n' "$(basename "$source" .cpp)" $(((${end/./} - ${start/./}) / 1000))
  cp kept "$source"
  build || { cat said; exit 1; }
done
exit "$failed"
