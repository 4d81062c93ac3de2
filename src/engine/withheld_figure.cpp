// See withheld_figure.hpp.
#include "engine/withheld_figure.hpp"

#include <fmt/format.h>

#include "cairo/drawing.hpp"
#include "plot/text/label.hpp"
#include "plot/text/text.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

constexpr double mm_per_point = 25.4 / 72;
constexpr double width = 324, height = 96, margin = 18;  // points
constexpr double size = 8, line = 11;                    // of the words, in points

plot::Scene framed(const std::string& words) {
  plot::Scene scene{width, height, {}};
  const double inset = 0.5;
  scene.items.push_back(plot::Path{
      {plot::MoveTo{{inset, inset}}, plot::LineTo{{width - inset, inset}},
       plot::LineTo{{width - inset, height - inset}}, plot::LineTo{{inset, height - inset}}, plot::ClosePath{}},
      plot::StrokeStyle{plot::Ink::muted, 0.8, plot::Dash::dashed},
      std::nullopt,
      {}});
  const auto lines = plot::break_lines(words, width - 2 * margin, size, cairo::text_measure());
  double y = height / 2 - line * (static_cast<double>(lines.size()) - 1) / 2 + size / 3;
  for (const auto& text : lines) {
    const auto label = plot::set_label(text, size, cairo::text_measure());
    scene.items.push_back(plot::write(label, {width / 2, y}, plot::Anchor::centre, plot::Ink::muted));
    y += line;
  }
  return scene;
}

}  // namespace

publish::DocumentFigure withheld_figure(const Request& request, const BuildContext& context) {
  const text::Words& words = context.project.words;
  const plot::Scene scene = framed(words["figure_withheld"]);
  const std::string title = request.looks.title.empty() ? request.stem() : plot::plain_text(request.looks.title);
  const cairo::Inks& inks = context.project.metadata.looks.inks;
  const fs::path file = fs::absolute(context.settings.scratch() / "withheld" / (request.stem() + ".pdf"));
  fs::create_directories(file.parent_path());
  sys::write_file(file, cairo::to_pdf(scene, {title, context.date + "T00:00:00Z"}, cairo::Theme::light, inks));
  sys::write_file(fs::path(file).replace_extension(".png"), cairo::to_png(scene, 2, cairo::Theme::light, inks));
  publish::DocumentFigure figure;
  figure.id = request.id;
  figure.caption = request.looks.caption;
  figure.short_caption = request.looks.short_caption;
  figure.alt = words["figure_withheld"];
  figure.title = title;
  figure.pdf = file;
  figure.inline_svg = cairo::to_inline_svg(scene, request.stem() + "-", title, figure.alt);
  figure.width_mm = scene.width * mm_per_point;
  figure.height_mm = scene.height * mm_per_point;
  figure.facts = {{words["experiment"], request.withheld}};
  return figure;
}

}  // namespace engine
