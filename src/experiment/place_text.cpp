// See place_text.hpp.
#include "experiment/place_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace experiment {
namespace {

std::string date_text(double seconds) {
  using namespace std::chrono;
  const auto whole = static_cast<std::int64_t>(std::floor(seconds));
  const std::int64_t day = whole >= 0 ? whole / 86400 : (whole - 86399) / 86400, second = whole - day * 86400;
  const year_month_day date{sys_days{days{day}}};
  std::string text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (second == 0 && seconds == std::floor(seconds)) return text;
  text += fmt::format("T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
  if (const double part = seconds - std::floor(seconds); part > 0) text += fmt::format("{:.6f}", part).substr(1);
  return text;
}

}  // namespace

std::string place_text(const AxisInfo& axis, double x) {
  if (axis.scale == "date" && std::isfinite(x)) return date_text(x);
  if (axis.scale == "category" && x >= 0 && x < static_cast<double>(axis.categories.size()))
    return axis.categories[static_cast<std::size_t>(x)];
  return number_text(x);
}

}  // namespace experiment
