// Colours are held against WCAG 2.2, 1.4.3 and 1.4.11: letters have a contrast of 4.5 to their paper, lines of 3.
#include "engine/sources/layout_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "cairo/palette.hpp"

namespace engine {
namespace {

using cairo::Rgb;
using cairo::Theme;
using manuscript::Entry;
using manuscript::Json;
using manuscript::YamlNode;

struct SeriesInk {
  const char* name;
  plot::Ink ink;
};
constexpr SeriesInk series_inks[] = {{"blue", plot::Ink::blue},     {"orange", plot::Ink::orange},
                                     {"green", plot::Ink::green},   {"vermillion", plot::Ink::vermillion},
                                     {"purple", plot::Ink::purple}, {"sky", plot::Ink::sky},
                                     {"grey", plot::Ink::grey}};
constexpr const char* link_name = "link";

/// A value for messages: a scalar as it is written.
std::string shown(const YamlNode& node) {
  if (std::holds_alternative<Json>(node.content)) return "'" + node.text + "'";
  return node.entries() ? "a mapping" : "a list";
}

/// The text of a scalar; nothing for lists, mappings and no value.
std::optional<std::string> text_of(const YamlNode& node) {
  const Json* json = std::get_if<Json>(&node.content);
  if (!json || json->is_null()) return std::nullopt;
  return node.text;
}

std::string hint_at_known(const std::string& given, const std::vector<std::string>& known) {
  std::string small = given;
  std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return std::tolower(c); });
  if (small != given && std::find(known.begin(), known.end(), small) != known.end())
    return fmt::format("did you mean '{}'?", small);
  return manuscript::did_you_mean(given, known);
}

/// "#0072b2" or "0072B2"; nothing for all else.
std::optional<Rgb> colour_of(std::string text) {
  if (text.starts_with('#')) text.erase(0, 1);
  if (text.size() != 6 || text.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return std::nullopt;
  const auto channel = [&](std::size_t at) { return std::stoi(text.substr(at, 2), nullptr, 16); };
  return Rgb{channel(0), channel(2), channel(4)};
}

class LayoutReader {
 public:
  LayoutReader(const manuscript::Source& source, LayoutKeys keys) : source_(source), keys_(keys) {}

  std::vector<LayoutFault> run(const Entry& entry) {
    const std::string& key = entry.key;
    const YamlNode& value = entry.value;
    if (key == "papersize") paper(value);
    if (key == "class") document_class(value);
    if (key == "csl") style(value);
    if (key == "toc") contents(value);
    if (key == "lof") truth(key, value, keys_.layout.lists_figures);
    if (key == "lot") truth(key, value, keys_.layout.lists_tables);
    if (key == "linenumbers") truth(key, value, keys_.layout.numbers_lines);
    if (key == "draft") truth(key, value, keys_.layout.is_draft);
    if (key == "colours") colours(value);
    if (key == "fonts") fonts(value);
    return std::move(faults_);
  }

 private:
  void fail(const YamlNode& node, std::string message, std::string hint = "") {
    faults_.push_back({node.place, std::move(message), std::move(hint)});
  }

  /// One of some words; where it is none of them, that is told.
  std::optional<std::string> choice(const std::string& key, const YamlNode& node, const std::vector<std::string>& known,
                                    const char* what) {
    const auto text = text_of(node);
    if (text && std::find(known.begin(), known.end(), *text) != known.end()) return text;
    fail(node,
         fmt::format("'{}' must be {}, but this is {}; known are {}", key, what, shown(node), fmt::join(known, ", ")),
         text ? hint_at_known(*text, known) : "");
    return std::nullopt;
  }

  void paper(const YamlNode& node) {
    const auto name = choice("papersize", node, publish::paper_names(), "the name of a paper");
    if (!name) return;
    const publish::Paper& paper = *publish::paper_named(*name);
    keys_.layout.paper = &paper;
    keys_.looks.has_margin = paper.has_margin();
  }

  void document_class(const YamlNode& node) {
    if (const auto name = choice("class", node, {"report", "article"}, "report or article"))
      keys_.layout.is_article = *name == "article";
  }

  void style(const YamlNode& node) {
    const auto name = text_of(node);
    if (!name || !name->ends_with(".csl"))
      return fail(node, fmt::format("'csl' must name a file of a style, but this is {}", shown(node)),
                  "as in: csl: nature.csl, a file beside the chapters or beside report.yaml");
    keys_.csl = {*name, source_, node.place};
  }

  void truth(const std::string& key, const YamlNode& node, bool& into) {
    const Json json = node.json();
    if (!json.is_boolean())
      return fail(node, fmt::format("'{}' must be true or false, but this is {}", key, shown(node)),
                  node.text == "true" || node.text == "false" ? "without quotes" : "");
    into = json.get<bool>();
  }

  void contents(const YamlNode& node) {
    constexpr int most_levels = 6;
    const Json json = node.json();
    if (json.is_boolean()) {
      keys_.layout.has_contents = json.get<bool>();
    } else if (json.is_number_integer() && json >= 1 && json <= most_levels) {
      keys_.layout.contents = json.get<int>();
    } else {
      fail(node,
           fmt::format("'toc' must be true, false or how many levels it shows, 1 to {}, but this is {}", most_levels,
                       shown(node)),
           json.is_number_integer() && json == 0 ? "'toc: false' leaves the contents out" : "");
    }
  }

  // ------------------------------------------------------------------------------------------------------------
  // colours

  static std::vector<std::string> colour_names() {
    std::vector<std::string> names;
    for (const auto& ink : series_inks) names.emplace_back(ink.name);
    names.emplace_back(link_name);
    return names;
  }

  void colours(const YamlNode& node) {
    const auto* entries = node.entries();
    if (!entries)
      return fail(node, fmt::format("'colours' must be a mapping of {}", fmt::join(colour_names(), ", ")),
                  "as in: colours: {blue: \"#0072b2\"}");
    for (const auto& entry : *entries) colour(entry);
    if (faults_.empty()) require_different(*entries);
  }

  void colour(const Entry& entry) {
    const auto names = colour_names();
    if (std::find(names.begin(), names.end(), entry.key) == names.end()) {
      faults_.push_back({entry.key_place,
                         fmt::format("there is no colour '{}'; known are {}", entry.key, fmt::join(names, ", ")),
                         hint_at_known(entry.key, names)});
      return;
    }
    const auto* themes = entry.value.entries();
    if (!themes) {
      const auto light = readable(entry.value, entry.key, Theme::light);
      if (light) set(entry.key, Theme::light, *light);
      // In the dark the same hue, as much lighter as it must be.
      if (light) set(entry.key, Theme::dark, cairo::readable_on(paper_of(Theme::dark), *light, least(entry.key)));
      return;
    }
    for (const auto& one : *themes) {
      if (one.key != "light" && one.key != "dark") {
        faults_.push_back({one.key_place,
                           fmt::format("a colour is given for light and dark pages, not for '{}'", one.key),
                           hint_at_known(one.key, {"light", "dark"})});
        continue;
      }
      const Theme theme = one.key == "light" ? Theme::light : Theme::dark;
      if (const auto color = readable(one.value, entry.key, theme)) set(entry.key, theme, *color);
    }
  }

  static Rgb paper_of(Theme theme) { return cairo::line_color(plot::Ink::background, theme); }

  static double least(const std::string& name) {
    return name == link_name ? cairo::least_text_contrast : cairo::least_line_contrast;
  }

  /// The colour, if it can be seen on its paper.
  std::optional<Rgb> readable(const YamlNode& node, const std::string& name, Theme theme) {
    const auto text = text_of(node);
    const auto color = text ? colour_of(*text) : std::nullopt;
    if (!color) {
      fail(node,
           text ? fmt::format("this is not a colour: {}", shown(node))
                : fmt::format("the colour '{}' must be given in six digits", name),
           "as in \"#0072b2\", in quotes, since # begins a comment; or {light: \"#0072b2\", dark: \"#56b4e9\"}");
      return std::nullopt;
    }
    const double contrast = cairo::contrast(*color, paper_of(theme));
    if (contrast >= least(name)) return color;
    fail(node,
         fmt::format("{} cannot be read on {} pages: its contrast is {:.2f} to 1, and {} need {} (WCAG AA)",
                     cairo::css(*color), theme == Theme::light ? "light" : "dark", std::floor(contrast * 100) / 100,
                     name == link_name ? "letters" : "lines", least(name)),
         fmt::format("the nearest that can is \"{}\"",
                     cairo::css(cairo::readable_on(paper_of(theme), *color, least(name)))));
    return std::nullopt;
  }

  void set(const std::string& name, Theme theme, Rgb color) {
    if (name == link_name) {
      (theme == Theme::light ? keys_.layout.links.light : keys_.layout.links.dark) = cairo::css(color);
      return;
    }
    for (const auto& ink : series_inks)
      if (name == ink.name) cairo::set_ink(keys_.looks.inks, ink.ink, theme, color);
  }

  /// Two series in one colour could not be told apart.
  void require_different(const std::vector<Entry>& entries) {
    for (const auto& entry : entries)
      for (const Theme theme : {Theme::light, Theme::dark})
        if (const char* twin = twin_of(entry.key, theme)) {
          faults_.push_back(
              {entry.value.place,
               fmt::format("'{}' is the colour of '{}' too, and their series could not be told apart", entry.key, twin),
               "give one of them another colour"});
          return;
        }
  }

  const char* twin_of(const std::string& name, Theme theme) const {
    const auto color = [&](plot::Ink ink) { return cairo::line_color(ink, theme, keys_.looks.inks); };
    for (const auto& own : series_inks)
      for (const auto& other : series_inks)
        if (name == own.name && own.ink != other.ink && color(own.ink) == color(other.ink)) return other.name;
    return nullptr;
  }

  // --------------------------------------------------------------------------------------------------------------
  // fonts

  void fonts(const YamlNode& node) {
    using publish::Use;
    const std::vector<std::string> uses{"body", "sans", "mono", "math"};
    const auto* entries = node.entries();
    if (!entries)
      return fail(node, fmt::format("'fonts' must be a mapping of {}", fmt::join(uses, ", ")),
                  "as in: fonts: {body: termes}");
    auto& faces = keys_.layout.typefaces;
    for (const auto& entry : *entries) {
      const auto take = [&](Use use, const publish::Typeface*& into) {
        if (entry.key != publish::name_of(use)) return false;
        if (const auto name = font(entry.value, use)) into = publish::typeface_named(use, *name);
        return true;
      };
      if (!take(Use::body, faces.body) && !take(Use::sans, faces.sans) && !take(Use::mono, faces.mono) &&
          !take(Use::math, faces.math))
        faults_.push_back({entry.key_place,
                           fmt::format("there are no fonts for '{}'; known are {}", entry.key, fmt::join(uses, ", ")),
                           hint_at_known(entry.key, uses)});
    }
  }

  std::optional<std::string> font(const YamlNode& node, publish::Use use) {
    const auto known = publish::typeface_names(use);
    const auto name = text_of(node);
    if (name && std::find(known.begin(), known.end(), *name) != known.end()) return name;
    const Json* json = std::get_if<Json>(&node.content);
    if (json && json->is_null()) {
      fail(node, fmt::format("'{}' has no value", publish::name_of(use)), "leave it out, or name a font");
      return std::nullopt;
    }
    const std::string near = name ? hint_at_known(*name, known) : "";
    fail(node,
         fmt::format("print cannot set '{}' in {}; pdfLaTeX has {}", publish::name_of(use), shown(node),
                     fmt::join(known, ", ")),
         near.empty() ? "fonts of the system are not at its hand" : near);
    return std::nullopt;
  }

  const manuscript::Source& source_;
  LayoutKeys keys_;
  std::vector<LayoutFault> faults_;
};

}  // namespace

std::vector<LayoutFault> read_layout(const Entry& entry, const manuscript::Source& source, LayoutKeys keys) {
  return LayoutReader(source, keys).run(entry);
}

}  // namespace engine
