// Names of categories at an axis.
// See category_labels.hpp.
#include "plot/layout/category_labels.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "plot/text/text.hpp"

namespace plot {

namespace {

constexpr double least_space = 4;  // between neighbours
constexpr std::size_t most_lines = 3;
constexpr double longest_turned = 72;

double width_of(const std::string& line, const Style& style, const Measure& measure) {
  return set_label(line, style.tick_text, measure).width;
}

std::string joined(const std::vector<std::string>& lines) {
  return std::accumulate(lines.begin(), lines.end(), std::string{}, [](std::string text, const std::string& line) {
    return text.empty() ? line : text + "\n" + line;
  });
}

/// As much of the beginning as fits, with an ellipsis. Mathematics cannot be cut.
std::string shortened(const std::string& line, double width, const Style& style, const Measure& measure) {
  if (line.find('$') != std::string::npos || width_of(line, style, measure) <= width) return line;
  const auto is_inside_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  std::string kept = line;
  while (!kept.empty()) {
    while (is_inside_character(kept.back())) kept.pop_back();
    kept.pop_back();
    while (!kept.empty() && kept.back() == ' ') kept.pop_back();
    if (width_of(kept + "…", style, measure) <= width) break;
  }
  return kept + "…";
}

/// Places on paper that one category has to itself.
double slot_of(const Scale& scale) { return std::abs(scale.place(1) - scale.place(0)); }

/// Every so many names stand if each of them needs `room` and has `slot`.
std::size_t stride_for(double room, double slot) {
  return static_cast<std::size_t>(std::max(1.0, std::ceil(room / slot - 1e-9)));
}

/// Ticks at the categories that the axis shows, those without a label between the named ones.
std::vector<Tick> ticks_of(const std::vector<std::string>& labels, const Scale& scale, std::size_t stride = 1) {
  std::vector<Tick> ticks;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double at = static_cast<double>(i);
    if (at >= scale.domain.low && at <= scale.domain.high)
      ticks.push_back({at, i % stride == 0 ? labels[i] : std::string{}});
  }
  return ticks;
}

}  // namespace

CategoryLabels category_labels_below(const std::vector<std::string>& names, const Scale& scale, const Style& style,
                                     const Measure& measure) {
  const double slot = slot_of(scale);
  std::vector<std::string> broken;
  bool fit = true;
  for (const std::string& name : names) {
    const auto lines = break_lines(name, slot - least_space, style.tick_text, measure);
    fit = fit && lines.size() <= most_lines;
    for (const std::string& line : lines) fit = fit && width_of(line, style, measure) <= slot - least_space;
    broken.push_back(joined(lines));
  }
  if (fit) return {ticks_of(broken, scale), false};

  std::vector<std::string> turned;
  for (std::string name : names) {
    std::replace(name.begin(), name.end(), '\n', ' ');
    turned.push_back(shortened(name, longest_turned, style, measure));
  }
  return {ticks_of(turned, scale, stride_for(style.tick_line_spacing(), slot)), true};
}

std::vector<Tick> category_labels_beside(const std::vector<std::string>& names, const Scale& scale, double most,
                                         const Style& style, const Measure& measure) {
  const double slot = slot_of(scale);
  const auto lines_in_slot = static_cast<std::size_t>(std::max(1.0, std::floor(slot / style.tick_line_spacing())));
  std::vector<std::string> labels;
  for (const std::string& name : names) {
    auto lines = break_lines(name, most, style.tick_text, measure);
    if (lines.size() > lines_in_slot) {
      // What does not fit is told to be missing at the end of what does.
      for (std::size_t i = lines_in_slot; i < lines.size(); ++i) lines[lines_in_slot - 1] += " " + lines[i];
      lines.resize(lines_in_slot);
    }
    for (std::string& line : lines) line = shortened(line, most, style, measure);
    labels.push_back(joined(lines));
  }
  return ticks_of(labels, scale, stride_for(style.tick_line_spacing(), slot));
}

}  // namespace plot
