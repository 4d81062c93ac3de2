// The panel lives in a shadow tree: its style does not reach the page, nor, since what is important within goes before
// what is without, the page's style it. Messages go in as text, never as HTML.
#include "live/page_script.hpp"

#include <fmt/format.h>

#include "publish/page/content_policy.hpp"
#include "system/checksum.hpp"

namespace live {
namespace {

constexpr const char* script = R"js(
let { version: shown, frame } = document.currentScript.dataset;
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
// The children of the text as they came, before any script of the page's touches them, with what they were written as.
const text = document.querySelector("main");
let children = [...(text?.children ?? [])].map((node) => ({ node, source: node.outerHTML }));
// What stands in another place than where it belongs: notes beside the text, facts of claims.
const isRepeated = (node) => node.matches(".footnotes, #preview") || node.querySelector(".footnotes, .claim-facts");
// A child's place in the text: tables are framed, and notes stand before what they belong to.
function parts(node) {
  let last = node;
  while (last.parentElement !== text) last = last.parentElement;
  const all = [last];
  while (all[0].previousElementSibling?.matches(".sidenote")) all.unshift(all[0].previousElementSibling);
  return all;
}
const elements = (html) => {
  const fresh = new DOMParser().parseFromString(`<!DOCTYPE html>${html}`, "text/html");
  return [...(fresh.querySelector("main") ?? fresh.body).children].map((node) => ({ node, source: node.outerHTML }));
};
// How many children stay at the text's beginning and end, and what stands between them now. The server tells it where
// the page that is shown is the one before; a page that missed one finds it in the whole.
async function difference({ change }) {
  if (change?.since === shown && change.before === children.length) {
    const put = elements(`<main>${change.html}</main>`);
    if (put.length === change.put) return [change.first, change.last, put];
  }
  const page = await (await fetch("/report.html")).text();
  const now = elements(page.slice(page.indexOf("<main"), page.lastIndexOf("</main>")));
  let first = 0, last = 0;
  const most = Math.min(now.length, children.length);
  while (first < most && now[first].source === children[first].source) ++first;
  while (last < most - first && now.at(-1 - last).source === children.at(-1 - last).source) ++last;
  return [first, last, now.slice(first, now.length - last)];
}
// Puts what changed of the text in the place of what it was; false where that cannot be.
async function swap(state) {
  if (!text || state.frame !== frame) return false;
  const [first, last, put] = await difference(state);
  const old = children.slice(first, children.length - last);
  if ([...old, ...put].some(({ node }) => isRepeated(node))) return false;
  const next = children.slice(children.length - last)[0]?.node;
  const before = next ? parts(next)[0] : old.length ? parts(old.at(-1).node).at(-1).nextSibling : null;
  if (!next && !old.length) return false;
  for (const child of put) {
    child.node = document.importNode(child.node, true);
    text.insertBefore(child.node, before);
  }
  for (const { node } of old) for (const part of parts(node)) part.remove();
  children = [...children.slice(0, first), ...put, ...children.slice(children.length - last)];
  dispatchEvent(new CustomEvent("replaced", { detail: put.map(({ node }) => node) }));
  shown = state.page;
  return true;
}
async function take(event) {
  const state = JSON.parse(event.data);
  if (state.page && state.page !== shown && !(await swap(state).catch(() => false))) return location.reload();
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

PageVersion version_of(std::string_view page) {
  const auto begin = page.find("<main"), end = page.rfind("</main>");
  const bool has_text = begin != std::string_view::npos && end != std::string_view::npos && begin < end;
  if (!has_text) return {sys::sha256(page), sys::sha256(page)};
  const std::string frame = sys::sha256(std::string(page.substr(0, begin)).append(page.substr(end)));
  return {sys::sha256(frame + sys::sha256(page.substr(begin, end - begin))), frame};
}

std::string with_script(std::string page, const PageVersion& version) {
  const std::string text = fmt::format("\n{{{}}}\n", script);
  publish::allow_script_with_server(page, text);
  const std::string element =
      fmt::format("<script data-version=\"{}\" data-frame=\"{}\">{}</script>\n", version.page, version.frame, text);
  const auto end = page.rfind("</body>");
  return page.insert(end == std::string::npos ? page.size() : end, element);
}

std::string waiting_page() {
  return with_script(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light "
      "dark\">"
      "<title>The report is not written yet</title></head>\n<body>\n<p>The report is not written "
      "yet.</p>\n</body>\n</html>\n",
      {});
}

}  // namespace live
