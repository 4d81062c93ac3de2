#!/bin/bash
# Our speed beside PyTorch's and matplotlib's: the same work, one thread, processor time, interleaved rounds, medians.
#   tests/bench/peers.sh [ROUNDS]    needs python3-torch, python3-scipy, python3-matplotlib, libopenblas0-pthread, libbenchmark-dev
set -euo pipefail
project=$(cd "$(dirname "$0")/../.." && pwd)
rounds=${1:-5}
# shellcheck source=tests/bench/peer-environment.sh
. "$project/tests/bench/peer-environment.sh"
need_peer python3-torch python3-scipy python3-matplotlib libopenblas0-pthread libbenchmark-dev
cmake -S "$project" -B "$project/build" -G Ninja -DREPORT_BENCH=ON >/dev/null
ninja -C "$project/build" numerics-bench drawing-bench >/dev/null

export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 MKL_NUM_THREADS=1
pin="taskset -c $(($(nproc) - 1))"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ours PROGRAM FILTER: name and seconds of processor time.
ours() {
  $pin "$project/build/tests/bench/$1" --benchmark_filter="$2" --benchmark_min_time=0.1 --benchmark_format=csv 2>/dev/null |
    awk -F, '/^"/ { gsub(/"/, "", $1); scale = $5 == "ms" ? 1e-3 : 1e-9; print $1, $4 * scale }'
}
for _ in $(seq "$rounds"); do
  $pin "$python" "$project/tests/bench/peer_work.py" >>"$work/theirs"
  ours numerics-bench '^(training_step/(128|128-tanh|512)|gradient_depth/tanh|full_batch_step|hessian_product)$' >>"$work/ours"
  ours drawing-bench '^drawing/quadratic-bowl$' >>"$work/ours"
done

median() { awk -v name="$2" '$1 == name { print $2 }' "$1" | sort -g | awk '{ x[NR] = $1 } END { print x[int((NR + 1) / 2)] }'; }
printf '%-28s %12s %12s %8s\n' "milliseconds" ours theirs ratio
for name in $(awk '!seen[$1]++ { print $1 }' "$work/theirs"); do
  awk -v name="$name" -v a="$(median "$work/ours" "$name")" -v b="$(median "$work/theirs" "$name")" \
    'BEGIN { printf "%-28s %12.3f %12.3f %8.2f\n", name, a * 1e3, b * 1e3, b / a }'
done
