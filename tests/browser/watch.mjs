// The page that `watch` serves: what is wrong stands over the last good page.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { once } from "node:events";
import { buildFolder, withPage } from "./browser.mjs";

const chapters = new URL("chapters/", import.meta.url).pathname;

/** Runs `test` with the address of a document that is watched, and with its folder. */
async function withWatch(test) {
  const folder = mkdtempSync(`${tmpdir()}/report-watch-`);
  cpSync(chapters, `${folder}/chapters`, { recursive: true });
  cpSync(`${buildFolder}/output`, `${folder}/output`, { recursive: true });
  const watch = spawn(`${buildFolder}/program`, ["watch", "--format", "html", "--chapters", "chapters", "--output", "output"],
    { cwd: folder, env: { ...process.env, REPORT_CACHE: `${buildFolder}/cache` } });
  try {
    const [said] = await once(watch.stdout, "data");
    await test(String(said).trim(), folder);
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
