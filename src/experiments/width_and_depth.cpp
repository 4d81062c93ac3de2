// How the norm of a signal fluctuates from network to network: by depth over width, even where the mean is kept.
// Hanin 2018; Hanin and Nica 2019. Every draw is one network of the width, in the exact law of its Gaussian weights.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>

#include "experiment/legacy.hpp"
#include "experiments/shared/descent.hpp"
#include "experiments/shared/network_looks.hpp"
#include "numerics/activation.hpp"
#include "numerics/gaussian_layer.hpp"
#include "numerics/statistics.hpp"

namespace experiments {

using namespace experiment;
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
  Parameters<P> p;
  p.choice("activation", &P::activation, {"relu", "linear"},
           {.meaning = "rectifiers with He's weights, or no activation with weights of variance 1/n"})
      .numbers("widths", &P::widths, {.meaning = "units in each layer", .minimum = 2, .maximum = 4096, .max_size = 6})
      .integer("depth", &P::depth, {.meaning = "number of layers", .minimum = 1, .maximum = 1000})
      .integer("draws", &P::draws, {.meaning = "random networks of each width", .minimum = 10, .maximum = 100000});
  return p;
}

std::vector<ParameterError> check(const WidthAndDepth& p) {
  std::vector<ParameterError> errors;
  check_distinct("widths", p.widths, errors);
  for (std::size_t i = 0; i < p.widths.size(); ++i)
    if (p.widths[i] != std::floor(p.widths[i]))
      errors.push_back({{"widths", std::to_string(i)}, in_full(p.widths[i]) + " is no whole number of units"});
  return errors;
}

const std::string norm_panel = "norm by layer";
const std::string variance_panel = "fluctuation";
const std::string wide_limit = "wide limit";

std::string width_name(double width) { return fmt::format("n={}", width); }

bool rectified(const WidthAndDepth& p) { return p.activation == "relu"; }

LayerLaw law_of(const WidthAndDepth& p, double width) {
  const int n = static_cast<int>(width);
  return rectified(p) ? numerics::relu_layer_law(n) : numerics::linear_layer_law(n);
}

std::vector<Export> exports(const WidthAndDepth& p) {
  std::vector<Export> list;
  for (const double width : p.widths) {
    const std::string name = width_name(width);
    list.push_back({name + ".beta", "depth over width, the sum of 1/n over the layers"});
    list.push_back({name + ".mean-log", "exact mean of ln |x_L|^2 / |x_0|^2"});
    list.push_back({name + ".measured-mean-log", "the same over the draws"});
    list.push_back({name + ".variance-log", "exact variance of ln |x_L|^2"});
    list.push_back({name + ".measured-variance-log", "the same over the draws"});
    list.push_back({name + ".deviation", "exact standard deviation of log10 |x_L|"});
    list.push_back({name + ".measured-deviation", "the same over the draws"});
    list.push_back({name + ".spread", "decades between the 10 % and the 90 % quantile of |x_L| over the draws"});
    list.push_back({name + ".median", "median of |x_L| / |x_0| over the draws"});
    list.push_back({name + ".second-moment", "exact mean of |x_L|^4 / |x_0|^4; that of |x_L|^2 / |x_0|^2 is 1"});
    list.push_back({name + ".dead", "exact probability that some layer has no live unit, and the output is 0"});
    list.push_back({name + ".measured-dead", "share of such draws"});
  }
  return list;
}

std::vector<Tolerance> tolerances(const WidthAndDepth&) {
  const std::string draws = "the same draws, summed in double precision";
  return {{"*", "*", {1e-9, 1e-12}, {}, draws}, {"", "*", {1e-9, 1e-12}, {}, draws}};
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

/// Mean and variance over the networks that live.
struct Moments {
  double mean = 0, variance = 0;
};

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

const double ln_of_square = 2 * std::log(10);  // ln |x|^2 = 2 ln(10) log10 |x|

void export_width(const WidthAndDepth& p, double width, const std::vector<Values>& draws, const Series& norms,
                  Result& result) {
  const LayerLaw law = law_of(p, width);
  const Moments measured = moments_at(draws, static_cast<std::size_t>(p.depth));
  const std::string name = width_name(width);
  auto& values = result.values;
  values[name + ".beta"] = p.depth / width;
  values[name + ".mean-log"] = p.depth * law.mean_log;
  values[name + ".measured-mean-log"] = ln_of_square * measured.mean;
  values[name + ".variance-log"] = p.depth * law.variance_log;
  values[name + ".measured-variance-log"] = ln_of_square * ln_of_square * measured.variance;
  values[name + ".deviation"] = std::sqrt(p.depth * law.variance_log) / ln_of_square;
  values[name + ".measured-deviation"] = std::sqrt(measured.variance);
  values[name + ".spread"] = std::log10(norms.upper.back() / norms.lower.back());
  Values last;
  for (const Values& draw : draws) last.push_back(draw.back());
  values[name + ".median"] = std::pow(10, numerics::quantile(last, 0.5));
  values[name + ".second-moment"] = std::pow(law.second_moment, p.depth);
  values[name + ".dead"] = -std::expm1(p.depth * std::log1p(-law.dead));
  const auto dead = std::count_if(draws.begin(), draws.end(), [](const Values& d) { return std::isinf(d.back()); });
  values[name + ".measured-dead"] = static_cast<double>(dead) / static_cast<double>(draws.size());
}

Result run(const WidthAndDepth& p, Run& run) {
  constexpr std::size_t draws_a_job = 50;
  const auto draws = static_cast<std::size_t>(p.draws);
  const std::size_t jobs_a_width = (draws + draws_a_job - 1) / draws_a_job;
  std::vector<std::vector<Values>> logs(p.widths.size(), std::vector<Values>(draws));
  const double work = static_cast<double>(draws) * std::accumulate(p.widths.begin(), p.widths.end(), 0.0);
  std::atomic<double> done = 0;
  run.for_each(p.widths.size() * jobs_a_width, [&](std::size_t job) {
    const std::size_t i = job / jobs_a_width, first = job % jobs_a_width * draws_a_job;
    const std::size_t end = std::min(draws, first + draws_a_job);
    for (std::size_t draw = first; draw < end; ++draw) {
      auto engine = run.random.child(width_name(p.widths[i])).child("network", draw).engine();
      logs[i][draw] = log_norms(p, static_cast<int>(p.widths[i]), engine);
    }
    const double more = static_cast<double>(end - first) * p.widths[i];
    run.progress(std::min(done.fetch_add(more) + more, work), work);
  });

  Result result;
  result.panels = {{norm_panel,
                    {"layer", "linear"},
                    {"norm of the signal over that of the input, geometric mean over the networks that live", "log"},
                    {}},
                   {variance_panel, {"depth over width, beta", "linear"}, {"variance of ln |x|^2", "linear"}, {}}};
  double most = 0;
  for (std::size_t i = 0; i < p.widths.size(); ++i) {
    const double width = p.widths[i];
    const LayerLaw law = law_of(p, width);
    Series norms{width_name(width), SeriesKind::measured, {}, {}, {}, {}};
    Series mean{width_name(width), SeriesKind::theory, {}, {}, {}, {}};
    Series variance = norms, exact = mean;
    for (int layer = 0; layer <= p.depth; ++layer) {
      Values column;
      for (const Values& draw : logs[i]) column.push_back(draw[static_cast<std::size_t>(layer)]);
      norms.x.push_back(layer);
      norms.y.push_back(std::pow(10, moments_at(logs[i], static_cast<std::size_t>(layer)).mean));
      norms.lower.push_back(std::pow(10, numerics::quantile(column, 0.1)));
      norms.upper.push_back(std::pow(10, numerics::quantile(column, 0.9)));
      mean.x.push_back(layer);
      mean.y.push_back(std::exp(layer * law.mean_log / 2));
      if (layer == 0) continue;
      variance.x.push_back(layer / width);
      variance.y.push_back(ln_of_square * ln_of_square * moments_at(logs[i], static_cast<std::size_t>(layer)).variance);
      exact.x.push_back(layer / width);
      exact.y.push_back(layer * law.variance_log);
    }
    export_width(p, width, logs[i], norms, result);
    most = std::max(most, p.depth / width);
    result.panels[0].series.push_back(std::move(norms));
    result.panels[0].series.push_back(std::move(mean));
    result.panels[1].series.push_back(std::move(variance));
    result.panels[1].series.push_back(std::move(exact));
  }
  const double per_layer = rectified(p) ? 5 : 2;
  result.panels[1].series.push_back({wide_limit, SeriesKind::reference, {0, most}, {0, per_layer * most}, {}, {}});
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

std::string width_label(double width) { return "$n = " + rounded(width, 6) + "$"; }

plot::Panel norms(const WidthAndDepth& p, const Result& result) {
  const PanelData& data = result.panel(norm_panel);
  plot::Panel panel;
  panel.title = "norm of the signal";
  panel.x = {"layer $\\ell$", plot::ScaleKind::linear, 0.0, static_cast<double>(p.depth), false, {}, true};
  panel.y = {"$\\|x_\\ell\\| / \\|x_0\\|$", plot::ScaleKind::log, {}, {}, false, {}};
  // The widest band lies at the bottom.
  std::vector<std::size_t> order(p.widths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p.widths[a] < p.widths[b]; });
  for (const std::size_t i : order) {
    const Series& series = *data.find(width_name(p.widths[i]));
    panel.marks.push_back(plot::Band{series.name, series.x, series.lower, series.upper, width_looks(p, i).ink, 0.25});
  }
  for (const std::size_t i : order) {
    const Series& series = *data.find(width_name(p.widths[i]));
    const auto [ink, marker] = width_looks(p, i);
    panel.marks.push_back(plot::Line{.series = series.name,
                                     .x = series.x,
                                     .y = series.y,
                                     .stroke = {ink},
                                     .label = width_label(p.widths[i]),
                                     .marker = marker,
                                     .marker_gap = marker_gap});
  }
  for (const std::size_t i : order) {
    const Series& theory = *data.find(width_name(p.widths[i]), SeriesKind::theory);
    panel.marks.push_back(plot::Line{.series = theory.name,
                                     .x = theory.x,
                                     .y = theory.y,
                                     .stroke = {plot::Ink::black, 0.8, plot::Dash::dashed, 1},
                                     .label = ""});
  }
  return panel;
}

plot::Panel fluctuations(const WidthAndDepth& p, const Result& result) {
  const PanelData& data = result.panel(variance_panel);
  plot::Panel panel;
  panel.title = "fluctuation between networks";
  // On log axes, since every width has its own range of depth over width.
  panel.x = {"depth over width, $\\beta = \\ell / n$", plot::ScaleKind::log, {}, {}, false, {}};
  panel.y = {"variance of $\\ln \\|x_\\ell\\|^2$", plot::ScaleKind::log, {}, {}, false, {}};
  for (std::size_t i = 0; i < p.widths.size(); ++i) {
    const Series& all = *data.find(width_name(p.widths[i]));
    // Layers at equal ratios: points on a log axis need not touch.
    const auto [ink, marker] = width_looks(p, i);
    plot::Points points{
        .series = all.name, .x = {}, .y = {}, .marker = marker, .size = 3.2, .filled = true, .ink = ink, .label = ""};
    double last = 0;
    for (std::size_t k = 0; k < all.x.size(); ++k) {
      if (all.x[k] < 1.25 * last || !(all.y[k] > 0)) continue;
      points.x.push_back(last = all.x[k]);
      points.y.push_back(all.y[k]);
    }
    panel.marks.push_back(std::move(points));
  }
  for (const double width : p.widths) {
    const Series& exact = *data.find(width_name(width), SeriesKind::theory);
    panel.marks.push_back(plot::Line{.series = exact.name,
                                     .x = exact.x,
                                     .y = exact.y,
                                     .stroke = {plot::Ink::black, 0.8, plot::Dash::dashed, 1},
                                     .label = ""});
  }
  const double narrowest = *std::min_element(p.widths.begin(), p.widths.end());
  const double widest = *std::max_element(p.widths.begin(), p.widths.end());
  const double slope = rectified(p) ? 5 : 2, first = 1 / widest, last = p.depth / narrowest;
  panel.marks.push_back(plot::Line{.series = wide_limit,
                                   .x = {first, last},
                                   .y = {slope * first, slope * last},
                                   .stroke = {plot::Ink::muted, 0.5, plot::Dash::solid, 1},
                                   .label = rectified(p) ? "$5\\beta$" : "$2\\beta$"});
  return panel;
}

plot::Figure draw(const WidthAndDepth& p, const Result& result) {
  plot::Figure figure;
  figure.panels = {norms(p, result), fluctuations(p, result)};
  figure.columns = 2;
  figure.width = plot::FigureWidth::full;
  figure.height_mm = 75;
  return figure;
}

const bool registered = add(OldDefinition<WidthAndDepth>{
    .name = "width-and-depth",
    .title = "Fluctuations by depth and width",
    .summary = "Sends a signal through many random networks of several widths, in the exact law of their Gaussian "
               "weights, and shows how far its norm drifts and fluctuates with depth over width.",
    .parameters = parameters(),
    .check = check,
    .exports = exports,
    .run = run,
    .draw = draw,
    .tolerances = tolerances});

}  // namespace
}  // namespace experiments
