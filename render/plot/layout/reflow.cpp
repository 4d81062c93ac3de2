// Which panels of a figure stand beside each other in the place that it is given, and how high it is there.
// See reflow.hpp.
#include "plot/layout/reflow.hpp"

#include <algorithm>
#include <cmath>

namespace plot {

namespace {

/// In a narrow place panels are as wide as two thirds more than they are high, if they were not flatter before; with
/// this much height at least there is room for their axes.
constexpr double aspect = 0.62, least_row_mm = 45;
/// With its caption a figure must fit on a page.
constexpr double most_height_mm = 200;

std::string letter(std::size_t i) {
  std::string name(1, static_cast<char>('a' + i % 26));
  return i < 26 ? name : letter(i / 26 - 1) + name;
}

std::size_t rows_of(std::size_t count, std::size_t columns) { return (count + columns - 1) / columns; }

/// Where the figure's panels stand when it has its own width.
struct Design {
  std::size_t count, columns;
  std::size_t rows() const { return rows_of(count, columns); }
  bool is_full() const { return count == rows() * columns; }
};

/// The order of a grid's panels when its columns become rows: what stood under each other then stands side by side.
std::vector<std::size_t> turned(const Design& design) {
  std::vector<std::size_t> order;
  for (std::size_t column = 0; column < design.columns; ++column)
    for (std::size_t i = column; i < design.count; i += design.columns) order.push_back(i);
  return order;
}

struct Order {
  std::vector<std::size_t> panels;
  std::size_t columns;
};

Order order_in(const Design& design, double width_ratio) {
  Order order{{}, design.columns};
  for (std::size_t i = 0; i < design.count; ++i) order.panels.push_back(i);
  const double fitting = std::max(1.0, std::floor(static_cast<double>(design.columns) * width_ratio + 1e-9));
  if (fitting >= static_cast<double>(design.columns)) return order;
  const auto most = static_cast<std::size_t>(fitting);
  if (design.rows() > 1 && design.rows() <= most && design.is_full()) return {turned(design), design.rows()};
  // As even as they go: four where three fit become two and two.
  order.columns = rows_of(design.columns, rows_of(design.columns, most));
  return order;
}

double row_height(double own_mm, double pitch_mm, std::size_t rows) {
  return std::min({own_mm, std::max(least_row_mm, aspect * pitch_mm), most_height_mm / static_cast<double>(rows)});
}

/// Relative heights of the new rows: each is as high as the highest of the rows that its panels stood in.
std::vector<double> row_heights(const std::vector<double>& own, const Design& design, const Order& order) {
  if (own.empty()) return {};
  std::vector<double> heights(rows_of(design.count, order.columns), 0);
  for (std::size_t k = 0; k < order.panels.size(); ++k) {
    const std::size_t row = order.panels[k] / design.columns;
    const double height = row < own.size() && own[row] > 0 && std::isfinite(own[row]) ? own[row] : 1;
    heights[k / order.columns] = std::max(heights[k / order.columns], height);
  }
  return heights;
}

}  // namespace

double width_in_mm(FigureWidth width) {
  switch (width) {
    case FigureWidth::margin:
      return 50;
    case FigureWidth::column:
      return 117;
    case FigureWidth::full:
      return 175;
  }
  return 117;
}

Reflowed reflow(const Figure& figure) {
  const std::size_t count = figure.panels.size();
  const Design design{count,
                      static_cast<std::size_t>(std::clamp(figure.columns, 1, std::max(1, static_cast<int>(count))))};
  const double own_width = width_in_mm(figure.width);
  Reflowed reflowed;
  reflowed.width_mm = figure.place ? width_in_mm(figure.place->width) : own_width;
  reflowed.height_mm = std::isfinite(figure.height_mm) ? std::clamp(figure.height_mm, 10.0, 1000.0) : 70;

  const Order order = order_in(design, reflowed.width_mm / own_width);
  const std::size_t rows = rows_of(std::max<std::size_t>(1, count), order.columns);
  if (figure.place && figure.place->height_mm > 0) {
    reflowed.height_mm = figure.place->height_mm;
  } else if (reflowed.width_mm < own_width) {
    const double own_row = reflowed.height_mm / static_cast<double>(std::max<std::size_t>(1, design.rows()));
    const double pitch = reflowed.width_mm / static_cast<double>(order.columns);
    reflowed.height_mm = static_cast<double>(rows) * row_height(own_row, pitch, rows);
  }

  Grouping& grouping = reflowed.grouping;
  grouping.columns = order.columns;
  grouping.row_heights = row_heights(figure.row_heights, design, order);
  for (const std::size_t i : order.panels) {
    grouping.panels.push_back(&figure.panels[i]);
    grouping.letters.push_back(count > 1 ? letter(i) : "");
    grouping.x_scale.push_back(figure.share_x ? i % design.columns : i);
    grouping.y_scale.push_back(figure.share_y ? i / design.columns : i);
  }
  return reflowed;
}

}  // namespace plot
