#!/bin/sh
# Guess: amsmath's \tag*{(1)} sets what \tag{1} sets, since the star leaves out nothing but the brackets, which are then
# written by hand.
# What happens: with microtype the two differ. It patches \tagform@, which \tag goes through, so that the brackets hang into
# the margin; \tag* does not go through it. The number is wider by what would hang, and since amsmath centres a display in what the
# number leaves, the whole formula moves. Seen with microtype 3.0f, amsmath 2.17n (TeX Live 2022).
# Why it matters: a tool that writes \tag*{(1)\somemark} for \tag{1}, to put something behind the number, moves every numbered
# formula of the document.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
width() { # a package or none, and the command
  cat >document.tex <<EOF
\\documentclass{article}
\\usepackage[T1]{fontenc}
\\usepackage{amsmath,mathpazo}
$1
\\begin{document}
\\makeatletter
\\def\\measured#1{\\make@df@tag#1\\setbox0\\hbox{\\df@tag}\\typeout{WIDTH \\the\\wd0}}
\\measured{$2}
x
\\end{document}
EOF
  pdflatex -interaction=nonstopmode document.tex >/dev/null
  sed -n 's/^WIDTH //p' document.log
}
pdflatex --version | head -n 1
plain=$(width '' '{1.1}') plain_star=$(width '' '*{(1.1)}')
printf '%s\n' "without microtype: \\tag{1.1} is $plain wide, \\tag*{(1.1)} is $plain_star"
with=$(width '\usepackage{microtype}' '{1.1}') with_star=$(width '\usepackage{microtype}' '*{(1.1)}')
grep '^Package: \(amsmath\|microtype\) ' document.log
printf '%s\n' "with microtype: \\tag{1.1} is $with wide, \\tag*{(1.1)} is $with_star"
[ "$with_star" = "$plain_star" ] && [ "$with" != "$with_star" ] || { echo "the behaviour has changed"; exit 1; }
