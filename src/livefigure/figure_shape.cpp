// See figure_shape.hpp.
#include "livefigure/figure_shape.hpp"

#include <utility>

namespace livefigure {

plot::Figure shaped(plot::Figure figure, const FigureShape& shape) {
  if (!shape.title.empty()) figure.title = shape.title;
  plot::FigurePlace place{figure.width, shape.height_mm};
  if (shape.width == "margin") place.width = plot::FigureWidth::margin;
  if (shape.width == "column") place.width = plot::FigureWidth::column;
  if (shape.width == "full") place.width = plot::FigureWidth::full;
  if (place.width == plot::FigureWidth::full && !shape.has_margin) place.width = plot::FigureWidth::column;
  figure.place = place;
  return figure;
}

}  // namespace livefigure
