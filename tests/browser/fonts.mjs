// The fonts that a page carries: which signs each has (W3C, WOFF File Format 2.0; OpenType, table cmap).
import { brotliDecompressSync } from "node:zlib";

/** The table of a WOFF2 font that is the first in the format's list of known ones: cmap. */
function cmapOf(woff2) {
  let at = 48, offset = 0, cmap;
  for (let count = woff2.readUInt16BE(12); count > 0; --count) {
    const isCmap = (woff2[at++] & 63) === 0;
    let size = 0, byte;
    do { byte = woff2[at++]; size = size * 128 + (byte & 127); } while (byte & 128);
    if (isCmap) cmap = [offset, offset + size];
    offset += size;
  }
  const tables = brotliDecompressSync(woff2.subarray(at, at + woff2.readUInt32BE(20)));
  return tables.subarray(...cmap);
}

function signsOf(woff2) {
  const cmap = cmapOf(woff2), signs = new Set();
  for (let i = 0; i < cmap.readUInt16BE(2); ++i) {
    const table = cmap.subarray(cmap.readUInt32BE(8 + 8 * i));
    if (table.readUInt16BE(0) === 12)
      for (let k = 0; k < table.readUInt32BE(12); ++k)
        for (let c = table.readUInt32BE(16 + 12 * k); c <= table.readUInt32BE(20 + 12 * k); ++c) signs.add(String.fromCodePoint(c));
    if (table.readUInt16BE(0) !== 4) continue;
    const segments = table.readUInt16BE(6) / 2;
    for (let k = 0; k < segments; ++k) {
      const last = table.readUInt16BE(14 + 2 * k), first = table.readUInt16BE(16 + 2 * (segments + k));
      for (let c = first; c <= last && c !== 0xffff; ++c) signs.add(String.fromCharCode(c));
    }
  }
  return signs;
}

/** The signs of each face of a page, by family, style and weight: "TeX Gyre Pagella italic 400". */
export function facesOf(html) {
  const rules = html.matchAll(/@font-face \{ font-family: "([^"]*)"; font-style: (\w+); font-weight: (\d+);[^}]*?base64,([^)]*)\)/g);
  return new Map([...rules].map(([, family, style, weight, font]) => [`${family} ${style} ${weight}`, signsOf(Buffer.from(font, "base64"))]));
}
