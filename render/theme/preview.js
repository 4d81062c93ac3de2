// What a reference leads to, shown beside it while it is pointed at or focused: figures, tables, equations, sections,
// sources and, where they do not stand in the margin, notes.
"use strict";

const preview = document.createElement("div");
preview.id = "preview";
preview.className = "preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;

let opener = null, waiting = 0;

function target(link) {
  return link.hash.length > 1 ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
}

// The part of the page that a preview shows.
function excerpt(goal) {
  if (goal.matches("figure")) return [goal.querySelector(".canvas"), goal.querySelector("figcaption")];
  if (goal.matches("h1, h2, h3, h4, h5, h6")) {
    let next = goal.nextElementSibling;
    while (next && !next.matches("p")) next = next.nextElementSibling;
    return [goal, next].filter(Boolean);
  }
  return [goal];
}

// A copy that can be looked at only: nothing in it bears an ID, can be reached, or acts.
function still(part) {
  const copy = part.cloneNode(true);
  for (const acting of copy.querySelectorAll("script, .probe, .tip, .crosshair, .anchor, .footnote-back, .more, details, button")) acting.remove();
  for (const node of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["id", "href", "tabindex", "role", "aria-labelledby", "for"]) node.removeAttribute(name);
  }
  for (const drawing of copy.querySelectorAll("svg")) drawing.setAttribute("aria-hidden", "true");
  return copy;
}

function place(link) {
  const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const width = document.documentElement.clientWidth, gap = 8;
  preview.style.maxHeight = `${Math.max(120, Math.max(at.top, innerHeight - at.bottom) - 3 * gap)}px`;
  const box = preview.getBoundingClientRect();
  const left = Math.min(Math.max(gap, at.left - 20), Math.max(gap, width - box.width - gap));
  const below = at.bottom + gap + box.height <= innerHeight || at.top < innerHeight - at.bottom;
  const top = below ? at.bottom + gap : at.top - gap - box.height;
  const origin = preview.getBoundingClientRect();
  preview.style.left = `${preview.offsetLeft + left - origin.left}px`;
  preview.style.top = `${preview.offsetTop + top - origin.top}px`;
}

function open(link) {
  const goal = target(link);
  if (!goal || goal.contains(link)) return;
  const box = goal.getBoundingClientRect();
  if (!goal.matches("h1, h2, h3") && box.top >= 0 && box.bottom <= innerHeight && box.height > 0) return;  // in sight already
  close();
  opener = link;
  preview.replaceChildren(...excerpt(goal).map(still));
  preview.hidden = false;
  link.setAttribute("aria-describedby", preview.id);
  place(link);
}

function close() {
  clearTimeout(waiting);
  preview.hidden = true;
  opener?.removeAttribute("aria-describedby");
  opener = null;
}

function after(milliseconds, action) {
  clearTimeout(waiting);
  waiting = setTimeout(action, milliseconds);
}

function watch(link) {
  link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") after(200, () => open(link)); });
  link.addEventListener("pointerleave", () => after(250, close));
  link.addEventListener("focus", () => { if (link.matches(":focus-visible")) open(link); });
  link.addEventListener("blur", close);
  link.addEventListener("click", close);
}

document.querySelector("main").append(preview);
preview.addEventListener("pointerenter", () => clearTimeout(waiting));
preview.addEventListener("pointerleave", () => after(250, close));
addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
forEachPart((parts) => found("main a.reference, main .citation a, main a.footnote-ref", parts).forEach(watch));
