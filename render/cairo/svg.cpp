// Edits of Cairo's SVG. Its writer is regular: attributes in double quotes, colours as rgb(r%,g%,b%).
#include "cairo/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <regex>
#include <stdexcept>

#include "cairo/palette.hpp"

namespace drawing {
namespace {

std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

/// Replaces every match of a pattern by what `with` makes of it.
template <class With>
std::string replaced_matches(const std::string& text, const std::regex& pattern, const With& with) {
  std::string out;
  std::size_t from = 0;
  for (std::sregex_iterator m(text.begin(), text.end(), pattern), end; m != end; ++m) {
    out.append(text, from, static_cast<std::size_t>(m->position()) - from);
    out += with(*m);
    from = static_cast<std::size_t>(m->position() + m->length());
  }
  return out.append(text, from);
}

std::string escaped(const std::string& text) {
  return replaced_all(replaced_all(replaced_all(replaced_all(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;"), "\"", "&quot;");
}

std::string variable(Rgb color) {
  for (const auto& c : palette(Theme::light)) {
    if (c.line == color) return fmt::format("var(--ink-{},{})", c.name, css(c.line));
    if (c.text == color) return fmt::format("var(--text-{},{})", c.name, css(c.text));
  }
  for (const plot::Shade shade : all_shades())
    if (shade_color(shade, Theme::light) == color) return fmt::format("var(--{},{})", shade_name(shade), css(color));
  throw std::logic_error(fmt::format("the drawing has a colour {} that is no ink", css(color)));
}

std::string with_variables(const std::string& svg) {
  static const std::regex color(R"(rgb\(([\d.]+)%, ?([\d.]+)%, ?([\d.]+)%\))");
  std::string text = replaced_matches(svg, color, [](const std::smatch& m) {
    const auto channel = [&](std::size_t i) { return static_cast<int>(std::lround(std::stod(m[i].str()) * 2.55)); };
    return variable({channel(1), channel(2), channel(3)});
  });
  static const std::regex other(R"([ ";](fill|stroke)(:|=")(?!none|var\()[^;"]*)");
  if (std::smatch m; std::regex_search(text, m, other))
    throw std::logic_error(fmt::format("the drawing has a colour written '{}'", m[0].str()));
  return text;
}

/// Hundredths of a point are finer than any screen or printer shows; a matrix multiplies what it rounds, and stays.
std::string with_short_numbers(const std::string& svg) {
  static const std::regex number(R"(matrix\([^)]*\)|-?\d+\.\d{3,})");
  return replaced_matches(svg, number, [](const std::smatch& m) {
    if (*m[0].first == 'm') return m[0].str();
    std::string text = fmt::format("{:.2f}", std::stod(m[0].str()));
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? std::string("0") : text;
  });
}

/// Properties that say what holds anyway; the limit of mitres matters to no round join.
std::string without_defaults(std::string svg) {
  for (const char* property : {"fill-rule:nonzero;", "fill-opacity:1;", "stroke-opacity:1;", "stroke-linecap:butt;", "stroke-miterlimit:10;"})
    svg = replaced_all(std::move(svg), property, "");
  return svg;
}

}  // namespace

std::string with_prefixed_ids(const std::string& svg, const std::string& prefix) {
  const auto is_allowed = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; };
  if (!std::all_of(prefix.begin(), prefix.end(), is_allowed))
    throw std::invalid_argument(fmt::format("'{}' cannot begin the ids of a drawing", prefix));
  static const std::regex surface(R"(id="surface\d+")");
  std::string text = std::regex_replace(svg, surface, "id=\"surface\"");
  text = replaced_all(text, " id=\"", " id=\"" + prefix);
  text = replaced_all(text, "href=\"#", "href=\"#" + prefix);
  return replaced_all(text, "url(#", "url(#" + prefix);
}

std::string for_page(const std::string& svg, const std::string& prefix, const std::string& title, const std::string& description) {
  std::string text = with_short_numbers(without_defaults(with_variables(svg)));
  text.erase(0, text.find("<svg"));
  const std::size_t head = text.find('>');
  std::string names = fmt::format("<title id=\"{0}title\">{1}</title>", prefix, escaped(title));
  std::string labelled = prefix + "title";
  if (!description.empty()) {
    names += fmt::format("<desc id=\"{0}desc\">{1}</desc>", prefix, escaped(description));
    labelled += " " + prefix + "desc";
  }
  text.insert(head + 1, "\n" + names);
  text.insert(head, fmt::format(" role=\"img\" aria-labelledby=\"{}\"", labelled));
  return text;
}

}  // namespace drawing
