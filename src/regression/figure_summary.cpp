// Comparison of two drawings by what they say.
// See scene.hpp.
#include "regression/figure_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace regression {
namespace {

/// Half of the thinnest line on the widest panel; a typeface moves nothing by that much within its panel.
constexpr double place_tolerance = 0.002;
/// Outlines are thinned to what paper can show, which depends on the panel's size.
constexpr double length_tolerance = 0.05;

bool same_place(const Json& a, const Json& b) { return std::abs(number(a) - number(b)) <= place_tolerance; }

std::string series_words(const std::string& series) {
  return series.empty() ? "what belongs to no series" : fmt::format("series '{}'", series);
}

/// Words with their looks, so that the breaks of lines do not count.
std::vector<Json> words_of(const Json& texts) {
  std::vector<Json> words;
  for (const Json& item : texts) {
    const std::string text = item.at("text");
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find(' ', from), text.size());
      if (end > from)
        words.push_back({{"word", text.substr(from, end - from)}, {"ink", item.at("ink")}, {"size", item.at("size")}});
      from = end + 1;
    }
  }
  return words;
}

/// What is in `these` more often than in `those`.
std::vector<Json> surplus(const Json& these, const Json& those) {
  std::vector<Json> left(those.begin(), those.end()), more;
  for (const Json& item : these) {
    const auto at = std::find(left.begin(), left.end(), item);
    if (at == left.end())
      more.push_back(item);
    else
      left.erase(at);
  }
  return more;
}

std::string all_words(const std::vector<Json>& texts) {
  std::vector<std::string> list;
  for (const Json& t : texts)
    list.push_back(fmt::format("'{}' ({}, {} pt)", t.at("text").get<std::string>(), t.at("ink").get<std::string>(),
                               t.at("size").dump()));
  return fmt::format("{}", fmt::join(list, ", "));
}

/// The shapes of each series, in painting order.
std::map<std::string, std::vector<Json>> by_series(const Json& shapes) {
  std::map<std::string, std::vector<Json>> lists;
  for (const Json& shape : shapes) lists[shape.at("series")].push_back(shape);
  return lists;
}

std::vector<std::string> forms_of(const std::vector<Json>& shapes) {
  std::vector<std::string> forms;
  for (const Json& shape : shapes) forms.push_back(shape.at("form"));
  return forms;
}

class SummaryComparer {
 public:
  void whole(const Json& now, const Json& reference) {
    for (const char* side : {"width", "height"})
      if (std::abs(number(now.at(side)) - number(reference.at(side))) > 0.01)
        differs("the figure's {} is {} pt, the reference's {} pt", side, now.at(side).dump(),
                reference.at(side).dump());
    texts(now.at("title"), reference.at("title"), "the figure's title");
    const Json &panels = now.at("panels"), &wanted = reference.at("panels");
    if (panels.size() != wanted.size())
      return differs("there are {} panels, in the reference {}", panels.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) panel(panels[i], wanted[i], name_of(i, wanted.size()));
  }

  std::vector<Difference> found;

 private:
  template <class... Words>
  void differs(fmt::format_string<Words...> words, Words&&... values) {
    found.push_back({ComparisonLayer::scene, fmt::format(words, std::forward<Words>(values)...)});
  }

  static std::string name_of(std::size_t index, std::size_t count) {
    return count == 1 ? "the panel" : fmt::format("panel {}", static_cast<char>('a' + index % 26));
  }

  void panel(const Json& now, const Json& reference, const std::string& name) {
    if (now.at("title") != reference.at("title"))
      differs("the title of {} is {}, in the reference {}", name, now.at("title").dump(), reference.at("title").dump());
    for (const char* axis : {"x", "y"})
      this->axis(now.at(axis), reference.at(axis), fmt::format("the {} axis of {}", axis, name));
    shapes(now.at("shapes"), reference.at("shapes"), name);
    texts(now.at("texts"), reference.at("texts"), name);
    const Json insets = now.value("insets", Json::array()), wanted = reference.value("insets", Json::array());
    if (insets.size() != wanted.size())
      return differs("{} has {} insets, in the reference {}", name, insets.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) panel(insets[i], wanted[i], "the inset of " + name);
  }

  void axis(const Json& now, const Json& reference, const std::string& name) {
    for (const char* what : {"label", "scale", "reversed", "from", "to"})
      if (now.at(what) != reference.at(what))
        differs("{}: '{}' is {}, in the reference {}", name, what, now.at(what).dump(), reference.at(what).dump());
    const Json &ticks = now.at("ticks"), &wanted = reference.at("ticks");
    if (ticks.size() != wanted.size())
      return differs("{} has {} ticks, in the reference {}", name, ticks.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Json &tick = ticks[i], &there = wanted[i];
      if (tick.at("label") != there.at("label") || tick.at("value") != there.at("value"))
        return differs("{}: tick {} at {}, in the reference {} at {}", name, tick.at("label").dump(),
                       tick.at("value").dump(), there.at("label").dump(), there.at("value").dump());
      if (!same_place(tick.at("place"), there.at("place")))
        return differs("{}: the tick of {} stands at {} of the axis, in the reference at {}", name,
                       tick.at("value").dump(), tick.at("place").dump(), there.at("place").dump());
    }
  }

  void shapes(const Json& now, const Json& reference, const std::string& name) {
    const auto lists = by_series(now), wanted = by_series(reference);
    bool complete = true;
    for (const auto& [series, list] : wanted) {
      const auto same = lists.find(series);
      if (same == lists.end()) {
        differs("{} is missing from {}", series_words(series), name);
        complete = false;
      } else {
        complete = series_shapes(same->second, list, series_words(series), name) && complete;
      }
    }
    for (const auto& [series, list] : lists)
      if (!wanted.contains(series)) {
        differs("{} in {} is new", series_words(series), name);
        complete = false;
      }
    if (complete) order(now, reference, name);
  }

  bool series_shapes(const std::vector<Json>& now, const std::vector<Json>& reference, const std::string& series,
                     const std::string& name) {
    const auto forms = forms_of(now), wanted = forms_of(reference);
    if (forms != wanted) {
      differs("{} in {} is drawn as {}, in the reference as {}", series, name, fmt::to_string(fmt::join(forms, ", ")),
              fmt::to_string(fmt::join(wanted, ", ")));
      return false;
    }
    for (std::size_t i = 0; i < reference.size(); ++i)
      shape(now[i], reference[i], fmt::format("the {} of {} in {}", wanted[i], series, name));
    return true;
  }

  void shape(const Json& now, const Json& reference, const std::string& name) {
    for (const char* what : {"stroke", "fill"}) {
      const Json style = now.value(what, Json(nullptr)), there = reference.value(what, Json(nullptr));
      if (style != there) differs("{}: {} {}, in the reference {}", name, what, style.dump(), there.dump());
    }
    const Json &box = now.at("box"), &there = reference.at("box");
    for (std::size_t i = 0; i < 4; ++i)
      if (!same_place(box.at(i), there.at(i)))
        return differs("{} stands in {} of its panel (left, bottom, right, top), in the reference in {}", name,
                       box.dump(), there.dump());
    // Contours leave gaps for their labels, which are as long as letters are wide.
    if (reference.at("series").get<std::string>().empty()) return;
    for (std::size_t i = 0; i < 2; ++i)
      if (!same_place(now.at("middle").at(i), reference.at("middle").at(i)))
        return differs("{} has its middle at {} of its panel, in the reference at {}", name, now.at("middle").dump(),
                       reference.at("middle").dump());
    const double length = number(now.at("length")), wanted = number(reference.at("length"));
    if (std::abs(length - wanted) > length_tolerance * wanted)
      differs("{} is {:.4g} sides of its panel long, in the reference {:.4g}", name, length, wanted);
  }

  void order(const Json& now, const Json& reference, const std::string& name) {
    for (std::size_t i = 0; i < reference.size(); ++i)
      if (now[i].at("series") != reference[i].at("series") || now[i].at("form") != reference[i].at("form"))
        return differs("in {} the series are painted in another order: {} before {}", name,
                       series_words(now[i].at("series")), series_words(reference[i].at("series")));
  }

  void texts(const Json& now, const Json& reference, const std::string& name) {
    if (words_of(now) == words_of(reference)) return;
    const std::string more = all_words(surplus(now, reference)), fewer = all_words(surplus(reference, now));
    if (more.empty() && fewer.empty()) return differs("the words of {} stand in another order", name);
    if (fewer.empty()) return differs("{} has new text: {}", name, more);
    if (more.empty()) return differs("{} lacks text: {}", name, fewer);
    differs("{} says {}, in the reference {}", name, more, fewer);
  }
};

}  // namespace

std::vector<Difference> compare_scene(const Json& now, const Json& reference) {
  SummaryComparer comparer;
  comparer.whole(now, reference);
  return std::move(comparer.found);
}

}  // namespace regression
