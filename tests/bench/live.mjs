// Figures that live, of the report's own page: how long a reader waits, and what WebAssembly costs beside the program.
//   node tests/bench/live.mjs BROWSER ANSWERS [MOVES]     BROWSER: build/browser, once its tests ran; ANSWERS: build/tests/live-answers
// Milliseconds, medians. First: from a slider's first event to the drawing, in a page just opened. Then: from the frame
// that takes the reader's value up to the drawing. In node: the same requests answered by the module and by the program.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { Module } from "../wasm/instance.mjs";
import { requests } from "../wasm/requests.mjs";

const [browserFolder, answers, moves = 21] = process.argv.slice(2);
const { chromium } = createRequire(`${browserFolder}/`)("playwright-core");
const file = `${browserFolder}/report/report.html`, html = readFileSync(file, "utf8");
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const shown = (value) => value.toFixed(1).padStart(7);
const contentOf = (id) => html.slice(html.indexOf(`id="${id}">`) + id.length + 6).split("</script>")[0];

// ------------------------------------------------------------------------------------------------------ in the browser

/** In the page: a slider's event, and when the drawing that follows stands in the document. */
const moveTo = ([id, place]) => new Promise((resolve) => {
  const figure = document.getElementById(id), input = figure.querySelector(".live-controls input");
  const begin = performance.now();
  new MutationObserver((changes, observer) => {
    if (!changes.some((change) => [...change.addedNodes].some((node) => node.classList?.contains("live-drawing")))) return;
    observer.disconnect();
    const end = performance.now();
    resolve({ all: end - begin, drawing: end - window.frameBegan });
  }).observe(figure.querySelector(".canvas"), { childList: true });
  setTimeout(() => resolve({}), 2000);  // the report's own value has the report's own drawing
  input.dispatchEvent(new PointerEvent("pointerdown"));
  input.valueAsNumber = Math.round(place * Number(input.max));
  input.dispatchEvent(new Event("input", { bubbles: true }));
});

const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const open = async () => {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const original = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (then) => original((time) => {
      window.frameBegan = performance.now();
      then(time);
    });
  });
  await page.goto(`file://${file}`);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(300);
  return page;
};
const page = await open();
const ids = await page.$$eval("figure:has(script.live)", (figures) => figures.filter((figure) => !JSON.parse(figure.querySelector("script.live").textContent).frames)
  .map((figure) => figure.id));
console.log(`${"in Chromium".padEnd(34)}  first  drawing`);
for (const id of ids) {
  const first = [];
  for (let k = 0; k < 5; ++k) {
    const fresh = await open();
    first.push((await fresh.evaluate(moveTo, [id, 0.31])).all);
    await fresh.close();
  }
  const times = [];
  for (let k = 0; k <= Number(moves); ++k) {
    const { drawing } = await page.evaluate(moveTo, [id, (k * 0.381966) % 1]);
    if (k > 0 && drawing) times.push(drawing);  // the first is another page's first
    await page.waitForFunction((name) => !document.getElementById(name).querySelector(".is-drawing"), id);
  }
  console.log(`${id.padEnd(34)}${shown(median(first))}  ${shown(median(times))}`);
}
await browser.close();

// ----------------------------------------------------------------------------------------------- beside the program

const module = new Module(new WebAssembly.Module(gunzipSync(Buffer.from(contentOf("live-module"), "base64"))), JSON.parse(contentOf("live-words")));
const program = spawn(answers, [new URL("../../render/theme/fonts.conf", import.meta.url).pathname], { stdio: ["pipe", "pipe", "inherit"] });
let heard = [], wake = () => {};
program.stdout.on("data", (bytes) => {
  heard.push(bytes);
  if (bytes.at(-1) === 0) wake();
});
const ask = (request) => new Promise((resolve) => {
  heard = [];
  wake = resolve;
  program.stdin.write(`${request}\n`);
});
const kinds = new Map();
for (const { kind, request } of requests(Number(moves))) {
  const asked = JSON.stringify({ ...JSON.parse(request), give: ["drawing", "reading"] });
  const begin = performance.now();
  module.answer(asked);
  const between = performance.now();
  await ask(asked);
  const times = kinds.get(kind) ?? { module: [], program: [] };
  times.module.push(between - begin);
  times.program.push(performance.now() - between);
  kinds.set(kind, times);
}
program.stdin.end();
console.log(`\n${"run, layout and drawing, in node".padEnd(34)} module  program   ratio`);
for (const [kind, times] of kinds) {
  const ours = median(times.module.slice(1)), native = median(times.program.slice(1));
  console.log(`${kind.padEnd(34)}${shown(ours)}  ${shown(native)}  ${(ours / native).toFixed(2)}`);
}
