
// ----------------------------------------------------------------------------------------------------- figures that live

// The experiment itself, in the page: its module (src/wasm/) answers a request with the drawing that the program would
// make (src/livefigure/answer.hpp). Or frames, which the program made of an experiment that the page cannot run. Nothing
// of either is unpacked before a reader's first touch. This file goes on from reading.js, whose readers show the
// drawing's values.

const live = {
  compiled: null,  // a promise of it
  instance: null,

  compile() {
    return WebAssembly.compileStreaming(unpacked(document.getElementById("live-module").textContent, "application/wasm"));
  },

  // What the module throws ends it: the words come here, and the next request gets an instance of its own.
  open(compiled) {
    let memory;
    const textAt = (from) => {
      const bytes = new Uint8Array(memory.buffer);
      return new TextDecoder().decode(bytes.subarray(from, bytes.indexOf(0, from)));
    };
    const imports = { page: { fail: (from) => { throw new Error(textAt(from)); } } };
    for (const { module, name } of WebAssembly.Module.imports(compiled))
      (imports[module] ??= {})[name] ??= () => { throw new Error(`${module}.${name}`); };
    const { exports } = new WebAssembly.Instance(compiled, imports);
    memory = exports.memory;
    const put = (text) => {
      const bytes = new TextEncoder().encode(text);
      const from = exports.room(bytes.length);  // first, for memory that grows is another buffer
      new Uint8Array(memory.buffer).set(bytes, from);
    };
    exports._initialize();
    put(JSON.parse(document.getElementById("live-words").textContent));
    exports.speak();
    return (request) => {
      put(request);
      const from = exports.answer();
      return new TextDecoder().decode(new Uint8Array(memory.buffer, from, exports.answer_size()));
    };
  },

  async warm() {
    const compiled = await (this.compiled ??= this.compile());
    this.instance ??= this.open(compiled);
  },

  async answer(request) {
    await this.warm();
    try {
      return JSON.parse(this.instance(JSON.stringify(request)));
    } catch (error) {
      this.instance = null;
      return { error: error.message };
    }
  },
};

// A slider's places. The rule for values is the program's, which tries them (src/livefigure/controls.cpp).
const mostPlaces = 200;
function placesOf({ from, to, whole, frames }) {
  if (frames) return frames.length - 1;
  return whole ? Math.min(mostPlaces, to - from) : mostPlaces;
}

function valueAtPlace(control, place) {
  const { from, to, log, whole, frames } = control, t = place / placesOf(control);
  if (frames) return frames[place];
  if (t <= 0) return from;
  if (t >= 1) return to;
  const value = log ? from * (to / from) ** t : from + t * (to - from);
  return whole ? Math.round(value) : Number(value.toPrecision(3));
}

function placeOfValue(control, value) {
  const { from, to, log, frames } = control;
  if (frames) return frames.indexOf(value);
  const t = log ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
  return Math.round(Math.min(Math.max(t, 0), 1) * placesOf(control));
}

// The claims of the text by their conditions, as the list at its end has them: where each stands, and in which words.
const listedClaims = new Map();
for (const entry of document.querySelectorAll(".claims li")) {
  const mark = document.getElementById(`${entry.querySelector("[id]").id}-mark`), said = entry.cloneNode(true);
  for (const part of said.querySelectorAll(".claim-facts, .claim-back")) part.remove();
  const condition = entry.querySelector(".claim-facts code").textContent;
  if (mark) listedClaims.set(condition, [...(listedClaims.get(condition) ?? []), { mark, said }]);
}

// Who wants nothing to move by itself sees labels in their places at once.
const motion = matchMedia("(prefers-reduced-motion: no-preference)"), atOnce = 1e5;
const mostFurther = 60;  // drawings until all labels are in their places, which are far less

class LiveFigure {
  constructor(figure, { request, controls, held, kept, claims, frames }) {
    this.figure = figure;
    this.reader = readers.get(figure);
    this.canvas = figure.querySelector(".canvas");
    this.own = this.canvas.querySelector("svg");
    this.request = request;
    this.packedFrames = frames;
    this.held = held;
    this.kept = this.ownKept = kept;
    this.isListed = claims.map(({ condition }) => listedClaims.has(condition));
    this.claims = claims.filter((_, i) => this.isListed[i]);
    this.controls = controls;
    this.values = controls.map((control) => control.value);
    this.address = request.figure.replace("fig:", "");
    this.sliders = controls.map((control, i) => this.slider(control, i));
    this.back = element("button", { type: "button", class: "save", hidden: "" }, words.live_back);
    this.back.addEventListener("click", () => this.reset());
    this.link = element("a", { class: "live-link", hidden: "" }, words.live_link);
    this.status = element("p", { class: "live-status", role: "status" });
    this.broken = element("div", { class: "live-claims", hidden: "" });
    const name = figure.querySelector(".caption-label")?.textContent ?? words.the_figure;
    this.panel = element("fieldset", { class: "live-controls", "aria-label": filled(words.live_of, { figure: name }) },
      element("legend", {}, words.live_move), ...this.sliders.map(({ row }) => row),
      element("div", { class: "live-foot" }, this.back, this.link, this.status), this.broken);
    figure.querySelector("figcaption").before(this.panel);
    this.follow(new URLSearchParams(location.search));
  }

  slider(control, i) {
    const id = `live-${this.address}-${i}`;
    const input = element("input", { type: "range", id, min: "0", max: placesOf(control), step: "1" });
    const output = element("output", { for: id });
    input.addEventListener("input", () => {
      this.values[i] = valueAtPlace(control, input.valueAsNumber);
      this.show(i);
      this.redraw();
    });
    // Who takes hold of it is about to move it.
    const warm = () => (this.packedFrames ? this.openFrames() : live.warm()).catch(() => {});  // it is told when it is asked
    for (const touch of ["pointerdown", "focus"]) input.addEventListener(touch, warm, { once: true });
    const row = element("div", { class: "live-slider" }, element("label", { for: id }, set(control.label)), input, output);
    const slider = { row, input, output };
    input.valueAsNumber = placeOfValue(control, control.value);
    input.style.setProperty("--own", String(input.valueAsNumber / placesOf(control)));
    this.say(slider, control, control.value);
    return slider;
  }

  say({ input, output }, control, value) {
    const text = shown(value) + (control.unit ? ` ${control.unit}` : "");
    output.replaceChildren(set(text));
    input.setAttribute("aria-valuetext", spoken(text));
  }

  show(i) {
    this.say(this.sliders[i], this.controls[i], this.values[i]);
    this.sliders[i].row.classList.toggle("is-moved", this.values[i] !== this.controls[i].value);
  }

  get isMoved() { return this.controls.some((control, i) => control.value !== this.values[i]); }

  get isDrawing() { return this.panel.classList.contains("is-drawing"); }

  // The request with the reader's values.
  asked() {
    const parameters = structuredClone(this.request.parameters), told = [];
    this.controls.forEach(({ parameter, element: at, label, value }, i) => {
      if (at === undefined) parameters[parameter] = this.values[i];
      else parameters[parameter][at] = this.values[i];
      if (value !== this.values[i]) told.push(`${label} ${shown(this.values[i])}`);
    });
    return { ...this.request, parameters, held: this.held, kept: this.kept, pace: motion.matches ? undefined : atOnce, report: this.request.parameters, claims: this.claims.map(({ term }) => term), prefix: `live-${this.request.prefix}`,
      alt: filled(words.live_alt, { alt: this.request.alt.trim(), values: told.join(", ") }), give: ["drawing", "reading", "kept"] };
  }

  // One request at a time: what was asked meanwhile is answered next, and of that only the last. Labels that have to go
  // elsewhere take a short way with each drawing; those that are on their way get there without the reader.
  async redraw() {
    this.offer();
    if (this.isDrawing) return void (this.isAskedAgain = true);
    this.panel.classList.add("is-drawing");
    let asked = true, further;
    do {
      asked ||= this.isAskedAgain;
      if (asked) further = mostFurther;
      this.isAskedAgain = false;
      await new Promise(requestAnimationFrame);
      if (!this.isMoved) this.takeBack();
      else this.take(await this.answered(), asked);
      asked = false;
    } while (this.isAskedAgain || (this.isMoved && !this.kept.settled && further-- > 0));
    this.panel.classList.remove("is-drawing");
  }

  openFrames() { return (this.frames ??= unpacked(this.packedFrames).json()); }

  async frame() {
    const { drawings, readings, claims } = await this.openFrames(), at = placeOfValue(this.controls[0], this.values[0]);
    return { drawing: drawings[at], reading: readings[at], claims: claims[at].filter((_, i) => this.isListed[i]), kept: { settled: true } };
  }

  async answered() {
    try {
      if (this.packedFrames) return await this.frame();
      if (!live.instance) this.tell(words.live_starting);
      return await live.answer(this.asked());
    } catch (error) {
      return { unable: error.message };
    }
  }

  // A drawing of the values just asked for, or of the same ones with labels nearer to their places.
  take({ drawing, reading, kept, claims, error, unable }, isAsked) {
    if (!drawing) {
      this.panel.classList.add("has-failed");
      this.kept = { ...this.kept, settled: true };
      this.judge([]);
      return this.tell(unable ? filled(words.live_unable, { why: unable }) : filled(words.live_failed, { why: error }));
    }
    this.panel.classList.remove("has-failed");
    const place = document.createElement("template");
    place.innerHTML = drawing;
    const drawn = place.content.firstElementChild;
    drawn.classList.add("live-drawing");
    this.drawn?.remove();
    this.drawn = drawn;
    this.kept = kept;
    this.own.after(drawn);
    this.canvas.classList.add("is-moved");
    this.keepRoom(drawn);
    if (!isAsked) return this.reader?.takeAgain(drawn);
    this.reader?.hide();
    this.reader?.take(drawn, reading ?? []);
    const judged = claims.filter((claim) => claim), broken = judged.filter(([holds]) => !holds);
    this.judge(claims);
    this.tell(broken.length === 0 ? words.live_moved
      : `${words.live_moved} ${filled(words.live_broken, { broken: broken.length, judged: judged.length })}`);
  }

  // The sentences that do not hold with the reader's values, here and where they stand. Each verdict is whether a claim
  // holds, and the numbers of both sides; null where it speaks of something else.
  judge(verdicts) {
    for (const sign of document.querySelectorAll(`.live-sign[data-figure="${this.address}"]`)) sign.remove();
    const items = verdicts.flatMap((verdict, i) => (!verdict || verdict[0] ? [] : listedClaims.get(this.claims[i].condition).map((place) => this.brokenClaim(place, verdict[1]))));
    this.broken.hidden = items.length === 0;
    this.broken.replaceChildren(element("ul", { "aria-label": words.live_broken_here }, ...items));
  }

  brokenClaim({ mark, said }, numbers) {
    const name = filled(words.live_broken_sign, { numbers });
    const sign = element("a", { class: "live-sign", href: `#${this.request.figure}`, "data-figure": this.address, title: name, "aria-label": name }, "✗");
    mark.after(sign);
    const link = element("a", { href: `#${mark.id}` });
    link.append(...said.cloneNode(true).childNodes);
    for (const named of link.querySelectorAll("[id]")) named.removeAttribute("id");
    return element("li", {}, link, " ", element("span", {}, numbers));
  }

  // A drawing may need a legend more or less. The room stays that of the highest so far, so that no caption jumps.
  keepRoom(drawn) {
    const heightOf = (svg) => svg.viewBox.baseVal.height / svg.viewBox.baseVal.width;
    this.highest = Math.max(this.highest ?? heightOf(this.own), heightOf(drawn));
    this.canvas.style.aspectRatio = `1 / ${this.highest}`;
  }

  takeBack() {
    this.drawn?.remove();
    this.drawn = null;
    this.kept = this.ownKept;
    this.canvas.classList.remove("is-moved");
    this.canvas.style.aspectRatio = "";
    this.panel.classList.remove("has-failed");
    this.reader?.hide();
    this.reader?.takeOwn();
    this.judge([]);
    this.tell("");
  }

  reset() {
    this.controls.forEach((control, i) => {
      this.values[i] = control.value;
      this.sliders[i].input.valueAsNumber = placeOfValue(control, control.value);
      this.show(i);
    });
    this.sliders[0].input.focus();
    this.redraw();
  }

  // What is said is heard once the reader rests.
  tell(text) {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => { if (this.status.textContent !== text) this.status.textContent = text; }, 400);
  }

  // ---- a link that carries the values

  keyOf({ parameter, element: at }) { return `${this.address}.${parameter}${at === undefined ? "" : `.${at + 1}`}`; }

  offer() {
    this.back.hidden = this.link.hidden = !this.isMoved;
    const search = new URLSearchParams();
    this.controls.forEach((control, i) => {
      if (control.value !== this.values[i]) search.set(this.keyOf(control), String(this.values[i]));
    });
    this.link.href = `?${search}#${this.request.figure}`;
  }

  follow(search) {
    this.controls.forEach((control, i) => {
      const value = search.has(this.keyOf(control)) ? Number(search.get(this.keyOf(control))) : NaN;
      if (!(value >= control.from && value <= control.to) || (control.whole && !Number.isInteger(value))) return;
      if (control.frames && !control.frames.includes(value)) return;
      this.values[i] = value;
      this.sliders[i].input.valueAsNumber = placeOfValue(control, value);
      this.show(i);
    });
    if (this.isMoved) this.redraw();
  }
}

if (typeof DecompressionStream === "function")
  for (const figure of document.querySelectorAll("figure:has(script.live)")) {
    const data = JSON.parse(figure.querySelector("script.live").textContent);
    if (data.frames || typeof WebAssembly === "object") new LiveFigure(figure, data);
  }
