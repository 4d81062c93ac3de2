# The Python with PyTorch and matplotlib beside which we are measured, and its BLAS. To be sourced.
# Debian's OpenBLAS does not know processors that are younger than itself and then takes its slowest code; it is told
# the right kind (OPENBLAS_CORETYPE), or the comparison would flatter us.
# shellcheck shell=bash

python=${PYTHON:-/usr/bin/python3}

# need_peer PACKAGES: or ends with what is to be installed.
need_peer() {
  if ! $python -c 'import torch, matplotlib, scipy' 2>/dev/null || ! readlink -f /usr/lib/*/libblas.so.3 | grep -q openblas; then
    # With the reference BLAS PyTorch is ten times slower: nobody would compare with that.
    echo "this needs $*: apt-get install --no-install-recommends $*" >&2
    exit 3
  fi
}

if [ -z "${OPENBLAS_CORETYPE:-}" ]; then
  if grep -qw avx512vl /proc/cpuinfo; then export OPENBLAS_CORETYPE=SKYLAKEX
  elif grep -qw avx2 /proc/cpuinfo; then export OPENBLAS_CORETYPE=HASWELL
  fi
fi
