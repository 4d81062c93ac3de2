// Looks at two pictures as one: a slider that uncovers, a blink that alternates. Without a script they stand side by side.
"use strict";

const blinkTime = 600; // milliseconds

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// The reference below, the new picture over it, the ring of the largest deviation on top.
function stackOf(pictures) {
  const before = pictures.querySelector("img.before"), now = pictures.querySelector("img.now");
  if (!before || !now) return null;
  const ring = pictures.querySelector(".ring");
  const paper = element("div", { className: "paper" }, before.cloneNode(), now.cloneNode());
  if (ring) paper.append(ring.cloneNode());
  const slider = element("input", { type: "range", min: 0, max: 100, value: 50 });
  slider.setAttribute("aria-label", "before to the left, after to the right of");
  const state = element("p", { className: "state" });
  state.setAttribute("aria-live", "polite");
  const stack = element("div", { className: "stack", hidden: true }, paper, slider, state);
  slider.addEventListener("input", () => paper.style.setProperty("--cut", `${slider.value}%`));
  return stack;
}

function show(stack, which) {
  stack.dataset.shown = which;
  stack.querySelector(".state").textContent = which === "before" ? "before" : which === "now" ? "after" : "";
}

function setMode(pictures, stack, mode, swap) {
  clearInterval(stack.timer);
  pictures.hidden = mode !== "apart";
  stack.hidden = mode === "apart";
  stack.dataset.mode = mode;
  stack.querySelector("input").hidden = mode !== "slider";
  swap.hidden = mode !== "blink";
  show(stack, mode === "blink" ? "before" : "");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (mode === "blink" && !still) stack.timer = setInterval(() => exchange(stack), blinkTime);
}

function exchange(stack) {
  show(stack, stack.dataset.shown === "before" ? "now" : "before");
}

function addTools(details, index) {
  const pictures = details.querySelector(".pictures");
  const stack = pictures && stackOf(pictures);
  if (!stack) return;
  const swap = element("button", { type: "button", textContent: "Swap by hand", hidden: true });
  swap.addEventListener("click", () => {
    clearInterval(stack.timer);
    exchange(stack);
  });
  const tools = element("fieldset", { className: "tools", ariaLabel: `Pictures of ${details.id}` }, element("legend", { textContent: "Pictures" }));
  for (const [mode, name] of [["apart", "side by side"], ["slider", "slider"], ["blink", "blink"]]) {
    const choice = element("input", { type: "radio", name: `mode-${index}`, value: mode, checked: mode === "apart" });
    choice.addEventListener("change", () => setMode(pictures, stack, mode, swap));
    tools.append(element("label", {}, choice, ` ${name}`));
  }
  tools.append(swap);
  pictures.before(tools);
  pictures.after(stack);
  details.addEventListener("toggle", () => { if (!details.open) clearInterval(stack.timer); });
}

document.querySelectorAll("details.figure").forEach(addTools);
