// Light or dark as the reader chose, before anything is painted. Without a choice the system's holds.
"use strict";

// The page's words in its language.
const words = JSON.parse(document.getElementById("words").textContent);
const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (place, name) => parts[name]);

// What is done to parts of the text is done once the page is read, and to each part that `watch` puts in place of another:
// the event "replaced" brings them. `found` gives what a selector chooses among them and within them.
const found = (selector, parts) => parts.flatMap((part) => [...(part.matches?.(selector) ? [part] : []), ...part.querySelectorAll(selector)]);
function forEachPart(action) {
  action([document]);
  addEventListener("replaced", (event) => action(event.detail));
}

const colours = {
  key: "report-colours",
  visit: null,  // the choice of this visit, where pages from disk have no storage
  system: matchMedia("(prefers-color-scheme: dark)"),
  style: document.getElementById("dark"),

  chosen() {
    if (this.visit) return this.visit;
    try { return localStorage.getItem(this.key); } catch { return null; }
  },
  get dark() { return this.chosen() ? this.chosen() === "dark" : this.system.matches; },
  choose(dark) {
    this.visit = dark ? "dark" : "light";
    try { localStorage.setItem(this.key, this.visit); } catch { /* it holds for this visit */ }
    this.style.media = dark ? "screen" : "not all";
  },
};
if (colours.chosen()) colours.style.media = colours.dark ? "screen" : "not all";
