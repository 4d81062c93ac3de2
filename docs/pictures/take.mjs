// Takes the pictures of the page: node take.mjs BROWSER BUILD DOCUMENT ADDRESS, where BROWSER has the driver, BUILD the report,
// and `watch` serves DOCUMENT at ADDRESS.
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const [driver, build, document, address] = process.argv.slice(2);
const { chromium } = createRequire(`${driver}/package.json`)("playwright-core");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1160, height: 820 }, deviceScaleFactor: 1.5 });

const page = await context.newPage();
await page.goto(`file://${build}/output/report.html`);
await page.evaluate(() => document.fonts.ready);
const figure = page.locator("#fig\\:quadratic-bowl");
await figure.evaluate((f) => scrollTo({ top: f.getBoundingClientRect().top + scrollY - 190, behavior: "instant" }));
const drawing = await figure.locator("svg.drawing").boundingBox();
await page.mouse.move(drawing.x + 0.4 * drawing.width, drawing.y + 0.72 * drawing.height);
await page.screenshot({ path: `${build}/page.png` });

for (let attempt = 0; attempt < 100; ++attempt) {  // until the page is served, and is the report's
  if (await fetch(address).then(async (answer) => (await answer.text()).includes("fig:"), () => false)) break;
  await new Promise((later) => setTimeout(later, 300));
}
const live = await context.newPage();
await live.goto(address);
await live.evaluate(() => document.fonts.ready);
const chapter = `${document}/chapters/02-vanishing-and-exploding.md`;
writeFileSync(chapter, readFileSync(chapter, "utf8").replace(/^depth:/m, "dpeth:"));
await live.locator("pre[role=alert]").filter({ hasText: "did you mean" }).waitFor({ timeout: 120000 });
await live.screenshot({ path: `${build}/mistake.png`, clip: { x: 0, y: 380, width: 1160, height: 440 } });
await browser.close();
