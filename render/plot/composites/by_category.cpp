// See by_category.hpp.
#include "plot/composites/by_category.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "plot/geometry/extent.hpp"

namespace plot {

namespace {

constexpr std::array inks{Ink::blue,   Ink::vermillion, Ink::green, Ink::purple,
                          Ink::orange, Ink::sky,        Ink::black, Ink::grey};
constexpr std::array markers{Marker::circle, Marker::triangle, Marker::square, Marker::diamond,
                             Marker::plus,   Marker::star,     Marker::cross};

}  // namespace

std::vector<Mark> by_category(const Points& points, const std::vector<std::string>& categories) {
  // What sizes and colours mean is the same for all.
  Points whole = points;
  if (whole.full_size == 0 && !points.sizes.empty()) whole.full_size = finite_extent(points.sizes).high;
  if (const auto colors = ground_of(points).colors; colors && points.color_scale.levels.empty())
    whole.color_scale.levels = color_bands(*colors).edges;
  for (auto* column : {&whole.x, &whole.y, &whole.sizes, &whole.colors}) column->clear();

  std::map<std::string, std::size_t> place;
  std::vector<Points> parts;
  for (std::size_t i = 0; i < std::min({points.x.size(), points.y.size(), categories.size()}); ++i) {
    const std::string& name = categories[i];
    const auto [found, is_new] = place.try_emplace(name, parts.size());
    if (is_new) {
      Points part = whole;
      part.series = part.label = name;
      part.ink = inks[parts.size() % inks.size()];
      part.marker = markers[parts.size() % markers.size()];
      parts.push_back(std::move(part));
    }
    Points& part = parts[found->second];
    part.x.push_back(points.x[i]);
    part.y.push_back(points.y[i]);
    if (i < points.sizes.size()) part.sizes.push_back(points.sizes[i]);
    if (i < points.colors.size()) part.colors.push_back(points.colors[i]);
  }
  return {parts.begin(), parts.end()};
}

}  // namespace plot
