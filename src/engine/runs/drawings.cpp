// Drawing: the experiment's figure, laid out once and written in each form.
#include "engine/runs/drawings.hpp"

#include "cairo/drawing.hpp"
#include "engine/runs/experiment_code.hpp"
#include "experiment/result_json.hpp"
#include "livefigure/figure_shape.hpp"
#include "livefigure/held_axes.hpp"
#include "livefigure/kept_json.hpp"
#include "livefigure/reading_json.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/text/label.hpp"
#include "system/checksum.hpp"

namespace engine {
namespace {

constexpr double mm_per_point = 25.4 / 72;
constexpr double pixels_per_css_pixel = 2;  // PNG at 2x

Drawing draw_now(const Request& request, const RunOutcome& outcome, const std::string& date, const text::Words& words) {
  const plot::Figure figure = figure_of(request, outcome.result);
  plot::DrawnFigure drawn = plot::draw(figure, cairo::text_measure(), words);
  const std::string reading = livefigure::reading_json(plot::readout(figure, drawn, words));
  const std::string held = Json{{"held", livefigure::to_json(livefigure::axes_of(figure, drawn))},
                                {"kept", livefigure::to_json(plot::kept_of(figure, drawn))}}
                               .dump();
  const plot::Scene scene = plot::compose(std::move(drawn));
  const std::string title = request.title(words);
  const std::string prefix = request.stem() + "-";
  const cairo::Inks& inks = request.document.inks;
  Drawing made;
  made.pdf = cairo::to_pdf(scene, {title, date + "T00:00:00Z"}, cairo::Theme::light, inks);
  made.svg = cairo::to_described_svg(scene, prefix, title, request.looks.alt, inks);
  made.png = cairo::to_png(scene, pixels_per_css_pixel, cairo::Theme::light, inks);
  made.inline_svg = cairo::to_inline_svg(scene, prefix, title, request.looks.alt);
  made.reading = reading;
  made.held = held;
  made.width_mm = scene.width * mm_per_point;
  made.height_mm = scene.height * mm_per_point;
  made.panels = figure.panels.size();
  return made;
}

/// The figure of an outcome as it is drawn, for forms that the store does not keep.
plot::Scene scene_of(const Request& request, const RunOutcome& outcome, const text::Words& words) {
  return plot::compose(plot::draw(figure_of(request, outcome.result), cairo::text_measure(), words));
}

struct Form {
  store::EntryKind kind;
  std::string Drawing::*bytes;
};
constexpr Form forms[] = {
    {store::EntryKind::drawing_pdf, &Drawing::pdf},         {store::EntryKind::drawing_svg, &Drawing::svg},
    {store::EntryKind::drawing_png, &Drawing::png},         {store::EntryKind::drawing_inline, &Drawing::inline_svg},
    {store::EntryKind::drawing_reading, &Drawing::reading}, {store::EntryKind::drawing_held, &Drawing::held}};

template <class Made>  // a Drawing, or an InlineDrawing
bool read_size(const store::Store& store, const std::string& key, Made& drawing) {
  const auto size = store.get(store::EntryKind::drawing_size, key);
  if (!size.bytes) return false;
  const Json json = Json::parse(*size.bytes, nullptr, false);
  if (!json.is_array() || json.size() != 3 || !json[0].is_number() || !json[1].is_number() ||
      !json[2].is_number_unsigned())
    return false;
  drawing.width_mm = json[0].get<double>();
  drawing.height_mm = json[1].get<double>();
  drawing.panels = json[2].get<std::size_t>();
  return drawing.width_mm > 0 && drawing.height_mm > 0;
}

bool read_stored(const store::Store& store, const std::string& key, Drawing& drawing) {
  if (!read_size(store, key, drawing)) return false;
  for (const auto& form : forms) {
    auto found = store.get(form.kind, key);
    if (!found.bytes) return false;
    drawing.*form.bytes = std::move(*found.bytes);
  }
  return true;
}

}  // namespace

plot::Figure figure_of(const Request& request, const experiment::Result& result) {
  const FigureOptions& looks = request.looks;
  return livefigure::shaped(drawn_by_experiment(request, result),
                            {looks.title, looks.width, looks.height_mm, request.document.has_margin});
}

std::string drawing_key(const Request& request, const std::string& result_key, const std::string& date,
                        const std::string& drawing_code) {
  const FigureOptions& looks = request.looks;
  Json inputs{{"figure", request.id}, {"result", result_key},         {"title", looks.title},
              {"alt", looks.alt},     {"width", looks.width},         {"height", looks.height_mm},
              {"date", date},         {"drawing_code", drawing_code}, {"document", key_form(request.document)}};
  if (!looks.drawing.empty()) inputs["drawing"] = looks.drawing;
  if (const std::string& object = request.experiment->object; !object.empty()) inputs["object"] = object;
  return sys::sha256(inputs.dump());
}

Drawing draw(const Request& request, const RunOutcome& outcome, const std::string& date, const std::string& key,
             const store::Store& store, const text::Words& words) {
  Drawing drawing;
  if (read_stored(store, key, drawing)) return drawing;
  drawing = draw_now(request, outcome, date, words);
  for (const auto& form : forms) store.put(form.kind, key, drawing.*form.bytes);
  store.put(store::EntryKind::drawing_size, key,
            Json::array({drawing.width_mm, drawing.height_mm, drawing.panels}).dump());
  return drawing;
}

std::string picture_of_resolution(const Request& request, const RunOutcome& outcome, int dots_per_inch,
                                  const text::Words& words) {
  return cairo::to_png_of_resolution(scene_of(request, outcome, words), dots_per_inch, request.document.inks);
}

std::string picture_for_screens(const Request& request, const RunOutcome& outcome, const text::Words& words) {
  return cairo::to_svg_for_screens(scene_of(request, outcome, words), request.stem() + "-", request.title(words),
                                   request.looks.alt, request.document.inks);
}

std::optional<InlineDrawing> stored_inline(const std::string& key, const store::Store& store) {
  InlineDrawing drawing;
  if (!read_size(store, key, drawing)) return std::nullopt;
  auto svg = store.get(store::EntryKind::drawing_inline, key),
       reading = store.get(store::EntryKind::drawing_reading, key),
       held = store.get(store::EntryKind::drawing_held, key);
  if (!svg.bytes || !reading.bytes || !held.bytes) return std::nullopt;
  drawing.svg = std::move(*svg.bytes);
  drawing.reading = std::move(*reading.bytes);
  drawing.held = std::move(*held.bytes);
  return drawing;
}

}  // namespace engine
