// Figures that live, in the report's own page: the module that the page carries, and what readers do with its sliders.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { reportAddress, reportFolder, unpacked, withPage } from "./browser.mjs";
import { facesOf } from "./fonts.mjs";
import { violations } from "./wcag.mjs";
import { Module } from "../wasm/instance.mjs";
import { requests } from "../wasm/requests.mjs";

const address = reportAddress;
const html = readFileSync(`${reportFolder}/report.html`, "utf8");
const between = (text, begin, end) => {
  const from = text.indexOf(begin) + begin.length;
  return text.slice(from, text.indexOf(end, from));
};
const figures = html.split("<figure ").slice(1).map((text) => text.slice(0, text.indexOf("</figure>"))).filter((text) => text.includes('class="live"'))
  .map((text) => ({ id: between(text, 'id="fig:', '"'), drawing: text.slice(text.indexOf("<svg"), text.indexOf("</svg>") + 6),
    reading: unpacked(between(text, 'class="reading">', "</script>")).toString(), data: JSON.parse(between(text, 'class="live">', "</script>")) }));
const ids = figures.map(({ id }) => id);
const running = figures.filter(({ data }) => !data.frames), framed = figures.filter(({ data }) => data.frames);
const figure = (page, id) => page.locator(`[id="fig:${id}"]`);

/** Sets a slider as a hand would, and waits for the drawing that follows. */
async function move(page, id, slider, place) {
  const input = figure(page, id).locator(".live-controls input").nth(slider);
  const before = await figure(page, id).locator(".live-drawing").count() && await figure(page, id).locator(".live-drawing").innerHTML();
  await input.evaluate((e, to) => {
    e.valueAsNumber = Math.round(to * Number(e.max));
    e.dispatchEvent(new Event("input", { bubbles: true }));
  }, place);
  await page.waitForFunction(([name, old]) => {
    const drawn = document.getElementById(`fig:${name}`).querySelector(".live-drawing");
    return drawn && drawn.innerHTML !== old;
  }, [id, before || ""]);
}

/** Places along a slider; of one with frames all that show another drawing than the report's. */
const placesToTry = ({ frames, controls: [control] }) => (!frames ? [0, 0.37, 1]
  : control.frames.flatMap((value, i, all) => (value === control.value ? [] : [i / (all.length - 1)])));

/** Waits until nothing is drawn any more: labels may be on their way to their places. */
const rest = (page, id) => page.waitForFunction((name) => {
  const figure = document.getElementById(`fig:${name}`);
  return figure.querySelector(".live-drawing") && !figure.querySelector(".live-controls").classList.contains("is-drawing");
}, id);

test("several figures of the report live, by the module and by frames", () => {
  assert.ok(running.length >= 7, ids.join(" "));
  assert.ok(framed.length >= 1, ids.join(" "));
});

const pageModule = () => new Module(new WebAssembly.Module(unpacked(between(html, 'id="live-module">', "</script>"))),
  JSON.parse(between(html, 'id="live-words">', "</script>")));

test("at the report's values the page's module draws and reads what the page shows, byte for byte", () => {
  const module = pageModule();
  for (const { id, drawing, reading, data } of running) {
    const answer = module.answer(JSON.stringify({ ...data.request, give: ["drawing", "reading"] }));
    assert.ok(JSON.parse(answer).drawing?.trim() === drawing, `${id}: ${answer.slice(0, 200)}`);
    assert.ok(answer.includes(`"reading":${reading},`), id);
  }
});

test("whatever values a reader chooses, the page's typefaces have every sign of the drawing", () => {
  const module = pageModule(), faces = facesOf(html);
  const faceOf = { r: "TeX Gyre Pagella normal 400", i: "TeX Gyre Pagella italic 400", b: "TeX Gyre Pagella normal 700", m: "TeX Gyre Pagella Math normal 400" };
  const missing = new Set();
  let drawn = 0;
  for (const { request } of requests(12)) {
    const drawing = JSON.parse(module.answer(request)).drawing ?? "";
    for (const [, kind = "r", text] of drawing.matchAll(/<tspan(?: class="(\w)")?[^>]*>([^<]*)</g)) {
      ++drawn;
      for (const sign of text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")) {
        const has = (name) => faces.get(name).has(sign);
        if (!has(faceOf[kind]) && !(kind === "m" && has(faceOf.r))) missing.add(`${kind} ${sign}`);
      }
    }
  }
  assert.ok(drawn > 1000, `${drawn} texts`);
  assert.deepEqual([...missing], []);
});

test("nothing of the module runs before the first touch, and then once for all figures", () => withPage(
  { address, fresh: true, before: "window.compiled = 0; for (const name of ['compile', 'compileStreaming']) { const c = WebAssembly[name]; WebAssembly[name] = (b) => { ++window.compiled; return c.call(WebAssembly, b); }; }" },
  async (page, { requests }) => {
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    assert.equal(await page.evaluate(() => window.compiled), 0);
    for (const { id } of framed) await move(page, id, 0, 0.9);
    assert.equal(await page.evaluate(() => window.compiled), 0);
    for (const { id } of running) await move(page, id, 0, 0.9);
    assert.equal(await page.evaluate(() => window.compiled), 1);
    assert.deepEqual(requests.filter((url) => !/^(file|data|blob):/.test(url)), []);
  }));

test("only pages with live figures may compile modules", () => {
  assert.match(html, /script-src[^;"]* 'wasm-unsafe-eval'/);
  assert.doesNotMatch(readFileSync(`${reportFolder}/../output/report.html`, "utf8"), /wasm-unsafe-eval|live-module|live-controls/);
});

for (const { id, data } of figures)
  test(`${id}: every slider redraws over its whole range, and the way back restores the very drawing`, () => withPage({ address }, async (page) => {
    const own = await figure(page, id).locator(".canvas > svg:not(.live-drawing)").evaluate((svg) => (window.own = svg, svg.outerHTML));
    const sliders = await figure(page, id).locator(".live-controls input").count();
    for (let slider = 0; slider < sliders; ++slider)
      for (const place of placesToTry(data)) {
        await move(page, id, slider, place);
        assert.equal(await figure(page, id).locator(".has-failed").count(), 0, await figure(page, id).locator(".live-status").textContent());
        assert.equal(await figure(page, id).locator(".canvas > svg:visible").count(), 1);
      }
    await figure(page, id).getByRole("button", { name: "Back to the report" }).click();
    await figure(page, id).locator(".live-drawing").waitFor({ state: "detached" });
    assert.ok(await figure(page, id).locator(".canvas > svg").evaluate((svg) => svg === window.own && svg.outerHTML) === own);
    for (const input of await figure(page, id).locator(".live-slider.is-moved").all()) assert.fail(await input.textContent());
  }));

test("the keyboard moves a slider, whose value is read aloud, and what changed is said once the reader rests", () => withPage({ address }, async (page) => {
  const input = figure(page, "quadratic-bowl").locator(".live-controls input").first();
  await input.focus();
  const before = await input.getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowRight");
  await figure(page, "quadratic-bowl").locator(".live-drawing").waitFor();
  const after = await input.getAttribute("aria-valuetext");
  assert.notEqual(after, before);
  assert.equal(await figure(page, "quadratic-bowl").locator("output").first().textContent(), after);
  await page.waitForFunction(() => document.querySelector("[id='fig:quadratic-bowl'] [role=status]").textContent.startsWith("Drawn anew"));
  assert.match(await figure(page, "quadratic-bowl").locator(".live-drawing desc").textContent(), new RegExp(`Drawn anew with .*${after}`));
  await figure(page, "quadratic-bowl").getByRole("button", { name: "Back to the report" }).click();
}));

test("a figure with frames shows what was drawn with each value, and its table reads it", () => withPage({ address, fresh: true }, async (page) => {
  const [{ id, data }] = framed, [{ frames, value }] = data.controls;
  const { drawings } = JSON.parse(unpacked(data.frames));
  const input = figure(page, id).locator(".live-controls input");
  await figure(page, id).locator("summary", { hasText: "Values and curves" }).click();
  assert.equal(await input.getAttribute("max"), String(frames.length - 1));
  const seen = new Set();
  for (const [place, drawing] of drawings.entries()) {
    await input.evaluate((e, to) => { e.valueAsNumber = to; e.dispatchEvent(new Event("input", { bubbles: true })); }, place);
    if (frames[place] === value) {
      assert.equal(drawing, null);
      await figure(page, id).locator(".live-drawing").waitFor({ state: "detached" });
    } else {
      const title = await page.evaluate((svg) => new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("desc").textContent, drawing);
      await page.waitForFunction(([name, desc]) => document.querySelector(`[id="fig:${name}"] .live-drawing desc`)?.textContent === desc, [id, title]);
      assert.match(title, new RegExp(`${data.controls[0].label} ${String(frames[place]).replace(".", "\\.")}`));
    }
    seen.add(await figure(page, id).locator(".values").first().textContent());
  }
  assert.equal(seen.size, frames.length);
}));

test("the crosshair and the table read what is drawn", () => withPage({ address }, async (page) => {
  const id = "stability-function";
  await figure(page, id).locator("summary", { hasText: "Values and curves" }).click();
  const before = await figure(page, id).locator(".values").first().textContent();
  await move(page, id, 0, 0.8);
  await rest(page, id);  // each drawing hides the crosshair
  assert.notEqual(await figure(page, id).locator(".values").first().textContent(), before);
  await figure(page, id).locator(".probe").focus();
  await page.keyboard.press("End");
  assert.equal(await figure(page, id).locator(".live-drawing .crosshair circle").count() > 0, true);
  assert.match(await figure(page, id).locator(".tip p").textContent(), /= 5\.\d/);  // the axis goes to more than 5 now, and stands at 3 in the report
  await figure(page, id).getByRole("button", { name: "Back to the report" }).click();
  await figure(page, id).locator(".live-drawing").waitFor({ state: "detached" });
  assert.equal(await figure(page, id).locator(".values").first().textContent(), before);
}));

test("sentences that do not hold with a reader's values are told, with the numbers, at the figure and where they stand", () => withPage(
  { address, fresh: true }, async (page) => {
    const bowl = figure(page, "quadratic-bowl");
    const rate = await bowl.locator(".live-controls input").first().evaluate((e) => Number(e.max));
    await move(page, "quadratic-bowl", 0, 195 / rate);  // 0.02 and more: the second column diverges, of which the caption says that it does not
    await bowl.locator(".live-claims li").first().waitFor();
    assert.match(await bowl.locator(".live-claims").textContent(), /the steep coordinate diverges.*1 < 1/);
    const target = await bowl.locator(".live-claims a").first().getAttribute("href");
    assert.match(await page.locator(`[id="${target.slice(1)}"] ~ .live-sign`).getAttribute("title"), /Does not hold with your values: .*1 < 1/);
    await page.waitForFunction(() => /With them \d+ of \d+ sentences/.test(document.querySelector("[id='fig:quadratic-bowl'] [role=status]").textContent));
    assert.deepEqual(await violations(page, "[id='fig:quadratic-bowl']"), []);
    await bowl.getByRole("button", { name: "Back to the report" }).click();
    await bowl.locator(".live-claims li").first().waitFor({ state: "detached" });
    assert.equal(await page.locator(".live-sign").count(), 0);
  }));

test("values that give no figure are answered in words, and the next ones with a drawing", () => withPage(
  { address: `${address}?effective-time.learning-rates.3=0.019`, fresh: true }, async (page) => {
    await page.waitForFunction(() => /0\.019 is listed twice/.test(document.querySelector("[id='fig:effective-time'] [role=status]").textContent));
    assert.equal(await figure(page, "effective-time").locator(".canvas > svg:visible").count(), 1);
    await move(page, "effective-time", 0, 0.3);
    assert.equal(await figure(page, "effective-time").locator(".has-failed").count(), 0);
  }));

test("a link carries the values", () => withPage({ address, fresh: true }, async (page) => {
  await move(page, "quadratic-bowl", 0, 0.8);
  const link = await figure(page, "quadratic-bowl").locator(".live-link").evaluate((a) => a.href);
  await rest(page, "quadratic-bowl");
  const drawn = await figure(page, "quadratic-bowl").locator(".live-drawing").innerHTML();
  await page.goto(link);
  await figure(page, "quadratic-bowl").locator(".live-drawing").waitFor();
  await rest(page, "quadratic-bowl");
  assert.equal(await figure(page, "quadratic-bowl").locator(".live-drawing").innerHTML(), drawn);
}));

test("labels that have to go elsewhere get there without the reader, or at once where motion is unwanted", () => withPage({ address, fresh: true }, async (page) => {
  const drawings = async () => {
    await figure(page, "momentum").evaluate((f) => {
      window.drawings = 0;
      new MutationObserver((seen) => { for (const { addedNodes } of seen) window.drawings += addedNodes.length; }).observe(f.querySelector(".canvas"), { childList: true });
    });
    await move(page, "momentum", 0, 0.1);
    await rest(page, "momentum");
    return page.evaluate(() => window.drawings);
  };
  const seen = await drawings();
  assert.ok(seen > 2 && seen < 60, `${seen} drawings`);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.reload();
  assert.equal(await drawings(), 1);
}));

test("what a reader reads stays while labels are on their way", () => withPage({ address, fresh: true }, async (page) => {
  const momentum = figure(page, "momentum");
  await momentum.locator(".probe").focus();
  await page.keyboard.press("Home");
  await momentum.locator(".tip").waitFor();  // the figure's own values are unpacked
  await momentum.evaluate((f) => {
    window.after = -1;
    new MutationObserver((seen) => {
      for (const { addedNodes } of seen) for (const added of addedNodes) if (added.matches(".live-drawing") && ++window.after === 0)
        setTimeout(() => f.querySelector(".probe").dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true })));
    }).observe(f.querySelector(".canvas"), { childList: true });
  });
  await move(page, "momentum", 0, 0.1);
  await rest(page, "momentum");
  assert.ok(await page.evaluate(() => window.after) > 1);
  assert.ok(await momentum.locator(".live-drawing .crosshair circle").count() > 0);
  assert.ok(await momentum.locator(".tip").isVisible());
}));

test("paper shows the report's own drawing", () => withPage({ address, fresh: true }, async (page) => {
  await move(page, "quadratic-bowl", 0, 0.8);
  await page.emulateMedia({ media: "print" });
  const shown = figure(page, "quadratic-bowl").locator("svg.drawing:visible");
  assert.equal(await shown.count(), 1);
  assert.equal(await shown.evaluate((svg) => svg.classList.contains("live-drawing")), false);
  assert.equal(await figure(page, "quadratic-bowl").locator(".live-controls").isVisible(), false);
}));

test("without a script the figures stand and there are no sliders, and without WebAssembly those of frames alone", async () => {
  await withPage({ address, javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.locator(".live-controls").count(), 0);
    assert.equal(await figure(page, "quadratic-bowl").locator("svg.drawing:visible").count(), 1);
  });
  await withPage({ address, fresh: true, before: "delete window.WebAssembly" }, async (page) => {
    assert.equal(await page.locator(".live-controls").count(), framed.length);
    assert.equal(await figure(page, "quadratic-bowl").locator("svg.drawing:visible").count(), 1);
    await move(page, framed[0].id, 0, 1);
  });
});

for (const colorScheme of ["light", "dark"])
  for (const width of [360, 1280])
    test(`no violation of WCAG 2.2 AA in a moved figure, in ${colorScheme} at ${width} pixels, and nothing wider than the window`, () => withPage(
      { address, colorScheme, width }, async (page) => {
        await move(page, "quadratic-bowl", 0, 0.7);
        await page.waitForFunction(() => document.querySelector("[id='fig:quadratic-bowl'] [role=status]").textContent !== "");
        assert.deepEqual(await violations(page, "[id='fig:quadratic-bowl']"), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
        await figure(page, "quadratic-bowl").getByRole("button", { name: "Back to the report" }).click();
      }));
