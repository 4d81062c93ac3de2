// WCAG 2.2 AA, as far as a program can tell, and what it cannot: focus, motion, order.
import { test } from "node:test";
import assert from "node:assert/strict";
import { figureCount, withPage } from "./browser.mjs";
import { violations } from "./wcag.mjs";

for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    test(`no violation of WCAG 2.2 AA in ${colorScheme} at ${width} pixels, everything opened`, () => withPage({ colorScheme, width }, async (page) => {
      for (const summary of await page.locator("details > summary").all()) await summary.click();
      for (const mark of await page.locator(".claim-mark").all()) await mark.click();
      assert.deepEqual(await violations(page), []);
    }));
  }
  test(`no violation while values are read and a reference is previewed, in ${colorScheme}`, () => withPage({ colorScheme }, async (page) => {
    await page.locator("a.reference[href='#fig:bowl']").first().evaluate((a) => a.focus({ focusVisible: true }));
    await page.locator("#preview").waitFor();
    assert.deepEqual(await violations(page, "#preview"), []);
    await page.locator("#fig\\:depth .probe").focus();
    await page.keyboard.press("ArrowRight");
    await page.locator("#fig\\:depth .tip").waitFor();
    assert.deepEqual(await violations(page, "#fig\\:depth"), []);
  }));
}

test("the page says its language, and headings descend by one level at a time", () => withPage({}, async (page) => {
  assert.equal(await page.locator("html").getAttribute("lang"), "en-GB");
  const levels = await page.evaluate(() => [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((h) => Number(h.tagName[1])));
  levels.reduce((before, level) => {
    assert.ok(level <= before + 1, levels.join(" "));
    return level;
  }, 0);
}));

test("the first stop of the keyboard skips to the text", () => withPage({ fresh: true }, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  const box = await page.locator(".skip").boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0, "it is seen when it has the focus");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
}));

test("whatever has the keyboard's focus shows it", () => withPage({ fresh: true }, async (page) => {
  const bare = [];
  for (let i = 0; i < 60; ++i) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === document.body) return null;
      const style = getComputedStyle(at);
      return { outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, what: at.outerHTML.slice(0, 80) };
    });
    if (seen && !seen.outlined) bare.push(seen.what);
  }
  assert.deepEqual(bare, []);
}));

test("nothing moves for readers who want no motion", () => withPage({ reducedMotion: "reduce" }, async (page) => {
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((e) => {
    const style = getComputedStyle(e);
    return style.scrollBehavior === "smooth" || style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
  }).length);
  assert.equal(moving, 0);
}));

test("every figure has its alternative text, and every formula is MathML", () => withPage({}, async (page) => {
  const figures = await page.evaluate(() => [...document.querySelectorAll("figure svg.drawing")].map((svg) =>
    svg.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ")));
  assert.equal(figures.length, figureCount);
  for (const text of figures) assert.ok(text.length > 20, text);
  assert.ok(await page.locator("math").count() >= 2);
  assert.equal(await page.locator(".math.inline, .math.display").count(), 0);
}));

test("curves keep their colours where a reader's own replace the page's, and each list of them is named", () => withPage({ forcedColors: "active" }, async (page) => {
  const names = [];
  for (const figure of await page.locator("figure:has(script.reading)").all()) {
    await figure.locator("summary", { hasText: "Values and curves" }).click();
    names.push(await figure.locator("fieldset").getAttribute("aria-label"));
    const inks = await figure.locator(".switches i").evaluateAll((list) => list.map((swatch) => getComputedStyle(swatch).backgroundColor));
    const plain = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(inks.length > 0 && inks.every((ink) => ink !== plain), inks.join(" "));
  }
  assert.equal(new Set(names).size, names.length, names.join());
}));

test("a claim's mark names what it opens only while that is open", () => withPage({}, async (page) => {
  const lost = () => page.evaluate(() => [...document.querySelectorAll("[aria-controls]")].filter((e) => !document.getElementById(e.getAttribute("aria-controls"))).length);
  assert.equal(await lost(), 0);
  const mark = page.locator(".claim-mark").first();
  await mark.click();
  assert.ok(await mark.getAttribute("aria-controls"));
  assert.equal(await lost(), 0);
}));
