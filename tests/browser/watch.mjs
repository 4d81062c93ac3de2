// The page that `watch` serves: what is wrong stands over the last good page.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { once } from "node:events";
import { buildFolder, withPage } from "./browser.mjs";

const chapters = new URL("chapters/", import.meta.url).pathname;

/** Runs `test` with the address of a document that is watched, with its folder, and with the end of its first build. */
async function withWatch(test) {
  const folder = mkdtempSync(`${tmpdir()}/report-watch-`);
  cpSync(chapters, `${folder}/chapters`, { recursive: true });
  cpSync(`${buildFolder}/output`, `${folder}/output`, { recursive: true });
  const watch = spawn(`${buildFolder}/program`, ["watch", "--format", "html", "--chapters", "chapters", "--output", "output"],
    { cwd: folder, env: { ...process.env, REPORT_CACHE: `${buildFolder}/cache` } });
  const built = new Promise((resolve) => watch.stderr.on("data", (said) => /figures.* in [\d.]+ m?s/.test(said) && resolve()));
  try {
    const [said] = await once(watch.stdout, "data");
    await test(String(said).trim(), folder, built);
  } finally {
    watch.kill("SIGINT");
    await once(watch, "exit");
    rmSync(folder, { recursive: true });
  }
}

test("a mistake stands over the whole width of the page that watch serves, with its place and what would be right", () => withWatch(async (address, folder) => {
  const chapter = `${folder}/chapters/02-steps.md`;
  writeFileSync(chapter, readFileSync(chapter, "utf8").replace("steps: 60", "stpes: 60"));
  await withPage({ address, fresh: true, offline: false }, async (page) => {
    const mistake = page.locator("pre[role=alert]").filter({ hasText: "did you mean 'steps'?" });
    await mistake.waitFor({ timeout: 60000 });
    const box = await mistake.boundingBox(), window = page.viewportSize();
    assert.equal(box.x, 0);
    assert.equal(box.width, await page.evaluate(() => document.documentElement.clientWidth));
    assert.equal(box.y + box.height, window.height);
    assert.ok(await page.locator("#fig\\:bowl svg.drawing").count(), "the last good page stays below it");
  });
}));

/**
 * Runs `use(page, edit)` with the open page of `watch`: `edit(from, to, shown)` changes the chapter, and waits until the
 * page shows it.
 */
const withOpenPage = (use) => withWatch(async (address, folder, built) => {
  const chapter = `${folder}/chapters/02-steps.md`;
  await built;
  await withPage({ address, fresh: true, offline: false }, async (page) => {
    await page.waitForLoadState("load");
    await use(page, async (from, to, shown = to) => {
      writeFileSync(chapter, readFileSync(chapter, "utf8").replace(from, to));
      await page.getByText(shown).first().waitFor({ timeout: 60000 });
    });
  });
});

test("tables, formulas and notes that an edit brings are as the page makes them", () => withOpenPage(async (page, edit) => {
  await page.evaluate(() => {
    window.isSame = true;
    document.querySelector("main > figure svg.drawing").isSame = true;
  });
  await edit("What stands in the margin", "Whatever stands in the margin");
  await edit("Whatever stands", "Here is $x^2$, [a link](https://example.org), and a note.^[Of an edit.]\n\nAnd whatever stands", "And whatever stands");
  await edit("And whatever stands", "| alpha | beta |\n|---|---|\n| 1 | 2 |\n\nWhat stands", "What stands in the margin");
  const [isSame, formulas, frames, beside] = await page.evaluate(() => [
    window.isSame && document.querySelector("main > figure svg.drawing").isSame,
    [...document.querySelectorAll("main p math")].filter((math) => math.textContent.startsWith("x2")).length,
    [...document.querySelectorAll("main > .table-frame > table th")].filter((cell) => cell.textContent === "alpha").length,
    [...document.querySelectorAll("main > aside.sidenote")].filter((note) => note.textContent.includes("Of an edit")).length,
  ]);
  assert.deepEqual({ formulas, frames, beside }, { formulas: 1, frames: 1, beside: 1 },
    "what is new is there once, tables are framed, and a note stands beside its words");
  assert.ok(!isSame, "a new note is in the list of notes too, for which the page is loaded anew");
}));

test("an edit of a sentence neither loads the page anew nor touches its figures", () => withOpenPage(async (page, edit) => {
  await page.evaluate(() => {
    window.isSame = true;
    for (const drawing of document.querySelectorAll("main svg.drawing")) drawing.isSame = true;
    scrollTo(0, 600);
  });
  const place = await page.evaluate(() => scrollY);
  for (const [from, to] of [["What stands in", "Whatever stands in"], ["Whatever stands in", "What, then, stands in"]]) {
    await edit(from, to);
  }
  assert.ok(await page.evaluate(() => window.isSame && [...document.querySelectorAll("main svg.drawing")].every((d) => d.isSame)));
  assert.equal(await page.evaluate(() => scrollY), place);
}));
