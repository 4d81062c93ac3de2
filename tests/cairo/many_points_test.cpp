// Millions of points: no extreme is lost, and no form of the drawing is a file over a megabyte.
#include <algorithm>
#include <cmath>
#include <random>

#include "cairo/sample.hpp"
#include "catch.hpp"
#include "plot/layout/layout.hpp"

namespace many_points_test {

namespace {

constexpr std::size_t megabyte = 1'000'000;
constexpr int million = 1'000'000;

void check_size(const plot::Scene& scene) {
  CHECK(cairo::to_inline_svg(scene, "p-", "many points", "").size() < megabyte);
  CHECK(cairo::to_svg(scene, "p-").size() < megabyte);
  CHECK(cairo::to_pdf(scene, {"many points", "2026-11-23T00:00:00Z"}).size() < megabyte);
}

plot::Figure figure_of(plot::Mark mark) {
  plot::Figure figure;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 100;
  figure.panels.resize(1);
  figure.panels[0].marks = {std::move(mark)};
  return figure;
}

plot::Line line(std::vector<double> x, std::vector<double> y) {
  plot::Line mark;
  mark.series = "s";
  mark.x = std::move(x);
  mark.y = std::move(y);
  return mark;
}

plot::Points points(std::vector<double> x, std::vector<double> y, bool filled) {
  plot::Points mark;
  mark.series = "s";
  mark.x = std::move(x);
  mark.y = std::move(y);
  mark.filled = filled;
  return mark;
}

/// The heights on paper that the series reaches, from the first coordinates of its paths' steps.
std::pair<double, double> reach(const plot::Scene& scene) {
  double top = 1e9, bottom = -1e9;
  const auto see = [&](plot::PaperPoint p) {
    top = std::min(top, p.y);
    bottom = std::max(bottom, p.y);
  };
  for (const auto& item : scene.items) {
    const auto* path = std::get_if<plot::Path>(&item);
    if (!path || path->series != "s") continue;
    for (const auto& step : path->steps) {
      if (const auto* m = std::get_if<plot::MoveTo>(&step)) see(m->to);
      if (const auto* l = std::get_if<plot::LineTo>(&step)) see(l->to);
      if (const auto* c = std::get_if<plot::CurveTo>(&step)) see(c->to);
    }
  }
  return {top, bottom};
}

/// Noise with one value far above and one far below all others.
struct Noise {
  std::vector<double> x, y;
  explicit Noise(int n) {
    std::mt19937 random(1);
    for (int i = 0; i < n; ++i) {
      x.push_back(i);
      y.push_back(static_cast<double>(random() % 1000) / 1000);
    }
    y[static_cast<std::size_t>(n) / 3] = 3;
    y[static_cast<std::size_t>(n) / 7] = -2;
  }
};

}  // namespace

TEST_CASE("a line of two million points keeps its only spikes, in files under a megabyte") {
  sample::use_house_fonts();
  const Noise noise(2 * million);
  const plot::Scene scene = plot::layout(figure_of(line(noise.x, noise.y)), cairo::text_measure());
  check_size(scene);
  // As far as a line through the two extremes alone would reach: limits are chosen from all points.
  const plot::Scene spikes = plot::layout(figure_of(line({0, 1}, {3, -2})), cairo::text_measure());
  CHECK(reach(scene).first == Approx(reach(spikes).first));
  CHECK(reach(scene).second == Approx(reach(spikes).second));
}

TEST_CASE("a million separate points keep the extreme ones, in files under a megabyte") {
  sample::use_house_fonts();
  const Noise noise(million);
  for (const bool filled : {true, false}) {
    const plot::Scene scene = plot::layout(figure_of(points(noise.x, noise.y, filled)), cairo::text_measure());
    check_size(scene);
    const plot::Scene spikes = plot::layout(figure_of(points({0, 1}, {3, -2}, filled)), cairo::text_measure());
    CHECK(reach(scene).first == Approx(reach(spikes).first));
    CHECK(reach(scene).second == Approx(reach(spikes).second));
  }
}

TEST_CASE("a band over a million places is a file under a megabyte and as high as its bounds") {
  sample::use_house_fonts();
  const Noise noise(million);
  std::vector<double> lower = noise.y;
  for (double& y : lower) y -= 1;
  const plot::Scene scene = plot::layout(
      figure_of(plot::Band{.series = "s", .x = noise.x, .lower = lower, .upper = noise.y}), cairo::text_measure());
  check_size(scene);
  const plot::Scene spikes = plot::layout(
      figure_of(plot::Band{.series = "s", .x = {0, 1}, .lower = {-3, -3}, .upper = {3, 3}}), cairo::text_measure());
  CHECK(reach(scene).first == Approx(reach(spikes).first));
  CHECK(reach(scene).second == Approx(reach(spikes).second));
}

namespace {

/// A walk that jumps to and fro all over the panel, with one point far off on each side.
Noise jumps(int n) {
  Noise noise(n);
  std::mt19937 random(2);
  for (double& x : noise.x) x = static_cast<double>(random() % 1000) / 1000;
  noise.x[static_cast<std::size_t>(n) / 5] = 4;
  noise.x[static_cast<std::size_t>(n) / 2] = -5;
  return noise;
}

}  // namespace

TEST_CASE("a line of a million jumps and a million arrows keep their outermost points, in files under a megabyte") {
  sample::use_house_fonts();
  const Noise noise = jumps(million);
  const Noise few = jumps(20);
  // Limits are chosen from all points, so that few jumps with the same extremes reach as far on paper.
  const auto across = [](const plot::Scene& scene) {
    double left = 1e9, right = -1e9;
    for (const auto& item : scene.items)
      if (const auto* path = std::get_if<plot::Path>(&item); path && path->series == "s" && path->stroke)
        for (const auto& step : path->steps)
          for (const auto* p : {std::get_if<plot::MoveTo>(&step) ? &std::get<plot::MoveTo>(step).to : nullptr,
                                std::get_if<plot::LineTo>(&step) ? &std::get<plot::LineTo>(step).to : nullptr})
            if (p) left = std::min(left, p->x), right = std::max(right, p->x);
    return std::pair(left, right);
  };
  for (const bool arrows : {false, true}) {
    const auto scene_of = [arrows](const Noise& n) {
      plot::Mark mark = line(n.x, n.y);
      if (arrows) mark = plot::Arrows{.series = "s", .x = n.x, .y = n.y, .stroke = {plot::Ink::blue, 1}};
      return plot::layout(figure_of(mark), cairo::text_measure());
    };
    const plot::Scene scene = scene_of(noise), extremes = scene_of(few);
    check_size(scene);
    CHECK(reach(scene).first == Approx(reach(extremes).first));
    CHECK(reach(scene).second == Approx(reach(extremes).second));
    CHECK(across(scene).first == Approx(across(extremes).first));
    CHECK(across(scene).second == Approx(across(extremes).second));
  }
}

}  // namespace many_points_test
