#!/bin/sh
# The whole suite under Clang's sanitizers: tests/sanitize.sh asan|tsan [arguments of ctest]
# asan: AddressSanitizer with its leak check, UBSan, and the standard library's asserts. tsan: ThreadSanitizer.
# Exit code 1 when a test fails or any process, also one whose exit code no test looks at, leaves a finding in
# build-KIND/findings/.
set -eu
kind=${1:-}
case "$kind" in asan | tsan) shift ;; *) echo "usage: tests/sanitize.sh asan|tsan [arguments of ctest]" >&2; exit 2 ;; esac
root=$(cd "$(dirname "$0")/.." && pwd)
build="$root/build-$kind"
cd "$root"
[ -e "$build/build.ninja" ] || cmake --preset "$kind" >/dev/null
# The build runs programs of ours, too: what they find there is of the build.
TSAN_OPTIONS="suppressions=$root/tests/races.supp" cmake --build "$build"
rm -rf "$build/findings"
mkdir "$build/findings"
# Exit codes of the program end at 3, so that no test takes a finding for what it expects.
common="log_path=$build/findings/report:exitcode=99"
export ASAN_OPTIONS="$common:detect_stack_use_after_return=1:strict_string_checks=1"
export UBSAN_OPTIONS="$common:print_stacktrace=1"
export LSAN_OPTIONS="suppressions=$root/tests/leaks.supp:print_suppressions=0"
export TSAN_OPTIONS="$common:suppressions=$root/tests/races.supp"
status=0
ctest --test-dir "$build" --output-on-failure --no-tests=error -j "$(nproc)" "$@" || status=1
for finding in "$build"/findings/*; do
  [ -e "$finding" ] || break
  echo "finding: $finding" >&2
  sed -n '/SUMMARY/p' "$finding" >&2
  status=1
done
exit $status
