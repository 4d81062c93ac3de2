#!/bin/sh
# Guess: whatever order a writer gives the properties of a pair of delimiters in Office MathML, programs read them by name,
# and Pandoc's, which Word opens without a word, are as the standard has them.
# What happens: the standard's sequence is opening, separator, closing (CT_DPr, ECMA-376 part 1, 22.1.2.31); Pandoc writes
# opening, closing, separator. Word reads by name. LibreOffice 7.4 reads in the standard's order, finds the separator where
# it looks for it last, and never comes to the closing sign: |x| is shown as |x), and a floor has no right side.
# Version: pandoc 2.17.1.1 (Debian 12); 3.1.11 (Debian 13) writes the same.
# Why it matters: whoever checks a document in Word sees nothing, and every norm and absolute value is wrong for readers
# of LibreOffice. Moving one element mends it for both.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
version=2.17.1.1-2~deb12u1
apt-get download -q "pandoc=$version" >/dev/null 2>&1
apt-get download -q "pandoc-data=$version" >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" root; done
pandoc="$folder/root/usr/bin/pandoc"
"$pandoc" --version | head -1

# shellcheck disable=SC2016 # dollars of TeX
printf '$|x|$ and $\\left\\lfloor x \\right\\rfloor$\n' >bars.md
"$pandoc" "--data-dir=$folder/root/usr/share/pandoc/data" --to=docx --output=bars.docx bars.md
python3 - <<'END'
import re, sys, zipfile
document = zipfile.ZipFile("bars.docx").read("word/document.xml").decode()
found = [re.findall(r"<m:(\w+)", properties) for properties in re.findall(r"<m:dPr>(.*?)</m:dPr>", document)]
for names in found:
    print("written: ", " ".join(names))
print("standard: begChr sepChr endChr grow shp ctrlPr")
if len(found) != 2 or any(names[:3] != ["begChr", "endChr", "sepChr"] for names in found):
    sys.exit("changed: the order is another")
END
