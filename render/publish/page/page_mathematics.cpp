// Pandoc's MathML, mended where browsers set it badly.
// See page_mathematics.hpp.
#include "publish/page/page_mathematics.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "publish/elements.hpp"
#include "publish/page/browser_forms.hpp"
#include "publish/page/pandoc_forms.hpp"
#include "text/replace_all.hpp"

namespace publish {
namespace {

using std::string_view;
constexpr auto npos = string_view::npos;

bool ends_with_one_of(string_view text, std::initializer_list<string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](string_view end) { return text.ends_with(end); });
}

bool starts_with_one_of(string_view text, std::initializer_list<string_view> beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](string_view beginning) { return text.starts_with(beginning); });
}

/// The page with each formula as one tree, in the form that browsers set right whichever Pandoc wrote it.
std::string with_formulas_mended(const std::string& page) {
  return elements::with_each_changed(page, "<math", "</math>", [](elements::Element& math) {
    normalise(math);
    fit_for_browsers(math);
  });
}

/// Ell as an operator gets space around it, and so do the bars of a norm as the sign for "parallel to".
void repair_signs(std::string& page) {
  static const std::pair<std::string, std::string> repairs[] = {{"<mo>ℓ</mo>", "<mi>ℓ</mi>"},
                                                                {"form=\"prefix\">∥</mo>", "form=\"prefix\">‖</mo>"},
                                                                {"form=\"postfix\">∥</mo>", "form=\"postfix\">‖</mo>"}};
  for (const auto& [from, to] : repairs) text::replace_all(page, from, to);
}

/// The element that begins at `at`, to its end.
std::size_t end_of_element(string_view page, std::size_t at) {
  const auto name_end = page.find_first_of(" >", at);
  const std::string name(page.substr(at + 1, name_end - at - 1));
  const std::string open = "<" + name, close = "</" + name + ">";
  int depth = 0;
  while (at != npos) {
    const auto opening = page.find(open, at), closing = page.find(close, at);
    if (closing == npos) return npos;
    if (opening < closing) {
      // <mo is no <mover.
      if (const char after = page[opening + open.size()]; after == ' ' || after == '>') ++depth;
      at = opening + open.size();
    } else {
      at = closing + close.size();
      if (--depth == 0) return at;
    }
  }
  return npos;
}

const std::initializer_list<string_view> arguments{"<mi",       "<mn>",      "<msup>",      "<msub>",
                                                   "<msubsup>", "<mfrac>",   "<msqrt>",     "<mover",
                                                   "<mstyle",   "<mrow><mi", "<mrow class="};

/// Letters, more than one, and the thin space of "arg max".
bool is_name_of_function(string_view name) {
  std::string joined(name);
  for (const char* space : {"\u2006", "\u2009"}) text::replace_all(joined, space, "");
  return joined.size() > 1 && std::all_of(joined.begin(), joined.end(),
                                          [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

/// Whether a large opening delimiter, which stands in a row with its strut, ends the text.
bool opens(string_view before) {
  const auto last = before.ends_with("</mo></mrow>") ? before.rfind("<mo") : npos;
  return last != npos && before.substr(last, before.find('>', last) - last).find("form=\"prefix\"") != npos;
}

/// Named functions are operators to Pandoc, and get an operator's wide spaces. In LaTeX they have a thin one to their
/// argument and to a factor before them, and none to parentheses, relations and the formula's ends.
std::string with_functions_spaced(const std::string& text) {
  const string_view page = text;
  std::string spaced;
  spaced.reserve(page.size() + page.size() / 32);
  std::size_t done = 0;
  for (auto at = page.find("<mo>"); at != npos; at = page.find("<mo>", at + 1)) {
    const auto name_at = at + 4, name_end = page.find('<', name_at);
    if (name_end == npos) break;
    const string_view name = page.substr(name_at, name_end - name_at);
    const bool is_name = is_name_of_function(name);
    const auto end = name_end + string_view("</mo>").size();
    if (!is_name || page.compare(name_end, 5, "</mo>") != 0) continue;
    spaced.append(page, done, at - done);
    done = end;
    if (const string_view prime = "<mi>′</mi>"; page.substr(end).starts_with(prime)) {
      // As a script it would be raised twice: the sign itself is high, and so is the function's last letter, perhaps.
      done = end + prime.size();
      const bool argument = starts_with_one_of(page.substr(done), arguments);
      spaced.append("<mrow><mi>").append(name).append("</mi><mo lspace=\"0\" rspace=\"");
      spaced.append(argument ? "0.167em" : "0").append("\">′</mo></mrow>");
      continue;
    }
    if (starts_with_one_of(page.substr(end), {"</msub>", "</msup>", "</msubsup>"})) {  // a script itself, as in λ_max
      spaced.append("<mi>").append(name).append("</mi>");
      continue;
    }
    // Its scripts belong to the function: the neighbours are those of the whole.
    std::size_t begin = at, whole_end = end;
    for (const string_view container : {"<msup>", "<msub>", "<msubsup>", "<munder>"}) {
      if (!page.substr(0, begin).ends_with(container)) continue;
      begin -= container.size();
      if (const auto beyond = end_of_element(page, begin); beyond != npos) whole_end = beyond;
      break;
    }
    const string_view before = page.substr(0, begin), after = page.substr(whole_end);
    const bool factor =
        !opens(before) && ends_with_one_of(before, {"</mi>", "</mn>", "</msup>", "</msub>", "</msubsup>", "</mfrac>",
                                                    "</msqrt>", "</mrow>", "\"postfix\">)</mo>"});
    const bool argument = starts_with_one_of(after, arguments);
    spaced.append("<mo lspace=\"")
        .append(factor ? "0.167em" : "0")
        .append("\" rspace=\"")
        .append(argument ? "0.167em" : "0")
        .append("\">");
    spaced.append(name).append("</mo>");
  }
  return spaced.append(page, done);
}

/// Pandoc has every pair of parentheses grow with what it encloses, and browsers give what may grow the width of what
/// it may grow to. Around what is no higher than a letter with scripts LaTeX's parentheses do not grow.
void keep_small_fences_small(std::string& page) {
  const std::string growing = "<mo stretchy=\"true\" form=\"";
  std::vector<std::size_t> open;
  std::vector<std::size_t> small;
  for (auto at = page.find(growing); at != npos; at = page.find(growing, at + 1)) {
    if (page.compare(at + growing.size(), 6, "prefix") == 0) {
      open.push_back(at);
      continue;
    }
    if (open.empty()) continue;
    const auto from = open.back();
    open.pop_back();
    const string_view inside = string_view(page).substr(from, at - from);
    const auto high = {"<mfrac", "<mtable", "<munder", "<mover", "<msqrt", "<mroot", "minsize", "∑", "∫"};
    // A formula's fences are closed in it; what spans two formulas is not a pair.
    if (inside.find("</math>") != npos ||
        std::any_of(high.begin(), high.end(), [&](const char* tag) { return inside.find(tag) != npos; }))
      continue;
    small.insert(small.end(), {from, at});
  }
  for (const auto at : small) page.replace(at, growing.size(), "<mo stretchy=\"no  \" form=\"");
  text::replace_all(page, "stretchy=\"no  \"", "stretchy=\"false\"");
}

}  // namespace

std::string with_repaired_mathematics(std::string page) {
  page = with_formulas_mended(page);
  repair_signs(page);
  keep_small_fences_small(page);
  return with_functions_spaced(page);
}

std::string with_formulas_kept(const std::string& page) {
  const string_view begin = "<math display=\"inline\"", end = "</math>", opening = "([", closing = ".,;:!?)]";
  std::string kept;
  kept.reserve(page.size() + page.size() / 16);
  std::size_t done = 0;
  for (auto at = page.find(end); at != std::string::npos; at = page.find(end, at)) {
    at += end.size();
    auto from = page.rfind("<math ", at);
    if (from == std::string::npos || from < done || page.compare(from, begin.size(), begin) != 0) continue;
    auto after = at;
    for (const string_view mark : {"<a class=\"claim-mark\"", "<a href=\"#fn"})
      if (page.compare(after, mark.size(), mark) == 0) after = std::min(page.find("</a>", after), page.size() - 4) + 4;
    after = std::min(page.find_first_not_of(closing, after), page.size());
    while (from > done && opening.find(page[from - 1]) != npos) --from;
    if (after == at && page[from] == '<') continue;
    kept.append(page, done, from - done)
        .append("<span class=\"together\">")
        .append(page, from, after - from)
        .append("</span>");
    done = after;
  }
  return kept.append(page, done);
}

std::string with_formulas_light(std::string page) {
  const std::string space = " xmlns=\"http://www.w3.org/1998/Math/MathML\"";
  text::replace_all(page, "<math display=\"inline\"" + space + ">", "<math>");
  text::replace_all(page, "<math display=\"block\"" + space + ">", "<math display=\"block\">");
  return page;
}

}  // namespace publish
