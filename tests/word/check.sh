#!/bin/sh
# Whether LibreOffice shows of our Word document what is in it: check.sh SOURCE BUILD PROGRAM. Each of the commands of
# TeX in commands.txt stands at the beginning and at the end of a formula, alone, between letters and as an exponent;
# what LibreOffice cannot read it shows as an inverted question mark. Exits with 77, which means skipped, without it.
set -eu
source=$1 build=$2 program=$3
skip() {
  echo "SKIPPED: the Word document is not opened, because $*"
  exit 77
}
command -v soffice >/dev/null 2>&1 || skip "the program soffice is missing (Debian: libreoffice-writer-nogui, libreoffice-math-nogui)"
soffice --version
rm -rf "$build"
mkdir -p "$build/chapters"
cp "$source/01-words.md" "$build/chapters/"

formulas=$build/chapters/02-formulas.md
printf '# Formulas\n\n' >"$formulas"
grep -v '^%' "$source/commands.txt" | while IFS= read -r command; do
  # shellcheck disable=SC2016 # dollars of TeX
  printf '$%s$ and $%s a$ and $a %s$ and $a %s b$ and $x^{%s}$\n\n' "$command" "$command" "$command" "$command" "$command"
done >>"$formulas"
grep -v '^%' "$source/whole.txt" | while IFS= read -r formula; do
  # shellcheck disable=SC2016
  printf '$$ %s $$\n\n' "$formula"
done >>"$formulas"

REPORT_CACHE="$build/cache" "$program" build --quiet --format docx --chapters "$build/chapters" --output "$build/output"
soffice "-env:UserInstallation=file://$build/profile" --headless --convert-to pdf --outdir "$build" "$build/output/report.docx" >"$build/soffice.log" 2>&1 ||
  { cat "$build/soffice.log"; exit 1; }
pdftotext -layout "$build/report.pdf" "$build/report.txt"

if grep -n '¿' "$build/report.txt"; then
  echo "LibreOffice cannot read the formulas above"
  exit 1
fi

# Contents, and numbers of equations at the right margin, at the height of what they number.
shows() {
  [ "$(grep -Ec "$2" "$build/report.txt")" = "$1" ] && return
  echo "not $1 lines like '$2':"
  head -60 "$build/report.txt"
  exit 1
}
shows 2 '^ *1 +First words$'
shows 2 '^ *1\.1 +Of x$'
shows 1 '^ +z ?= ?3 {10,}\(1\.2\)$'
shows 1 '^ +q ?= ?1 {10,}\(1\.3\)$'
shows 1 'See Equation \(1\.1\)'
