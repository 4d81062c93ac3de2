// The page of a check: one line a figure, pictures that can be compared, from disk, in light and dark.
import { test } from "node:test";
import assert from "node:assert/strict";
import { axeSource, checkAddress, withPage } from "./browser.mjs";

const address = checkAddress;
const bowl = "details.figure[id='bowl']";

test("one line a figure; the one that differs is open, with its cause and the parameter that changed", () => withPage({ address }, async (page, { requests }) => {
  assert.equal(await page.locator("details.figure").count(), 2);
  assert.ok(await page.locator(bowl).evaluate((d) => d.open));
  assert.ok(!(await page.locator("details.figure[id='flow']").evaluate((d) => d.open)));
  assert.match(await page.locator(`${bowl} > summary`).innerText(), /differs\s+fig:bowl\s.*02-steps\.md:\d+\s+data: /);
  assert.match(await page.locator(bowl).innerText(), /curvatures \[1\.0,100\.0\] -> \[1\.0,99\.99\]/);
  assert.match(await page.locator(`${bowl} tr.bad`).filter({ hasText: "kappa" }).innerText(), /kappa\s+100\s+99\.99/);
  await page.locator("details.figure[id='flow'] > summary").click();
  assert.deepEqual(requests.filter((url) => !url.startsWith("file://")), []);
}));

test("before and after are there, and the ring of the largest deviation lies on both", () => withPage({ address }, async (page) => {
  for (const name of ["before", "now"]) {
    const picture = page.locator(`${bowl} .pictures img.${name}`);
    assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 100)), name);
    const frame = await picture.boundingBox(), ring = await picture.locator("xpath=../span[@class='ring']").boundingBox();
    const x = ring.x + ring.width / 2, y = ring.y + ring.height / 2;
    assert.ok(x >= frame.x && x <= frame.x + frame.width && y >= frame.y && y <= frame.y + frame.height, name);
  }
}));

test("the slider uncovers the new picture, by mouse and by keyboard", () => withPage({ address }, async (page) => {
  await page.locator(`${bowl} input[value="slider"]`).check();
  assert.ok(!(await page.locator(`${bowl} .pictures`).isVisible()));
  const cut = () => page.locator(`${bowl} .stack img.now`).evaluate((image) => getComputedStyle(image).clipPath);
  assert.match(await cut(), /50%/);
  await page.locator(`${bowl} .stack input[type="range"]`).focus();
  for (let i = 0; i < 10; ++i) await page.keyboard.press("ArrowRight");
  assert.match(await cut(), /60%/);
  await page.locator(`${bowl} input[value="apart"]`).check();
  assert.ok(await page.locator(`${bowl} .pictures`).isVisible());
}));

test("the blink alternates and says which picture is seen; who asked for less motion swaps by hand", () => withPage({ address }, async (page) => {
  await page.locator(`${bowl} input[value="blink"]`).check();
  const state = page.locator(`${bowl} .stack .state`);
  for (const word of ["after", "before", "after"]) await page.waitForFunction(([at, w]) => document.querySelector(at).textContent === w, [`${bowl} .stack .state`, word]);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.locator(`${bowl} input[value="apart"]`).check();
  await page.locator(`${bowl} input[value="blink"]`).check();
  await page.waitForTimeout(1500);
  assert.equal(await state.textContent(), "before");
  await page.locator(`${bowl} .tools button`).click();
  assert.equal(await state.textContent(), "after");
  assert.ok(await page.locator(`${bowl} .stack img.now`).isVisible());
}));

for (const colorScheme of ["light", "dark"])
  test(`no violation of WCAG 2.2 AA in ${colorScheme}, and nothing is wider than the window`, () => withPage({ address, colorScheme, width: 360 }, async (page) => {
    for (const mode of ["apart", "slider", "blink"]) {
      await page.locator(`${bowl} input[value="${mode}"]`).check();
      await page.evaluate(axeSource);
      const found = await page.evaluate(() => axe.run(document, { runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }, resultTypes: ["violations"] }));
      assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`), []);
    }
    const [inner, whole] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
    assert.ok(whole <= inner, `${whole} > ${inner}`);
  }));

test("without a script the pictures stand side by side and everything is said", () => withPage({ address, javaScriptEnabled: false }, async (page) => {
  assert.ok(await page.locator(`${bowl} .pictures`).isVisible());
  assert.equal(await page.locator(`${bowl} .tools`).count(), 0);
}));

test("headings descend by one level at a time", () => withPage({ address }, async (page) => {
  const levels = await page.evaluate(() => [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((h) => Number(h.tagName[1])));
  assert.ok(levels.length > 1);
  levels.reduce((before, level) => {
    assert.ok(level <= before + 1, levels.join(" "));
    return level;
  }, 0);
}));
