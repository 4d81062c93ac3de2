#!/bin/sh
# Guess: with \pdfinterwordspaceon pdfTeX writes a space character between all words, so that readers which do not guess
# words from gaps have them.
# What happens: it does so within a font only. Where a word is in another font than the one before it there is none, that is
# before and behind every word in italics, and every formula. Seen with pdfTeX 1.40.24 (TeX Live 2022).
# Why it matters: text of a tagged PDF runs together ("thegradientof") for readers that trust its characters.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
spaces() { # a paragraph
  cat >document.tex <<EOF
\\documentclass{article}
\\input{glyphtounicode}
\\pdfgentounicode=1
\\pdfcompresslevel=0
\\begin{document}
\\pdfinterwordspaceon
\\pagestyle{empty}
\\noindent $1
\\end{document}
EOF
  pdflatex -interaction=nonstopmode document.tex >/dev/null
  grep -a -o '( ) *Tj\|\[( )\] *TJ' document.pdf | wc -l
}
pdflatex --version | head -n 1
one=$(spaces 'one two three four') mixed=$(spaces 'one \emph{two} three \emph{four}')
echo "four words in a line: $one spaces"
echo "four words in a line, two of them in italics: $mixed"
[ "$one" -eq 3 ] && [ "$mixed" -eq 0 ] || { echo "the behaviour has changed"; exit 1; }
