// What the page does better with a script than without; it reads and works without.
"use strict";

// Notes beside the text. Their originals stay at the end for narrow screens, for print and for who has no script.
function placeSidenotes(parts) {
  for (const mark of found("main a.footnote-ref", parts)) {
    const note = document.getElementById(mark.hash.slice(1));
    const place = mark.closest("p, ul, ol, dl, blockquote, table, figure, h1, h2, h3, h4, h5, h6");
    if (!note || !place || !place.parentElement) continue;
    const beside = document.createElement("aside");
    beside.className = "sidenote";
    beside.setAttribute("aria-label", filled(words.note, { number: mark.textContent }));
    for (const child of note.childNodes) beside.append(child.cloneNode(true));
    for (const back of beside.querySelectorAll(".footnote-back")) back.remove();
    for (const named of beside.querySelectorAll("[id]")) named.removeAttribute("id");
    const number = document.createElement("sup");
    number.textContent = `${mark.textContent} `;
    (beside.querySelector("p") ?? beside).prepend(number);
    place.before(beside);
    document.documentElement.classList.add("has-sidenotes");
  }
}

// A link to each heading, seen when it is pointed at.
function linkHeadings(parts) {
  for (const heading of found("main :is(h1, h2, h3, h4, h5, h6)[id]", parts)) {
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = `#${heading.id}`;
    link.textContent = "#";
    link.tabIndex = -1;
    link.setAttribute("aria-hidden", "true");
    heading.prepend(link);
  }
}

// Wide tables scroll by themselves; what scrolls can be reached by keyboard, and shows that there is more.
function frameTables(parts) {
  for (const table of found("main table", parts)) {
    const frame = document.createElement("div");
    frame.className = "table-frame";
    table.replaceWith(frame);
    frame.append(table);
  }
}
function reachScrollers(parts) {
  for (const box of found(".graphic, .table-frame, pre, .equation-body, p:has(math)", parts)) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;  // both are whole pixels, of what need not be whole
    box.classList.toggle("scrolls", scrolls);
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

// A claim's facts open where it stands; without a script its mark leads to them at the end.
function openClaims(parts) {
  for (const mark of found("a.claim-mark", parts)) {
    const listed = document.getElementById(mark.hash.slice(1))?.parentElement.querySelector(".claim-facts");
    if (!listed) continue;
    const facts = listed.cloneNode(true);
    facts.id = `${mark.hash.slice(1)}-facts`;
    mark.setAttribute("role", "button");
    const show = (open) => {
      if (open) {
        (mark.closest(".together") ?? mark).after(facts);
        mark.setAttribute("aria-controls", facts.id);
      } else {
        facts.remove();
        mark.removeAttribute("aria-controls");
      }
      mark.setAttribute("aria-expanded", String(open));
    };
    show(false);
    mark.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(!facts.isConnected);
    });
    mark.closest(".claim").addEventListener("keydown", (event) => {
      if (event.key === " " && event.target === mark) {
        event.preventDefault();
        show(!facts.isConnected);
      } else if (event.key === "Escape" && facts.isConnected) {
        show(false);
        mark.focus();
      }
    });
  }
}

// The contents say where the reader is.
function followReading() {
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) links.set(link.hash.slice(1), link);
  let headings = [];
  let seen = null;
  // Contents that are longer than the window follow, where they scroll by themselves.
  const keepInSight = (link, box) => {
    if (getComputedStyle(box).position !== "fixed") return;
    const margin = box.clientHeight / 4, top = link.offsetTop, foot = top + link.offsetHeight;
    if (top < box.scrollTop + margin || foot > box.scrollTop + box.clientHeight - margin) box.scrollTop = top - box.clientHeight / 2;
  };
  const update = () => {
    const above = headings.filter((h) => h.getBoundingClientRect().top < innerHeight / 3);
    for (const link of links.values()) link.removeAttribute("aria-current");
    const here = above.length > 0 ? links.get(above.at(-1).id) : null;
    here?.setAttribute("aria-current", "location");
    if (here && here !== seen) keepInSight(here, here.closest(".contents"));
    seen = here;
  };
  new IntersectionObserver(update).observe(document.querySelector("main"));
  addEventListener("scroll", () => requestAnimationFrame(update), { passive: true });
  forEachPart(() => {
    headings = [...document.querySelectorAll("main :is(h1, h2)[id]")].filter((h) => links.has(h.id));
    update();
  });
}

// A switch between light and dark; theme.js remembers what was chosen.
function addColourSwitch() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "theme";
  const say = () => {
    button.textContent = colours.dark ? words.light : words.dark;
    button.setAttribute("aria-label", colours.dark ? words.light_colours : words.dark_colours);
  };
  button.addEventListener("click", () => {
    colours.choose(!colours.dark);
    say();
  });
  colours.system.addEventListener("change", say);
  (document.querySelector("header.title") ?? document.querySelector("main")).append(button);
  say();
}

document.documentElement.classList.add("has-script");
addColourSwitch();
for (const action of [placeSidenotes, linkHeadings, frameTables, openClaims, reachScrollers]) forEachPart(action);
followReading();
addEventListener("resize", () => reachScrollers([document]));
document.fonts.ready.then(() => reachScrollers([document]));
