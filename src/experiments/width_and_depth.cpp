// How the norm of a signal fluctuates from network to network: by depth over width, even where the mean is kept.
// Hanin 2018; Hanin and Nica 2019. Every draw is one network of the width, in the exact law of its Gaussian weights.
#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "experiments/shared/checks.hpp"
#include "experiments/shared/figures.hpp"
#include "numerics/networks/activation.hpp"
#include "numerics/theory/gaussian_layer.hpp"

namespace experiments {
namespace {

struct WidthAndDepth {
  std::string activation = "relu";
  Numbers widths{16, 64, 256, 784};
  int depth = 50, draws = 2000;
};

Parameters<WidthAndDepth> parameters() {
  using P = WidthAndDepth;
  return Parameters<P>{}
      .choice("activation", &P::activation, {"relu", "linear"},
              "rectifiers with He's weights, or no activation with weights of variance 1/n")
      .numbers("widths", &P::widths, "units in each layer", from(2).to(4096), {.most = 6})
      .integer("depth", &P::depth, "number of layers", from(1).to(1000))
      .integer("draws", &P::draws, "random networks of each width", from(10).to(100000))
      .require(distinct("widths", &P::widths))
      .require(each_element("widths", &P::widths, [](const P&, double width) {
        return width == std::floor(width) ? "" : in_full(width) + " is no whole number of units";
      }));
}

std::string width_name(double width) { return fmt::format("n={}", width); }

bool rectified(const WidthAndDepth& p) { return p.activation == "relu"; }

numerics::LayerLaw law_of(const WidthAndDepth& p, double width) {
  return numerics::layer_law(*numerics::activation(p.activation), static_cast<int>(width));
}

const double ln_of_square = 2 * std::log(10);  // ln |x|^2 = 2 ln(10) log10 |x|

/// All networks of one width.
struct Width {
  Curve norm;              // by layer: geometric mean over those that live, 10 and 90 % quantiles
  Curve variance;          // of ln |x|^2 by depth over width
  numerics::Moments last;  // of log10 |x_L|
  double median = 0, dead = 0;

  double mean_log() const { return ln_of_square * last.mean; }
  double variance_log() const { return ln_of_square * ln_of_square * last.variance; }
  double deviation() const { return std::sqrt(last.variance); }
  double spread() const { return std::log10(norm.upper.back() / norm.lower.back()); }
};

using Widths = std::vector<Width>;

/// f(layer) from the layer `first` to the last one, by layer over `unit`.
template <class F>
Curve by_layer(const WidthAndDepth& p, int first, double unit, const F& f) {
  const Numbers layers = counted(p.depth + 1 - first, first);
  return {each_of(layers, [&](double layer) { return layer / unit; }), each_of(layers, f)};
}

Curve exact_norm(const WidthAndDepth& p, double width) {
  return by_layer(p, 0, 1, [law = law_of(p, width)](double layer) { return std::exp(layer * law.mean_log / 2); });
}

Curve exact_variance(const WidthAndDepth& p, double width) {
  return by_layer(p, 1, width, [law = law_of(p, width)](double layer) { return layer * law.variance_log; });
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
  const numerics::LayerLaw law = law_of(p, width);
  return Outputs<Width>{same_draws}
      .number("beta", p.depth / width, "depth over width, the sum of 1/n over the layers")
      .number("mean-log", p.depth * law.mean_log, "exact mean of ln |x_L|^2 / |x_0|^2")
      .number("measured-mean-log", &Width::mean_log, "the same over the draws")
      .number("variance-log", p.depth * law.variance_log, "exact variance of ln |x_L|^2")
      .number("measured-variance-log", &Width::variance_log, "the same over the draws")
      .number("deviation", std::sqrt(p.depth * law.variance_log) / ln_of_square,
              "exact standard deviation of log10 |x_L|")
      .number("measured-deviation", &Width::deviation, "the same over the draws")
      .number("spread", &Width::spread, "decades between the 10 % and the 90 % quantile of |x_L| over the draws")
      .number("median", &Width::median, "median of |x_L| / |x_0| over the draws")
      .number("second-moment", std::pow(law.second_moment, p.depth),
              "exact mean of |x_L|^4 / |x_0|^4; that of |x_L|^2 / |x_0|^2 is 1")
      .number("dead", -std::expm1(p.depth * std::log1p(-law.dead)),
              "exact probability that some layer has no live unit, and the output is 0")
      .number("measured-dead", &Width::dead, "share of such draws")
      .curve(measured, norm_panel, "", &Width::norm)
      .curve(theory, norm_panel, "", exact_norm(p, width))
      .curve(measured, variance_panel, "", &Width::variance)
      .curve(theory, variance_panel, "", exact_variance(p, width));
}

Outputs<Widths> outputs(const WidthAndDepth& p) {
  const double most = p.depth / std::ranges::min(p.widths);
  return Outputs<Widths>{same_draws}
      .each(each_of(p.widths, width_name), std::identity{}, [&](std::size_t i) { return outputs_of(p, p.widths[i]); })
      .curve(reference, variance_panel, "wide limit", Curve{{0, most}, {0, wide_slope(p) * most}});
}

Width summary(const WidthAndDepth& p, double width, const std::vector<Numbers>& draws) {
  const auto moments = [&](double layer) {
    return numerics::moments_of_finite(
        each_of(draws, [&](const Numbers& d) { return d[static_cast<std::size_t>(layer)]; }));
  };
  const auto variance = [&](double layer) { return ln_of_square * ln_of_square * moments(layer).variance; };
  const auto dead = std::ranges::count_if(draws, [](const Numbers& d) { return std::isinf(d.back()); });
  Width all{with_y(over_seeds(counted(draws[0].size()), draws, four_fifths), power_of_ten),
            by_layer(p, 1, width, variance), moments(p.depth)};
  all.median = all.norm.y.back();
  all.norm.y = each_of(all.norm.x, [&](double layer) { return power_of_ten(moments(layer).mean); });
  all.dead = static_cast<double>(dead) / static_cast<double>(draws.size());
  return all;
}

Widths run(const WidthAndDepth& p, Run& run) {
  const numerics::MeanField field{*numerics::activation(p.activation), rectified(p) ? 2.0 : 1.0, 0};
  const auto logs = run.table(p.widths, p.draws, [&](double width, int draw) {
    auto engine = run.random.child(width_name(width)).child("network", draw).engine();
    return numerics::log_norms(field, static_cast<int>(width), p.depth, engine);
  });
  return list_of(logs.size(), [&](std::size_t i) { return summary(p, p.widths[i], logs[i]); });
}

// ---- The figure.

/// The narrower, the warmer.
plot::Line width_look(const WidthAndDepth& p, double width) {
  constexpr std::pair<Ink, Marker> from_wide[] = {{Ink::blue, Marker::circle},     {Ink::green, Marker::square},
                                                  {Ink::orange, Marker::triangle}, {Ink::vermillion, Marker::diamond},
                                                  {Ink::purple, Marker::star},     {Ink::black, Marker::plus}};
  const auto wider = std::ranges::count_if(p.widths, [&](double w) { return w > width; });
  const auto [ink, marker] = from_wide[static_cast<std::size_t>(wider) % std::size(from_wide)];
  return {.series = width_name(width),
          .stroke = {ink},
          .label = "$n = " + rounded(width, 6) + "$",
          .marker = marker,
          .marker_gap = marker_gap};
}

plot::Panel norms(const WidthAndDepth& p, const Widths& r) {
  plot::Panel panel =
      titled("norm of the signal", count_axis("layer $\\ell$", 0, p.depth), log_axis("$\\|x_\\ell\\| / \\|x_0\\|$"));
  // The widest band lies at the bottom.
  Numbers widths = p.widths;
  std::ranges::sort(widths);
  const auto looks = each_of(widths, [&](double width) { return width_look(p, width); });
  add_measured(panel, looks, each_of(widths, [&](double width) {
                 return r[std::ranges::find(p.widths, width) - p.widths.begin()].norm;
               }));
  for (const double width : widths) add(panel, theory_line(width_name(width), exact_norm(p, width)));
  return panel;
}

/// Layers at equal ratios: points on a log axis need not touch.
Curve spaced(const Curve& all) {
  return some_of(all, [&, last = 0.0](std::size_t k) mutable {
    const bool is_shown = all.x[k] >= 1.25 * last && all.y[k] > 0;
    if (is_shown) last = all.x[k];
    return is_shown;
  });
}

plot::Panel fluctuations(const WidthAndDepth& p, const Widths& r) {
  // On log axes, since every width has its own range of depth over width.
  plot::Panel panel = titled("fluctuation between networks", log_axis("depth over width, $\\beta = \\ell / n$"),
                             log_axis("variance of $\\ln \\|x_\\ell\\|^2$"));
  for (std::size_t i = 0; i < p.widths.size(); ++i)
    add(panel, dots(width_look(p, p.widths[i]), spaced(r[i].variance), 3.2));
  for (const double width : p.widths) add(panel, theory_line(width_name(width), exact_variance(p, width)));
  const auto wide_limit = curve_over({1 / std::ranges::max(p.widths), p.depth / std::ranges::min(p.widths)},
                                     [&](double beta) { return wide_slope(p) * beta; });
  add(panel, line_of("wide limit", wide_limit, {Ink::muted, 0.5, plot::Dash::solid, 1},
                     rectified(p) ? "$5\\beta$" : "$2\\beta$"));
  return panel;
}

plot::Figure draw(const WidthAndDepth& p, const Widths& r) {
  return two_columns({norms(p, r), fluctuations(p, r)}, 75);
}

const bool registered =
    add("width-and-depth", "Fluctuations by depth and width",
        "Sends a signal through many random networks of several widths, in the exact law of their Gaussian "
        "weights, and shows how far its norm drifts and fluctuates with depth over width.",
        parameters(), outputs, run, draw, always<WidthAndDepth, 2>);

}  // namespace
}  // namespace experiments
