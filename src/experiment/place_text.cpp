// See place_text.hpp.
#include "experiment/place_text.hpp"

#include <cmath>

#include "text/date.hpp"

namespace experiment {

std::string place_text(const AxisInfo& axis, double x) {
  if (axis.scale == "date" && std::isfinite(x)) return text::date_text(x);
  if (axis.scale == "category" && x >= 0 && x < static_cast<double>(axis.categories.size()))
    return axis.categories[static_cast<std::size_t>(x)];
  return number_text(x);
}

}  // namespace experiment
