#!/bin/sh
# Guess: LaTeX never puts a float where it has no room; a figure that does not fit waits for the next page.
# What happens: longtable sets the page's room for floats (\@colroom) back to the whole page when a table starts, so that
# floats which already stand at the top of the page are forgotten. A figure after the table is put at the foot of the same
# page and hangs off the paper: half of it is not printed. pdfTeX ends with status 0; the log has one line, "Overfull \vbox".
# Without the table the same figure goes to the next page. Seen with longtable 4.17 (TeX Live 2022).
# Why it matters: everything that Pandoc makes of a table is a longtable.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
write() { # table or not
  cat >document.tex <<EOF
\\documentclass{article}
\\usepackage{longtable}
\\newcommand{\\drawing}[1]{\\begin{figure}[tb!]\\rule{5cm}{#1\\textheight}\\end{figure}}
\\begin{document}
\\drawing{0.5}
The first page.
$1
The last paragraph.
\\drawing{0.45}
And its end.
\\end{document}
EOF
  pdflatex -interaction=nonstopmode document.tex >/dev/null
  grep '^Package: longtable' document.log
  grep '^Overfull .vbox' document.log || echo "(nothing overfull)"
  grep -o 'Output written on .* pages\{0,1\}' document.log
}
pdflatex --version | head -n 1
echo "--- with a table of one row between the figures"
with=$(write '\begin{longtable}{l}cell\\\end{longtable}')
printf "%s\n" "$with"
echo "--- with a line of text instead"
without=$(write 'cell')
printf "%s\n" "$without"
case "$with" in *'Overfull \vbox'*) ;; *) echo "the behaviour has changed"; exit 1 ;; esac
case "$without" in *'Overfull \vbox'*) echo "the behaviour has changed"; exit 1 ;; *) ;; esac
