#!/bin/sh
# The front door: installs what is missing, builds what changed, and hands its arguments to build/report.
set -eu

case "$0" in */*) here=${0%/*} ;; *) here=. ;; esac
here=$(CDPATH= cd -- "${here:-/}" && pwd)
build="$here/build"

# What the report needs. Names of Debian 12 and 13; Ubuntu's are the same.
build_packages="g++ cmake ninja-build pkg-config libboost-dev libboost-program-options-dev libeigen3-dev libcairo2-dev libpng-dev
libpango1.0-dev libyaml-cpp-dev libcmark-dev nlohmann-json3-dev libtbb-dev libcpp-httplib-dev libfmt-dev zlib1g-dev
libssl-dev libharfbuzz-bin musl-dev woff2"
report_packages="pandoc texlive-latex-recommended texlive-fonts-recommended tex-gyre lmodern fonts-texgyre
fonts-texgyre-math ca-certificates"
# Goldmark brings the examples of the CommonMark specification.
test_packages="catch2 poppler-utils faketime libexpat1-dev golang-github-yuin-goldmark-dev"
# CI also compiles everything with Clang, and fuzzes it.
search_packages="clang libclang-rt-dev"
# What drives the page in the tests, as program:package. Any installation of a program will do; where there is none to
# be had (on Ubuntu, whose chromium is no Debian package) the tests in a browser say that they were skipped.
browser_programs="node:nodejs npm:npm chromium:chromium"

say() { printf '%s\n' "$*" >&2; }

# Prints those of its arguments that are not installed.
missing_of() {
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
  for package; do
    printf '%s\n' "$installed" | grep -qxF -- "$package" || printf '%s ' "$package"
  done
}

# Prints the packages of those programs (program:package) that are nowhere on this machine.
packages_of_missing() {
  for pair; do
    command -v "${pair%%:*}" >/dev/null 2>&1 && continue
    if [ "${pair%%:*}" = chromium ] && grep -qs '^ID=ubuntu' /etc/os-release; then continue; fi
    printf '%s ' "${pair#*:}"
  done
}

# Installs packages; as root at once, else through sudo after showing the list.
install_packages() {
  become=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      say "error: these packages are missing, and there is neither root nor sudo to install them: $*"
      exit 3
    fi
    become="sudo"
  fi
  say "installing: $*"
  log=$(mktemp)
  for attempt in 1 2; do
    if { $become apt-get -qq update && $become env DEBIAN_FRONTEND=noninteractive apt-get -y -qq \
      -o Dpkg::Use-Pty=0 install --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
      rm -f "$log"
      return
    fi
  done
  tail -n 20 "$log" >&2
  rm -f "$log"
  say "error: the packages could not be installed; the lines above say why"
  exit 3
}

# Makes sure that packages are there. A stamp remembers the answer until a package is installed or removed.
need_packages() {
  purpose=$1
  shift
  stamp="$build/.packages-$purpose"
  if [ -e "$stamp" ] && [ "$stamp" -nt /var/lib/dpkg/status ] && [ "$stamp" -nt "$here/build-report.sh" ]; then
    return
  fi
  if ! command -v dpkg-query >/dev/null 2>&1; then
    say "note: this is no Debian system; install what these packages hold yourself: $*"
    return
  fi
  missing=$(missing_of "$@")
  if [ -n "$missing" ]; then
    if [ "$install" = no ]; then
      say "error: these Debian packages are missing: $missing"
      say "install them with: apt-get install --no-install-recommends $missing"
      exit 3
    fi
    # shellcheck disable=SC2086 # a list of names
    install_packages $missing
  fi
  mkdir -p "$build"
  : >"$stamp"
}

# True when nothing that the build reads is newer than its last success, which was in this place.
is_built() {
  stamp="$build/.built"
  [ -s "$stamp" ] && [ -x "$build/report" ] || return 1
  IFS= read -r place <"$stamp" && [ "$place" = "$here" ] || return 1
  [ -z "$(find "$here/CMakeLists.txt" "$here/src" "$here/render" -newer "$stamp" \
    ! -path "$here/render/theme/*" -print -quit 2>/dev/null)" ]
}

# Configures where needed and compiles what changed; its output is shown when it fails, or on a terminal as it goes.
compile() {
  target=$1
  tests=$2
  # A build folder that came along with a moved or copied checkout knows the old place only.
  if [ -e "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$here" "$build/CMakeCache.txt"; then
    rm -rf "$build"
  fi
  mkdir -p "$build"
  log="$build/build.log"
  if [ ! -e "$build/build.ninja" ] || ! grep -qx "REPORT_TESTS:BOOL=$tests" "$build/CMakeCache.txt" ||
    { [ "$strict" = yes ] && ! grep -qx 'REPORT_WERROR:BOOL=ON' "$build/CMakeCache.txt"; }; then
    warnings=
    if [ "$strict" = yes ]; then warnings=-DREPORT_WERROR=ON; fi
    # shellcheck disable=SC2086 # an option or nothing
    if ! cmake -S "$here" -B "$build" -G Ninja -DREPORT_TESTS="$tests" $warnings >"$log" 2>&1; then
      tail -n 40 "$log" >&2
      say "error: configuring failed; the whole log is in $log"
      exit 3
    fi
  fi
  if ninja -C "$build" -n "$target" 2>/dev/null | grep -q '^ninja: no work to do'; then return; fi
  say "compiling (the first time takes some minutes) ..."
  if [ -t 2 ]; then
    NINJA_STATUS='[%f/%t] ' ninja -C "$build" "$target" >&2 || { say "error: compiling failed"; exit 2; }
  elif ! ninja -C "$build" "$target" >"$log" 2>&1; then
    grep -E 'error|FAILED' "$log" | head -n 40 >&2
    say "error: compiling failed; the whole log is in $log"
    exit 2
  fi
}

# --no-install is this script's own option; all others go to the program.
install=yes
strict=no
command=
value=no
count=$#
while [ "$count" -gt 0 ]; do
  argument=$1
  shift
  count=$((count - 1))
  case "$argument" in
    --no-install) install=no; continue ;;
    --jobs | -j | --chapters | --output | --data | --color | --format | --set | --port | --references) value=next ;;
    -*) ;;
    *) [ -n "$command" ] || [ "$value" = yes ] || command=$argument ;;
  esac
  if [ "$value" = next ]; then value=yes; else value=no; fi
  set -- "$@" "$argument"
done

if [ "$command" = test ]; then
  # In CI a warning is an error. Elsewhere a newer compiler's new warning must not stop anyone.
  case "${CI:-}" in '' | 0 | false) ;; *) strict=yes ;; esac
  # shellcheck disable=SC2086 # lists of names
  need_packages test $build_packages $report_packages $test_packages $(packages_of_missing $browser_programs)
  # shellcheck disable=SC2086 # a list of names
  if [ "$strict" = yes ]; then need_packages search $search_packages; fi
  compile all ON
  # The word "test" itself is not for ctest; what follows it is.
  first=yes
  count=$#
  while [ "$count" -gt 0 ]; do
    argument=$1
    shift
    count=$((count - 1))
    if [ "$first" = yes ] && [ "$argument" = test ]; then first=no; continue; fi
    set -- "$@" "$argument"
  done
  exec ctest --test-dir "$build" --output-on-failure --no-tests=error -j "$(nproc)" "$@"
fi

# shellcheck disable=SC2086 # lists of names
need_packages report $build_packages $report_packages
if ! is_built; then
  tests=OFF
  if grep -sqx 'REPORT_TESTS:BOOL=ON' "$build/CMakeCache.txt"; then tests=ON; fi
  begun=$(mktemp)
  printf '%s\n' "$here" >"$begun"  # before compiling, so that an edit made meanwhile is newer
  compile program "$tests"
  mv -f "$begun" "$build/.built"
fi
exec "$build/report" "$@"
