// The page under test in Debian's Chromium: opened from disk, with the network off, and every request noted.
import { createRequire } from "node:module";
import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { after } from "node:test";
import assert from "node:assert/strict";

const build = process.env.REPORT_BROWSER;
const require = createRequire(`${build}/package.json`);
const { chromium } = require("playwright-core");
export const { HtmlValidate, StaticConfigLoader } = require("html-validate");
/** The Nu Html Checker, which is Java's. */
export const nuChecker = require.resolve("vnu-jar/package.json").replace("package.json", "build/dist/vnu.jar");
const sourceOf = (name) => readFileSync(require.resolve(name), "utf8");
export const axeSource = sourceOf("axe-core/axe.min.js");
export const codeSnifferSource = sourceOf("html_codesniffer/build/HTMLCS.js");
export const equalAccessSource = sourceOf("accessibility-checker-engine/ace.js");

export const buildFolder = build;
export const pageFile = `${build}/output/report.html`;
export const pageAddress = `file://${pageFile}`;
export const checkAddress = `file://${build}/checked/check/index.html`;
/** The report itself, made of the project's own chapters. */
export const reportFolder = `${build}/report`;
export const reportAddress = `file://${reportFolder}/report.html`;
/** How many figures the chapters under test ask for. */
const chapters = new URL("chapters/", import.meta.url);
export const figureCount = readdirSync(chapters).filter((name) => name.endsWith(".md"))
  .reduce((sum, name) => sum + readFileSync(new URL(name, chapters), "utf8").split("```{.figure").length - 1, 0);
/** What the page holds for its scripts, compressed. */
export const unpacked = (text) => gunzipSync(Buffer.from(text, "base64"));
/** What can be read off a figure, as the page gives it to its script. */
export const panelsOf = async (figure) => JSON.parse(unpacked(await figure.locator("script.reading").textContent()).toString());
export const dataOf = (id) => JSON.parse(readFileSync(`${build}/output/data/${id}.json`, "utf8"));

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
after(() => browser.close());

/** What has the focus is scrolled to at once: a button that glides on between press and release is not clicked. Where no
 * motion is wanted the page itself sees to that. */
const scrollAtOnce = () => addEventListener("DOMContentLoaded", () => {
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) document.documentElement.style.scrollBehavior = "auto";
});

/** Opens the page; `errors` and `requests` collect what it complains of and asks for. */
async function open({ address, width, height, before, ...options }) {
  const context = await browser.newContext({ viewport: { width, height }, offline: true, ...options });
  const page = await context.newPage();
  await page.addInitScript(scrollAtOnce);
  if (before) await page.addInitScript(before);  // what runs before the page's own scripts
  const errors = [], requests = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  await page.evaluate(() => document.fonts.ready);
  return { page, errors, requests, context };
}

/** Puts a page back as it was opened: nothing open, pointed at or focused, and the text at its top. */
function settle(page) {
  return page.mouse.move(1, 1).then(() => page.evaluate(() => {
    for (const details of document.querySelectorAll("details[open]")) details.open = false;
    for (const mark of document.querySelectorAll(".claim-mark[aria-expanded='true']")) mark.click();
    dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    document.activeElement?.blur();
    scrollTo(0, 0);
  }));
}

// Opening is what takes long: tests that want the same window share a page, unless they change more than settle() mends.
const shared = new Map();

/** Runs `test` on a page opened with these options, and holds it to no error. */
export async function withPage(
  { address = pageAddress, fresh = address === checkAddress, width = 1280, height = 900, colorScheme = "light", ...others }, test) {
  const options = { address, width, height, colorScheme, ...others }, key = JSON.stringify(options);
  const opened = (!fresh && shared.get(key)) || await open(options);
  if (!fresh) shared.set(key, opened);
  try {
    await test(opened.page, opened);
    assert.deepEqual(opened.errors, []);
  } catch (error) {
    shared.delete(key);  // the next test gets a page of its own
    throw error;
  }
  if (fresh) await opened.context.close();
  else if (options.javaScriptEnabled !== false) await settle(opened.page);
}
