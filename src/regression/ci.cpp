// The check in the words of machines: JUnit's XML, GitHub's annotations.
#include <fmt/format.h>

#include <algorithm>

#include "regression/review.hpp"

namespace regression {
namespace {

/// Text for XML: markup escaped, control characters, which XML 1.0 has no place for, left out.
std::string xml(const std::string& text) {
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
      case '\n':
        out += "&#10;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out += c;
    }
  return out;
}

std::string all_causes(const CheckedFigure& f) {
  std::string text;
  for (const Difference& d : f.differences)
    text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", layer_name(d.layer), d.text);
  return text;
}

/// GitHub ends a message at a line feed, and a property at a comma or colon.
std::string github(const std::string& text, bool property) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '\n' || c == '\r' || (property && (c == ',' || c == ':')))
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string junit_xml(const CheckSummary& summary, const std::string& time) {
  std::size_t failures = 0, errors = 0;
  double seconds = 0;
  std::string cases, remarks;
  for (const CheckedFigure& f : summary.figures) {
    const std::string experiment = f.request ? f.request->experiment->name : "no experiment";
    const double taken = f.ran ? std::max(0.0, f.seconds) : 0.0;
    seconds += taken;
    std::string attributes =
        fmt::format("classname=\"{}\" name=\"{}\" time=\"{:.3f}\"", xml(experiment), xml(f.name.figure), taken);
    if (f.request)
      attributes += fmt::format(" file=\"{}\" line=\"{}\"", xml(f.request->place.file), f.request->place.line);
    cases += fmt::format("  <testcase {}>\n", attributes);
    if (!passes(f.verdict)) {
      const bool is_error = f.verdict == FigureVerdict::failed;
      ++(is_error ? errors : failures);
      cases += fmt::format("    <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", is_error ? "error" : "failure",
                           name_of(f.verdict), xml(f.cause()), xml(all_causes(f)));
    } else if (f.verdict == FigureVerdict::rendering_only) {
      remarks +=
          fmt::format("{}{}: rendering only: {}", remarks.empty() ? "" : "&#10;", xml(f.name.figure), xml(f.rendering));
    }
    cases += "  </testcase>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"figures\" tests=\"{}\" failures=\"{}\" "
      "errors=\"{}\" time=\"{:.3f}\" timestamp=\"{}\" hostname=\"localhost\">\n"
      "  <properties>\n    <property name=\"version\" value=\"{}\"/>\n  </properties>\n"
      "{}  <system-out>{}</system-out>\n  <system-err/>\n</testsuite>\n",
      summary.figures.size(), failures, errors, seconds, time, REPORT_VERSION, cases, remarks);
}

std::string github_annotations(const CheckSummary& summary,
                               const std::function<std::string(const std::string&)>& file_name) {
  std::string lines;
  for (const CheckedFigure& f : summary.figures) {
    if (f.verdict == FigureVerdict::same) continue;
    const char* level = passes(f.verdict) ? "notice" : "error";
    std::string where;
    if (f.request)
      where = fmt::format("file={},line={},", github(file_name(f.request->place.file), true), f.request->place.line);
    const std::string title = fmt::format("{}: {}", f.name.figure, name_of(f.verdict));
    const std::string message = f.differences.empty() ? f.rendering : all_causes(f);
    lines += fmt::format("::{} {}title={}::{}\n", level, where, github(title, true), github(message, false));
  }
  return lines;
}

}  // namespace regression
