// Mean-field theory by quadrature: one- and two-dimensional Gaussian integrals on graded panels.
#include "numerics/theory/mean_field.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "numerics/networks/activation.hpp"
#include "numerics/root.hpp"
#include "numerics/theory/normal_nodes.hpp"

namespace numerics {
namespace {

using Node = NormalNode;

double density(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * std::numbers::pi); }

/// Adds the nodes of one panel, weighted by the normal density.
template <unsigned Points>
void add_panel(double from, double to, std::vector<Node>& nodes) {
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

/// Where the normal density has fallen to 1e-18 of its top.
constexpr double tail = 9;

/// For one-dimensional integrals: to rounding.
const std::vector<Node>& fine_nodes() {
  static const std::vector<Node> nodes = [] {
    std::vector<Node> list;
    const auto edges = graded_edges(1.0 / 512, 2, 1, tail);
    for (std::size_t i = 1; i < edges.size(); ++i) {
      add_panel<16>(edges[i - 1], edges[i], list);
      add_panel<16>(-edges[i], -edges[i - 1], list);
    }
    return list;
  }();
  return nodes;
}

/// For two-dimensional ones, with panels around `centre`: to about eight digits at a few hundred nodes.
std::vector<Node> coarse_nodes(double centre) {
  static const std::vector<double> edges = graded_edges(1.0 / 64, 4, 1.5, 4 * tail);
  centre = std::clamp(centre, -tail, tail);
  std::vector<Node> list;
  for (std::size_t i = 1; i < edges.size(); ++i) {
    if (centre + edges[i - 1] < tail) add_panel<10>(centre + edges[i - 1], std::min(centre + edges[i], tail), list);
    if (centre - edges[i - 1] > -tail) add_panel<10>(std::max(centre - edges[i], -tail), centre - edges[i - 1], list);
  }
  return list;
}

template <class F>
double mean(const F& f) {
  double sum = 0;
  for (const Node& node : fine_nodes()) sum += node.weight * f(node.x);
  return sum;
}

/// E[f(u) f(v)]: for each u the inner panels are graded around the point where v = 0.
template <class F>
double mean_pair(const F& f, double q, double c) {
  static const std::vector<Node> outer = coarse_nodes(0);
  const double root = std::sqrt(q);
  const double rest = std::sqrt(std::max(0.0, 1 - c * c));
  if (rest == 0) return mean([&](double x) { return f(root * x) * f(std::copysign(root, c) * x); });
  double sum = 0;
  for (const Node& u : outer) {
    double inner = 0;
    for (const Node& w : coarse_nodes(-c * u.x / rest)) inner += w.weight * f(root * (c * u.x + rest * w.x));
    sum += u.weight * f(root * u.x) * inner;
  }
  return sum;
}

}  // namespace

const std::vector<NormalNode>& normal_nodes() { return fine_nodes(); }

double gaussian_mean(const std::function<double(double)>& f) { return mean(f); }

double mean_square(Activation phi, double q) {
  const double root = std::sqrt(q);
  return mean([&](double x) { return std::pow(activate(phi, root * x), 2); });
}

double mean_square_slope(Activation phi, double q) {
  // At q = 0 the limit: a rectifier's kink has one slope on each side, however small z is.
  constexpr double vanishing = 1e-200;
  const double root = std::sqrt(std::max(q, vanishing));
  return mean([&](double x) { return std::pow(slope(phi, root * x), 2); });
}

double mean_curvature_product(Activation phi, double q) {
  const double root = std::sqrt(q);
  return mean([&](double x) { return curvature(phi, root * x) * activate(phi, root * x); });
}

double mean_product(Activation phi, double q, double c) {
  return mean_pair([phi](double z) { return activate(phi, z); }, q, c);
}

double mean_slope_product(Activation phi, double q, double c) {
  return mean_pair([phi](double z) { return slope(phi, z); }, q, c);
}

double next_variance(const MeanField& field, double q) {
  return field.weight_variance * mean_square(field.activation, q) + field.bias_variance;
}

double fixed_variance(const MeanField& field) {
  constexpr double nothing = 1e-10, boundless = 1e14, rounding = 1e-13;
  const auto growth = [&](double q) { return next_variance(field, q) - q; };
  double q = 1;
  if (std::abs(growth(q)) <= rounding * q) return q;
  // The variance moves from 1 towards the first sign change in its direction. Iterating the map instead would take
  // forever near criticality, where q_l falls only like 1/l.
  const bool grows = growth(q) > 0;
  const double ratio = grows ? std::numbers::sqrt2 : 1 / std::numbers::sqrt2;
  double next = q * ratio;
  while ((growth(next) > 0) == grows) {
    q = next;
    next *= ratio;
    if (next < nothing) return 0;
    if (next > boundless) return std::numeric_limits<double>::infinity();
  }
  const auto [low, high] = std::minmax(q, next);
  return root_between(growth, low, high);
}

double susceptibility(const MeanField& field, double q) {
  return field.weight_variance * mean_square_slope(field.activation, q);
}

double variance_susceptibility(const MeanField& field, double q) {
  return field.weight_variance * (mean_square_slope(field.activation, q) + mean_curvature_product(field.activation, q));
}

double next_correlation(const MeanField& field, double q, double c) {
  const double covariance = field.weight_variance * mean_product(field.activation, q, c) + field.bias_variance;
  return covariance / next_variance(field, q);
}

}  // namespace numerics
