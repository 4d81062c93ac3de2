#!/usr/bin/env python3
"""The page in WebKitGTK, Safari's engine: webkit.py BUILD. Exits with 77 where WebKitGTK or its Python is missing."""
import json
import os
import sys

try:
    import gi
    gi.require_version("Gtk", "3.0")
    gi.require_version("WebKit2", "4.1")
    from gi.repository import GLib, Gtk, WebKit2
except (ImportError, ValueError) as missing:
    print(f"SKIPPED: the page is not tested in WebKit, because {missing} (Debian: gir1.2-webkit2-4.1, python3-gi, xvfb)")
    sys.exit(77)

build = sys.argv[1]
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "mathematics.js"), encoding="utf-8") as file:
    questions = file.read()
script = """(() => { %s;
  const faults = mathematicsFaults();
  const hanging = [...document.querySelectorAll("main math")].filter((math) => (getComputedStyle(math).hangingPunctuation ?? "none") !== "none");
  if (hanging.length > 0) faults.push(`${hanging.length} formulas whose parentheses hang`);
  document.querySelector(".claim-mark").click();
  if (document.querySelectorAll(".claim .claim-facts").length !== 1) faults.push("a claim does not open");
  if (document.querySelectorAll("main svg.drawing").length < 5) faults.push("figures are missing");
  return JSON.stringify(faults);
})()""" % questions

# The report's live figures, each read at its first point and moved by its first slider.
live = """return (async () => {
  const faults = [], figures = [...document.querySelectorAll("figure:has(.live-controls)")];
  if (figures.length < 3) faults.push(`${figures.length} figures live`);
  for (const figure of figures) {
    const input = figure.querySelector(".live-controls input"), late = performance.now() + 8000;
    figure.querySelector(".probe").dispatchEvent(new KeyboardEvent("keydown", { key: "Home" }));
    while (figure.querySelector(".tip").hidden && performance.now() < late) await new Promise((done) => setTimeout(done, 10));
    if (figure.querySelector(".tip").hidden) faults.push(`${figure.id} is not read`);
    input.valueAsNumber = Math.round(0.8 * Number(input.max));
    input.dispatchEvent(new Event("input"));
    while (!figure.querySelector(".live-drawing path") && performance.now() < late) await new Promise((done) => setTimeout(done, 10));
    if (!figure.querySelector(".live-drawing path")) faults.push(`${figure.id} is not redrawn: ${figure.querySelector(".live-status").textContent}`);
  }
  return JSON.stringify(faults);
})()"""

# What readers ask of a browser. An enlargement to four times is a window of a quarter.
narrow = """(() => {
  const faults = [];
  if (innerWidth > 330) faults.push(`the window is ${innerWidth} pixels wide`);
  if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} pixels wide in a window of ${innerWidth}`);
  for (const e of document.querySelectorAll("main > p, main > h1, main > h2, main > figure"))
    if (e.getBoundingClientRect().right > innerWidth + 0.5) faults.push(`wider than the window: ${e.outerHTML.slice(0, 80)}`);
  return JSON.stringify(faults);
})()"""
dark_and_still = """(() => {
  const sum = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).reduce((a, b) => a + b), faults = [];
  const paper = sum(getComputedStyle(document.documentElement).backgroundColor), ink = sum(getComputedStyle(document.querySelector("main p")).color);
  if (!(paper < 150 && ink > 450)) faults.push(`dark is asked for, and paper and ink are ${paper} and ${ink}`);
  const moving = [...document.querySelectorAll("*")].filter((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0).length;
  if (moving > 0) faults.push(`no motion is asked for, and ${moving} elements move`);
  return JSON.stringify(faults);
})()"""


def as_usual():
    view.set_size_request(1280, 900)


def in_a_narrow_window():
    view.set_size_request(320, 900)
    window.resize(320, 900)


def in_the_dark():
    as_usual()
    window.resize(1280, 900)
    Gtk.Settings.get_default().set_property("gtk-application-prefer-dark-theme", True)
    Gtk.Settings.get_default().set_property("gtk-enable-animations", False)


def evaluated(source):
    return (lambda answered: view.evaluate_javascript(source, -1, None, None, None, answered),
            lambda view, result: view.evaluate_javascript_finish(result))


def awaited(source):
    return (lambda answered: view.call_async_javascript_function(source, -1, None, None, None, None, answered),
            lambda view, result: view.call_async_javascript_function_finish(result))


# Each a folder with a page, what is done before it is opened, and what is asked of it.
pages = [("output", as_usual, *evaluated(script))]
if os.path.exists(os.path.join(build, "report", "report.html")):
    pages.append(("report", as_usual, *awaited(live)))
pages += [("output", in_a_narrow_window, *evaluated(narrow)), ("output", in_the_dark, *evaluated(dark_and_still))]
faults, asked = [], []


def open_next():
    folder, prepare, _, _ = pages[len(asked)]
    prepare()
    view.load_uri(f"file://{build}/{folder}/report.html")


def answered(view, result):
    finish = pages[len(asked) - 1][3]
    try:
        faults.extend(json.loads(finish(view, result).to_string()))
    except GLib.Error as error:
        faults.append(error.message)
    if len(asked) == len(pages):
        Gtk.main_quit()
    else:
        open_next()


def loaded(view, event):
    if event == WebKit2.LoadEvent.FINISHED:
        asked.append(view.get_uri())
        # The fonts are in the page, and are laid out with shortly after it.
        GLib.timeout_add(1000, lambda: pages[len(asked) - 1][2](answered))


def give_up():
    faults.append("the pages were not asked within two minutes")
    Gtk.main_quit()


window, view = Gtk.OffscreenWindow(), WebKit2.WebView()
window.add(view)
window.show_all()
view.connect("load-changed", loaded)
open_next()
GLib.timeout_add_seconds(120, give_up)
Gtk.main()
for fault in faults:
    print(fault)
print(f"{'0 passed, 1 failed' if faults else '1 passed, 0 failed'}")
sys.exit(1 if faults else 0)
