// The page in Firefox, driven by WebDriver BiDi: formulas, the page's script, and paper.
import { test, after } from "node:test";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const build = process.env.REPORT_BROWSER;
const { default: puppeteer } = await import(pathToFileURL(createRequire(`${build}/package.json`).resolve("puppeteer-core")));
const questions = readFileSync(new URL("mathematics.js", import.meta.url), "utf8");
const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.REPORT_FIREFOX, headless: true });
after(() => browser.close());

async function opened(width, folder = "output") {
  const page = await browser.newPage();
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
