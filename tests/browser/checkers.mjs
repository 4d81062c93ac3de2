// The page as two more checkers of WCAG 2.2 see it: HTML_CodeSniffer, and IBM's Equal Access.
import { test } from "node:test";
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { checkAddress, codeSnifferSource, equalAccessSource, pageAddress, reportAddress, reportFolder, withPage } from "./browser.mjs";

const openAll = (page) => page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
const addresses = existsSync(`${reportFolder}/report.html`) ? [pageAddress, checkAddress, reportAddress] : [pageAddress, checkAddress];
const nameOf = (address) => address.split("/").slice(-2).join("/");

// The page's policy forbids scripts from elsewhere, and these make more of them.
const looked = { fresh: true, bypassCSP: true };

for (const address of addresses)
  test(`HTML_CodeSniffer finds no error in ${nameOf(address)}`, () => withPage({ ...looked, address }, async (page) => {
    await openAll(page);
    await page.evaluate(codeSnifferSource);
    const errors = await page.evaluate(() => new Promise((done) => HTMLCS.process("WCAG2AA", document, () => done(HTMLCS.getMessages()
      .filter(({ type }) => type === HTMLCS.ERROR).map(({ code, msg, element }) => `${code}: ${msg}: ${element.outerHTML?.slice(0, 160)}`)))));
    assert.deepEqual(errors, []);
  }));

// What is so on purpose: the link over everything, which skips to the text, stands before all landmarks; a note in the
// margin has its number for a name; and what scrolls by itself can be reached by the keyboard, which is no widget (WCAG 2.1.1).
const onPurpose = [/^aria_content_in_landmark .*class="skip"/, /^aria_complementary_label_visible .*class="sidenote"/,
  /^element_tabbable_role_valid .*class="(scroll|values)"/];

// A minute for the report itself, whose elements the chapters under test have all.
for (const address of [pageAddress, checkAddress])
  for (const colorScheme of ["light", "dark"])
    test(`Equal Access finds nothing wrong in ${nameOf(address)}, ${colorScheme}`, () => withPage({ ...looked, address, colorScheme }, async (page) => {
      await openAll(page);
      await page.evaluate(equalAccessSource);
      const found = await page.evaluate(async () => (await new ace.Checker().check(document, ["WCAG_2_2"])).results
        .filter(({ value }) => value[1] === "FAIL").map(({ ruleId, message, snippet }) => `${ruleId} ${message}: ${snippet}`));
      assert.deepEqual(found.filter((line) => !onPurpose.some((form) => form.test(line))), []);
    }));
