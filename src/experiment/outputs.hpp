// What an experiment gives, declared once, the mirror of Parameters: each number, sequence and curve with its name, its
// meaning and unit, how it is had from what a run returns, and how far it may differ from a reference and why. Data
// files, values and claims, `describe` and `check` are read off this declaration; so is a drawing, where an experiment
// has none of its own. An output is derived whenever it is asked for: a new one reruns nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "experiment/output_info.hpp"

namespace experiment {

/// A curve over x; lower and upper are empty or as long as x and y.
struct Curve {
  std::vector<double> x, y, lower = {}, upper = {};
};

/// Throws std::logic_error, naming the curve, when its columns have different lengths.
void require_one_length(const Curve&, const OutputInfo&);

/// The outputs of an experiment whose run returns an R, in the order in which they are declared. `how` is a member of
/// R, or anything that is called with an R: of a number it gives the number, of a sequence a list of numbers, of a
/// curve a Curve, or a std::optional of one that a run may be without. What is known without a run is given as it is.
template <class R>
class Outputs {
 public:
  /// To outputs that say nothing themselves, this is allowed.
  explicit Outputs(Allowed otherwise = {}) : otherwise_(std::move(otherwise)) {}

  template <class How>
  Outputs& number(std::string name, How how, std::string meaning, std::optional<Allowed> allowed = {}) {
    return add({info(OutputKind::number, {}, std::move(name), std::move(meaning), std::move(allowed)),
                {},
                [how](const R& r, const OutputInfo& info, const PanelInfo&, Result& result) {
                  result.values[info.name] = static_cast<double>(had<double>(how, r));
                }});
  }

  /// Values of one integer index, from `first` on; of a curve, its y.
  template <class How>
  Outputs& sequence(std::string name, int first, How how, std::string meaning, std::optional<Allowed> allowed = {}) {
    return add({info(OutputKind::sequence, {}, std::move(name), std::move(meaning), std::move(allowed)),
                {},
                [how, first](const R& r, const OutputInfo& info, const PanelInfo&, Result& result) {
                  result.functions[info.name] = {first, numbers_of(had<std::vector<double>>(how, r))};
                }});
  }

  /// A curve of the figure, which the data file has in this panel. Below `each`, one without a name has that of its
  /// part.
  template <class How>
  Outputs& curve(SeriesKind kind, const PanelInfo& panel, std::string name, How how,
                 std::optional<Allowed> allowed = {}) {
    return add({info(kind_of(kind), panel.title, std::move(name), {}, std::move(allowed)), panel,
                [how, kind](const R& r, const OutputInfo& info, const PanelInfo& at, Result& result) {
                  std::optional<Curve> c = had<Curve>(how, r);
                  if (!c) return;
                  require_one_length(*c, info);
                  panel_of(at, result)
                      .series.push_back({info.name, kind, std::move(c->x), std::move(c->y), std::move(c->lower),
                                         std::move(c->upper)});
                }});
  }

  /// The outputs of each part of a list in R, one part for each name: "final" of the part "tanh-xavier" is called
  /// "tanh-xavier.final". `of_part` is an Outputs of the part, or is called with a part's index for one.
  template <class Parts, class OfPart>
  Outputs& each(const std::vector<std::string>& names, Parts parts, const OfPart& of_part) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if constexpr (std::is_invocable_v<const OfPart&, std::size_t>)
        part(names[i], i, parts, of_part(i));
      else
        part(names[i], i, parts, of_part);
    }
    return *this;
  }

  std::vector<OutputInfo> infos() const {
    std::vector<OutputInfo> list;
    for (const Output& output : outputs_) list.push_back(output.info);
    return list;
  }

  /// All of them, of one run.
  Result of(const R& r) const {
    Result result;
    for (const Output& output : outputs_) output.put(r, output.info, output.panel, result);
    return result;
  }

  struct Output {
    OutputInfo info;
    PanelInfo panel;
    std::function<void(const R&, const OutputInfo&, const PanelInfo&, Result&)> put;
  };
  const std::vector<Output>& list() const { return outputs_; }

 private:
  static std::vector<double> numbers_of(std::vector<double> numbers) { return numbers; }
  static std::vector<double> numbers_of(Curve curve) { return std::move(curve.y); }

  template <class T, class How>
  static auto had(const How& how, const R& r) {
    if constexpr (std::is_convertible_v<const How&, T>)
      return static_cast<T>(how);
    else
      return std::invoke(how, r);
  }

  OutputInfo info(OutputKind kind, std::string panel, std::string name, std::string meaning,
                  std::optional<Allowed> allowed) const {
    return {kind, std::move(panel), std::move(name), std::move(meaning), allowed ? std::move(*allowed) : otherwise_};
  }

  Outputs& add(Output output) {
    outputs_.push_back(std::move(output));
    return *this;
  }

  template <class Parts, class T>
  void part(const std::string& name, std::size_t index, Parts parts, const Outputs<T>& of_part) {
    for (const auto& output : of_part.list()) {
      OutputInfo info = output.info;
      if (info.is_curve())
        info.name = info.name.empty() ? name : info.name;
      else
        info.name = name + "." + info.name;
      add({std::move(info), output.panel,
           [index, parts, put = output.put](const R& r, const OutputInfo& i, const PanelInfo& at, Result& result) {
             const auto& all = std::invoke(parts, r);
             put(all.at(index), i, at, result);
           }});
    }
  }

  std::vector<Output> outputs_;
  Allowed otherwise_;
};

}  // namespace experiment
