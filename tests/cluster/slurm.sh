#!/bin/sh
# Runs by a real Slurm: tests/cluster/slurm.sh PROGRAM FOLDER [ROUNDS]
# Four nodes on this machine, each with a store of its own, nginx between them. The report is the same to the last byte as on
# one machine; then elements are killed. With ROUNDS, all that goes wrong on clusters goes wrong so many times over, and
# nothing may be wrong or lost: eight are some 50 builds.
set -eu
program=$1
folder=$2
rounds=${3:-0}
. "$(dirname "$0")/servers.sh"
for tool in slurmctld slurmd sbatch nginx python3; do
  have "$tool" || {
    echo "skipped: there is no $tool here (Debian: apt-get install slurmctld slurmd slurm-client nginx-light python3)"
    exit 77
  }
done
getent hosts "$(hostname -s)" >/dev/null || {
  echo "skipped: this machine does not know the address of its own name, which Slurm asks for (/etc/hosts)"
  exit 77
}
rm -rf "$folder"
mkdir -p "$folder/document/chapters" "$folder/document/experiments"
folder=$(cd "$folder" && pwd)
trap 'stop_slurm; stop_nginx; end_process sshd' EXIT
cd "$folder/document"
echo "chapters: chapters" >report.yaml

# A figure in two loops, one whose jobs take a second each, and a program; more than four nodes do at once.
cat >chapters/01.md <<'END'
# Elsewhere

```{.figure #fig:depth}
experiment: gradient-depth
dataset: digits
depth: 5
width: 20
networks: [tanh-xavier, relu-he]
batch: 16
seeds: 3
caption: Norms.
alt: Curves
```

```{.figure #fig:training}
experiment: training-loss
dataset: digits
depth: 8
width: 64
networks: [tanh-xavier, relu-he, sigmoid-xavier]
epochs: 8
seeds: 6
caption: Losses.
alt: Curves
```

The loss of chance is `training: chance`{.value format=".3f"}.
END

# Each node has a store of its own: what a site's prologue sets, the jobs of its nodes see.
cat >"$folder/prologue" <<END
#!/bin/sh
echo "export REPORT_CACHE=$folder/cache-\$SLURMD_NODENAME"
END
chmod +x "$folder/prologue"
start_nginx
start_slurm 4 "TaskProlog=$folder/prologue" "JobAcctGatherType=jobacct_gather/linux" "JobAcctGatherFrequency=1" \
  "JobAcctGatherParams=OverMemoryKill" "SlurmdTimeout=5" "MinJobAge=10"
export REPORT_STORE_ACCESS=write REPORT_STORE_TOKEN=sesame
export REPORT_HERE=0  # all jobs go elsewhere

fail() {
  echo "failed: $1"
  [ ! -f "$folder/said" ] || sed 's/^/  | /' "$folder/said"
  tail -n 3 "$folder"/out-slurm/.work/slurm/*.log 2>/dev/null | tail -40 || true
  exit 1
}
says() { grep -q "$1" "$folder/said" || fail "'$1' is not said"; }
report_of() {  # FOLDER STORE-OR-EMPTY COMMAND...: in its own output
  output=$1
  shift
  status=0
  "$program" "$@" --output "$output" >"$folder/said" 2>&1 || status=$?
}
forget_all() { rm -rf "$folder"/cache-* "$folder/served" "$folder/out-slurm"; mkdir "$folder/served"; }
same_report() {  # what tells of times and machines aside
  (cd "$1" && find . -type f ! -path './.*' ! -name manifest.json | sort) >"$folder/list"
  while read -r file; do
    cmp "$1/$file" "$folder/out-slurm/$file" || fail "$file is another"
  done <"$folder/list"
}

# One machine, without any of this.
REPORT_STORE='' REPORT_CACHE="$folder/cache-alone" "$program" build --quiet --format html --output "$folder/out-alone"
export REPORT_CACHE="$folder/cache-head"

over_slurm() { report_of "$folder/out-slurm" build --format html --executor slurm "$@"; }
in_background_over_slurm() {
  in_background build "$program" build --format html --executor slurm --output "$folder/out-slurm"
}
jobs_done() { find "$folder/served/report/jobs" -type f 2>/dev/null | wc -l; }
at_work() { [ "$(jobs_done)" -ge "${1:-3}" ]; }
gone() { ! kill -0 "$(cat "$folder/build.pid")" 2>/dev/null; }
array() { sed -n 's/.*"array":"\([0-9]*\)".*/\1/p' "$folder/out-slurm/.work/slurm/array.json"; }
# What an administrator does with nodes that Slurm takes no more: one on which an element still runs that a killed
# controller begins a second time, say.
resume_nodes() {
  for node in $(sinfo -h -N -t drain -o %N | sort -u); do scontrol update nodename="$node" state=resume || true; done
}
gone_with_help() {
  resume_nodes
  gone
}
finish() {  # the build in the background ends well
  until_true 180 gone || fail "the build does not end"
  cp "$folder/build.out" "$folder/said"
  grep -q "2 figures, 2 run, 0 failed" "$folder/said" || fail "the build failed"
  same_report "$folder/out-alone"
}
queue_is_empty() { [ -z "$(squeue -h)" ]; }

echo "everything goes well"
over_slurm
[ "$status" = 0 ] || fail "it ends with $status"
says "2 figures, 2 run, 0 failed"
same_report "$folder/out-alone"
[ "$(find "$folder"/cache-n* -path '*/jobs/*' -type f | wc -l)" -ge 18 ] || fail "the nodes did not do the jobs"
over_slurm
says "2 figures, 0 run, 0 failed"

echo "seeds that are added are the only ones that are done"
sed -i 's/^seeds: 6$/seeds: 7/' chapters/01.md
over_slurm
says "Slurm has 3 jobs in array"
sed -i 's/^seeds: 7$/seeds: 6/' chapters/01.md

echo "left to itself, and gathered by a build that knows nothing of Slurm"
forget_all
over_slurm --detach
[ "$status" = 0 ] || fail "it ends with $status"
says "the next build waits for them"
report_of "$folder/out-slurm" build --format html
[ "$status" = 0 ] || fail "it ends with $status"
says "of .* jobs done"
same_report "$folder/out-alone"

echo "Ctrl-C cancels within a second, and what was done is kept"
forget_all
in_background_over_slurm
until_true 60 at_work 6 || fail "no job is done"
number=$(array)
kill -INT "$(cat "$folder/build.pid")"
until_true 5 gone || fail "it does not end"
until_true 10 queue_is_empty || fail "the array goes on"
[ ! -e "$folder/out-slurm/.work/slurm/array.json" ] || fail "it is remembered"
before=$(jobs_done)
over_slurm
same_report "$folder/out-alone"
[ "$before" -ge 6 ] || fail "what was done is lost"

kill_elements() {
  echo "elements are killed (SIGKILL), and asked for again"
  forget_all
  in_background_over_slurm
  until_true 60 at_work 4 || fail "no job is done"
  for worker in $(pgrep -f "^$program .*work [0-9a-f]{64} "); do
    # Of this document alone: other tests that run now have workers, too.
    [ "$(readlink "/proc/$worker/cwd")" != "$PWD" ] || kill -KILL "$worker" 2>/dev/null || true
  done
  until_true 180 gone || fail "the build does not end"
  cp "$folder/build.out" "$folder/said"
  if ! grep -q "0 failed" "$folder/said"; then
    says "of its jobs got no value elsewhere"
    [ ! -e "$folder/out-slurm/report.html" ] || fail "there is a report with a hole"
    over_slurm
  fi
  same_report "$folder/out-alone"
}

round() {
  kill_elements

  echo "a node is lost (SIGKILL of its slurmd), and comes back"
  forget_all
  in_background_over_slurm
  until_true 60 at_work 4 || fail "no job is done"
  end_process node2 -KILL
  sleep 2
  start_node 2
  until_true 240 gone || fail "the build does not end"
  cp "$folder/build.out" "$folder/said"
  grep -q "0 failed" "$folder/said" || { says "of its jobs got no value elsewhere"; over_slurm; }
  same_report "$folder/out-alone"
  until_true 60 all_idle 4 || { scontrol update nodename=n2 state=resume; until_true 60 all_idle 4; } || fail "the node does not come back"

  echo "the controller is gone for a while (SIGKILL)"
  forget_all
  in_background_over_slurm
  until_true 60 at_work 4 || fail "no job is done"
  end_process slurmctld -KILL
  sleep "${outage:-20}"
  start_controller
  until_true 400 gone_with_help || fail "the build does not end"
  cp "$folder/build.out" "$folder/said"
  grep -q "0 failed" "$folder/said" || { says "of its jobs got no value elsewhere"; over_slurm; }
  same_report "$folder/out-alone"
  scancel --user="$(id -un)" 2>/dev/null || true
  resume_nodes
  until_true 60 all_idle 4 || fail "the nodes do not come back"

  echo "elements run twice (requeued)"
  forget_all
  in_background_over_slurm
  until_true 60 at_work 4 || fail "no job is done"
  scontrol requeue "$(squeue -h -t running -o %i | head -1)" || true
  until_true 60 at_work 12 || true
  for held in $(squeue -h -t pending -o %A); do scontrol update jobid="$held" starttime=now 2>/dev/null || true; done
  until_true 300 gone || fail "the build does not end"
  cp "$folder/build.out" "$folder/said"
  grep -q "0 failed" "$folder/said" || fail "the build failed"
  same_report "$folder/out-alone"

  echo "memory is short, and a word says where to look; with more it goes on"
  forget_all
  export SBATCH_MEM_PER_CPU=1
  over_slurm
  unset SBATCH_MEM_PER_CPU
  [ "$status" = 1 ] || fail "it ends with $status"
  says "got no value elsewhere"
  over_slurm
  same_report "$folder/out-alone"

  echo "the store is gone for a while"
  forget_all
  in_background_over_slurm
  until_true 60 at_work 4 || fail "no job is done"
  stop_nginx
  sleep 4
  start_nginx
  until_true 240 gone || fail "the build does not end"
  cp "$folder/build.out" "$folder/said"
  grep -q "0 failed" "$folder/said" || { says "of its jobs got no value elsewhere"; over_slurm; }
  same_report "$folder/out-alone"
}
time_limit() {
  echo "a job is cut at its time limit, and a word says where to look; with more time it goes on"
  forget_all
  mkdir -p long
  sed 's/^epochs: 8$/epochs: 1000/; s/^depth: 8$/depth: 24/; s/^seeds: 6$/seeds: 1/; s/, relu-he, sigmoid-xavier\]/]/' chapters/01.md >long/01.md
  export SBATCH_TIMELIMIT=1
  over_slurm --chapters long
  [ "$status" = 1 ] || fail "it ends with $status"
  says "got no value elsewhere"
  export SBATCH_TIMELIMIT=20
  over_slurm --chapters long
  unset SBATCH_TIMELIMIT
  [ "$status" = 0 ] || fail "it ends with $status"
}

[ "$rounds" != 0 ] || kill_elements
count=0
while [ "$count" -lt "$rounds" ]; do
  count=$((count + 1))
  echo "round $count"
  round
done
[ "$rounds" = 0 ] || time_limit

echo "the listed jobs through another engine, one command a line"
if have parallel; then
  # Over ssh where its server is at hand, else on this machine.
  over=
  if have ssh && have /usr/sbin/sshd && start_sshd; then
    over="-S 2/node1,2/node2"
    echo "... over ssh to two names of this machine"
  fi
  forget_all
  while "$program" jobs 5 --output "$folder/out-slurm" >"$folder/lines" 2>"$folder/said" && [ -s "$folder/lines" ]; do
    # shellcheck disable=SC2086 # options or nothing
    env REPORT_CACHE="$folder/cache-n1" parallel --will-cite $over -j 2 --colsep ' ' --arg-file "$folder/lines" \
      --env REPORT_CACHE --env REPORT_STORE --env REPORT_STORE_ACCESS --env REPORT_STORE_TOKEN \
      "$program" work --jobs 1 {1} {2} >"$folder/said" 2>&1 || fail "parallel"
  done
  report_of "$folder/out-slurm" build --format html
  says "2 figures, 0 run, 0 failed"
  same_report "$folder/out-alone"
fi
echo "over Slurm: all as it should be"
