#!/bin/sh
# The page's module beside the program: run.sh FOLDER MODULE ANSWERS THEME. Exits with 77 where there is no module or no
# node.
set -eu
skip() {
  echo "SKIPPED: $*"
  exit 77
}
[ -n "$2" ] || skip "no Clang for WebAssembly is installed (docs/live.md)"
command -v node >/dev/null 2>&1 || skip "the program node is missing"
REPORT_MODULE=$2 REPORT_ANSWERS=$3 REPORT_THEME=$4 exec node --test "$1/same-figures.test.mjs"
