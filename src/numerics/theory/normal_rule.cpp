// Tables of nodes, and which of them a function needs: the error of the trapezoidal rule of step h is the integrand's
// Fourier transform at 2 pi / h, which is exp(-2 pi d / h) for a pole at the distance d from the real axis.
#include "numerics/theory/normal_rule.hpp"

#include <algorithm>
#include <array>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace numerics {
namespace {

using std::numbers::pi;

double density(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * pi); }

/// Adds the nodes of one panel, weighted by the normal density.
template <unsigned Points>
void add_panel(double from, double to, std::vector<NormalNode>& nodes) {
  using Rule = boost::math::quadrature::gauss<double, Points>;
  const double centre = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  for (std::size_t i = 0; i < Rule::abscissa().size(); ++i) {
    const double offset = half * Rule::abscissa()[i];
    const double weight = half * Rule::weights()[i];
    nodes.push_back({centre - offset, weight * density(centre - offset)});
    if (offset != 0) nodes.push_back({centre + offset, weight * density(centre + offset)});
  }
}

/// Distances of the panels' edges from the centre: `ratio` apart up to 1, then every `step` up to `end`.
std::vector<double> graded_edges(double smallest, double ratio, double step, double end) {
  std::vector<double> edges{0};
  for (double edge = smallest; edge < 1; edge *= ratio) edges.push_back(edge);
  for (double edge = 1; edge <= end; edge += step) edges.push_back(edge);
  return edges;
}

/// Where the normal density has fallen to 1e-18 of its top, and where its root has, with which Hermite polynomials of
/// high order go.
constexpr double tail = 9, root_tail = 12;

NormalRule rule_of(const std::vector<NormalNode>& nodes) {
  NormalRule rule;
  for (const NormalNode& node : nodes) {
    rule.x.push_back(node.x);
    rule.weights.push_back(node.weight);
  }
  while (rule.size() % NormalRule::vector != 0) {
    rule.x.push_back(0);
    rule.weights.push_back(0);
  }
  return rule;
}

NormalRule panels(double end) {
  std::vector<NormalNode> nodes;
  const auto edges = graded_edges(1.0 / 512, 2, 1, end);
  for (std::size_t i = 1; i < edges.size(); ++i) add_panel<16>(edges[i - 1], edges[i], nodes);
  return rule_of(nodes);
}

/// The trapezoidal rule with 0 in the middle of a step.
NormalRule trapezoid(int count, double end) {
  const double step = end / count;
  std::vector<NormalNode> nodes;
  for (int i = 0; i < count; ++i) nodes.push_back({(i + 0.5) * step, step * density((i + 0.5) * step)});
  return rule_of(nodes);
}

constexpr std::array counts{16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 112, 128, 144, 160, 192, 224, 256};

/// Rules of these counts up to `end`, and panels after them.
template <class Make>
auto ladder(const Make& make, double end) {
  std::vector<decltype(make(NormalRule{}))> rules;
  for (const int count : counts) rules.push_back(make(trapezoid(count, end)));
  rules.push_back(make(panels(end)));
  return rules;
}

/// The first rule of a ladder whose step is small enough.
template <class Rules>
const auto& step_of(const Rules& rules, double step, double end) {
  const auto enough = std::ranges::find_if(counts, [&](int count) { return count * step >= end; });
  return rules[static_cast<std::size_t>(enough - counts.begin())];
}

HermiteRule with_polynomials(NormalRule rule) {
  HermiteRule table{std::move(rule), {}, {}};
  const std::size_t nodes = table.rule.size();
  table.even.resize(hermite_terms / 2 * nodes);
  table.odd.resize(hermite_terms / 2 * nodes);
  for (std::size_t i = 0; i < nodes; ++i) {
    const double x = table.rule.x[i];
    double before = 0, here = table.rule.weights[i];
    for (std::size_t k = 0; k < hermite_terms; ++k) {
      const std::size_t term = k / 2;
      auto& terms = k % 2 == 0 ? table.even : table.odd;
      terms[(term / HermiteRule::block * nodes + i) * HermiteRule::block + term % HermiteRule::block] = here;
      // h_(k+1) = (x h_k - sqrt(k) h_(k-1)) / sqrt(k+1)
      const double order = static_cast<double>(k);
      const double after = (x * here - std::sqrt(order) * before) / std::sqrt(order + 1);
      before = here;
      here = after;
    }
  }
  return table;
}

/// phi(sqrt(q) x) in the complex plane.
struct Smoothness {
  double strip = std::numeric_limits<double>::infinity();  // distance of the poles from the real axis
  double band = 0;  // standard deviation of the Fourier transform of phi's step, where it is a Gaussian one
  bool smooth = true;
};

Smoothness smoothness(Activation phi, double q) {
  const double root = std::sqrt(q);
  switch (phi) {
    case Activation::tanh:
      return {.strip = pi / (2 * root)};
    case Activation::sigmoid:
    case Activation::swish:
      return {.strip = pi / root};
    case Activation::gelu:
      return {.band = root};
    case Activation::linear:
      return {};
    case Activation::relu:
    case Activation::leaky_relu:
    case Activation::softsign:
      break;
  }
  return {.smooth = false};
}

/// -ln of the error: rounding, and what multiple poles multiply it by.
constexpr double digits = 45;

/// For the square of a function and the square of its slope, times the density.
double step_of_squares(const Smoothness& function) {
  // The integral is moved up to Im x = y, where the density has grown by exp(y^2 / 2); y = 2 pi / h is best.
  const double y = std::min(function.strip, std::sqrt(2 * digits));
  const double of_strip = 2 * pi * y / (digits + 0.5 * y * y);
  const double of_band = 2 * pi / std::sqrt(2 * digits * (1 + 2 * function.band * function.band));
  return std::min(of_strip, of_band);
}

/// For the function times Hermite polynomials and the density, whose Fourier transforms end at the root of the order
/// and some standard deviations more.
double step_of_series(const Smoothness& function) {
  const double end = std::sqrt(static_cast<double>(hermite_terms));
  const double of_band = std::sqrt(2 * digits * (1 + function.band * function.band));
  return 2 * pi / (end + std::max(of_band, digits / function.strip));
}

}  // namespace

const NormalRule& panel_rule() {
  static const NormalRule rule = panels(tail);
  return rule;
}

const NormalRule& rule_for(Activation phi, double q) {
  static const auto rules = ladder([](NormalRule rule) { return rule; }, tail);
  const Smoothness function = smoothness(phi, q);
  return function.smooth ? step_of(rules, step_of_squares(function), tail) : rules.back();
}

const HermiteRule& hermite_rule(Activation phi, double q) {
  static const auto rules = ladder(with_polynomials, root_tail);
  const Smoothness function = smoothness(phi, q);
  return function.smooth ? step_of(rules, step_of_series(function), root_tail) : rules.back();
}

std::vector<NormalNode> coarse_panels(double centre) {
  static const std::vector<double> edges = graded_edges(1.0 / 64, 4, 1.5, 4 * tail);
  centre = std::clamp(centre, -tail, tail);
  std::vector<NormalNode> list;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (centre + edges[i - 1] < tail) add_panel<10>(centre + edges[i - 1], std::min(centre + edges[i], tail), list);
    if (centre - edges[i - 1] > -tail) add_panel<10>(std::max(centre - edges[i], -tail), centre - edges[i - 1], list);
  }
  return list;
}

}  // namespace numerics
