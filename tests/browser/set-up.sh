#!/bin/sh
# Installs what drives the browser, and builds the page under test: set-up.sh SOURCE BUILD PROGRAM.
# Exits with 77, which means skipped, where there is no browser and no way to its driver.
set -eu
source=$1 build=$2 program=$3
mkdir -p "$build"
rm -f "$build/ready"

skip() {
  echo "SKIPPED: the page is not tested in a browser, because $*"
  exit 77
}

for tool in node npm chromium; do
  command -v "$tool" >/dev/null 2>&1 || skip "the program $tool is missing"
done

# Anew only when the versions asked for change, so that later runs need no network.
if ! cmp -s "$source/package-lock.json" "$build/installed.json"; then
  cp "$source/package.json" "$source/package-lock.json" "$build/"
  log="$build/npm.log"
  if ! (cd "$build" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund \
    --fetch-retries=1 --fetch-timeout=30000) >"$log" 2>&1; then
    cat "$log"
    if grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|E403|E50[234]|CERT|certificate' "$log"; then
      skip "npm's registry cannot be reached"
    fi
    exit 1
  fi
  cp "$source/package-lock.json" "$build/installed.json"
fi

REPORT_CACHE="$build/cache" "$program" build --quiet --format html --chapters "$source/chapters" --output "$build/output"

# A check of two figures, of which one is not what its reference says: its condition number is off by 1e-4.
mkdir -p "$build/wrong"
rm -rf "$build/references"
check() {
  env -u CI -u GITHUB_ACTIONS REPORT_CACHE="$build/cache" "$program" "$@" --quiet --output "$build/checked" --references "$build/references"
}
cp "$source"/chapters/* "$build/wrong/"
check check fig:bowl fig:flow --chapters "$build/wrong" || [ $? = 1 ]
check bless fig:bowl fig:flow --chapters "$build/wrong"
sed 's/^decay-steps: 200/&\ncurvatures: [1, 99.99]/' "$source/chapters/02-steps.md" >"$build/wrong/02-steps.md"
check check fig:bowl fig:flow --chapters "$build/wrong" || [ $? = 1 ]
ln -sfn "$program" "$build/program"
: >"$build/ready"
