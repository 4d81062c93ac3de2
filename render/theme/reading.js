// Reading values off a figure with the pointer or the keyboard, and switching its curves on and off. The data come from
// the figure's own layout: each panel's box and scales on paper, and its series.
"use strict";

const svgName = "http://www.w3.org/2000/svg";

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The digits of a positive number, "1.234", and its power of ten. A number half way between two goes to the even one, as the
// generator's numbers do.
function rounded(size, digits) {
  const [near, power] = size.toExponential(digits - 1).split("e");
  const [long] = size.toExponential(40).split("e");
  const [kept, rest] = [long.slice(0, digits + 1), long.slice(digits + 1)];
  return [/^50*$/.test(rest) && Number(kept.at(-1)) % 2 === 0 ? kept : near, Number(power)];
}

// A number as the generator prints it (src/text/number.cpp): written out from 0.0001 to a million as far as its digits go,
// else with a power of ten.
function shown(value) {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value.replace("Infinity", "∞").replace("-", "−").replace("NaN", words.not_a_number);
  if (value === 0) return "0";
  const most = 4, size = Math.abs(value);
  const [digits, power] = rounded(size, most);
  const near = Number(`${digits}e${power}`);
  const text = power >= -4 && power < 6 && (power < most || near === size) ? String(near)
    : `${Number(digits) === 1 ? "" : `${Number(digits)} × `}10^(${power})`;
  return (value < 0 ? "-" : "").concat(text).replaceAll("-", "−").replace(".", words.decimal_sign);
}

// "‖δ^(ℓ)‖" with its ℓ raised. Scripts are a group in parentheses, a number, a word as in "λ_max", or one character.
const bareScript = /^(?:−?\d+(?:[.,]\d+)?|[A-Za-z]{2,}|.)/u;
function set(text) {
  const out = document.createDocumentFragment();
  for (let at = 0; at < text.length;) {
    const mark = text.slice(at).search(/[\^_]/);
    if (mark < 0) {
      out.append(text.slice(at));
      break;
    }
    out.append(text.slice(at, at + mark));
    at += mark + 1;
    let end = at + (bareScript.exec(text.slice(at))?.[0].length ?? 0);
    if (text[at] === "(")
      for (let depth = 1; depth > 0 && end < text.length; ++end) depth += text[end] === "(" ? 1 : text[end] === ")" ? -1 : 0;
    const script = text[at] === "(" ? text.slice(at + 1, end - 1) : text.slice(at, end);
    out.append(element(text[at - 1] === "^" ? "sup" : "sub", {}, set(script)));
    at = end;
  }
  return out;
}

// The same for the ear.
const spoken = (text) => text.replace(/ × 10\^\(([^)]*)\)/g, (all, power) => ` ${filled(words.times_ten_to, { power })}`)
  .replace(/\b10\^\(([^)]*)\)/g, (all, power) => filled(words.ten_to, { power })).replace("≈", words.about);
const pair = (name, value) => filled(words.pair, { name, value });
const within = (axis, low, high) => (low === undefined ? "" : ` [${said(axis, low)}, ${said(axis, high)}]`);
const nameOf = (series) => (series.theory ? filled(words.theory_of, { name: series.name }) : series.name);

// ------------------------------------------------------------------------------------------------ data and their places

const transformed = (axis, value) => (axis.log ? Math.log10(value) : value);
const hasPlace = (axis, value) => typeof value === "number" && (!axis.log || value > 0);

function place(axis, value) {
  return axis.from + ((transformed(axis, value) - axis.low) / (axis.high - axis.low)) * (axis.to - axis.from);
}

function valueAt(axis, at) {
  const t = axis.low + ((at - axis.from) / (axis.to - axis.from)) * (axis.high - axis.low);
  return axis.log ? 10 ** t : t;
}

// A value as its axis says it: the name of a category, a date (ISO 8601, UTC) as fine as its axis, or a number.
function said(axis, value) {
  if (value === null) return words.missing;
  if (axis.names && axis.names[value] !== undefined) return axis.names[value];
  if (!axis.date || typeof value !== "number") return shown(value);
  const span = axis.high - axis.low;
  const [day, time] = new Date(1000 * value).toISOString().split("T");
  return /^00:00:00\.000/.test(time) ? day : `${day} ${time.slice(0, span < 60 ? 12 : span < 172800 ? 8 : 5)}`;
}

const nameOfAxis = (axis, otherwise) => axis.label || (axis.names ? words.category : axis.date ? words.date_axis : otherwise);

// Where the end of a bar stands, which is not at its data where bars stand side by side or on one another.
function endOf({ bars }, x, y, i) {
  if (!bars) return [x, y];
  const below = bars.below?.[i] ?? 0;
  return bars.horizontal ? [x + below, y + bars.offset] : [x + bars.offset, y + below];
}

// Points with their places in points of paper, and those along x from left to right.
function prepare(panel) {
  let before;
  for (const series of panel.series) {
    series.x ??= before;  // null where it is that of the series before
    before = series.x;
    let index = 0;  // k has the steps from one to the next
    series.points = series.x.map((x, i) => {
      const y = series.y[i], [endX, endY] = endOf(series, x, y, i);
      return { x, y, lower: series.lower?.[i], upper: series.upper?.[i], left: series.left?.[i], right: series.right?.[i], index: series.k ? (index += series.k[i]) : i,
        note: series.notes?.[i], px: place(panel.x, panel.plane ? endX : x), mx: place(panel.x, endX), py: hasPlace(panel.y, y) ? place(panel.y, endY) : null };
    });
    series.across = panel.plane ? [] : [...series.points].sort((a, b) => a.px - b.px);
  }
  panel.rows = panel.map ? rowsOf(panel) : [];
}

// The samples of a heat map that are numbers, row by row.
function rowsOf({ map, x, y }) {
  const columns = map.x.map((value) => ({ x: value, px: place(x, value) }));
  return map.y.map((value, row) => columns.map((column, i) => ({ ...column, y: value, py: place(y, value), value: map.value[row * columns.length + i] }))
    .filter((sample) => typeof sample.value === "number")).filter((row) => row.length > 0);
}

// The first point of a sorted list that is not left of `px`.
function firstFrom(points, px) {
  let low = 0, high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].px < px) low = middle + 1; else high = middle;
  }
  return low;
}

// Points of paper: what is one place to the eye, what the arrow keys need not tell apart, and what is one in the data.
const seenAsOne = 0.75, oneStop = 0.05, samePlace = 0.002;

// The point whose value the step between two points has.
function heldAt({ steps }, a, b, px) {
  if (!steps || !a || !b) return null;
  if (steps === "middle") return px - a.px < b.px - px ? a : b;
  return (steps === "after") === (a.index < b.index) ? a : b;  // before and after are meant along x, whichever way it runs
}

// What a series says at a place along x: a point's value, or about what its line shows between two points, or that of a
// point so near that nobody could tell.
function valueOf(series, panel, px) {
  const right = firstFrom(series.across, px);
  const a = series.across[right - 1], b = series.across[right];
  const near = [a, b].filter(Boolean).sort((p, q) => Math.abs(p.px - px) - Math.abs(q.px - px))[0];
  if (!near) return null;
  const distance = Math.abs(near.px - px);
  if (distance <= samePlace) return { ...near, exact: true };
  const held = heldAt(series, a, b, px);
  if (held && held.py !== null) return { px, py: held.py, x: valueAt(panel.x, px), y: held.y, exact: true };
  if (held || !series.joined || !a || !b || a.py === null || b.py === null) return distance <= seenAsOne ? { ...near, exact: false } : null;
  const py = a.py + ((px - a.px) / (b.px - a.px)) * (b.py - a.py);
  return { px, py, x: valueAt(panel.x, px), y: valueAt(panel.y, py), exact: false };
}

// ------------------------------------------------------------------------------------------------------------- a figure

// The bytes of a text that holds them compressed by gzip in base64, as an answer of this type. Uint8Array.from would take
// ten times as long.
function unpacked(text, type = "application/octet-stream") {
  const letters = atob(text), packed = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; ++i) packed[i] = letters.charCodeAt(i);
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")), { headers: { "Content-Type": type } });
}

class Reader {
  constructor(figure) {
    this.figure = figure;
    this.canvas = figure.querySelector(".canvas");
    this.own = this.canvas.querySelector("svg");
    this.off = new Set();
    this.number = figure.querySelector(".caption-label")?.textContent ?? words.the_figure;
    this.addCrosshair();
    this.addProbe();
    this.addTip();
    this.takeOwn();
    this.follow();
  }

  // The values of the report's own drawing are unpacked when a reader first comes to it.
  open() {
    this.opening ??= unpacked(this.figure.querySelector("script.reading").textContent).json().then((panels) => {
      this.ownPanels = panels;
      if (this.drawing === this.own) this.takeOwn();
    });
    return this.opening;
  }

  takeOwn() { this.take(this.own, this.ownPanels ?? []); }

  // Reads this drawing, whose panels are these.
  take(drawing, panels) {
    this.takeAgain(drawing);
    this.width = drawing.viewBox.baseVal.width;
    this.panels = panels;
    for (const panel of panels) prepare(panel);
    this.setTracks();
    if (!this.details || this.details.childElementCount === 1) return;
    this.details.lastElementChild.remove();
    if (this.details.open) fillValues(this);
  }

  // The same figure with labels elsewhere: what a reader reads there stays.
  takeAgain(drawing) {
    this.drawing = drawing;
    drawing.append(this.crosshair);
    this.mute();
  }

  // What the keyboard moves along: a panel's x, or over a plane each series and each row of a heat map.
  setTracks() {
    this.tracks = [];
    for (const panel of this.panels) {
      const on = panel.series.filter((s) => !this.off.has(s.series));
      if (panel.plane) {
        for (const series of on) this.tracks.push({ panel, series, stops: series.points });
        for (const row of panel.rows) this.tracks.push({ panel, stops: row, isRow: true });
        continue;
      }
      const stops = [];
      for (const point of on.flatMap((s) => s.across).sort((a, b) => a.px - b.px))
        if (!stops.length || point.px - stops.at(-1).px > oneStop) stops.push(point);
      if (stops.length) this.tracks.push({ panel, stops });
    }
    this.track = 0;
    this.stop = 0;
  }

  addCrosshair() {
    this.crosshair = document.createElementNS(svgName, "g");
    this.crosshair.setAttribute("class", "crosshair");
  }

  addProbe() {
    this.probe = element("div", { class: "probe", role: "slider", tabindex: "0",
      "aria-label": filled(words.read_values, { figure: this.number }), "aria-describedby": "reading-keys",
      "aria-valuemin": "1", "aria-valuemax": "1", "aria-valuenow": "1", "aria-valuetext": words.not_reading });
    this.canvas.append(this.probe);
    this.probe.addEventListener("keydown", (event) => this.onKey(event));
    this.probe.addEventListener("focus", async () => {
      await this.open();
      if (this.probe.matches(":focus-visible")) this.read();
    });
    this.probe.addEventListener("blur", () => this.hide());
  }

  addTip() {
    this.tip = element("div", { class: "tip", "aria-hidden": "true", hidden: "" });
    this.figure.append(this.tip);
  }

  follow() {
    const move = async (event) => {
      this.pointed = event;
      if (!this.ownPanels) await this.open();
      if (this.pointed === event) this.point(event);
    };
    this.canvas.addEventListener("pointermove", move);
    this.canvas.addEventListener("pointerdown", move);
    this.canvas.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") this.hide(); });
    this.canvas.addEventListener("click", (event) => {
      const named = event.target.closest?.("text") && event.target.closest("[data-series]");
      if (named) this.toggle(named.dataset.series);
    });
    addEventListener("keydown", (event) => { if (event.key === "Escape") this.hide(); });
    addEventListener("pointerdown", (event) => { if (!this.canvas.contains(event.target)) this.hide(); });
  }

  // ---- where

  point(event) {
    const box = this.drawing.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * this.width;
    const y = ((event.clientY - box.top) / box.width) * this.width;
    const reach = 5, preferred = 3;  // points of paper; a curve is met before the samples of the map behind it
    // An inset comes after the panel that it lies on.
    const panel = this.panels.findLast(({ box: [left, top, right, bottom] }) =>
      x >= left - reach && x <= right + reach && y >= top - reach && y <= bottom + reach);
    let best = null;
    this.tracks.forEach((track, t) => {
      if (track.panel !== panel) return;
      track.stops.forEach((p, s) => {
        const distance = panel.plane ? Math.hypot(p.px - x, p.py - y) + (track.isRow ? preferred : 0) : Math.abs(p.px - x);
        if (!best || distance < best.distance) best = { distance, t, s };
      });
    });
    if (!best) return this.hide();
    this.track = best.t;
    this.stop = best.s;
    this.read(y);
  }

  onKey(event) {
    if (!/^(Arrow(Right|Left|Up|Down)|Page(Up|Down)|Home|End)$/.test(event.key)) return;
    event.preventDefault();
    this.open().then(() => this.go(event.key, event.shiftKey ? 10 : 1));
  }

  go(key, size) {
    const steps = { ArrowRight: 1, ArrowLeft: -1, PageUp: 10, PageDown: -10 };
    const track = this.tracks[this.track];
    if (!track) return;
    if (key in steps) this.stop += steps[key] * size;
    else if (key === "Home") this.stop = 0;
    else if (key === "End") this.stop = track.stops.length - 1;
    else this.changeTrack(key === "ArrowDown" ? 1 : -1);
    this.stop = Math.min(Math.max(this.stop, 0), this.tracks[this.track].stops.length - 1);
    this.read();
  }

  // The next panel or series, at the place nearest to where the reader was.
  changeTrack(by) {
    const before = this.tracks[this.track];
    this.track = (this.track + by + this.tracks.length) % this.tracks.length;
    const after = this.tracks[this.track];
    this.stop = Math.round((this.stop / Math.max(1, before.stops.length - 1)) * (after.stops.length - 1));
  }

  // ---- what

  // Of panels above one another only the lowest bears the label of the axis that they share.
  labelOf({ x }) {
    return x.label || this.panels.find((p) => p.x.label && ["low", "high", "from", "to"].every((end) => p.x[end] === x[end]))?.x.label || "";
  }

  reading() {
    const { panel, series, stops, isRow } = this.tracks[this.track];
    const at = stops[this.stop];
    const x = this.labelOf(panel).replace(/\s*\([^()]*\)$/, "") || nameOfAxis(panel.x, "x");
    if (series || isRow) {
      const rows = [{ name: x, text: said(panel.x, at.x), bounds: within(panel.x, at.left, at.right) },
        { name: nameOfAxis(panel.y, "y"), text: said(panel.y, at.y), bounds: within(panel.y, at.lower, at.upper), note: at.note }];
      if (isRow) return { head: pair(panel.map.label, shown(at.value)), rows, marks: [{ ...at, ink: "foreground" }], panel, at };
      return { head: filled(words.point_of, { series: series.name, number: at.index }), rows, marks: [{ ...at, ink: series.ink }], ink: series.ink, panel, at };
    }
    const rows = [], marks = [];
    const text = (value) => `${value.exact ? "" : "≈ "}${said(panel.y, value.y)}`;
    for (const s of panel.series) {
      if (this.off.has(s.series)) continue;
      const value = valueOf(s, panel, at.px);
      if (!value) continue;
      // A theory stands beside what it is the theory of.
      const measured = s.theory && rows.find((row) => row.series === s.series);
      if (measured) {
        measured.theory = text(value);
        continue;
      }
      const along = within(panel.x, value.left, value.right);
      const bounds = within(panel.y, value.lower, value.upper) + (along && `; ${x}${along}`);
      rows.push({ series: s.series, name: nameOf(s), ink: s.ink, text: text(value), bounds, note: value.note, py: value.py ?? 0 });
      if (value.py !== null) marks.push({ ...value, ink: s.ink });
    }
    rows.sort((a, b) => a.py - b.py);
    return { head: `${x} = ${said(panel.x, at.x)}`, rows, marks, panel, at };
  }

  read(pointerY) {
    const track = this.tracks[this.track];
    if (!track) return this.hide();
    const reading = this.reading();
    this.draw(reading);
    this.show(reading, pointerY ?? reading.at.py ?? reading.panel.box[1]);
    this.probe.setAttribute("aria-valuemax", track.stops.length);
    this.probe.setAttribute("aria-valuenow", this.stop + 1);
    this.probe.setAttribute("aria-valuetext", [reading.panel.title, reading.head,
      ...reading.rows.map((row) => spoken(pair(row.name, `${row.text}${row.bounds ?? ""}${row.theory ? `, ${filled(words.theory_value, { value: row.theory })}` : ""}${row.note ? `, ${row.note}` : ""}`)))]
      .filter(Boolean).join("; "));
  }

  draw({ panel, marks, at }) {
    const [left, top, right, bottom] = panel.box;
    const parts = [];
    const line = (x1, y1, x2, y2) => parts.push(`<path d="M${x1} ${y1}L${x2} ${y2}"/>`);
    line(at.px, top, at.px, bottom);
    if (panel.plane) line(left, at.py, right, at.py);
    for (const mark of marks)
      if (mark.py >= top - 0.5 && mark.py <= bottom + 0.5)
        parts.push(`<circle cx="${mark.mx ?? mark.px}" cy="${mark.py}" r="2.4" style="fill:var(--ink-${mark.ink})"/>`);
    this.crosshair.innerHTML = parts.join("");
  }

  show({ head, rows, panel, at, ink }, y) {
    const swatch = (colour) => (colour ? element("i", { style: `background:var(--ink-${colour})` }) : element("i"));
    const theories = rows.some((row) => row.theory);
    this.tip.classList.toggle("theories", theories);
    this.tip.replaceChildren(element("p", {}, ...(ink ? [swatch(ink), " "] : []), set(head), ...(theories ? [element("em", {}, words.theory)] : [])),
      ...rows.flatMap((row) => [element("div", {}, swatch(row.ink), element("span", {}, set(row.name)),
        element("b", {}, set(row.text), element("small", {}, set(row.bounds ?? ""))),
        ...(theories ? [element("em", {}, set(row.theory ?? ""))] : [])),
        ...(row.note ? [element("div", { class: "note" }, set(row.note))] : [])]));
    this.tip.hidden = false;
    const figure = this.figure.getBoundingClientRect(), box = this.drawing.getBoundingClientRect();
    const scale = box.width / this.width, gap = 14;
    const x = box.left - figure.left + at.px * scale;
    const width = this.tip.offsetWidth, height = this.tip.offsetHeight;
    const room = Math.min(figure.width, document.documentElement.clientWidth - figure.left);
    let left = x + gap;
    if (left + width > room) left = x - gap - width;
    if (left < 0) left = Math.max(0, Math.min(x + gap, room - width));
    const foot = box.bottom - figure.top;
    let top = box.top - figure.top + y * scale - height / 2;
    top = Math.max(Math.min(top, foot - height), box.top - figure.top + panel.box[1] * scale);
    // Where it would cover half of the drawing it stands below.
    if (width > 0.55 * figure.width) [left, top] = [Math.max(0, Math.min(left, room - width)), foot];
    this.tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  hide() {
    this.pointed = null;
    this.tip.hidden = true;
    this.crosshair.replaceChildren();
  }

  // ---- curves on and off

  toggle(series) {
    if (!this.off.delete(series)) this.off.add(series);
    this.mute();
    for (const box of this.figure.querySelectorAll("input[data-series]")) box.checked = !this.off.has(box.dataset.series);
    this.setTracks();
    this.hide();
  }

  mute() {
    for (const group of this.drawing.querySelectorAll("[data-series]"))
      group.classList.toggle("off", this.off.has(group.dataset.series));
  }

  switches() {
    const named = new Map();
    for (const s of this.panels.flatMap((p) => p.series))
      if (!named.has(s.series) || named.get(s.series).theory) named.set(s.series, s);
    const boxes = [...named.values()].map((s) => {
      const box = element("input", { type: "checkbox", "data-series": s.series });
      box.checked = true;
      box.addEventListener("change", () => this.toggle(s.series));
      return element("label", {}, box, element("i", { style: `background:var(--ink-${s.ink})` }), element("span", {}, set(s.name)));
    });
    return element("fieldset", { class: "switches", "aria-label": filled(words.curves_of, { figure: this.number }) }, element("legend", {}, words.curves), ...boxes);
  }
}

// --------------------------------------------------------------------------------------------------------------- tables

const mostRows = 60;  // a panel; more could not be read

const framed = (table, name) => element("div", { class: "values", role: "group", tabindex: "0", "aria-label": filled(words.values_of, { name }) }, table);

const saidOf = (panel, point) => said(panel.y, point.y) + (point.note ? ` (${point.note})` : "");

function tableOf(panel) {
  const head = element("tr"), rows = [];
  const cell = (name, text) => element(name, name === "th" ? { scope: "col" } : {}, set(text));
  if (panel.plane) {
    for (const title of [words.series, words.point, nameOfAxis(panel.x, "x"), nameOfAxis(panel.y, "y")]) head.append(cell("th", title));
    for (const s of panel.series)
      for (const p of s.points) rows.push([nameOf(s), shown(p.index), said(panel.x, p.x), saidOf(panel, p)]);
  } else {
    head.append(cell("th", nameOfAxis(panel.x, "x")), ...panel.series.map((s) => cell("th", nameOf(s))));
    const at = new Map();
    panel.series.forEach((s, column) => {
      for (const p of s.points) {
        if (!at.has(p.x)) at.set(p.x, []);
        at.get(p.x)[column] = p;
      }
    });
    for (const [x, values] of [...at].sort((a, b) => a[0] - b[0]))
      rows.push([said(panel.x, x), ...panel.series.map((s, column) => (values[column] ? saidOf(panel, values[column]) : ""))]);
  }
  const step = Math.ceil(rows.length / mostRows);
  const body = rows.filter((row, i) => i % step === 0 || i === rows.length - 1).map((row) => element("tr", {}, ...row.map((v) => cell("td", v))));
  const table = element("table", {}, element("caption", {}, set(panel.title || words.values)), element("thead", {}, head), element("tbody", {}, ...body));
  return framed(table, panel.title || words.the_figure);
}

function tableOfMap({ map, rows, title, x, y }) {
  const head = element("tr"), samples = rows.flat(), step = Math.ceil(samples.length / mostRows);
  for (const name of [x.label || "x", y.label || "y", map.label || words.value]) head.append(element("th", { scope: "col" }, set(name)));
  const body = samples.filter((sample, i) => i % step === 0).map((sample) =>
    element("tr", {}, ...[sample.x, sample.y, sample.value].map((v) => element("td", {}, set(shown(v))))));
  return framed(element("table", {}, element("caption", {}, set(title || words.map)), element("thead", {}, head), element("tbody", {}, ...body)), title || words.the_map);
}

function asCsv(panels) {
  const quoted = (v) => (/[",\n]/.test(v) ? `"${String(v).replaceAll('"', '""')}"` : v);
  const plain = (axis, value) => (typeof value !== "number" ? value : axis.date ? new Date(1000 * value).toISOString() : axis.names?.[value] ?? value);
  const along = panels.some((panel) => panel.series.some((s) => s.left));
  const lines = [`panel,series,x,y,lower,upper${along ? ",left,right" : ""}`];
  for (const panel of panels)
    for (const s of panel.series)
      for (const p of s.points)
        lines.push([panel.title, nameOf(s), plain(panel.x, p.x), plain(panel.y, p.y), p.lower ?? "", p.upper ?? "", ...(along ? [p.left ?? "", p.right ?? ""] : [])].map(quoted).join(","));
  return `${lines.join("\n")}\n`;
}

function saveLink(reader) {
  const button = element("button", { type: "button", class: "save" }, words.save_values);
  button.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([asCsv(reader.panels)], { type: "text/csv" }));
    element("a", { href: address, download: `${reader.figure.id.replace("fig:", "")}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  });
  return button;
}

// The figure in words and numbers, made when it is first opened.
function addValues(reader) {
  const details = element("details", { class: "made" }, element("summary", {}, words.values_and_curves));
  details.addEventListener("toggle", async () => {
    await reader.open();
    if (details.open && details.childElementCount === 1) fillValues(reader);
  });
  reader.details = details;
  reader.figure.querySelector(".more").prepend(details);
}

function fillValues(reader) {
  const panels = reader.panels.filter((p) => p.series.length);
  reader.details.append(element("div", { class: "reading-data" }, reader.switches(), ...panels.map(tableOf),
    ...reader.panels.filter((p) => p.map).map(tableOfMap), element("p", {},
    `${words.thinned} `, saveLink(reader))));
}

const readers = new Map();
forEachPart((parts) => {
  const readable = typeof DecompressionStream === "function" ? found("figure:has(script.reading)", parts) : [];
  if (readable.length > 0 && !document.getElementById("reading-keys"))
    document.querySelector("main").append(element("p", { id: "reading-keys", hidden: "" }, words.reading_keys));
  for (const figure of readable) {
    const reader = new Reader(figure);
    readers.set(figure, reader);
    addValues(reader);
  }
});
