// The page of a check: one line per figure, opened with its pictures, causes and numbers. It reads without its script.
#include <fmt/format.h>

#include <cmath>

#include "regression/review.hpp"

namespace regression {
namespace {

std::string html(const std::string& text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  return out;
}

/// Sign and class of a verdict; the sign says the same as the colour.
struct Badge {
  const char *sign, *kind;
};

Badge badge_of(FigureVerdict verdict) {
  switch (verdict) {
    case FigureVerdict::same:
      return {"✓", "good"};
    case FigureVerdict::rendering_only:
      return {"≈", "quiet"};
    case FigureVerdict::added:
      return {"+", "bad"};
    case FigureVerdict::deleted:
      return {"−", "bad"};
    case FigureVerdict::differs:
    case FigureVerdict::failed:
      break;
  }
  return {"✗", "bad"};
}

std::string url(const char* folder, const CheckedFigure& f) {
  return html(fmt::format("{}/{}", folder, f.name.file(".png")));
}

std::string picture(const char* folder, const CheckedFigure& f, const char* what) {
  return fmt::format("<img class=\"{}\" src=\"{}\" alt=\"{} {}\" loading=\"lazy\">", folder, url(folder, f),
                     html(f.name.figure), what);
}

std::string ring(const CheckedFigure& f) {
  if (!f.worst_spot) return "";
  return fmt::format("<span class=\"ring\" style=\"left:{:.2f}%;top:{:.2f}%\" title=\"{}\"></span>",
                     100 * f.worst_spot->x, 100 * f.worst_spot->y, html(text(*f.worst)));
}

std::string framed(const std::string& inside, const std::string& caption) {
  return fmt::format("<figure><div class=\"paper\">{}</div><figcaption>{}</figcaption></figure>", inside, caption);
}

/// Both pictures, and the difference where there is one; the script adds the slider and the blink.
std::string pictures(const CheckedFigure& f) {
  std::string inside;
  if (!f.reference_png.empty()) inside += framed(picture("before", f, "as in the reference") + ring(f), "before");
  if (!f.png.empty()) inside += framed(picture("now", f, "as it is now") + ring(f), "after");
  if (!f.difference_png.empty())
    inside += framed(picture("difference", f, "difference of the two") + ring(f),
                     "difference: <span class=\"more\">orange</span> where there is more ink now, <span "
                     "class=\"less\">blue</span> where there was");
  return inside.empty() ? "" : fmt::format("<div class=\"pictures\">{}</div>\n", inside);
}

/// Items of a list beyond these are folded away.
constexpr std::size_t most_items = 12;

std::string list(const char* heading, const std::vector<std::string>& items) {
  if (items.empty()) return "";
  std::string shown, folded;
  for (std::size_t i = 0; i < items.size(); ++i)
    (i < most_items ? shown : folded) += fmt::format("<li>{}</li>\n", items[i]);
  std::string text = fmt::format("<h2>{}</h2>\n<ul>\n{}</ul>\n", heading, shown);
  if (!folded.empty())
    text += fmt::format("<details class=\"rest\"><summary>{} more</summary>\n<ul>\n{}</ul>\n</details>\n",
                        items.size() - most_items, folded);
  return text;
}

std::string causes(const CheckedFigure& f) {
  std::vector<std::string> items;
  for (const Difference& d : f.differences)
    items.push_back(fmt::format("<b>{}</b> {}", layer_name(d.layer), html(d.text)));
  if (!f.rendering.empty())
    items.push_back("<b>picture</b> " + html(f.rendering) + (passes(f.verdict) ? "; data and scene are the same" : ""));
  return list("What differs", items);
}

std::string changes(const CheckedFigure& f) {
  std::vector<std::string> parameters, code;
  for (const engine::Change& change : f.changes) {
    if (change.kind != engine::Change::Kind::code) {
      parameters.push_back(html(engine::text(change, "")));
    } else if (change.where.empty()) {
      code.push_back("not known which; the reference does not say what its code was made of");
    } else {
      for (const std::string& where : change.where) code.push_back("<code>" + html(where) + "</code>");
    }
  }
  return list("Parameters that changed", parameters) + list("Code that changed", code);
}

std::string worst(const CheckedFigure& f) {
  if (!f.worst) return "";
  const std::string where = f.worst_spot ? " The ring in the pictures is there." : "";
  return fmt::format("<h2>Largest deviation of the data</h2>\n<p>{} ({}).{}</p>\n", html(text(*f.worst)),
                     html(f.worst->reason), where);
}

std::string number_cell(const Json& value) {
  return value.is_null() ? "–" : html(value.is_string() ? value.get<std::string>() : value.dump());
}

/// Exported values before and after; those that differ come first.
std::string values(const CheckedFigure& f) {
  if (f.values.empty()) return "";
  std::string rows;
  for (const bool differing : {true, false})
    for (const ValueRow& row : f.values)
      if (row.differs == differing)
        rows += fmt::format("<tr{}><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                            differing ? " class=\"bad\"" : "", html(row.name), number_cell(row.reference),
                            number_cell(row.now), html(row.deviation), html(row.allowed));
  return fmt::format(
      "<h2>Values</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Values of "
      "{}\"><table>\n<thead><tr><th scope=\"col\">value</th>"
      "<th scope=\"col\">before</th><th scope=\"col\">after</th><th scope=\"col\">deviation</th><th "
      "scope=\"col\">allowed</th></tr></thead>\n"
      "<tbody>\n{}</tbody></table></div>\n",
      html(f.name.figure), rows);
}

std::string figure(const CheckedFigure& f) {
  const Badge badge = badge_of(f.verdict);
  const std::string place =
      f.request ? fmt::format("{}:{}", f.request->place.file, f.request->place.line) : "in no chapter";
  const std::string set =
      f.name.dataset.empty() ? "" : fmt::format(" <span class=\"set\">{}</span>", html(f.name.dataset));
  std::string cause = f.cause();
  if (cause.empty() && f.worst) cause = "largest deviation: " + text(*f.worst);
  std::string line = fmt::format(
      "<summary><span class=\"verdict {}\">{} {}</span> <span class=\"id\">{}</span>{} <span class=\"place\">{}</span> "
      "<span class=\"cause\">{}</span></summary>\n",
      badge.kind, badge.sign, name_of(f.verdict), html(f.name.figure), set, html(place), html(cause));
  return fmt::format("<details class=\"figure\" id=\"{}\"{}>\n{}{}{}{}{}{}</details>\n", html(f.name.file("")),
                     passes(f.verdict) ? "" : " open", line, pictures(f), causes(f), worst(f), changes(f), values(f));
}

std::string counts(const CheckSummary& summary) {
  std::size_t passing = 0, rendering = 0;
  for (const CheckedFigure& f : summary.figures) {
    passing += passes(f.verdict);
    rendering += f.verdict == FigureVerdict::rendering_only;
  }
  std::string words = fmt::format("{} of {} figures are what their references say", passing, summary.figures.size());
  if (rendering > 0) words += fmt::format(", {} of them drawn with other pixels", rendering);
  return words + ".";
}

}  // namespace

std::string review_page(const CheckSummary& summary, const std::string& program, const std::string& style,
                        const std::string& script) {
  std::string figures;
  for (const CheckedFigure& f : summary.figures) figures += figure(f);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Check of the "
      "figures</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n"
      "<h1>Check of the figures</h1>\n<p>{} What is right can be accepted with <code>{} bless "
      "ID</code>.</p>\n{}</main>\n"
      "<script>\n{}</script>\n</body>\n</html>\n",
      style, counts(summary), program, figures, script);
}

}  // namespace regression
