// What scrolls shows that there is more; what does not shows nothing, at any ratio of the screen's pixels to the page's.
import { test } from "node:test";
import assert from "node:assert/strict";
import { withPage } from "./browser.mjs";

const boxes = ".graphic, .table-frame, .equation-body, p:has(> math[display='block'])";

/** How many pixels are not the page's in the last rows of a box at its sides, where neither letters nor curves stand. */
async function marksAt(page, blank, box) {
  const { left, bottom, width } = await box.evaluate((e) => {
    scrollTo(0, e.getBoundingClientRect().bottom + scrollY - 400);
    const { left, bottom, width } = e.getBoundingClientRect();
    return { left, bottom, width };
  });
  const picture = await page.screenshot({ clip: { x: left, y: bottom - 2, width, height: 3 } });
  return blank.evaluate(async ([text, strip]) => {
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const side = Math.round(strip * image.width);
    return [0, image.width - side].map((from) => canvas.getImageData(from, 0, side, image.height).data)
      .reduce((sum, data) => sum + data.filter((value, i) => i % 4 === 1 && value < 252).length, 0);
  }, [picture.toString("base64"), 13 / width]);
}

for (const deviceScaleFactor of [1, 1.25, 1.5, 2, 3]) {
  test(`at ${deviceScaleFactor} device pixels nothing is drawn under what does not scroll`,
    () => withPage({ deviceScaleFactor, fresh: true }, async (page, { context }) => {
      const blank = await context.newPage(), marked = [];
      let still = 0;
      for (const box of await page.locator(boxes).all()) {
        if (!await box.evaluate((e) => e.getClientRects().length > 0 && e.scrollWidth <= e.clientWidth)) continue;
        ++still;
        if (await marksAt(page, blank, box) > 0) marked.push(await box.evaluate((e) => e.outerHTML.slice(0, 60)));
      }
      assert.ok(still >= 5, `${still} boxes`);
      assert.deepEqual(marked, []);
    }));
}
