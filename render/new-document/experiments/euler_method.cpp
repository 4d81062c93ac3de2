// How far Euler's method strays from the logistic curve N' = r N (1 - N / K), by the length of its steps.
#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"

namespace experiments {
namespace {

struct EulerMethod {
  double rate = 0.5355, capacity = 665, start = 9.93, hours = 18;
  std::vector<double> steps{0.05, 0.1, 0.2, 0.5, 1};
};

struct Strayed {
  Curve largest;  // distance on the way, by step
};

Outputs<Strayed> outputs(const EulerMethod&) {
  const PanelInfo panel{"distance", {"step (h)", "log"}, {"largest distance from the curve", "log"}};
  const Allowed allowed = within({1e-9}, "a sum of some hundred steps");
  return Outputs<Strayed>{}
      .curve(measured, panel, "Euler's method", &Strayed::largest, allowed)
      .number(
          "finest", [](const Strayed& s) { return s.largest.y.front(); }, "distance with the first step", allowed)
      .number(
          "coarsest", [](const Strayed& s) { return s.largest.y.back(); }, "distance with the last step", allowed);
}

Strayed run(const EulerMethod& p, Run& run) {
  const auto exact = [&](double t) { return p.capacity / (1 + (p.capacity / p.start - 1) * std::exp(-p.rate * t)); };
  const auto strayed = [&](double step) {
    double n = p.start, largest = 0;
    for (int k = 1; k * step <= p.hours; ++k) {
      n += step * p.rate * n * (1 - n / p.capacity);
      largest = std::max(largest, std::abs(n - exact(k * step)));
    }
    return largest;
  };
  return {{p.steps, run.each(p.steps, strayed)}};
}

const bool registered =
    add("euler-method", "Euler's method on the logistic curve",
        "The largest distance between Euler's method and the logistic curve, for several lengths of a step.",
        Parameters<EulerMethod>{}
            .number("rate", &EulerMethod::rate, "growth while there is room", above(0).to(10))
            .unit("1/h")
            .number("capacity", &EulerMethod::capacity, "the amount that the vessel holds", above(0))
            .number("start", &EulerMethod::start, "the amount at the beginning", above(0))
            .number("hours", &EulerMethod::hours, "how long it goes on", above(0).to(1000))
            .unit("h")
            .numbers("steps", &EulerMethod::steps, "lengths of a step", from(1e-4).to(10))
            .unit("h"),
        outputs, run);

}  // namespace
}  // namespace experiments
