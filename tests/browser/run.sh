#!/bin/sh
# Runs one file of tests against the page that set-up.sh built: run.sh FILE BUILD, in Chromium or, by the file's name, in
# another browser. Exits with 77 where that was skipped.
set -eu
skip() {
  echo "SKIPPED: $*"
  exit 77
}
[ -e "$2/ready" ] || skip "there is no page or no browser; the test 'browser: set up' says why"
case $1 in
*/report.test.mjs | */live.test.mjs | */checkers.test.mjs)
  [ -e "$2/report/report.html" ] || skip "the report was not built; the test 'browser: set up the report' says why"
  ;;
*/firefox.test.mjs)
  REPORT_FIREFOX=$(command -v firefox-esr || command -v firefox) || skip "the program firefox-esr is missing"
  export REPORT_FIREFOX
  ;;
*/webkit.py)
  command -v xvfb-run >/dev/null 2>&1 || skip "the program xvfb-run is missing (Debian: xvfb)"
  # Debian's own Python has the bindings. The container's user may not open a sandbox within it.
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1 WEBKIT_DISABLE_COMPOSITING_MODE=1 exec xvfb-run -a /usr/bin/python3 "$1" "$2"
  ;;
esac
REPORT_BROWSER=$2 exec node --test "$1"
