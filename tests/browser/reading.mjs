// Values read off figures: what the pointer and the keyboard say is what the data files hold.
import { test } from "node:test";
import assert from "node:assert/strict";
import { dataOf, figureCount, panelsOf, withPage } from "./browser.mjs";

const figure = (page, id) => page.locator(`#fig\\:${id}`);

/** Where a point of a panel's data is on the screen, by the figure's own account of its scales. */
async function placeOf(page, id, panelIndex, x, y) {
  await figure(page, id).locator(".canvas").scrollIntoViewIfNeeded();
  const panel = (await panelsOf(figure(page, id)))[panelIndex];
  return page.evaluate(([name, panel, vx, vy]) => {
    const root = document.getElementById(`fig:${name}`);
    const svg = root.querySelector("svg.drawing"), box = svg.getBoundingClientRect();
    const scale = box.width / svg.viewBox.baseVal.width;
    const place = (axis, v) => axis.from + ((axis.log ? Math.log10(v) : v) - axis.low) / (axis.high - axis.low) * (axis.to - axis.from);
    return { x: box.left + place(panel.x, vx) * scale, y: box.top + place(panel.y, vy) * scale };
  }, [id, panel, x, y]);
}

const number = (text) => {
  const plain = text.replace(/−/g, "-").replace(" × 10<sup>", "e").replace("10<sup>", "1e").replace("</sup>", "").replace("≈ ", "");
  return Number(plain.split(" ")[0]);
};

async function tip(page, id) {
  const root = figure(page, id).locator(".tip");
  await root.waitFor();
  const rows = await root.locator("div").evaluateAll((list) => list.map((row) =>
    [row.querySelector("span").textContent, row.querySelector("b").innerHTML.replace(/<small>.*/, ""), row.querySelector("small").innerHTML,
      row.querySelector("em")?.innerHTML]));
  return { head: (await root.locator("p").innerText()).split("\n")[0], rows: new Map(rows.map(([name, value, bounds, theory]) => [name, { value, bounds, theory }])) };
}

const near = (a, b, relative = 2e-3) => Math.abs(a - b) <= relative * Math.max(Math.abs(a), Math.abs(b));

test("the pointer reads every series at its layer, as the data file has it", () => withPage({}, async (page) => {
  const data = dataOf("depth");
  for (const [at, panel] of data.panels.slice(0, 2).entries()) {
    const measured = panel.series.filter((s) => s.kind === "measured");
    const sigmoid = measured.find((s) => s.name === "sigmoid-xavier");
    for (const layer of [2, 7, 11]) {
      const i = sigmoid.x.indexOf(layer);
      const place = await placeOf(page, "depth", at, layer, sigmoid.y[i]);
      await page.mouse.move(place.x, place.y);
      const { head, rows } = await tip(page, "depth");
      assert.match(head, new RegExp(`= ${layer}$`));
      assert.equal(rows.size, measured.length, [...rows.keys()].join());
      const theories = [...rows.values()].map((r) => number(r.theory));
      for (const s of panel.series.filter((t) => t.kind === "theory"))
        assert.ok(theories.some((v) => near(v, s.y[s.x.indexOf(layer)])), `theory of ${s.name} in ${theories}`);
      const values = [...rows.values()].map((r) => number(r.value));
      for (const s of measured) {
        const expected = s.y[s.x.indexOf(layer)];
        assert.ok(values.some((v) => near(v, expected)), `${s.name} at ${layer}: ${expected} in ${values}`);
      }
    }
  }
}));

test("a band's bounds stand beside the median", () => withPage({}, async (page) => {
  const series = dataOf("depth").panels[0].series.find((s) => s.name === "relu-he" && s.kind === "measured");
  const i = series.x.indexOf(6);
  const place = await placeOf(page, "depth", 0, 6, series.y[i]);
  await page.mouse.move(place.x, place.y);
  const row = [...(await tip(page, "depth")).rows.values()].find((r) => near(number(r.value), series.y[i]));
  const [lower, upper] = row.bounds.match(/\[(.*), (.*)\]/).slice(1).map(number);
  assert.ok(near(lower, series.lower[i]) && near(upper, series.upper[i]), row.bounds);
}));

test("on a reversed axis the right side is the lower layer", () => withPage({}, async (page) => {
  const left = await placeOf(page, "depth", 0, 11, 1), right = await placeOf(page, "depth", 0, 2, 1);
  assert.ok(right.x > left.x);
}));

test("the marks of the crosshair lie on the drawn curves", () => withPage({}, async (page) => {
  for (const [id, at] of [["depth", 0], ["bowl", 0], ["flow", 0], ["time", 0], ["training", 0]]) {
    const probe = figure(page, id).locator(".probe");
    await probe.focus();
    for (let i = 0; i < 4; ++i) await page.keyboard.press("ArrowRight");
    const far = await page.evaluate((name) => {
      const svg = document.getElementById(`fig:${name}`).querySelector("svg.drawing");
      const curves = [...svg.querySelectorAll("[data-series] path")];
      return [...svg.querySelectorAll(".crosshair circle")].map((circle) => {
        const x = Number(circle.getAttribute("cx")), y = Number(circle.getAttribute("cy"));
        let least = Infinity;
        for (const curve of curves) {
          const box = curve.getBBox();
          if (x < box.x - 2 || x > box.x + box.width + 2 || y < box.y - 2 || y > box.y + box.height + 2) continue;
          const length = curve.getTotalLength();
          for (let s = 0; s <= length; s += 0.5) {
            const p = curve.getPointAtLength(s);
            least = Math.min(least, Math.hypot(p.x - x, p.y - y));
          }
        }
        return least;
      });
    }, id);
    assert.ok(far.length > 0, id);
    for (const distance of far) assert.ok(distance < 1.3, `${id} ${at}: ${far}`);
  }
}));

test("over a plane the nearest step is read", () => withPage({}, async (page) => {
  const data = dataOf("bowl");
  const series = data.panels[0].series.find((s) => s.name === "eta=0.019");
  const panelIndex = (await panelsOf(figure(page, "bowl"))).findIndex((p) => p.series.some((s) => s.series === "eta=0.019"));
  for (const k of [0, 3]) {
    const place = await placeOf(page, "bowl", panelIndex, series.x[k], series.y[k]);
    await page.mouse.move(place.x + 1, place.y + 1);
    const { head, rows } = await tip(page, "bowl");
    assert.match(head, new RegExp(`η.*0\\.019, point ${k}$`));
    const [x, y] = [...rows.values()].map((r) => number(r.value));
    assert.ok(near(x, series.x[k]) && near(y, series.y[k]), `${x}, ${y}`);
  }
}));

test("arrow keys move along curves and between panels, and say what is read", () => withPage({}, async (page) => {
  const probe = figure(page, "depth").locator(".probe");
  const text = () => probe.getAttribute("aria-valuetext");
  await probe.focus();
  await page.keyboard.press("Home");
  const first = await text();
  assert.match(first, /layer ℓ = 12/);
  await page.keyboard.press("ArrowRight");
  assert.match(await text(), /layer ℓ = 11;.*sigmoid/);
  await page.keyboard.press("End");
  assert.match(await text(), /layer ℓ = 1;/);
  assert.equal(await probe.getAttribute("aria-valuenow"), await probe.getAttribute("aria-valuemax"));
  await page.keyboard.press("ArrowDown");
  assert.match(await text(), /^b weight gradient/);
  await page.keyboard.press("Escape");
  assert.ok(!(await figure(page, "depth").locator(".tip").isVisible()));
}));

test("curves are switched off and on, by the list and by their labels", () => withPage({}, async (page) => {
  const root = figure(page, "depth");
  await root.locator("summary", { hasText: "Values and curves" }).click();
  const boxes = root.locator(".switches input");
  assert.equal(await boxes.count(), 4);
  await boxes.first().uncheck();
  const series = await boxes.first().getAttribute("data-series");
  assert.ok(await root.locator(`[data-series="${series}"].off`).count() > 0);
  const place = await placeOf(page, "depth", 0, 6, 1);
  await page.mouse.move(place.x, place.y);
  assert.equal([...(await tip(page, "depth")).rows.keys()].filter((name) => name.startsWith("sigmoid")).length, 0);
  await root.locator(`svg [data-series="${series}"] text`).last().click();
  assert.ok(await boxes.first().isChecked());
  assert.equal(await root.locator(".off").count(), 0);
}));

test("a table holds the values that are drawn", () => withPage({}, async (page) => {
  const root = figure(page, "training");
  await root.locator("summary", { hasText: "Values and curves" }).click();
  const rows = await root.locator(".values tbody tr").evaluateAll((list) => list.map((r) => [...r.cells].map((c) => c.innerHTML)));
  const series = dataOf("training").panels[0].series.find((s) => s.kind === "measured");
  for (let i = 0; i < series.x.length; ++i) {
    const row = rows.find((r) => number(r[0]) === series.x[i]);
    assert.ok(row?.slice(1).some((v) => near(number(v), series.y[i])), `epoch ${series.x[i]}`);
  }
}));

test("values are read by touch, on a narrow screen", () => withPage({ width: 360, hasTouch: true }, async (page) => {
  const place = await placeOf(page, "training", 0, 1, 1);
  await page.touchscreen.tap(place.x, place.y);
  const { head, rows } = await tip(page, "training");
  assert.match(head, /epoch.* = 1$/);
  assert.ok(rows.size >= 2);
  const box = await figure(page, "training").locator(".tip").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 360, `${box.x} + ${box.width}`);
}));

test("every figure of the page can be read", () => withPage({}, async (page) => {
  assert.equal(await page.locator("figure script.reading").count(), figureCount);
  for (const root of await page.locator("figure").all()) {
    const probe = root.locator(".probe");
    await probe.focus();
    await page.keyboard.press("ArrowRight");
    await root.locator(".tip").waitFor();
    assert.ok(await root.locator(".crosshair circle").count() > 0);
  }
}));

/** The first step of the bowl, where every path begins. */
async function pointAtStart(page) {
  const { x, y } = await placeOf(page, "bowl", 0, 1, 1);
  await page.mouse.move(x, y);
}

test("values are unpacked when a reader comes to a figure, and of that figure alone", () => withPage(
  { fresh: true, before: "window.unpacked = 0; const D = DecompressionStream; window.DecompressionStream = class extends D { constructor(f) { super(f); ++window.unpacked; } };" },
  async (page) => {
    const count = () => page.evaluate(() => window.unpacked);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
    assert.equal(await count(), 0);
    await pointAtStart(page);
    await figure(page, "bowl").locator(".tip").waitFor();
    await figure(page, "bowl").locator("summary", { hasText: "Values and curves" }).click();
    await figure(page, "bowl").locator(".values").first().waitFor();
    assert.equal(await count(), 1);
  }));

test("a pointer that has left before the values are there leaves no tip", () => withPage(
  { fresh: true, before: "const D = DecompressionStream; window.DecompressionStream = class { constructor(f) { const own = new D(f), late = new TransformStream({ async transform(part, to) { await new Promise((done) => setTimeout(done, 300)); to.enqueue(part); } }); own.readable.pipeTo(late.writable); this.writable = own.writable; this.readable = late.readable; } };" },
  async (page) => {
    await pointAtStart(page);
    await page.mouse.move(1, 1);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 900)));
    assert.equal(await figure(page, "bowl").locator(".tip").isVisible(), false);
    await pointAtStart(page);
    await figure(page, "bowl").locator(".tip").waitFor();
  }));

test("in a browser that cannot unpack, figures stand as they are and the rest of the page works", () => withPage(
  { fresh: true, before: "delete window.DecompressionStream;" }, async (page) => {
    assert.equal(await page.locator("figure .canvas svg.drawing:visible").count(), figureCount);
    assert.equal(await page.locator(".probe, .tip, .live-controls").count(), 0);
    assert.equal(await page.locator("button.theme").count(), 1);
    assert.notEqual(await page.locator(".canvas").first().evaluate((canvas) => getComputedStyle(canvas).cursor), "crosshair");
  }));
