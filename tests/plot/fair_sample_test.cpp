// Clouds of more points than paper can show: what is drawn is as dense as the sample, everywhere.
#include "plot/geometry/fair_sample.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numbers>
#include <random>

#include "catch.hpp"
#include "plot/geometry/projected_series.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/layout/layout.hpp"

namespace fair_sample_test {

using namespace plot;

namespace {

TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

constexpr int million = 1'000'000;
/// Share of a cloud that may be drawn in other cells than the sample has it, of 16 by 16 cells of the panel.
constexpr double bound = 0.015;
/// Of about 1500 open markers: half a marker for each of the 256 cells, and some that stay as outermost ones. A random
/// draw of as many would misplace a sixth.
constexpr double open_bound = 0.045;

struct Cloud {
  std::vector<double> x, y;
};

using Draw = std::function<PaperPoint(std::mt19937&)>;

double uniform(std::mt19937& random) { return (static_cast<double>(random()) + 0.5) / 4294967296.0; }

/// Box and Muller's pair.
PaperPoint normal(std::mt19937& random) {
  const double r = std::sqrt(-2 * std::log(uniform(random))), angle = 2 * std::numbers::pi * uniform(random);
  return {r * std::cos(angle), r * std::sin(angle)};
}

double chi_squared(int degrees, std::mt19937& random) {
  double sum = 0;
  for (int k = 0; k < degrees; ++k) sum += std::pow(normal(random).x, 2);
  return sum;
}

const std::map<std::string, Draw> distributions{
    {"normal", normal},
    {"uniform",
     [](auto& random) {
       return PaperPoint{uniform(random), uniform(random)};
     }},
    {"two clusters, one nine times the other",
     [](auto& random) {
       const PaperPoint p = normal(random);
       return uniform(random) < 0.9 ? p : PaperPoint{8 + 0.5 * p.x, 3 + 0.5 * p.y};
     }},
    {"ring",
     [](auto& random) {
       const double angle = 2 * std::numbers::pi * uniform(random), r = 10 + 0.3 * normal(random).x;
       return PaperPoint{r * std::cos(angle), r * std::sin(angle)};
     }},
    {"circle",
     [](auto& random) {
       const double angle = 2 * std::numbers::pi * uniform(random);
       return PaperPoint{std::cos(angle), std::sin(angle)};
     }},
    {"Student's t with three degrees of freedom",
     [](auto& random) {
       const PaperPoint p = normal(random);
       const double scale = std::sqrt(chi_squared(3, random) / 3);
       return PaperPoint{p.x / scale, p.y / scale};
     }},
    {"Cauchy",
     [](auto& random) {
       return PaperPoint{std::tan(std::numbers::pi * (uniform(random) - 0.5)),
                         std::tan(std::numbers::pi * (uniform(random) - 0.5))};
     }},
    {"whole numbers",
     [](auto& random) {
       const PaperPoint p = normal(random);
       return PaperPoint{std::round(4 * p.x), std::round(4 * p.y)};
     }},
};

Cloud cloud(const Draw& draw, int n, unsigned seed = 1) {
  std::mt19937 random(seed);
  Cloud c;
  for (int i = 0; i < n; ++i) {
    const PaperPoint p = draw(random);
    c.x.push_back(p.x);
    c.y.push_back(p.y);
  }
  return c;
}

Points points(std::string series, const Cloud& c, bool filled = true) {
  Points mark;
  mark.series = std::move(series);
  mark.x = c.x;
  mark.y = c.y;
  mark.size = 2;
  mark.filled = filled;
  return mark;
}

Figure figure_of(std::vector<Mark> marks) {
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].marks = std::move(marks);
  return figure;
}

/// The middles of a series' circles.
Polyline drawn_points(const Scene& scene, const std::string& series) {
  Polyline middles;
  for (const Item& item : scene.items) {
    const auto* path = std::get_if<Path>(&item);
    if (!path || path->series != series) continue;
    for (std::size_t i = 0; i + 2 < path->steps.size(); ++i) {
      const auto* start = std::get_if<MoveTo>(&path->steps[i]);
      const auto* half = std::get_if<CurveTo>(&path->steps[i + 2]);
      if (start && half) middles.push_back({(start->to.x + half->to.x) / 2, start->to.y});
    }
  }
  return middles;
}

constexpr std::size_t cells = 16;

std::vector<double> shares(const Polyline& at, const Box& box) {
  std::vector<double> share(cells * cells, 0);
  const auto index = [](double unit) { return static_cast<std::size_t>(std::clamp(unit * cells, 0.0, cells - 1.0)); };
  for (const PaperPoint p : at)
    share[index((p.y - box.top) / box.height()) * cells + index((p.x - box.left) / box.width())] +=
        1.0 / static_cast<double>(at.size());
  return share;
}

double misplaced(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]) / 2;
  return sum;
}

Polyline on_paper(const Cloud& c, const Frame& frame) {
  Polyline at;
  for (std::size_t i = 0; i < c.x.size(); ++i) at.push_back({frame.x(c.x[i]), frame.y(c.y[i])});
  return at;
}

Frame frame_of(const Figure& figure) {
  const PanelPlan plan = draw(figure, measure).panels[0].plan;
  return frame_on(plan.box, plan.x, plan.y);
}

}  // namespace

TEST_CASE("a million points are drawn where the sample has them, and the outermost ones stay") {
  for (const auto& [name, distribution] : distributions)
    for (const bool filled : {true, false}) {
      const Cloud c = cloud(distribution, million);
      const Figure figure = figure_of({points("s", c, filled)});
      const Frame frame = frame_of(figure);
      const Polyline all = on_paper(c, frame), drawn = drawn_points(layout(figure, measure), "s");
      INFO(name << (filled ? ", filled, " : ", open, ") << drawn.size());
      CHECK(drawn.size() >= (filled ? 9000U : 1400U));
      CHECK(drawn.size() < (filled ? 10100U : 1600U));
      CHECK(misplaced(shares(all, frame.box), shares(drawn, frame.box)) < (filled ? bound : open_bound));
      for (const auto axis : {&PaperPoint::x, &PaperPoint::y}) {
        const auto less = [axis](PaperPoint a, PaperPoint b) { return a.*axis < b.*axis; };
        const auto [least, most] = std::minmax_element(all.begin(), all.end(), less);
        const auto [drawn_least, drawn_most] = std::minmax_element(drawn.begin(), drawn.end(), less);
        CHECK((*drawn_least).*axis == Approx((*least).*axis));
        CHECK((*drawn_most).*axis == Approx((*most).*axis));
      }
    }
}

TEST_CASE("from a few thousand points on, a normal cloud has its core and no rim") {
  for (const int n : {3000, 20000, 100000}) {
    const Cloud c = cloud(normal, n);
    const Figure figure = figure_of({points("s", c)});
    const Frame frame = frame_of(figure);
    std::vector<double> within(4, 0);
    const Polyline drawn = drawn_points(layout(figure, measure), "s");
    for (const PaperPoint p : drawn) {
      const double unit_x = (p.x - frame.x(0)) / (frame.x(1) - frame.x(0)),
                   unit_y = (p.y - frame.y(0)) / (frame.y(1) - frame.y(0));
      within[static_cast<std::size_t>(std::min(3.0, std::hypot(unit_x, unit_y)))] +=
          1.0 / static_cast<double>(drawn.size());
    }
    INFO(n);
    // 1 - exp(-r^2 / 2) of a normal cloud lies within r.
    for (int r = 0; r < 3; ++r)
      CHECK(within[static_cast<std::size_t>(r)] ==
            Approx(std::exp(-r * r / 2.0) - std::exp(-(r + 1) * (r + 1) / 2.0)).margin(0.02));
    CHECK(within[3] == Approx(std::exp(-4.5)).margin(0.01));
  }
}

TEST_CASE("two series are thinned alike, so that the denser one looks denser, and a small one is drawn whole") {
  const Figure figure =
      figure_of({points("large", cloud(normal, million)), points("half", cloud(normal, million / 2, 2)),
                 points("few", cloud(normal, 200, 3))});
  const Scene scene = layout(figure, measure);
  const auto number = [&](const char* series) { return static_cast<double>(drawn_points(scene, series).size()); };
  CHECK(number("large") / number("half") == Approx(2).epsilon(0.02));
  CHECK(number("large") + number("half") < 10200);
  CHECK(number("few") == 200);
}

TEST_CASE("what is left out is said under the panel, and nothing is said where all is drawn") {
  const auto words = [](const Figure& figure) {
    std::string all;
    for (const Item& item : layout(figure, measure).items)
      if (const auto* text = std::get_if<TextItem>(&item))
        for (const TextRun& run : text->runs) all += run.text;
    return all;
  };
  const std::string thinned = words(figure_of({points("s", cloud(normal, 40000))}));
  INFO(thinned);
  CHECK(thinned.find(" of 40000 points drawn") != std::string::npos);
  CHECK(words(figure_of({points("s", cloud(normal, 9000))})).find("points drawn") == std::string::npos);
}

TEST_CASE("the same points give the same sample, and a smaller one is part of it") {
  const Cloud c = cloud(normal, 50000);
  const Box box{-5, -5, 5, 5};
  Polyline at;
  for (std::size_t i = 0; i < c.x.size(); ++i) at.push_back({c.x[i], c.y[i]});
  const std::vector<bool> large = fair_sample(at, box, 7000), small = fair_sample(at, box, 800);
  CHECK(large == fair_sample(at, box, 7000));
  for (std::size_t i = 0; i < at.size(); ++i)
    if (small[i]) REQUIRE(large[i]);
  CHECK(std::count(small.begin(), small.end(), true) >= 800);
  CHECK(std::count(small.begin(), small.end(), true) <= 864);
  CHECK(fair_sample({}, box, 0).empty());
  CHECK(fair_sample({{0, 0}, {1, 1}}, box, 2) == std::vector<bool>{true, true});
  // All in one cell of paper.
  const std::vector<bool> heap = fair_sample(at, Box{0, 0, 0, 0}, 1000);
  CHECK(std::count(heap.begin(), heap.end(), true) >= 1000);
}

TEST_CASE("of too many arrows the heads are as dense as the steps") {
  // Long steps, so that each bears a head, between two clusters of unequal weight.
  Arrows arrows;
  arrows.series = "s";
  arrows.stroke = {Ink::blue, 0.5};
  std::mt19937 random(1);
  for (int i = 0; i < 200000; ++i) {
    const PaperPoint p = normal(random);
    const bool first = i % 2 == 0, minor = (i / 2) % 10 == 0;
    arrows.x.push_back((minor ? 20 : 0) + (first ? -1 : 1) + 0.2 * p.x);
    arrows.y.push_back(p.y);
  }
  std::size_t left = 0, right = 0;
  const Figure figure = figure_of({arrows});
  const Frame frame = frame_of(figure);
  for (const Item& item : layout(figure, measure).items) {
    const auto* path = std::get_if<Path>(&item);
    if (!path || path->series != "s" || !path->fill) continue;
    for (const PathStep& step : path->steps)
      if (const auto* tip = std::get_if<MoveTo>(&step))
        ++(tip->to.x < frame.x(5) ? left : tip->to.x > frame.x(15) ? right : left);
  }
  CHECK(left + right > 1000);
  CHECK(left + right < 1600);
  // Of the steps within pairs a tenth; of those between pairs one in a hundred, and what goes from side to side is
  // neither.
  CHECK(static_cast<double>(right) / static_cast<double>(left + right) == Approx(0.11 / 1.82).margin(0.015));
}

}  // namespace fair_sample_test
