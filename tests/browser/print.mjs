// The page on paper: browsers lay it out as wide as the sheet within its margins.
import { test } from "node:test";
import assert from "node:assert/strict";
import { figureCount, withPage } from "./browser.mjs";

const millimetre = 96 / 25.4, margin = 17;  // of the style's @page
const sheets = { A4: [210, 297], "A4 across": [297, 210], A3: [297, 420], Letter: [215.9, 279.4], A5: [148, 210] };

for (const [sheet, [width, height]] of Object.entries(sheets)) {
  test(`on ${sheet} every drawing stands whole within the sheet`, () => withPage(
    { width: Math.floor((width - 2 * margin) * millimetre), height: Math.floor((height - 2 * margin) * millimetre), fresh: true }, async (page) => {
      await page.emulateMedia({ media: "print" });
      const [inner, boxes] = await page.evaluate(() => [innerWidth, [...document.querySelectorAll("main figure svg.drawing")].map((svg) => {
        const whole = svg.getBoundingClientRect(), letters = [...svg.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
        return { id: svg.closest("figure").id, left: Math.min(whole.left, ...letters.map((box) => box.left)),
          right: Math.max(whole.right, ...letters.map((box) => box.right)), width: whole.width };
      })]);
      assert.equal(boxes.length, figureCount);
      assert.deepEqual(boxes.filter((box) => box.left < -0.5 || box.right > inner + 0.5 || box.width < 100), []);
      const wide = await page.evaluate(() => [...document.querySelectorAll("main p, main table, main pre, figcaption, .equation")].filter((e) =>
        e.getClientRects().length > 0 && (e.getBoundingClientRect().left < -0.5 || e.getBoundingClientRect().right > innerWidth + 0.5)).map((e) => e.textContent.slice(0, 60)));
      assert.deepEqual(wide, []);
    }));
}
