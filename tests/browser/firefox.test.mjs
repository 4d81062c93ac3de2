// The page in Firefox, driven by WebDriver BiDi: formulas, the page's script, paper, and what readers ask of a browser.
import { test, after } from "node:test";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const build = process.env.REPORT_BROWSER;
const { default: puppeteer } = await import(pathToFileURL(createRequire(`${build}/package.json`).resolve("puppeteer-core")));
const questions = readFileSync(new URL("mathematics.js", import.meta.url), "utf8");
const launched = (extraPrefsFirefox = {}) => puppeteer.launch({ browser: "firefox", executablePath: process.env.REPORT_FIREFOX, headless: true, extraPrefsFirefox });
const browser = await launched();
after(() => browser.close());

async function opened(width, folder = "output", by = browser) {
  const page = await by.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  await page.setViewport({ width, height: 900 });
  await page.goto(`file://${build}/${folder}/report.html`);
  await page.evaluate(() => document.fonts.ready.then(() => true));
  return { page, errors };
}

test("formulas are set as LaTeX sets them", async () => {
  const { page, errors } = await opened(1280);
  assert.deepEqual(await page.evaluate(`(() => { ${questions}; return mathematicsFaults(); })()`), []);
  assert.deepEqual(errors, []);
});

test("values are read by keyboard, and a claim opens", async () => {
  const { page, errors } = await opened(1280);
  await page.evaluate(() => {
    const probe = document.querySelector("[id='fig:bowl'] .probe");
    probe.focus();
    probe.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  });
  await page.waitForSelector("[id='fig:bowl'] .tip:not([hidden])");
  const found = await page.evaluate(() => {
    document.querySelector(".claim-mark").click();
    return { tip: !document.querySelector("[id='fig:bowl'] .tip").hidden, facts: document.querySelectorAll(".claim .claim-facts").length,
      notes: document.querySelectorAll(".sidenote").length };
  });
  assert.ok(found.tip && found.facts === 1 && found.notes > 0, JSON.stringify(found));
  assert.deepEqual(errors, []);
});

test("no text is lost at the sides of a printed sheet", async () => {
  // Only the layout for paper is asked: as wide as A4 between its margins, with the rules of paper and without those of screens.
  const { page } = await opened(665);
  const cut = await page.evaluate(() => {
    for (const sheet of document.styleSheets)
      for (let i = sheet.cssRules.length - 1; i >= 0; --i) {
        const rule = sheet.cssRules[i];
        if (!(rule instanceof CSSMediaRule)) continue;
        if (rule.conditionText === "print") rule.media.mediaText = "all";
        else if (rule.conditionText.startsWith("screen")) sheet.deleteRule(i);
      }
    return [...document.querySelectorAll("main figure svg.drawing")].filter((svg) => {
      const box = svg.getBoundingClientRect();
      return box.left < -0.5 || box.right > innerWidth + 0.5 || box.width < 100;
    }).map((svg) => svg.closest("figure").id);
  });
  assert.deepEqual(cut, []);
});

test("the report's live figures redraw", { skip: !existsSync(`${build}/report/report.html`) && "the report was not built" }, async () => {
  const { page, errors } = await opened(1280, "report");
  const figures = await page.evaluate(async () => {
    const drawn = {};
    for (const figure of document.querySelectorAll("figure:has(.live-controls)")) {
      const input = figure.querySelector(".live-controls input"), change = new Promise((done) => {
        new MutationObserver(() => figure.querySelector(".live-drawing") && done()).observe(figure.querySelector(".canvas"), { childList: true });
      });
      input.focus();
      input.valueAsNumber = Math.round(0.8 * Number(input.max));
      input.dispatchEvent(new Event("input"));
      await Promise.race([change, new Promise((late) => setTimeout(late, 5000))]);
      drawn[figure.id] = figure.querySelector(".live-drawing")?.querySelectorAll("path").length ?? figure.querySelector(".live-status").textContent;
    }
    return drawn;
  });
  assert.ok(Object.keys(figures).length >= 3, JSON.stringify(figures));
  for (const [id, paths] of Object.entries(figures)) assert.ok(paths > 10, `${id}: ${paths}`);
  assert.deepEqual(errors, []);
});

test("the page is no wider than a window of 320 pixels, which is one of 1280 enlarged to four times", async () => {
  const { page, errors } = await opened(320);
  const wide = await page.evaluate(() => ({ page: document.documentElement.scrollWidth, text: [...document.querySelectorAll("main > p, main > h1, main > h2, main > figure")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 0.5).map((e) => e.outerHTML.slice(0, 80)) }));
  assert.ok(wide.page <= 320, `${wide.page} pixels`);
  assert.deepEqual(wide.text, []);
  assert.deepEqual(errors, []);
});

test("a printed page holds the text, the figures and no controls", async () => {
  const { page } = await opened(1280);
  const file = `${build}/firefox.pdf`;
  writeFileSync(file, await page.pdf({ format: "A4" }));
  const words = spawnSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 }).stdout;
  const headings = await page.$$eval("main h2", (all) => all.map((h) => h.textContent.replace(/\s+/g, " ").trim().split(" ").at(-1)));
  for (const word of headings) assert.ok(words.includes(word), word);
  const captions = await page.$$eval("main figcaption .caption-label", (all) => all.map((label) => label.textContent.replace(/\s+/g, " ").trim()));
  assert.ok(captions.length > 5);
  for (const label of captions) assert.ok(words.replace(/\s+/g, " ").includes(label), label);
  assert.ok(!words.includes("Values and curves"));
});

test("the page is dark, still and in a reader's own colours where these are asked for", async () => {
  // Prefer dark; no motion; and colours of the system's in place of the page's.
  const theirs = await launched({ "layout.css.prefers-color-scheme.content-override": 0, "ui.prefersReducedMotion": 1 });
  const forced = await launched({ "browser.display.document_color_use": 2, "ui.useAccessibilityTheme": 1 });
  try {
    const { page, errors } = await opened(1280, "output", theirs);
    const seen = await page.evaluate(() => {
      const parts = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
      const sum = (colour) => parts(colour).reduce((a, b) => a + b);
      return { paper: sum(getComputedStyle(document.documentElement).backgroundColor), ink: sum(getComputedStyle(document.querySelector("main p")).color),
        curve: getComputedStyle(document.querySelector("svg.drawing path[style*='--ink-blue']")).stroke,
        moving: [...document.querySelectorAll("*")].filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0).length };
    });
    assert.ok(seen.paper < 150 && seen.ink > 450, JSON.stringify(seen));
    assert.equal(seen.moving, 0);
    assert.deepEqual(errors, []);
    const own = await opened(1280, "output", forced);
    const colours = await own.page.evaluate(() => ({ asked: matchMedia("(forced-colors: active)").matches,
      curves: new Set([...document.querySelectorAll("svg.drawing path")].map((path) => getComputedStyle(path).stroke)).size }));
    assert.ok(colours.asked);
    assert.ok(colours.curves > 4, `${colours.curves} colours of curves`);
  } finally {
    await theirs.close();
    await forced.close();
  }
});
