// The page as a page: alone on disk, at any width, in light, dark and print, with and without a script.
import { test } from "node:test";
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { figureCount, pageAddress, pageFile, withPage } from "./browser.mjs";

const colourOf = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const light = "rgb(255, 255, 255)", dark = "rgb(17, 20, 24)";

test("nothing is asked for but the page itself", () => withPage({ fresh: true }, async (page, { requests }) => {
  await page.mouse.wheel(0, 20000);
  for (const details of await page.locator("details > summary").all()) await details.click();
  assert.deepEqual(requests.filter((url) => !/^(data|blob):/.test(url)), [pageAddress]);
}));

test("no script or style runs that was not put into the page with it", () => withPage({ fresh: true }, async (page, { errors }) => {
  const ran = await page.evaluate(async () => {
    const add = (name, text) => document.body.append(Object.assign(document.createElement(name), { textContent: text }));
    add("script", "window.ran = true");
    add("style", "body { color: rgb(1, 2, 3) !important }");
    document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='window.ran = true'>");
    await new Promise((later) => setTimeout(later, 100));
    return { script: "ran" in window, style: getComputedStyle(document.body).color };
  });
  assert.equal(ran.script, false);
  assert.notEqual(ran.style, "rgb(1, 2, 3)");
  assert.ok(errors.length >= 3 && errors.every((error) => error.includes("Content Security Policy")), errors.join("\n"));
  errors.length = 0;
}));

test("the page is at most 1 MB", () => {
  assert.ok(statSync(pageFile).size <= 1e6, `${statSync(pageFile).size} bytes`);
});

for (const width of [320, 360, 768, 1024, 1280, 1920]) {
  test(`nothing is wider than a window of ${width} pixels`, () => withPage({ width }, async (page) => {
    for (const details of await page.locator("details > summary").all()) await details.click();
    const [inner, whole] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
    assert.ok(whole <= inner, `${whole} > ${inner}`);
  }));
}

for (const width of [900, 1280, 1920]) {
  test(`at ${width} pixels a line of text holds 60 to 75 characters`, () => withPage({ width }, async (page) => {
    const measures = await page.evaluate(() => [...document.querySelectorAll("main > p, main > section > p")]
      .filter((p) => p.textContent.length > 400 && !p.querySelector("math"))
      .map((p) => {
        const range = document.createRange();
        range.selectNodeContents(p);
        const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.bottom / 10)));
        return p.textContent.length / lines.size;
      }));
    assert.ok(measures.length > 0);
    for (const m of measures) assert.ok(m >= 60 && m <= 75, `${m}`);
  }));
}

test("text of figures is set in the house's faces and stays inside its drawing", () => withPage({}, async (page) => {
  const outside = await page.evaluate(() => [...document.querySelectorAll(".drawing")].flatMap((svg) => {
    const box = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter((t) => {
      const r = t.getBoundingClientRect();
      return r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1;
    }).map((t) => t.textContent);
  }));
  assert.deepEqual(outside, []);
  const faces = await page.evaluate(() => [...document.fonts].map((f) => `${f.family} ${f.status}`));
  assert.equal(faces.filter((f) => f.endsWith("loaded")).length, 4, faces.join());
  assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector(".drawing tspan")).fontFamily.split(",")[0]), '"TeX Gyre Pagella"');
}));

test("every link within the page has its target", () => withPage({}, async (page) => {
  const lost = await page.evaluate(() => [...document.querySelectorAll("a[href^='#']")].map((a) => a.hash.slice(1))
    .filter((id) => !document.getElementById(decodeURIComponent(id))));
  assert.deepEqual(lost, []);
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((e) => e.id));
  assert.equal(new Set(ids).size, ids.length, "an id stands twice");
}));

test("notes stand beside the text where there is room, else at the end", async () => {
  await withPage({ width: 1280 }, async (page) => {
    const note = page.locator(".sidenote").first();
    assert.ok(await note.isVisible());
    const [noteBox, textBox] = [await note.boundingBox(), await page.locator("main > p, main > section > p").first().boundingBox()];
    assert.ok(noteBox.x > textBox.x + textBox.width, "the note is beside the text");
    assert.ok(!(await page.locator(".footnotes").isVisible()));
  });
  await withPage({ width: 360 }, async (page) => {
    assert.ok(!(await page.locator(".sidenote").first().isVisible()));
    assert.ok(await page.locator(".footnotes").isVisible());
  });
});

test("a figure for the margin stands in the gutter beside the text that follows it, else in the text", async () => {
  const boxes = (page) => page.evaluate(() => {
    const box = (e) => e.getBoundingClientRect().toJSON();
    const figure = document.getElementById("fig:time"), next = figure.nextElementSibling;
    return { figure: box(figure), canvas: box(figure.querySelector(".canvas")), next: box(next), measure: box(document.querySelector("main > p")) };
  });
  await withPage({ width: 1280 }, async (page) => {
    const { figure, canvas, next, measure } = await boxes(page);
    assert.ok(figure.left > measure.right && figure.right < 1280, "in the gutter");
    assert.ok(canvas.right <= figure.right + 1, "not wider than the gutter");
    assert.ok(next.top < figure.bottom, "the text goes on beside it");
  });
  await withPage({ width: 360 }, async (page) => {
    const { figure, next } = await boxes(page);
    assert.ok(figure.left >= 0 && figure.right <= 360 && next.top >= figure.bottom);
  });
});

test("the contents say which section is being read", () => withPage({}, async (page) => {
  await page.locator("h1#sec\\:steps").evaluate((h) => scrollTo(0, h.getBoundingClientRect().top + scrollY - 20));
  await page.waitForFunction(() => document.querySelector(".contents a[aria-current]")?.textContent.includes("Steps"));
  assert.equal(await page.locator(".contents a[aria-current]").count(), 1);
}));

test("light and dark follow the system, and the reader's choice is remembered", async () => {
  await withPage({ colorScheme: "light" }, async (page) => assert.equal(await colourOf(page), light));
  await withPage({ colorScheme: "dark", fresh: true }, async (page) => {
    assert.equal(await colourOf(page), dark);
    const ink = () => page.evaluate(() => [...document.querySelectorAll("[data-series] path")].map((p) => getComputedStyle(p).stroke).find((s) => s !== "none"));
    const before = await ink();
    await page.getByRole("button", { name: "Light colours" }).click();
    assert.equal(await colourOf(page), light);
    assert.notEqual(await ink(), before, "the figures follow");
    await page.reload();
    assert.equal(await colourOf(page), light);
    await page.getByRole("button", { name: "Dark colours" }).click();
    assert.equal(await colourOf(page), dark);
  });
});

test("paper is white whatever was chosen, and shows no controls", () => withPage({ colorScheme: "dark", fresh: true }, async (page) => {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await colourOf(page), light);
  for (const hidden of [".theme", ".more", ".sidenote", ".skip", ".anchor"])
    assert.ok(!(await page.locator(hidden).first().isVisible()), hidden);
  assert.ok(await page.locator(".footnotes").isVisible());
  assert.ok(await page.locator(".drawing").first().isVisible());
}));

test("without a script the page reads the same", () => withPage({ javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator(".drawing").count(), figureCount);
  assert.ok(await page.locator(".drawing").first().isVisible());
  assert.ok(await page.locator(".footnotes").isVisible());
  await page.locator(".made summary").first().click();
  assert.ok(await page.locator(".made dl").first().isVisible());
}));

test("under each figure stand its data, parameters, seed, code and how to run it again", () => withPage({}, async (page) => {
  for (const figure of await page.locator("figure").all()) {
    await figure.locator("summary", { hasText: "How this figure was made" }).click();
    const facts = await figure.locator(".made dl").innerText();
    for (const fact of ["experiment", "seed", "code", "files", "rerun", "./build-report.sh figure fig:"]) assert.ok(facts.includes(fact), fact);
    const links = await figure.locator(".made dl a").evaluateAll((list) => list.map((a) => a.getAttribute("href")));
    assert.ok(links.some((l) => /^data\/.*\.csv$/.test(l)) && links.some((l) => /^data\/.*\.json$/.test(l)), links.join());
  }
}));

test("references preview what they lead to, for the pointer and for the keyboard", () => withPage({ width: 1440, height: 500 }, async (page) => {
  const preview = page.locator("#preview");
  const cases = [["a.reference[href='#fig:bowl']", "One step size decides"], ["a.reference[href='#sec:steps']", "Steps multiply too"],
    ["a[href='#ref-glorot2010']", "Deep Feedforward"]];
  for (const [link, text] of cases) {
    await page.locator(link).first().hover();
    await preview.waitFor();
    assert.ok((await preview.innerText()).includes(text), text);
    await page.keyboard.press("Escape");
    assert.ok(!(await preview.isVisible()), "Escape closes it");
    await page.mouse.move(2, 2);
  }
  await page.locator("a.reference[href='#fig:bowl']").first().evaluate((a) => a.focus({ focusVisible: true }));
  await preview.waitFor();
  assert.ok(await preview.locator("svg").isVisible());
  assert.equal(await preview.locator("[id], a[href], [tabindex]").count(), 0);
  const box = await preview.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 1440);
}));

test("a preview stays while the pointer is on it", () => withPage({ width: 1440, height: 500 }, async (page) => {
  const link = page.locator("a.reference[href='#fig:bowl']").first();
  await link.hover();
  const preview = page.locator("#preview");
  await preview.waitFor();
  const box = await preview.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
  await page.waitForTimeout(500);
  assert.ok(await preview.isVisible());
}));

test("a claim opens to its condition and numbers", () => withPage({}, async (page) => {
  const mark = page.locator(".claim-mark").first();
  await mark.click();
  assert.equal(await mark.getAttribute("aria-expanded"), "true");
  assert.ok((await page.locator(".claim-facts").first().innerText()).includes("sigmoid-xavier.decades"));
}));
