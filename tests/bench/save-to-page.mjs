// From saving an edited sentence to the frame in which the open page of `watch` shows it, in Chromium:
//   node tests/bench/save-to-page.mjs BROWSER PROGRAM [EDITS]     BROWSER: build/browser, once its tests ran
// The first document, its longest chapter. Prints each edit's milliseconds and their median.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { once } from "node:events";

const [browserFolder, program, edits = 9] = process.argv.slice(2);
const { chromium } = createRequire(`${browserFolder}/`)("playwright-core");
const root = new URL("../../", import.meta.url).pathname;

const folder = mkdtempSync(`${tmpdir()}/save-to-page-`);
for (const name of ["chapters", "report.yaml"]) cpSync(`${root}${name}`, `${folder}/${name}`, { recursive: true });
const chapter = `${folder}/chapters/02-vanishing-and-exploding.md`;
const watch = spawn(program, ["watch", "--format", "html"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"],
  env: { ...process.env, REPORT_CACHE: process.env.REPORT_CACHE ?? `${folder}/cache` } });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const [said] = await once(watch.stdout, "data");
  const page = await browser.newPage();
  await page.goto(String(said).trim());
  await page.locator("main h1").first().waitFor({ timeout: 600000 });  // the first build runs every experiment
  await page.waitForTimeout(5000);
  await page.evaluate(() => { window.isSame = true; });

  const text = readFileSync(chapter, "utf8");
  const paragraph = text.split("\n\n").find((part) => /^[A-Z][A-Za-z ,\n]{200}/.test(part));
  const times = [];
  for (let k = 0; k < Number(edits); ++k) {
    const mark = `Edit number ${k} of this sentence.`;
    const shown = page.evaluate((mark) => new Promise((resolve) => {
      new MutationObserver((changes, observer) => {
        if (!document.querySelector("main").textContent.includes(mark)) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
      }).observe(document.querySelector("main"), { childList: true, subtree: true, characterData: true });
    }), mark).catch(async () => {  // the page was loaded anew
      await page.getByText(mark).waitFor({ timeout: 60000 });
      return Date.now();
    });
    await page.waitForTimeout(400);
    const saved = Date.now();
    writeFileSync(chapter, text.replace(paragraph, `${mark} ${paragraph}`));
    times.push(await shown - saved);
    await page.waitForTimeout(600);
  }
  const median = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
  console.log(`saved to shown: ${times.join(", ")} ms; median ${median} ms; the page was ${
    await page.evaluate(() => window.isSame) ? "never loaded anew" : "loaded anew"}`);
} finally {
  await browser.close();
  watch.kill("SIGINT");
  await once(watch, "exit");
  rmSync(folder, { recursive: true });
}
