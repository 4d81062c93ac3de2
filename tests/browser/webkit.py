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

faults = ["the page did not load within two minutes"]


def answered(view, result):
    global faults
    try:
        faults = json.loads(view.evaluate_javascript_finish(result).to_string())
    except GLib.Error as error:
        faults = [error.message]
    Gtk.main_quit()


def loaded(view, event):
    if event == WebKit2.LoadEvent.FINISHED:
        # The fonts are in the page, and are laid out with shortly after it.
        GLib.timeout_add(1000, lambda: view.evaluate_javascript(script, -1, None, None, None, answered))


window, view = Gtk.OffscreenWindow(), WebKit2.WebView()
view.set_size_request(1280, 900)
window.add(view)
window.show_all()
view.connect("load-changed", loaded)
view.load_uri(f"file://{build}/output/report.html")
GLib.timeout_add_seconds(120, Gtk.main_quit)
Gtk.main()
for fault in faults:
    print(fault)
print(f"{'0 passed, 1 failed' if faults else '1 passed, 0 failed'}")
sys.exit(1 if faults else 0)
