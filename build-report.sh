#!/bin/sh
# The front door: installs what is missing, builds what changed, and hands its arguments to build/report.
set -eu

# It may be called through links, to itself or to a folder above it.
script=$0
if [ -L "$script" ]; then script=$(readlink -f -- "$script"); fi
case "$script" in */*) here=${script%/*} ;; *) here=. ;; esac
here=$(CDPATH= cd -- "${here:-/}" && pwd -P)
build="$here/build"
packages=/var/lib/dpkg/status  # changes with every package that is installed or removed

# What the report needs. Names of Debian 12 and 13; Ubuntu's are the same.
build_packages="g++ cmake ninja-build pkg-config libboost-dev libboost-program-options-dev libeigen3-dev libcairo2-dev libpng-dev
libpango1.0-dev libyaml-cpp-dev libcmark-dev nlohmann-json3-dev libtbb-dev libcpp-httplib-dev libfmt-dev zlib1g-dev
libssl-dev libharfbuzz-dev libbrotli-dev libqpdf-dev musl-dev"
report_packages="pandoc texlive-latex-recommended texlive-fonts-recommended tex-gyre lmodern fonts-texgyre
fonts-texgyre-math ca-certificates librsvg2-bin poppler-utils webp libjpeg-turbo-progs"
# Goldmark brings the examples of the CommonMark specification.
test_packages="catch2 python3 faketime libexpat1-dev golang-github-yuin-goldmark-dev unzip groff-base qpdf python3-jsonschema texlive-lang-german texlive-lang-french"
# CPack finds the libraries that the Debian package needs by these.
package_packages="dpkg-dev file"
# CI also compiles everything with Clang, fuzzes it, and holds it against clang-format.
search_packages="clang libclang-rt-dev clang-format"
# It also opens the Word document in LibreOffice.
word_packages="libreoffice-writer-nogui libreoffice-math-nogui"
# What drives the page in the tests, as program:package. Any installation of a program will do; where there is none to
# be had (on Ubuntu, whose chromium is not a Debian package) the tests in a browser say that they were skipped.
browser_programs="node:nodejs npm:npm chromium:chromium"
# Real peers of the tests of runs on many machines. Their packages start servers where a system's manager runs, which nobody
# asked for: there the tests use what is installed, or say that they were skipped.
cluster_programs="slurmctld:slurmctld slurmd:slurmd sbatch:slurm-client nginx:nginx-light parallel:parallel"

# What compiles the module of live figures, for documents that have some: the oldest Clang from 18 on of which the archive
# has a C++ library for WebAssembly. Those libraries exclude one another: one that is installed is taken. Nothing where
# there is none; a bare machine knows its archive's names only after an update.
live_packages() {
  versions() { sed -n 's/^libc++-\([0-9]*\)-dev-wasm32$/\1/p' | sort -n | awk '$1 >= 18 { print $1; exit }'; }
  version=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | versions)
  if [ -z "$version" ]; then version=$(apt-cache pkgnames libc++- 2>/dev/null | versions); fi
  if [ -z "$version" ] && [ "$install" = yes ]; then
    if [ "$(id -u)" -eq 0 ]; then apt-get -qq update >/dev/null 2>&1 || true; else sudo apt-get -qq update >/dev/null 2>&1 || true; fi
    version=$(apt-cache pkgnames libc++- 2>/dev/null | versions)
  fi
  if [ -z "$version" ]; then return; fi
  printf 'clang-%s lld-%s libc++-%s-dev-wasm32 libclang-rt-%s-dev-wasm32 binaryen libdeflate-tools' "$version" "$version" "$version" "$version"
}

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
  if [ -e "$stamp" ] && [ "$stamp" -nt "$packages" ] && [ "$stamp" -nt "$here/build-report.sh" ]; then
    return
  fi
  if ! command -v dpkg-query >/dev/null 2>&1; then
    say "note: this is not a Debian system; install what these packages hold yourself: $*"
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

# Runs a command with the names that come in, one a line, as its last arguments.
with_names() { tr '\n' '\0' | xargs -0 -r "$@"; }

# True when nothing that the build reads is newer than its last success, which was in this place. Links count as what they
# lead to, and a file that was moved here, or copied with its time, by when that was done (-newercm). What the compiler
# read from elsewhere is on a list; of Debian's headers, its packages tell.
is_built() {
  stamp="$build/.built"
  [ -s "$stamp" ] && [ -x "$build/report" ] && [ -e "$build/.elsewhere" ] || return 1
  IFS= read -r place <"$stamp" && [ "$place" = "$here" ] || return 1
  if [ "$packages" -nt "$stamp" ]; then return 1; fi
  [ -z "$(find -L "$here/CMakeLists.txt" "$here/packaging" "$here/src" "$here/render" -newercm "$stamp" \
    ! -path "$here/render/theme*" ! -path "$here/render/new-document*" -print -quit 2>/dev/null)" ] || return 1
  [ -s "$build/.elsewhere" ] || return 0
  lead_to=$(with_names realpath -e -- <"$build/.elsewhere" 2>/dev/null) || return 1
  [ "$lead_to" = "$(cat "$build/.elsewhere-leads-to")" ] || return 1
  # shellcheck disable=SC2016 # the inner shell's arguments
  [ -z "$(printf '%s\n' "$lead_to" | with_names sh -c 'stamp=$1; shift; find "$@" -newercm "$stamp" -print -quit' sh "$stamp")" ]
}

# Keeps what the compiler read: every file of ours with its checksum, and by name those that lie outside of this folder,
# as it was told where they are and where that leads to.
remember_sources() (
  cd "$build"
  ninja -t deps 2>/dev/null | sed -n 's/^    //p' | sort -u >.sources
  if [ -e "$packages" ]; then grep -v '^/usr/' .sources >.sources.ours || true; mv -f .sources.ours .sources; fi
  with_names sh -c 'for file; do if [ -e "$file" ]; then printf "%s\n" "$file"; fi; done' sh <.sources >.sources.there
  with_names realpath -- <.sources.there >.sources.lead-to
  paste -d '\n' .sources.there .sources.lead-to | while IFS= read -r name && IFS= read -r leads_to; do
    case "$leads_to" in "$here"/*) continue ;; esac
    case "$name" in /*) ;; *) name="$build/$name" ;; esac
    printf '%s\n' "$name"
  done >.elsewhere
  : >.elsewhere-leads-to
  if [ -s .elsewhere ]; then with_names realpath -- <.elsewhere >.elsewhere-leads-to; fi
  with_names sha256sum -- <.sources.there >.checksums
  rm -f .sources .sources.there .sources.lead-to
)

# Ninja goes by times: it does not see that a link leads to another file, or that a file is another, when that is older
# than what was compiled from it. What was compiled from such files is removed.
forget_replaced() (
  cd "$build"
  [ -s .checksums ] && [ -s .built ] || return 0
  sha256sum --check --quiet .checksums 2>/dev/null | sed -n 's/: FAILED$//p' >.replaced
  while IFS= read -r name; do
    [ -z "$(find -L "$name" -newer .built 2>/dev/null)" ] || continue
    ninja -t deps 2>/dev/null | name=$name awk '/^[^ ].*: #deps/ { object = $0; sub(/: #deps.*/, "", object) }
      substr($0, 1, 4) == "    " && substr($0, 5) == ENVIRON["name"] { print object }' | with_names rm -f --
  done <.replaced
  rm -f .replaced
)

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
  if [ ! -e "$build/build.ninja" ] || { [ "$live" = yes ] && ! grep -q '^WASM_COMPRESSOR:FILEPATH=/' "$build/CMakeCache.txt"; } ||
    ! grep -qx "REPORT_TESTS:BOOL=$tests" "$build/CMakeCache.txt" ||
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
  forget_replaced
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

# Builds the program unless it is up to date.
build_program() {
  # shellcheck disable=SC2086 # lists of names
  need_packages report $build_packages $report_packages
  if [ "$live" = no ] && is_built; then return; fi
  tests=OFF
  if grep -sqx 'REPORT_TESTS:BOOL=ON' "$build/CMakeCache.txt"; then tests=ON; fi
  begun=$(mktemp)
  printf '%s\n' "$here" >"$begun"  # before compiling, so that an edit made meanwhile is newer
  compile program "$tests"
  remember_sources
  mv -f "$begun" "$build/.built"
}

# Runs a command whose output is shown when it fails.
run_quietly() {
  log="$build/$1.log"
  shift
  if "$@" >"$log" 2>&1; then return; fi
  tail -n 20 "$log" >&2
  say "error: the lines above say what went wrong; the whole log is in $log"
  exit 3
}

# True when a folder is one, or can be made, where this user may write.
is_writable() {
  place=$1
  while [ ! -e "$place" ]; do place=$(dirname -- "$place"); done
  [ -d "$place" ] && [ -w "$place" ]
}

# Installs the program as the user who calls this, below /usr/local or --prefix DIR.
install_program() {
  prefix=/usr/local
  while [ $# -gt 0 ]; do
    case "$1" in
    --prefix=?*) prefix=${1#--prefix=} ;;
    --prefix)
      if [ -z "${2:-}" ]; then say "error: --prefix needs a folder, as in: --prefix ~/.local"; exit 2; fi
      prefix=$2
      shift
      ;;
    *)
      say "error: 'install' takes --prefix DIR, not '$1'"
      exit 2
      ;;
    esac
    shift
  done
  case "$prefix" in "~/"*) prefix=$HOME/${prefix#"~/"} ;; esac  # no shell reads it as a home in --prefix=~/.local
  case "$prefix" in /*) ;; *) prefix=$PWD/$prefix ;; esac
  for folder in bin include share; do
    if is_writable "${DESTDIR:-}$prefix/$folder"; then continue; fi
    say "error: you may not write to ${DESTDIR:-}$prefix/$folder; name a folder of your own, as in: --prefix ~/.local," \
      "or call this as root"
    exit 2
  done
  build_program
  rm -f "$build/install_manifest.txt"  # another user's could not be written to
  run_quietly install cmake --install "$build" --prefix "$prefix"
  say "installed below ${DESTDIR:-}$prefix; the program is ${DESTDIR:-}$prefix/bin/report"
  case ":$PATH:" in *":$prefix/bin:"*) ;; *) say "note: $prefix/bin is not on your PATH" ;; esac
}

# Makes the Debian package, whose bytes follow from the sources alone: their time is that of the last commit.
make_package() {
  if [ $# -gt 0 ]; then say "error: 'package' takes no arguments"; exit 2; fi
  # shellcheck disable=SC2086 # a list of names
  need_packages package $package_packages
  build_program
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct 2>/dev/null || stat -c %Y "$here/CHANGELOG.md")}
  export SOURCE_DATE_EPOCH
  rm -f "$build"/literate-report_*.deb
  run_quietly package cpack --config "$build/CPackConfig.cmake" -B "$build"
  ls "$build"/literate-report_*.deb
}

# --no-install is this script's own option, wherever it stands; all others go to the program. The command comes first.
install=yes
strict=no
live=no  # whether the module of live figures must be made
count=$#
while [ "$count" -gt 0 ]; do
  argument=$1
  shift
  count=$((count - 1))
  if [ "$argument" = --no-install ]; then install=no; else set -- "$@" "$argument"; fi
done

if [ "${1:-}" = test ]; then
  shift
  # In CI a warning is an error. Elsewhere a newer compiler's new warning must not stop anyone.
  case "${CI:-}" in '' | 0 | false) ;; *) strict=yes ;; esac
  packages_of_live=$(live_packages)
  if [ -n "$packages_of_live" ]; then live=yes; fi
  # shellcheck disable=SC2086 # lists of names
  need_packages test $build_packages $report_packages $package_packages $test_packages $packages_of_live $(packages_of_missing $browser_programs)
  if [ ! -d /run/systemd/system ]; then
    # shellcheck disable=SC2046,SC2086 # lists of names
    need_packages cluster $(packages_of_missing $cluster_programs)
  fi
  # shellcheck disable=SC2086 # a list of names
  if [ "$strict" = yes ]; then need_packages search $search_packages $word_packages; fi
  compile all ON
  exec ctest --test-dir "$build" --output-on-failure --no-tests=error -j "$(nproc)" "$@"
fi

# The program calls again with what a document asks for, once: the package of its language, or what makes figures live.
if [ "${1:-}" = --with-package ]; then
  if [ "$2" = live ]; then
    live=yes
    packages_of_live=$(live_packages)
    if [ -z "$packages_of_live" ]; then
      say "error: this system's archive has no C++ library for WebAssembly (libc++-N-dev-wasm32), with which figures live"
      exit 3
    fi
    # shellcheck disable=SC2086 # a list of names
    need_packages live $packages_of_live
  else
    need_packages "language-$2" "$2"
  fi
  shift 2
  unset REPORT_INSTALLER
elif [ "$install" = yes ]; then
  export REPORT_INSTALLER="$here/build-report.sh"
fi

case "${1:-}" in
install)
  shift
  install_program "$@"
  ;;
package)
  shift
  make_package "$@"
  ;;
*)
  build_program
  exec "$build/report" "$@"
  ;;
esac
