#!/bin/sh
# Runs one file of tests against the page that set-up.sh built: run.sh FILE BUILD. Exits with 77 where that was skipped.
set -eu
if [ ! -e "$2/ready" ]; then
  echo "SKIPPED: there is no page or no browser; the test 'browser: set up' says why"
  exit 77
fi
REPORT_BROWSER=$2 exec node --test "$1"
