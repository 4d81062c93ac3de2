// The comparison compared: wrong figures must fail with their cause, other rasterisers must not.
//
// The cases are those by which comparisons of pixels were found wanting: kappa 100 -> 99.99, one step fewer, a missing
// trajectory and swapped titles pass or fail like hinting, a shift by 0.3 pixels and another typeface (whole-image RMS
// and worst tile); and blank pictures, against which half of another project's picture tests once passed.
#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>

#include "cairo/paint.hpp"
#include "cairo/picture.hpp"
#include "catch.hpp"
#include "pictures.hpp"

namespace judgement_test {

using namespace regression;
using namespace regression_test;

namespace {

const Reference& reference() {
  static const Reference r = reference_of(bowl());
  return r;
}

/// The scene painted as another machine might: in another way, or shifted.
std::string painted(const plot::Scene& scene, double shift, cairo_antialias_t antialias) {
  const cairo::Picture size = cairo::picture_of(cairo::to_png(scene, 1));
  const std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(size.width), static_cast<int>(size.height)),
      &cairo_surface_destroy);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr(cairo_create(surface.get()), &cairo_destroy);
  cairo_set_source_rgb(cr.get(), 1, 1, 1);
  cairo_paint(cr.get());
  cairo_translate(cr.get(), shift, shift);
  cairo_scale(cr.get(), 96.0 / 72, 96.0 / 72);
  cairo_set_antialias(cr.get(), antialias);
  cairo::paint(cr.get(), scene, cairo::Theme::light, cairo::house_inks());
  std::string png;
  cairo_surface_write_to_png_stream(
      surface.get(),
      [](void* closure, const unsigned char* data, unsigned int length) {
        static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
        return CAIRO_STATUS_SUCCESS;
      },
      &png);
  return png;
}

std::string blank(const std::string& png) {
  cairo::Picture picture = cairo::picture_of(png);
  std::fill(picture.pixels.begin(), picture.pixels.end(), cairo::Rgb{255, 255, 255});
  return cairo::to_png(picture);
}

}  // namespace

TEST_CASE("a figure is the same as its own reference") {
  const auto figure = judged(bowl(), reference());
  INFO(all_words(figure));
  CHECK(figure.verdict == FigureVerdict::same);
}

TEST_CASE("a figure without a reference is new") {
  CheckedFigure figure;
  judge(bowl().json, std::nullopt, {}, figure);
  CHECK(figure.verdict == FigureVerdict::added);
  CHECK(!passes(figure.verdict));
}

TEST_CASE("wrong: a blank picture fails, though data and scene are right") {
  Seen now = bowl();
  now.png = blank(now.png);
  const auto figure = judged(now, reference());
  CHECK(figure.verdict == FigureVerdict::differs);
  CHECK(says(figure, ComparisonLayer::picture, "the picture is blank"));
  CHECK(figure.differences.size() == 1);
}

TEST_CASE("wrong: a reference that is blank fails as well") {
  Reference empty = reference();
  empty.png = blank(empty.png);
  CHECK(!passes(judged(bowl(), empty).verdict));
}

TEST_CASE("wrong: swapped titles fail by the scene alone") {
  Seen now = bowl();
  std::swap(now.figure.panels[0].title, now.figure.panels[1].title);
  now = seen(now.json.at("parameters"), now.result, now.figure, cairo::text_measure());
  const auto figure = judged(now, reference());
  INFO(all_words(figure));
  CHECK(figure.verdict == FigureVerdict::differs);
  CHECK(says(figure, ComparisonLayer::scene, "the title of panel a is"));
  CHECK(says(figure, ComparisonLayer::scene, "the title of panel b is"));
  for (const auto& d : figure.differences) CHECK(d.layer == ComparisonLayer::scene);
}

TEST_CASE("wrong: a trajectory that is not drawn fails by the scene, one that is not computed by the data too") {
  Seen now = bowl();
  auto& marks = now.figure.panels[1].marks;
  std::erase_if(marks, [](const plot::Mark& mark) {
    const auto* line = std::get_if<plot::Line>(&mark);
    const auto* arrows = std::get_if<plot::Arrows>(&mark);
    const auto* points = std::get_if<plot::Points>(&mark);
    return (line && line->series == "eta=0.019") || (arrows && arrows->series == "eta=0.019") ||
           (points && points->series == "eta=0.019");
  });
  const auto undrawn =
      judged(seen(now.json.at("parameters"), now.result, now.figure, cairo::text_measure()), reference());
  INFO(all_words(undrawn));
  CHECK(undrawn.verdict == FigureVerdict::differs);
  CHECK(says(undrawn, ComparisonLayer::scene, "series 'eta=0.019' is missing from panel b"));
  CHECK(!says(undrawn, ComparisonLayer::data, ""));

  const auto uncomputed = judged(bowl({{"learning-rates", {0.001, 0.021}}}), reference());
  CHECK(says(uncomputed, ComparisonLayer::data, "series 'eta=0.019' is missing from 'trajectories'"));
}

TEST_CASE("wrong: kappa 99.99 instead of 100 fails by the data, with the place of the largest deviation") {
  const auto figure = judged(bowl({{"curvatures", {1, 99.99}}}), reference());
  INFO(all_words(figure));
  CHECK(figure.verdict == FigureVerdict::differs);
  CHECK(says(figure, ComparisonLayer::data,
             "value 'kappa' is 99.99, the reference 100: 0.0001 relative off, allowed within 10⁻¹² relative"));
  CHECK(says(figure, ComparisonLayer::data, "of 'eta=0.019' in 'trajectories' is"));
  REQUIRE(figure.worst);
  CHECK(figure.worst->deviation.exceeds());
}

TEST_CASE("wrong: one step fewer fails by the data, and says so") {
  const auto figure = judged(bowl({{"steps", 59}}), reference());
  INFO(all_words(figure));
  CHECK(figure.verdict == FigureVerdict::differs);
  CHECK(says(figure, ComparisonLayer::data, "x of 'eta=0.019' in 'trajectories' has 60 numbers, the reference 61"));
}

TEST_CASE("wrong: another colour, dash, width, order, axis or label each fail by the scene") {
  const Seen right = bowl();
  const auto changed = [&](const std::function<void(plot::Figure&)>& change) {
    plot::Figure figure = right.figure;
    change(figure);
    const auto verdict =
        judged(seen(right.json.at("parameters"), right.result, figure, cairo::text_measure()), reference());
    CHECK(verdict.verdict == FigureVerdict::differs);
    CHECK(!says(verdict, ComparisonLayer::data, ""));
    return verdict;
  };
  const auto line_in = [](plot::Figure& figure, std::size_t panel) -> plot::Line& {
    for (auto& mark : figure.panels[panel].marks)
      if (auto* line = std::get_if<plot::Line>(&mark)) return *line;
    throw std::logic_error("no line");
  };
  CHECK(
      says(changed([&](auto& f) { line_in(f, 0).stroke.ink = plot::Ink::purple; }), ComparisonLayer::scene, "stroke"));
  CHECK(says(changed([&](auto& f) { line_in(f, 3).stroke.dash = plot::Dash::dotted; }), ComparisonLayer::scene,
             "dotted"));
  CHECK(says(changed([&](auto& f) { line_in(f, 3).stroke.width *= 1.5; }), ComparisonLayer::scene, "width"));
  CHECK(says(changed([&](auto& f) { line_in(f, 0).marker = plot::Marker::square; }), ComparisonLayer::scene,
             "polygon of 4"));
  CHECK(says(changed([&](auto& f) { f.panels[3].y.label = "loss"; }), ComparisonLayer::scene,
             "the y axis of panel d: 'label'"));
  CHECK(says(changed([&](auto& f) {
               f.panels[3].y.scale = plot::ScaleKind::linear;
               f.panels[3].y.min = 0.0;
             }),
             ComparisonLayer::scene, "'scale'"));
  CHECK(says(changed([&](auto& f) { f.panels[3].x.max = 199.0; }), ComparisonLayer::scene, "'to' is 199"));
  CHECK(says(changed([&](auto& f) { f.panels[0].x.reversed = true; }), ComparisonLayer::scene, "'reversed'"));
  CHECK(says(changed([&](auto& f) { f.panels[0].x.ticks = {0, 0.4, 1}; }), ComparisonLayer::scene, "tick"));
  CHECK(says(changed([&](auto& f) { f.title = "A bowl"; }), ComparisonLayer::scene,
             "the figure's title has new text: 'A bowl'"));
  CHECK(says(changed([&](auto& f) { f.height_mm += 5; }), ComparisonLayer::scene, "height"));
  CHECK(says(changed([&](auto& f) { f.panels.pop_back(); }), ComparisonLayer::scene, "panels"));
  CHECK(says(changed([&](auto& f) {
               auto& marks = f.panels[3].marks;
               const auto is_line = [](const plot::Mark& mark) { return std::holds_alternative<plot::Line>(mark); };
               std::iter_swap(std::find_if(marks.begin(), marks.end(), is_line),
                              std::find_if(marks.rbegin(), marks.rend(), is_line));
             }),
             ComparisonLayer::scene, "panel d"));
  CHECK(says(changed([&](auto& f) {
               for (double& x : line_in(f, 0).x) x += 0.01;
             }),
             ComparisonLayer::scene, "stands in"));
  CHECK(says(changed([&](auto& f) { std::reverse(line_in(f, 0).x.begin(), line_in(f, 0).x.end()); }),
             ComparisonLayer::scene, "has its middle at"));
}

TEST_CASE("harmless: other antialiasing, as hinting is, is rendering only") {
  Seen now = bowl();
  now.png = painted(now.scene, 0, CAIRO_ANTIALIAS_NONE);
  const auto figure = judged(now, reference());
  INFO(all_words(figure));
  CHECK(figure.verdict == FigureVerdict::rendering_only);
}

TEST_CASE("harmless: a shift by 0.3 pixels is rendering only, at most") {
  Seen now = bowl();
  now.png = painted(now.scene, 0.3, CAIRO_ANTIALIAS_DEFAULT);
  CHECK(now.png != reference().png);
  const auto figure = judged(now, reference());
  INFO(all_words(figure));
  CHECK(passes(figure.verdict));
  CHECK(figure.differences.empty());
}

TEST_CASE("harmless: another typeface, with letters a tenth wider, is rendering only") {
  const Seen right = bowl();
  const auto house = cairo::text_measure();
  const plot::Measure wider = [&](std::string_view text, plot::Face face, double size) {
    auto extent = house(text, face, size);
    extent.width *= 1.1;
    return extent;
  };
  const Seen now = seen(right.json.at("parameters"), right.result, right.figure, wider);
  CHECK(now.png != right.png);
  const auto figure = judged(now, reference());
  INFO(all_words(figure));
  CHECK(figure.verdict == FigureVerdict::rendering_only);
  CHECK(!figure.difference_png.empty());
}

TEST_CASE("a reference that cannot be read is a difference, not a crash") {
  Reference broken = reference();
  broken.json["data"].erase("values");
  CHECK(judged(bowl(), broken).cause().find("cannot be read") != std::string::npos);
  broken = reference();
  broken.png = "no picture";
  CHECK(judged(bowl(), broken).verdict == FigureVerdict::differs);
}

}  // namespace judgement_test
