// The panel lives in a shadow tree: its style does not reach the page, nor, since what is important within goes before
// what is without, the page's style it. Messages go in as text, never as HTML.
#include "live/page_script.hpp"

#include <fmt/format.h>

#include "publish/page/content_policy.hpp"

namespace live {
namespace {

constexpr const char* script = R"js(
const shown = document.currentScript.dataset.version;
const host = document.createElement("div");
const tree = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { all: initial !important; position: fixed !important; inset: auto 0 0 0 !important; display: block !important;
          z-index: 2147483647 !important; color-scheme: light dark !important; }
  @media print { :host { display: none !important; } }
  p, pre { margin: 0; font: 14px/1.45 ui-monospace, monospace; }
  p { float: right; margin: 0 1em 1em; padding: .3em .8em; border-radius: 1em; background: #333; color: #fff; }
  pre { clear: both; max-height: 60vh; overflow: auto; padding: 1em 1.2em; white-space: pre-wrap;
        overflow-wrap: anywhere; background: #fff4f2; color: #6b0f06; border-top: 4px solid #c5221f;
        box-shadow: 0 -2px 18px #0004; }
  @media (prefers-color-scheme: dark) {
    pre { background: #2b1513; color: #ffc9c2; }
    p { background: #ddd; color: #111; }
  }
  [hidden] { display: none; }
`);
tree.adoptedStyleSheets = [sheet];
tree.innerHTML = `<p role="status" hidden></p><pre role="alert" tabindex="0" hidden></pre>`;
const [note, mistake] = tree.querySelectorAll("p, pre");
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}
function take(event) {
  const state = JSON.parse(event.data);
  if (state.page && state.page !== shown) return location.reload();
  say(note, state.status === "working" ? state.text : "");
  if (state.status !== "working") say(mistake, state.status === "failed" ? state.text : "");
}
function listen() {
  const source = new EventSource("/watch/events");
  let gone;
  source.onopen = () => clearTimeout(gone);
  source.onmessage = take;
  source.onerror = () => {
    clearTimeout(gone);
    gone = setTimeout(() => say(note, "watch has ended; this is the last state"), 3000);
    if (source.readyState !== EventSource.CLOSED) return;
    clearTimeout(gone);
    say(note, "watch has ended; this is the last state");
    setTimeout(listen, 1000);
  };
}
document.body.append(host);
// Not before the page is loaded: it would seem to load for ever.
if (document.readyState === "complete") listen();
else addEventListener("load", () => setTimeout(listen));
)js";

}  // namespace

std::string with_script(std::string page, const std::string& version) {
  const std::string text = fmt::format("\n{{{}}}\n", script);
  publish::allow_script_with_server(page, text);
  const std::string element = fmt::format("<script data-version=\"{}\">{}</script>\n", version, text);
  const auto end = page.rfind("</body>");
  return page.insert(end == std::string::npos ? page.size() : end, element);
}

std::string waiting_page() {
  return with_script(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light "
      "dark\">"
      "<title>The report is not written yet</title></head>\n<body>\n<p>The report is not written "
      "yet.</p>\n</body>\n</html>\n",
      "");
}

}  // namespace live
