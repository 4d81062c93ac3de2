// How the norm of a signal fluctuates from network to network: by depth over width, even where the mean is kept.
// Hanin 2018; Hanin and Nica 2019. Every draw is one network of the width, in the exact law of its Gaussian weights.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiment/experiment.hpp"
#include "experiments/shared/curves.hpp"
#include "experiments/shared/descent.hpp"
#include "experiments/shared/network_looks.hpp"
#include "experiments/shared/over_seeds.hpp"
#include "numerics/networks/activation.hpp"
#include "numerics/statistics.hpp"
#include "numerics/theory/gaussian_layer.hpp"

namespace experiments {

namespace {

using numerics::LayerLaw;
using Values = std::vector<double>;

struct WidthAndDepth {
  std::string activation = "relu";
  Values widths{16, 64, 256, 784};
  int depth = 50;
  int draws = 2000;
};

Parameters<WidthAndDepth> parameters() {
  using P = WidthAndDepth;
  return Parameters<P>{}
      .choice("activation", &P::activation, {"relu", "linear"},
              "rectifiers with He's weights, or no activation with weights of variance 1/n")
      .numbers("widths", &P::widths, "units in each layer", from(2).to(4096), {.most = 6})
      .integer("depth", &P::depth, "number of layers", from(1).to(1000))
      .integer("draws", &P::draws, "random networks of each width", from(10).to(100000));
}

std::vector<ParameterError> check(const WidthAndDepth& p) {
  std::vector<ParameterError> errors;
  check_distinct("widths", p.widths, errors);
  for (std::size_t i = 0; i < p.widths.size(); ++i)
    if (p.widths[i] != std::floor(p.widths[i]))
      errors.push_back({{"widths", std::to_string(i)}, in_full(p.widths[i]) + " is no whole number of units"});
  return errors;
}

std::string width_name(double width) { return fmt::format("n={}", width); }

bool rectified(const WidthAndDepth& p) { return p.activation == "relu"; }

LayerLaw law_of(const WidthAndDepth& p, double width) {
  const int n = static_cast<int>(width);
  return rectified(p) ? numerics::relu_layer_law(n) : numerics::linear_layer_law(n);
}

const double ln_of_square = 2 * std::log(10);  // ln |x|^2 = 2 ln(10) log10 |x|

/// Mean and variance over the networks that live.
struct Moments {
  double mean = 0, variance = 0;
};

/// All networks of one width.
struct Width {
  Curve norm;      // by layer: geometric mean over those that live, 10 and 90 % quantiles
  Curve variance;  // of ln |x|^2 by depth over width
  Moments last;    // of log10 |x_L|
  double median = 0, dead = 0;

  double mean_log() const { return ln_of_square * last.mean; }
  double variance_log() const { return ln_of_square * ln_of_square * last.variance; }
  double deviation() const { return std::sqrt(last.variance); }
  double spread() const { return std::log10(norm.upper.back() / norm.lower.back()); }
};

struct Widths {
  std::vector<Width> widths;
};

/// f(layer) from the layer `first` to the last one, by layer over `unit`.
template <class F>
Curve by_layer(const WidthAndDepth& p, int first, double unit, const F& f) {
  Curve curve{};
  for (int layer = first; layer <= p.depth; ++layer) {
    curve.x.push_back(layer / unit);
    curve.y.push_back(f(layer));
  }
  return curve;
}

Curve exact_norm(const WidthAndDepth& p, double width) {
  return by_layer(p, 0, 1, [law = law_of(p, width)](int layer) { return std::exp(layer * law.mean_log / 2); });
}

Curve exact_variance(const WidthAndDepth& p, double width) {
  return by_layer(p, 1, width, [law = law_of(p, width)](int layer) { return layer * law.variance_log; });
}

/// Variance of ln |x|^2 per depth over width, where layers are wide.
double wide_slope(const WidthAndDepth& p) { return rectified(p) ? 5 : 2; }

const PanelInfo norm_panel{
    "norm by layer",
    {"layer"},
    {"norm of the signal over that of the input, geometric mean over the networks that live", "log"}};
const PanelInfo variance_panel{"fluctuation", {"depth over width, beta"}, {"variance of ln |x|^2"}};
const Allowed same_draws = within({1e-9, 1e-12}, "the same draws, summed in double precision");

Outputs<Width> outputs_of(const WidthAndDepth& p, double width) {
  const LayerLaw law = law_of(p, width);
  Outputs<Width> outputs;
  const auto number = [&](const std::string& name, auto how, const std::string& meaning) {
    outputs.number(name, how, meaning, same_draws);
  };
  const auto exact = [&](const std::string& name, double value, const std::string& meaning) {
    number(
        name, [value](const Width&) { return value; }, meaning);
  };
  exact("beta", p.depth / width, "depth over width, the sum of 1/n over the layers");
  exact("mean-log", p.depth * law.mean_log, "exact mean of ln |x_L|^2 / |x_0|^2");
  number("measured-mean-log", &Width::mean_log, "the same over the draws");
  exact("variance-log", p.depth * law.variance_log, "exact variance of ln |x_L|^2");
  number("measured-variance-log", &Width::variance_log, "the same over the draws");
  exact("deviation", std::sqrt(p.depth * law.variance_log) / ln_of_square, "exact standard deviation of log10 |x_L|");
  number("measured-deviation", &Width::deviation, "the same over the draws");
  number("spread", &Width::spread, "decades between the 10 % and the 90 % quantile of |x_L| over the draws");
  number("median", &Width::median, "median of |x_L| / |x_0| over the draws");
  exact("second-moment", std::pow(law.second_moment, p.depth),
        "exact mean of |x_L|^4 / |x_0|^4; that of |x_L|^2 / |x_0|^2 is 1");
  exact("dead", -std::expm1(p.depth * std::log1p(-law.dead)),
        "exact probability that some layer has no live unit, and the output is 0");
  number("measured-dead", &Width::dead, "share of such draws");
  return outputs.measured(norm_panel, "", &Width::norm, same_draws)
      .theory(
          norm_panel, "", [=](const Width&) { return exact_norm(p, width); }, same_draws)
      .measured(variance_panel, "", &Width::variance, same_draws)
      .theory(
          variance_panel, "", [=](const Width&) { return exact_variance(p, width); }, same_draws);
}

Outputs<Widths> outputs(const WidthAndDepth& p) {
  std::vector<std::string> names;
  for (const double width : p.widths) names.push_back(width_name(width));
  const double most = p.depth / *std::min_element(p.widths.begin(), p.widths.end());
  return Outputs<Widths>{}
      .each(names, &Widths::widths, [&](std::size_t i) { return outputs_of(p, p.widths[i]); })
      .reference(
          variance_panel, "wide limit",
          [=](const Widths&) {
            return Curve{{0, most}, {0, wide_slope(p) * most}};
          },
          same_draws);
}

/// log10 |x_l| / |x_0| of one network for l = 0 ... depth; -Infinity from a dead layer on.
Values log_norms(const WidthAndDepth& p, int width, numerics::Engine& engine) {
  const numerics::MeanField field{*numerics::activation(p.activation), rectified(p) ? 2.0 : 1.0, 0};
  numerics::Matrix<double> x = numerics::Matrix<double>::Constant(width, 1, 1 / std::sqrt(static_cast<double>(width)));
  Values logs{0};
  double log_norm = 0;
  for (int layer = 1; layer <= p.depth; ++layer) {
    x = numerics::gaussian_layer(x, width, field, engine);
    if (rectified(p)) x = x.cwiseMax(0.0);
    const double norm = x.norm();
    log_norm += std::log10(norm);
    // Each layer starts from a vector of length 1, so that no depth overflows.
    if (norm > 0) x /= norm;
    logs.push_back(log_norm);
  }
  return logs;
}

Moments moments_at(const std::vector<Values>& draws, std::size_t layer) {
  double count = 0, sum = 0, squares = 0;
  for (const Values& draw : draws) {
    if (!std::isfinite(draw[layer])) continue;
    count += 1;
    sum += draw[layer];
    squares += draw[layer] * draw[layer];
  }
  const double mean = sum / count;
  return {mean, (squares - count * mean * mean) / std::max(1.0, count - 1)};
}

Width summary(const WidthAndDepth& p, double width, const std::vector<Values>& draws) {
  Width all{over_seeds(counted(draws.front().size()), draws, four_fifths), {}, {}};
  all.median = std::pow(10, all.norm.y.back());
  for (Values* quantile : {&all.norm.lower, &all.norm.upper})
    for (double& value : *quantile) value = std::pow(10, value);
  const auto moments = [&](int layer) { return moments_at(draws, static_cast<std::size_t>(layer)); };
  all.norm.y = by_layer(p, 0, 1, [&](int layer) { return std::pow(10, moments(layer).mean); }).y;
  all.variance =
      by_layer(p, 1, width, [&](int layer) { return ln_of_square * ln_of_square * moments(layer).variance; });
  all.last = moments(p.depth);
  const auto dead = std::count_if(draws.begin(), draws.end(), [](const Values& d) { return std::isinf(d.back()); });
  all.dead = static_cast<double>(dead) / static_cast<double>(draws.size());
  return all;
}

Widths run(const WidthAndDepth& p, Run& run) {
  const auto logs = run.table(p.widths, p.draws, [&](double width, int draw) {
    auto engine = run.random.child(width_name(width)).child("network", draw).engine();
    return log_norms(p, static_cast<int>(width), engine);
  });
  Widths result;
  for (std::size_t i = 0; i < logs.size(); ++i) result.widths.push_back(summary(p, p.widths[i], logs[i]));
  return result;
}

// ---- The figure.

struct WidthLooks {
  plot::Ink ink;
  plot::Marker marker;
};

/// The narrower, the warmer.
WidthLooks width_looks(const WidthAndDepth& p, std::size_t index) {
  using plot::Ink, plot::Marker;
  constexpr WidthLooks from_wide[] = {{Ink::blue, Marker::circle},     {Ink::green, Marker::square},
                                      {Ink::orange, Marker::triangle}, {Ink::vermillion, Marker::diamond},
                                      {Ink::purple, Marker::star},     {Ink::black, Marker::plus}};
  const auto wider = std::count_if(p.widths.begin(), p.widths.end(), [&](double w) { return w > p.widths[index]; });
  return from_wide[static_cast<std::size_t>(wider) % std::size(from_wide)];
}

plot::Panel norms(const WidthAndDepth& p, const Widths& r) {
  plot::Panel panel{.title = "norm of the signal",
                    .x = {.label = "layer $\\ell$", .min = 0, .max = p.depth, .counts = true},
                    .y = {.label = "$\\|x_\\ell\\| / \\|x_0\\|$", .scale = plot::ScaleKind::log}};
  // The widest band lies at the bottom.
  std::vector<std::size_t> order(p.widths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p.widths[a] < p.widths[b]; });
  for (const std::size_t i : order) {
    const Curve& norm = r.widths[i].norm;
    panel.marks.push_back(plot::Band{width_name(p.widths[i]), norm.x, norm.lower, norm.upper, width_looks(p, i).ink});
  }
  for (const std::size_t i : order) {
    const auto [ink, marker] = width_looks(p, i);
    panel.marks.push_back(plot::Line{.series = width_name(p.widths[i]),
                                     .x = r.widths[i].norm.x,
                                     .y = r.widths[i].norm.y,
                                     .stroke = {ink},
                                     .label = "$n = " + rounded(p.widths[i], 6) + "$",
                                     .marker = marker,
                                     .marker_gap = marker_gap});
  }
  for (const std::size_t i : order)
    panel.marks.push_back(theory_line(width_name(p.widths[i]), exact_norm(p, p.widths[i])));
  return panel;
}

/// Layers at equal ratios: points on a log axis need not touch.
plot::Points spaced(const Curve& all) {
  plot::Points points{.size = 3.2};
  double last = 0;
  for (std::size_t k = 0; k < all.x.size(); ++k) {
    if (all.x[k] < 1.25 * last || !(all.y[k] > 0)) continue;
    points.x.push_back(last = all.x[k]);
    points.y.push_back(all.y[k]);
  }
  return points;
}

plot::Panel fluctuations(const WidthAndDepth& p, const Widths& r) {
  // On log axes, since every width has its own range of depth over width.
  plot::Panel panel{.title = "fluctuation between networks",
                    .x = {.label = "depth over width, $\\beta = \\ell / n$", .scale = plot::ScaleKind::log},
                    .y = {.label = "variance of $\\ln \\|x_\\ell\\|^2$", .scale = plot::ScaleKind::log}};
  for (std::size_t i = 0; i < p.widths.size(); ++i) {
    plot::Points points = spaced(r.widths[i].variance);
    points.series = width_name(p.widths[i]);
    points.ink = width_looks(p, i).ink;
    points.marker = width_looks(p, i).marker;
    panel.marks.push_back(std::move(points));
  }
  for (const double width : p.widths) panel.marks.push_back(theory_line(width_name(width), exact_variance(p, width)));
  const auto [narrowest, widest] = std::minmax_element(p.widths.begin(), p.widths.end());
  const double slope = wide_slope(p), first = 1 / *widest, last = p.depth / *narrowest;
  panel.marks.push_back(plot::Line{.series = "wide limit",
                                   .x = {first, last},
                                   .y = {slope * first, slope * last},
                                   .stroke = {plot::Ink::muted, 0.5, plot::Dash::solid, 1},
                                   .label = rectified(p) ? "$5\\beta$" : "$2\\beta$"});
  return panel;
}

plot::Figure draw(const WidthAndDepth& p, const Widths& r) {
  return {.panels = {norms(p, r), fluctuations(p, r)}, .columns = 2, .width = plot::FigureWidth::full, .height_mm = 75};
}

const bool registered = add(Definition<WidthAndDepth, Widths>{
    .name = "width-and-depth",
    .title = "Fluctuations by depth and width",
    .summary = "Sends a signal through many random networks of several widths, in the exact law of their Gaussian "
               "weights, and shows how far its norm drifts and fluctuates with depth over width.",
    .parameters = parameters(),
    .check = check,
    .outputs = outputs,
    .run = run,
    .draw = draw});

}  // namespace
}  // namespace experiments
