#!/bin/sh
# Makes the README's pictures anew: docs/pictures/make.sh, after `./build-report.sh test -R browser` has installed what
# drives Chromium. The page and a mistake are taken in a browser, print from the PDF.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build="$root/build/pictures"
program="$root/build/report"
[ -d "$root/build/browser/node_modules" ] || { echo "first: ./build-report.sh test -R browser" >&2; exit 3; }
"$root/build-report.sh" build --format pdf,html --output "$build/output"

# The page that shows the bowl, whatever its number is.
page=1
while ! pdftotext -f "$page" -l "$page" "$build/output/report.pdf" - | tr -s '\n ' ' ' | grep -q 'the steep coordinate diverges'; do page=$((page + 1)); done
pdftoppm -png -r 100 -f "$page" -l "$page" -singlefile "$build/output/report.pdf" "$build/print"

mistake=$(mktemp -d)
cp -R "$root/chapters" "$mistake/"
(cd "$mistake" && exec "$program" watch --port 8123 --format html --chapters chapters --output output) &
watch=$!
trap 'kill "$watch"; wait "$watch" || true; rm -rf "$mistake"' EXIT
node "$here/take.mjs" "$root/build/browser" "$build" "$mistake" http://127.0.0.1:8123/
for name in page print mistake; do cwebp -quiet -q 82 "$build/$name.png" -o "$here/$name.webp"; done
