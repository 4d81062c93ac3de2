#!/bin/sh
# What a screen reader gets of a print: every rule of PDF/UA-1 that can be read off the file, every node of the text, and
# the text itself, line by line, as heard.txt has it: tags.sh PROGRAM FOLDER.
set -eu
program=$1 folder=$2
here=$(dirname "$0")
command -v qpdf >/dev/null 2>&1 || { echo "skipped: there is no qpdf"; exit 77; }
command -v pdflatex >/dev/null 2>&1 || { echo "skipped: there is no pdflatex"; exit 77; }
failed=0
fail() {
  echo "FAILED: $*"
  failed=1
}

rm -rf "$folder"
mkdir -p "$folder"
cp -R "$here/document" "$folder/report"
print() {
  (cd "$folder/report" && REPORT_CACHE="$folder/cache" "$program" build --format pdf --quiet --output "$folder/$1") || exit 1
  python3 "$here/pdf_ua.py" "$folder/$1/report.pdf" "$folder/$1/.work/latex/report.tags" || fail "$1: conditions of PDF/UA"
}

print report-class
python3 "$here/pdf_ua.py" "$folder/report-class/report.pdf" heard >"$folder/heard.txt" || true
diff -u "$here/heard.txt" "$folder/heard.txt" || fail "a listener gets something else; 'cp $folder/heard.txt tests/print/' accepts it"
print again
cmp "$folder/report-class/report.pdf" "$folder/again/report.pdf" || fail "the second print has other bytes"
# An article on paper without a margin, as a draft.
printf 'class: article\npapersize: a5\ndraft: true\n' >>"$folder/report/chapters/metadata.yaml"
print article-class
# Formulas are read aloud in the document's language.
sed -i 's/^lang: en-GB/lang: de/' "$folder/report/chapters/metadata.yaml"
print german
python3 "$here/pdf_ua.py" "$folder/german/report.pdf" heard >"$folder/german.txt" || true
grep -q 'Formula: Summe von i gleich 1 bis n über x Index i Quadrat höchstens' "$folder/german.txt" ||
  fail "German formulas are read in another language"
exit $failed
