// The page's HTML against the standard's content models, by html-validate.
import { test } from "node:test";
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HtmlValidate, StaticConfigLoader, checkAddress, pageFile, reportFolder } from "./browser.mjs";

const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:standard"], elements: ["html5"] }));

for (const file of [pageFile, fileURLToPath(checkAddress), `${reportFolder}/report.html`].filter(existsSync)) {
  test(`${file.split("/").slice(-2).join("/")} is valid HTML`, async () => {
    const { results } = await validator.validateString(readFileSync(file, "utf8"), file);
    const said = results.flatMap((result) => result.messages).map((message) => `${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
    assert.deepEqual(said, []);
  });
}
