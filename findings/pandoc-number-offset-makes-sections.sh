#!/bin/sh
# Guess: --number-offset changes which numbers Pandoc prints before headings, and nothing else of a page.
# What happens: the numbers before headings begin where it says, but the attributes of the sections around them do not. As
# the two differ, every heading gets a <section> around it, with a data-number that contradicts the one within and with
# the heading's identifier, which the heading loses.
# Version: pandoc 2.17.1.1 (Debian 12).
# Why it matters: a chapter that is written alone and put among others has other elements than in the whole document, other
# rules of style apply, and scripts that read data-number read another chapter's. Empty numbered headings in front, cut off
# afterwards, count right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
version=2.17.1.1-2~deb12u1
apt-get download -q "pandoc=$version" >/dev/null 2>&1
dpkg -x pandoc_*.deb root
pandoc="$folder/root/usr/bin/pandoc"
"$pandoc" --version | head -1

printf '# Third\n\nText.\n\n## Part\n' >chapter.md
"$pandoc" --to=html5 --number-sections chapter.md >alone.html
"$pandoc" --to=html5 --number-sections --number-offset=2 chapter.md >third.html
echo "--- without an offset"
cat alone.html
echo "--- with --number-offset=2"
cat third.html

status=0
grep -q '<section' alone.html && { echo "changed: there are sections without an offset"; status=1; }
grep -q '<section id="third" data-number="1">' third.html || { echo "changed: no section with another number"; status=1; }
grep -q '<h1 data-number="3">' third.html || { echo "changed: the heading has another number, or an identifier"; status=1; }
exit $status
