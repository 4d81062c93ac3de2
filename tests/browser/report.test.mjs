// The report as its readers open it: every figure of the project's own chapters is read, switched off and on, and looked
// at in light, dark and print, at a desk and on a telephone.
import { test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { panelsOf as packedPanelsOf, reportAddress, reportFolder, withPage } from "./browser.mjs";
import { violations } from "./wcag.mjs";

const address = reportAddress;
const still = { address, reducedMotion: "reduce" };  // what is pointed at does not glide away
const ids = readdirSync(`${reportFolder}/data`).filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -5));
const dataOf = (id) => JSON.parse(readFileSync(`${reportFolder}/data/${id}.json`, "utf8"));
const figure = (page, id) => page.locator(`[id="fig:${id}"]`);

// ------------------------------------------------------------------------------------------------------ reading values

/** The drawn panels of a figure, as the page gives them to its script. */
async function panelsOf(page, id) {
  const panels = await packedPanelsOf(figure(page, id));
  for (const panel of panels) panel.series.forEach((s, i) => { s.x ??= panel.series[i - 1].x; });
  return panels;
}

/** What the tip and the voice say at this moment, numbers as numbers; null where nothing is read. */
const readingOf = (page, id) => page.evaluate((name) => {
  const root = document.getElementById(`fig:${name}`), tip = root.querySelector(".tip");
  if (tip.hidden) return null;
  const number = (html) => {
    const plain = html.replaceAll("−", "-").replace(/ × 10<sup>(.*?)<\/sup>/, "e$1").replace(/10<sup>(.*?)<\/sup>/, "1e$1").replace("∞", "Infinity").replace("not a number", "NaN").replace(/ ?<small>.*/, "");
    return { value: Number(plain.replace("≈ ", "")), exact: !plain.startsWith("≈") };
  };
  const rows = [...tip.querySelectorAll("div")].map((row) => {
    const theory = row.querySelector("em")?.innerHTML;
    return { name: row.querySelector("span").textContent, ...number(row.querySelector("b").innerHTML), theory: theory ? number(theory) : null };
  });
  const head = tip.querySelector("p").innerHTML.replace(/<em>.*/, "");
  return { head, name: tip.querySelector("p").textContent.replace(/, point .*/, "").trim(), at: head.includes(" = ") ? number(head.split(" = ").at(-1)).value : null, rows,
    said: root.querySelector(".probe").getAttribute("aria-valuetext"), lines: root.querySelectorAll(".crosshair path").length,
    circles: root.querySelectorAll(".crosshair circle").length };
}, id);

const numberIn = (html) => Number(html.replaceAll("−", "-").replace(/ × 10<sup>(.*?)<\/sup>/, "e$1").replace(/10<sup>(.*?)<\/sup>/, "1e$1").replace("∞", "Infinity"));

/** What a heat map shows at a place, from the series of the data file, of which there is one for each row. */
function sampleOf(panel, x, y) {
  const height = (s) => Number(s.name.split("=")[1]);
  const row = panel.series.reduce((best, s) => (Math.abs(height(s) - y) < Math.abs(height(best) - y) ? s : best));
  const i = row.x.reduce((best, v, k) => (Math.abs(v - x) < Math.abs(row.x[best] - x) ? k : best), 0);
  return Number(row.y[i]);
}
const mapOf = {
  "phase-diagram": (data, x, y) => sampleOf(data.panels[0], x, y),
  momentum: (data, x, y) => -100 * Math.log10(sampleOf(data.panels[0], x, y)),  // decades in a hundred steps
};

// The tip shows four digits, and three of what it writes with a power of ten.
const near = (a, b) => Object.is(a, b) || a === b || Math.abs(a - b) <= 6e-3 * Math.max(Math.abs(a), Math.abs(b)) || Math.max(Math.abs(a), Math.abs(b)) < 1e-12;
const plain = (name) => name.replace(/[\^_]\((.*)\)|[\^_]/g, "$1");

/** Whether a series of the data file holds this point, or its line goes through it. */
const goesThrough = (s, x, y) => s.x.some((v, i) => {
  const before = s.x[i - 1];
  if (near(v, x) && near(Number(s.y[i]), y)) return true;
  return i > 0 && before <= x && x <= v && near(s.y[i - 1] + (x - before) / (v - before) * (s.y[i] - s.y[i - 1]), y);
});

/** A straight line that a formula draws, which is not a result. */
const isGuide = (drawn, dataPanel) => drawn.x.length === 2 && !dataPanel.series.some((s) => s.name === drawn.series);

/** Whether a panel of the data file says what was read: the value of each series, and of its theory, at that place. */
function says(dataPanel, panel, { at, name, rows }) {
  const has = (series, theory, x, y) => dataPanel.series.some((s) => s.name === series && (!theory || s.kind !== "measured") && goesThrough(s, x, y));
  if (panel.plane) return panel.series.some((s) => plain(s.name) === name &&
    (isGuide(s, dataPanel) || has(s.series, s.theory, rows[0].value, rows[1].value)));
  return rows.every((row) => {
    const named = panel.series.filter((s) => plain(s.name) === row.name || `${plain(s.name)}, theory` === row.name);
    return named.some((s) => (!row.exact || has(s.series, s.theory, at, row.value)) && (!row.theory?.exact || has(s.series, true, at, row.theory.value)));
  });
}

/** Scrolls a drawn panel into the window, and says where its values are in it. */
const scalesOf = (page, id, panel) => page.evaluate(async ([name, box]) => {
  const svg = document.getElementById(name).querySelector("svg.drawing"), width = svg.viewBox.baseVal.width;
  const scale = svg.getBoundingClientRect().width / width;
  scrollBy({ top: svg.getBoundingClientRect().top + (box[1] + box[3]) / 2 * scale - innerHeight / 2, behavior: "instant" });
  await new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)));  // pointers meet what was painted
  const { left, top } = svg.getBoundingClientRect();
  return { left, top, scale };
}, [`fig:${id}`, panel.box]);

function placeOf({ left, top, scale }, panel, x, y) {
  const place = (axis, v) => axis.from + ((axis.log ? Math.log10(v) : v) - axis.low) / (axis.high - axis.low) * (axis.to - axis.from);
  return [left + place(panel.x, x) * scale, top + place(panel.y, y) * scale];
}

const inside = ({ left, top, scale }, box, [x, y]) =>
  x >= left + box[0] * scale && x <= left + box[2] * scale && y >= top + box[1] * scale && y <= top + box[3] * scale;

const distance = ([x, y], [u, v]) => Math.hypot(x - u, y - v);

/** Moves the pointer there, and waits for the reading that belongs to the place; pointers are heard once a frame. */
async function pointAt(page, id, [x, y], belongs) {
  await page.mouse.move(x, y);
  for (let tries = 0; tries < 40; ++tries) {
    const reading = await readingOf(page, id);
    if (reading && belongs(reading)) return reading;
    await page.waitForTimeout(25);
  }
  return null;
}

test("every figure of the chapters is on the page, with its data beside it", () => withPage({ address }, async (page) => {
  assert.ok(ids.length >= 15, ids.join(" "));
  const seen = await page.evaluate(() => [...document.querySelectorAll("main figure[id]")].map((f) => f.id.slice(4)));
  assert.deepEqual(seen.sort(), [...ids].sort());
  const beside = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href")).filter((href) => !/^(#|https?:)/.test(href)));
  assert.ok(beside.length >= 2 * ids.length);
  assert.deepEqual(beside.filter((href) => /\.(csv|json)$/.test(href) && !existsSync(`${reportFolder}/${href}`)), []);
}));

for (const id of ids) {
  test(`${id}: keyboard and pointer read the values that its data file holds, of every series`, () => withPage(still, async (page) => {
    const panels = await panelsOf(page, id), data = dataOf(id);
    const press = async (key) => {
      await page.keyboard.press(key);
      return readingOf(page, id);
    };
    await figure(page, id).locator(".probe").focus();
    await page.keyboard.press("Home");
    await figure(page, id).locator(".tip").waitFor();
    const readings = panels.map(() => []);
    for (const [p, panel] of panels.entries()) {
      for (let track = 0; track < (panel.plane ? panel.series.length : Math.min(1, panel.series.length)); ++track) {
        for (const key of ["Home", "ArrowRight", "PageDown", "ArrowRight", "End"]) readings[p].push(await press(key));
        await page.keyboard.press("ArrowDown");
      }
      if (!panel.map) continue;
      // Of a map every row, at another place each.
      const rows = panel.map.y.filter((y, j) => panel.map.x.some((x, i) => typeof panel.map.value[j * panel.map.x.length + i] === "number")).length;
      for (let row = 0; row < rows; ++row) {
        const { head, rows: [x, y] } = await press(row % 2 ? "ArrowRight" : "PageDown");
        const value = numberIn(head.split(": ").at(-1)), sample = mapOf[id](data, x.value, y.value);
        assert.ok(head.startsWith(panel.map.label.split(/[\^_]/)[0]) && Math.abs(value - sample) <= 6e-3 * Math.max(Math.abs(sample), 0.01),
          `${head} at ${x.value}, ${y.value}: ${sample} in the data`);
        await page.keyboard.press("ArrowDown");
      }
    }
    for (const [p, panel] of panels.entries()) {
      const scales = await scalesOf(page, id, panel);
      for (const s of panel.series) {
        const places = s.x.map((x, i) => placeOf(scales, panel, x, s.y[i])).filter((place) => inside(scales, panel.box, place));
        if (places.length === 0) continue;
        const at = places[Math.floor(places.length / 2)];
        const reading = await pointAt(page, id, at, (r) => r.said.startsWith(panel.title) && (panel.plane
          ? distance(at, placeOf(scales, panel, r.rows[0].value, r.rows[1].value)) < 2
          : Math.abs(placeOf(scales, panel, r.at, 1)[0] - at[0]) < 2));
        assert.ok(reading, `${panel.title}: ${s.name} is not read where it is, ${at}`);
        readings[p].push(reading);
      }
    }
    for (const [p, panel] of panels.entries()) {
      for (const reading of readings[p]) {
        assert.ok(reading && reading.rows.length > 0 && reading.lines > 0, `${panel.title}: nothing is read`);
        assert.ok(reading.said.startsWith(panel.title) && reading.rows.every((row) => reading.said.includes(row.name.slice(0, 1))), reading.said);
      }
      if (panel.series.length > 0) assert.ok(readings[p].some((r) => r.circles > 0), `${panel.title}: no point is marked`);
      // Beside one another in a plane may stand what the file keeps in several panels.
      const sources = panel.plane ? [{ series: data.panels.flatMap((d) => d.series) }] : data.panels;
      const unsaid = sources.map((d) => readings[p].find((reading) => !says(d, panel, reading)));
      assert.ok(unsaid.includes(undefined), `${panel.title}: not in the data: ${JSON.stringify(unsaid)}`);
      const names = readings[p].flatMap((r) => panel.plane ? [r.name] : r.rows.map((row) => row.name));
      for (const s of panel.series) assert.ok(names.some((name) => name.startsWith(plain(s.name))), `${panel.title}: ${s.name} is never read`);
    }
  }));
}

// ------------------------------------------------------------------------------------------------------------- curves

test("every curve of every figure is switched off and on, and a table holds its values", () => withPage(still, async (page) => {
  for (const id of ids) {
    const root = figure(page, id);
    await root.locator("summary", { hasText: "Values and curves" }).click();
    await root.locator(".switches input").first().waitFor();
    const wrong = await root.evaluate((figure) => [...figure.querySelectorAll(".switches input")].flatMap((box) => {
      const drawn = [...figure.querySelectorAll("svg [data-series]")].filter((part) => part.dataset.series === box.dataset.series).length;
      box.click();
      const off = figure.querySelectorAll("svg .off").length;
      box.click();
      const left = figure.querySelectorAll("svg .off").length;
      return drawn > 0 && off === drawn && left === 0 ? [] : [`${box.dataset.series}: ${drawn} parts, ${off} off, ${left} left`];
    }));
    assert.deepEqual(wrong, [], id);
    const drawn = (await panelsOf(page, id)).reduce((sum, panel) => sum + (panel.series.length > 0) + ("map" in panel), 0);
    assert.equal(await root.locator(".values table").count(), drawn, id);
    for (const rows of await root.locator(".values tbody").evaluateAll((list) => list.map((body) => body.rows.length))) assert.ok(rows > 0, id);
  }
}));

// -------------------------------------------------------------------------------------------------------------- looks

/** Inks of a figure's curves and letters, and letters that are too faint for the page behind them. */
const inksOf = (page) => page.evaluate(() => {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = parts(colour).slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const page = luminance(getComputedStyle(document.documentElement).backgroundColor);
  return Object.fromEntries([...document.querySelectorAll("main figure[id]")].map((figure) => {
    const inks = new Set(), faint = [];
    for (const path of figure.querySelectorAll("svg.drawing path")) inks.add(getComputedStyle(path).stroke);
    for (const text of figure.querySelectorAll("svg.drawing text:not(.halo)")) {
      const { fill } = getComputedStyle(text);
      inks.add(fill);
      const own = luminance(fill), contrast = (Math.max(own, page) + 0.05) / (Math.min(own, page) + 0.05);
      if (contrast < 4.5) faint.push(`${text.textContent}: ${contrast.toFixed(2)}`);
    }
    return [figure.id.slice(4), { inks: [...inks].sort().join(), faint }];
  }));
});

test("every figure has its dark form, and its letters stand out from the page in both", async () => {
  let light, dark;
  await withPage(still, async (page) => { light = await inksOf(page); });
  await withPage({ ...still, colorScheme: "dark" }, async (page) => { dark = await inksOf(page); });
  for (const id of ids) {
    assert.notEqual(light[id].inks, dark[id].inks, id);
    assert.deepEqual([light[id].faint, dark[id].faint], [[], []], id);
  }
});

test("at 360 pixels nothing is wider than the window, everything opened; what scrolls in itself is reached by keyboard",
  () => withPage({ ...still, width: 360 }, async (page) => {
    await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
    const [inner, whole] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
    assert.ok(whole <= inner, `${whole} > ${inner}`);
    const unreachable = await page.evaluate(() => [...document.querySelectorAll("main *")].filter((e) =>
      ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0).map((e) => e.outerHTML.slice(0, 120)));
    assert.deepEqual(unreachable, []);
    const cut = await page.evaluate(() => [...document.querySelectorAll("figcaption, caption, .caption-label")].filter((e) => {
      const box = e.getBoundingClientRect();
      return box.width > 0 && box.right > innerWidth;
    }).map((e) => e.textContent.slice(0, 60)));
    assert.deepEqual(cut, []);
  }));

test("at 360 pixels a shadow says on which side there is more of what scrolls", () => withPage({ ...still, width: 360, fresh: true }, async (page, { context }) => {
  const blank = await context.newPage();
  /** How dark a side is, from 0 to 255, in the middle of its rows: some show what is drawn. */
  const shade = async (element, side) => {
    const box = await element.boundingBox();
    const picture = await page.screenshot({ clip: { x: side === "left" ? box.x : box.x + box.width - 2, y: box.y, width: 2, height: box.height } });
    return blank.evaluate(async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
      canvas.drawImage(image, 0, 0);
      const { data } = canvas.getImageData(0, 0, image.width, image.height);
      const greens = data.filter((_, i) => i % 4 === 1).sort();
      return 255 - greens[greens.length >> 1];
    }, [...picture]);
  };
  for (const what of ["#fig\\:gradient-depth .graphic", "#tbl\\:factors .table-frame", ".equation-body:has(mtable)"]) {
    const element = page.locator(what).first();
    await element.scrollIntoViewIfNeeded();
    assert.ok(await element.evaluate((e) => e.scrollWidth > e.clientWidth), what);
    assert.ok(await shade(element, "right") > 20, `${what}: more at the right`);
    assert.ok(await shade(element, "left") < 5, `${what}: nothing at the left`);
    await element.evaluate((e) => { e.scrollLeft = e.scrollWidth; });
    assert.ok(await shade(element, "right") < 5, `${what}: nothing at the right`);
    assert.ok(await shade(element, "left") > 20, `${what}: more at the left`);
  }
}));

test("a line never begins with the mark of a claim or the end of a parenthesis", async () => {
  for (const width of [360, 768, 1280]) {
    await withPage({ ...still, width }, async (page) => {
      const torn = await page.evaluate(() => [...document.querySelectorAll("main .claim-mark")].filter((mark) => {
        const before = document.createRange();
        before.setStart(mark.parentElement, 0);
        before.setEndBefore(mark);
        const last = [...before.getClientRects()].filter((box) => box.width > 0).at(-1), own = mark.getBoundingClientRect();
        return last && own.left < last.left && own.top > last.bottom - 3;
      }).map((mark) => mark.parentElement.textContent.slice(-40)));
      assert.deepEqual(torn, [], `at ${width} pixels`);
    });
  }
});

test("on paper every figure stands whole, in its final size, on white and without controls", () => withPage({ ...still, colorScheme: "dark", fresh: true }, async (page) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const found = await page.evaluate(() => ({
    paper: getComputedStyle(document.documentElement).backgroundColor,
    figures: [...document.querySelectorAll("main figure[id]")].map((figure) => {
      const canvas = figure.querySelector(".canvas");
      return { id: figure.id, width: canvas.getBoundingClientRect().width * 25.4 / 96, asked: Number(getComputedStyle(canvas).getPropertyValue("--width")),
        breaks: getComputedStyle(figure).breakInside };
    }),
    controls: [...document.querySelectorAll(".more, .probe, .tip, .theme, .skip, .anchor, .sidenote, .claim-mark")].filter((e) => e.getClientRects().length > 0).length,
    notes: document.querySelector(".footnotes").getClientRects().length,
  }));
  assert.equal(found.paper, "rgb(255, 255, 255)");
  for (const { id, width, asked, breaks } of found.figures) {
    assert.ok(Math.abs(width - asked) < 0.5 && width <= 176, `${id}: ${width} mm`);
    assert.equal(breaks, "avoid", id);
  }
  assert.equal(found.controls, 0);
  assert.ok(found.notes > 0);
}));

// -------------------------------------------------------------------------------------------------- the page as a whole

test("the page asks for nothing but itself, is at most 1.75 MB, and every link within it leads somewhere", () => withPage({ address, fresh: true }, async (page, { requests }) => {
  const whole = statSync(`${reportFolder}/report.html`).size, module = (await page.locator("#live-module").textContent()).length;
  const frames = await page.evaluate(() => [...document.querySelectorAll("script.live")].map((e) => JSON.parse(e.textContent).frames?.length ?? 0).reduce((a, b) => a + b));
  const sent = gzipSync(readFileSync(`${reportFolder}/report.html`), { level: 9 }).length;
  assert.ok(whole <= 1.75e6 && whole - module - frames <= 1.3e6, `${whole} bytes, of them ${module} of the module and ${frames} of frames`);
  assert.ok(sent - 0.755 * (module + frames) <= 4e5, `${sent} bytes over gzip`);  // of base64, gzip leaves three quarters
  await page.evaluate(() => { for (const details of document.querySelectorAll("details")) details.open = true; });
  await page.keyboard.press("End");
  assert.deepEqual(requests.filter((url) => !/^(data|blob):/.test(url)), [address]);
  const lost = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")].map((a) => decodeURIComponent(a.hash.slice(1)))
    .filter((id) => !document.getElementById(id)));
  assert.deepEqual(lost, []);
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((e) => e.id));
  assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), []);
}));

test("the first text stands within 2 s on a slow 4G connection, and little moves after it", async () => {
  // As Lighthouse slows a connection down, at its request: 150 ms and 1.6 Mbit/s before the protocols' own costs.
  const slow4G = { offline: false, latency: 562.5, downloadThroughput: 1474.56 * 128, uploadThroughput: 675 * 128 };
  const sent = gzipSync(readFileSync(`${reportFolder}/report.html`), { level: 9 });
  const server = createServer((_, answer) => {
    answer.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-encoding": "gzip" });
    answer.end(sent);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  await withPage({ address: "about:blank", fresh: true, offline: false, width: 412, height: 823 }, async (page) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", slow4G);
    await page.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shifted += value; })
        .observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const [first, shifted] = await page.evaluate(() => [performance.getEntriesByName("first-contentful-paint")[0].startTime, window.shifted]);
    assert.ok(first < 2000, `${first} ms`);
    assert.ok(shifted < 0.1, `shifted by ${shifted}`);
  }).finally(() => server.close());
});

test("a reference to every figure, equation, table, section and source previews what it leads to", () => withPage({ ...still, height: 600 }, async (page) => {
  const empty = await page.evaluate(async () => {
    const preview = document.getElementById("preview"), seen = new Set(), failed = [];
    for (const link of document.querySelectorAll("main a.reference, main .citation a")) {
      if (seen.has(link.hash)) continue;
      seen.add(link.hash);
      link.focus({ focusVisible: true });
      const goal = document.getElementById(decodeURIComponent(link.hash.slice(1))).getBoundingClientRect();
      const inSight = goal.top >= 0 && goal.bottom <= innerHeight;
      if (!inSight && (preview.hidden || preview.textContent.trim().length < 3)) failed.push(link.hash);
      link.blur();
    }
    return { failed, count: seen.size };
  });
  assert.ok(empty.count > 50, `${empty.count} references`);
  assert.deepEqual(empty.failed, []);
}));

// What is opened under figures is the same for all, and is tried on the small page: here it would take a minute.
for (const colorScheme of ["light", "dark"]) {
  test(`no violation of WCAG 2.2 AA in the whole page, ${colorScheme}`, () => withPage({ ...still, colorScheme }, async (page) =>
    assert.deepEqual(await violations(page), [])));
}
