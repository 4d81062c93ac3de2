#!/bin/sh
# The printed report as a reader gets it: print.sh PROGRAM FOLDER. No overfull line, no missing glyph, every font in the
# file, a title, bookmarks and running heads. Results come from the store that builds use, or are made for it.
set -eu
program=$1 folder=$2
failed=0
fail() {
  echo "FAILED: $*"
  failed=1
}

"$program" build --format pdf --color never --output "$folder" >"$folder.log" 2>&1 || {
  cat "$folder.log"
  fail "the build"
}
# How long a live figure takes is the machine's; a sanitizer's is slow.
! grep -i 'warning' "$folder.log" | grep -v 'longer than a reader would wait' || fail "the build warns"
# The log itself, not only what the build thinks worth a warning. Its last word on sizes is of the class, which asks for
# LaTeX's own face before the preamble has named ours.
! grep -E '^(Overfull|Underfull|Missing character|LaTeX Warning|LaTeX Font Warning: (Font shape|Some font))' "$folder/.work/latex/report.log" || fail "the log complains"

pdf="$folder/report.pdf"
information=$(pdfinfo "$pdf")
echo "$information" | grep -qE '^Title: +[A-Z]' || fail "the document has no title"
echo "$information" | grep -qE '^Subject: +[A-Z]' || fail "the document has no subject"
echo "$information" | grep -qE '^Keywords: +[a-z]' || fail "the document has no keywords"
echo "$information" | grep -qE '^Page size: .*A4' || fail "the page is not A4"
loose=$(pdffonts "$pdf" | awk 'NR > 2 && $(NF - 4) != "yes"')
[ -z "$loose" ] || fail "fonts are not in the file: $loose"
pages=$(pdftohtml -xml -i -stdout "$pdf")
headings=$(grep -hc '^#' chapters/*.md | awk '{ sum += $1 } END { print sum }')
bookmarks=$(printf '%s\n' "$pages" | sed -n '/<outline>/,$p' | grep -c '<item')
[ "$bookmarks" -ge "$headings" ] || fail "$bookmarks bookmarks for $headings headings"
# The second page of a chapter bears its number and title.
chapter=$(sed -n 's/^# \([A-Z][a-z]*\).*/\1/p' chapters/02-*.md | head -n 1)
pdftotext -layout "$pdf" - | tr '\f' '\n' | grep -qE "^ *2 +$chapter.* [0-9]+$" || fail "no running head names chapter 2, $chapter"
# Its tags: of every heading, figure, formula and cell that the text has.
if command -v qpdf >/dev/null 2>&1; then
  python3 tests/print/pdf_ua.py "$pdf" "$folder/.work/latex/report.tags" || fail "what a screen reader gets"
fi
exit $failed
