// The page's HTML against the standard's content models, by html-validate, and by the Nu Html Checker where there is Java.
import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HtmlValidate, StaticConfigLoader, checkAddress, nuChecker, pageFile, reportFolder } from "./browser.mjs";

const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:standard"], elements: ["html5"] }));

for (const file of [pageFile, fileURLToPath(checkAddress), `${reportFolder}/report.html`].filter(existsSync)) {
  test(`${file.split("/").slice(-2).join("/")} is valid HTML`, async () => {
    const { results } = await validator.validateString(readFileSync(file, "utf8"), file);
    const said = results.flatMap((result) => result.messages).map((message) => `${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
    assert.deepEqual(said, []);
  });
}

// What the Nu checker says and is not so: it does not know that MathML has a CSS property of its own (MathML Core, 4.5), and
// holds scripts and styles against the page's policy without computing their hashes, which browsers do: they run. The notes' section is called by its role and has no heading.
// MathML has what stands over a letter, or through it, in an element of its own.
const notSo = [/Property “math-style” doesn't exist/, /violates Content Security Policy/, /Section lacks heading/,
  /Text run starts with a composing character/];
const hasJava = spawnSync("java", ["-version"]).status === 0;

for (const file of [pageFile, `${reportFolder}/report.html`].filter(existsSync)) {
  test(`${file.split("/").slice(-2).join("/")} passes the Nu Html Checker`, { skip: !hasJava && "there is no Java" }, () => {
    const { stderr } = spawnSync("java", ["-Xss64m", "-jar", nuChecker, "--format", "json", file], { encoding: "utf8", maxBuffer: 1 << 26 });
    const said = JSON.parse(stderr).messages.filter(({ type, subType }) => type === "error" || subType === "warning")
      .map(({ lastLine, lastColumn, message }) => `${lastLine}:${lastColumn} ${message}`)
      .filter((line) => !notSo.some((form) => form.test(line)));
    assert.deepEqual(said, []);
  });
}
