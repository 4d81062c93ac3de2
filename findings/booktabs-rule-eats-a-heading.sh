#!/bin/sh
# The guess: after \toprule or \midrule only a bracket is an argument (a thickness), so that a table's first heading may
#   begin with a parenthesis: "(l) left bank" is printed as it stands, in tabular and in longtable alike.
# What happens: in longtable, and only there, booktabs takes the parenthesis for a trim, as \cmidrule has one. "(l)" and "(r)"
#   vanish with no error and no warning; "(a)" stops LaTeX with "Undefined control sequence". Pandoc 2.17 writes a heading
#   right behind \toprule, so that | (l) left bank | loses its label in the PDF while the HTML has it.
# Version: booktabs 1.61803398 of TeX Live 2022, Pandoc 2.17.1.1 (Debian 12). Pandoc 3 puts \noalign{} between.
# Why it matters: the words that are lost tell one column from the other. \def\@BLTrule{\@@BLTrule()} mends it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
pandoc --version | head -n 1
printf '| (l) left | (r) right |\n|---|---|\n| one | two |\n' >table.md
pandoc --standalone --variable=documentclass:article table.md -o table.tex
sed -n '/toprule/,/midrule/p' table.tex
pdflatex -interaction=nonstopmode table.tex >log 2>&1 || { echo "LaTeX stopped"; exit 1; }
grep -o 'Package: booktabs.*' table.log
pdftotext -layout table.pdf - | sed '/^ *$/d' | tee text
pandoc table.md -t plain | sed '/^ *$/d'
# Changed behaviour: the first heading's "(l)" is there.
! grep -q '(l)' text && grep -q '(r)' text
