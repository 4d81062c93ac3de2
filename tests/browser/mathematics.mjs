// Formulas in Chromium; firefox.test.mjs and webkit.py ask the same questions of theirs.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { withPage } from "./browser.mjs";

const questions = readFileSync(new URL("mathematics.js", import.meta.url), "utf8");

test("formulas are set as LaTeX sets them", () => withPage({}, async (page) =>
  assert.deepEqual(await page.evaluate(`(() => { ${questions}; return mathematicsFaults(); })()`), [])));
