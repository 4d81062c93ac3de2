#!/bin/sh
# What others' work costs: tests/bench/cluster.sh PROGRAM FOLDER
# 1,000 jobs of a second on eight slots of a real Slurm, against the ideal of 125 s; 10,000 values gathered from nginx; an
# unchanged build with and without a server. The jobs sleep, so that two cores are enough for eight slots.
set -eu
program=$1
folder=$2
. "$(dirname "$0")/../cluster/servers.sh"
rm -rf "$folder"
mkdir -p "$folder/document/chapters" "$folder/document/experiments"
folder=$(cd "$folder" && pwd)
trap 'stop_slurm; stop_nginx' EXIT
cd "$folder/document"
echo "chapters: chapters" >report.yaml
cat >experiments/sleeper.cpp <<'END'
// Jobs that take a time and do nothing.
#include <chrono>
#include <thread>

#include "experiment/experiment.hpp"

namespace experiments {
namespace {

struct Sleeper {
  int jobs = 1000;
  double seconds = 1;
};

struct Slept {
  std::vector<double> values;
};

Slept run(const Sleeper& p, Run& run) {
  std::vector<int> items;
  for (int i = 0; i < p.jobs; ++i) items.push_back(i);
  return {run.each(items, [&](int i) {
    std::this_thread::sleep_for(std::chrono::duration<double>(p.seconds));
    return 1.0 / (i + 1);
  })};
}

Outputs<Slept> outputs(const Sleeper&) {
  return Outputs<Slept>{exactly("no arithmetic")}.number(
      "last", [](const Slept& r) { return r.values.back(); }, "value of the last job");
}

plot::Figure draw(const Sleeper&, const Slept&) { return {.panels = {plot::Panel{}}}; }

const bool registered = add("sleeper", "Sleeper", "Jobs that take a time and do nothing.",
                            Parameters<Sleeper>{}
                                .integer("jobs", &Sleeper::jobs, "how many", from(1).to(100000))
                                .number("seconds", &Sleeper::seconds, "of each", from(0).to(100)),
                            outputs, run, draw);

}  // namespace
}  // namespace experiments
END
figure() {  # JOBS SECONDS
  cat >chapters/01.md <<END
# Sleep

\`\`\`{.figure #fig:sleep}
experiment: sleeper
jobs: $1
seconds: $2
caption: Sleep.
alt: Nothing
\`\`\`
END
}
now() { date +%s.%N; }
since() { echo "$(now) $1" | awk '{ printf "%.2f", $1 - $2 }'; }
build() { "$program" build --quiet --format json --output "$folder/$1" >"$folder/$1.said" 2>&1 || { cat "$folder/$1.said"; exit 1; }; }

start_nginx
start_slurm 4
export REPORT_STORE_ACCESS=write REPORT_STORE_TOKEN=sesame REPORT_HERE=0

figure 1 0
REPORT_CACHE="$folder/cache" build warm  # the experiment is compiled

figure 1000 1
start=$(now)
REPORT_CACHE="$folder/cache" "$program" build --quiet --format json --executor slurm --output "$folder/out" >"$folder/said" 2>&1 ||
  { cat "$folder/said"; exit 1; }
echo "$(since "$start")" | awk '{ printf "1,000 jobs of 1 s on 8 slots: %.1f s, %.3f of the ideal\n", $1, $1 / 125 }'

figure 10000 0
line=$(REPORT_CACHE="$folder/cache" "$program" jobs --quiet --output "$folder/listed")
start=$(now)
# shellcheck disable=SC2086 # a key and a share
REPORT_CACHE="$folder/cache" "$program" work --quiet $line
echo "10,000 jobs of no time, done and put: $(since "$start") s"
for round in 1 2 3; do
  rm -rf "$folder/fresh" "$folder/gathered" "$folder/served/report/results"
  mkdir -p "$folder/fresh"
  cp -R "$folder/cache/compiled" "$folder/fresh/"
  start=$(now)
  REPORT_CACHE="$folder/fresh" build gathered
  with=$(since "$start")
  rm -rf "$folder/fresh" "$folder/alone"
  mkdir -p "$folder/fresh"
  cp -R "$folder/cache/compiled" "$folder/fresh/"
  start=$(now)
  REPORT_STORE='' REPORT_CACHE="$folder/fresh" build alone
  echo "$with $(since "$start")" | awk '{ printf "10,000 values gathered: %.2f s; computed in place: %.2f s\n", $1, $2 }'
done

for round in 1 2 3 4 5; do
  start=$(now); REPORT_CACHE="$folder/fresh" build alone; with=$(since "$start")
  start=$(now); REPORT_STORE='' REPORT_CACHE="$folder/fresh" build alone
  echo "an unchanged build: $with s with a server of $(find "$folder/served" -type f | wc -l) entries, $(since "$start") s without"
done
