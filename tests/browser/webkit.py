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

pages = [("output", lambda view, answered: view.evaluate_javascript(script, -1, None, None, None, answered),
          lambda view, result: view.evaluate_javascript_finish(result))]
if os.path.exists(os.path.join(build, "report", "report.html")):
    pages.append(("report", lambda view, answered: view.call_async_javascript_function(live, -1, None, None, None, None, answered),
                  lambda view, result: view.call_async_javascript_function_finish(result)))
faults, asked = [], []


def answered(view, result):
    _, _, finish = pages[len(asked) - 1]
    try:
        faults.extend(json.loads(finish(view, result).to_string()))
    except GLib.Error as error:
        faults.append(error.message)
    if len(asked) == len(pages):
        Gtk.main_quit()
    else:
        view.load_uri(f"file://{build}/{pages[len(asked)][0]}/report.html")


def loaded(view, event):
    if event == WebKit2.LoadEvent.FINISHED:
        asked.append(view.get_uri())
        # The fonts are in the page, and are laid out with shortly after it.
        GLib.timeout_add(1000, lambda: pages[len(asked) - 1][1](view, answered))


def give_up():
    faults.append("the pages were not asked within two minutes")
    Gtk.main_quit()


window, view = Gtk.OffscreenWindow(), WebKit2.WebView()
view.set_size_request(1280, 900)
window.add(view)
window.show_all()
view.connect("load-changed", loaded)
view.load_uri(f"file://{build}/output/report.html")
GLib.timeout_add_seconds(120, give_up)
Gtk.main()
for fault in faults:
    print(fault)
print(f"{'0 passed, 1 failed' if faults else '1 passed, 0 failed'}")
sys.exit(1 if faults else 0)
