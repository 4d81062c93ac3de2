// What an experiment gives, declared once, the mirror of Parameters: each number, sequence and curve with its name, its
// meaning and unit, how it is had from what a run returns, and how far it may differ from a reference and why. Data
// files, values and claims, `describe` and `check` are read off this declaration; so is a drawing, where an experiment
// has none of its own. An output is derived whenever it is asked for: a new one reruns nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "experiment/output_list.hpp"

namespace experiment {

/// The outputs of an experiment whose run returns an R, in the order in which they are declared. `how` is a member of
/// R, or anything that is called with an R: of a number it gives the number, of a sequence a list of numbers, of a
/// curve a Curve, or a std::optional of one that a run may be without. What is known without a run is given as it is.
template <class R>
class Outputs {
 public:
  /// To outputs that say nothing themselves, this is allowed.
  explicit Outputs(Allowed otherwise = {}) : list_(std::move(otherwise)) {}

  template <class How>
  Outputs& number(std::string_view name, How how, std::string_view meaning, std::optional<Allowed> allowed = {}) {
    list_.number(name, meaning, std::move(allowed),
                 [how](const void* r) { return static_cast<double>(had<double>(how, r)); });
    return *this;
  }

  /// Values of one integer index, from `first` on; of a curve, its y.
  template <class How>
  Outputs& sequence(std::string_view name, int first, How how, std::string_view meaning,
                    std::optional<Allowed> allowed = {}) {
    list_.sequence(name, first, meaning, std::move(allowed),
                   [how](const void* r) { return numbers_of(had<std::vector<double>>(how, r)); });
    return *this;
  }

  /// A curve of the figure, which the data file has in this panel. Below `each`, one without a name has that of its
  /// part.
  template <class How>
  Outputs& curve(SeriesKind kind, const PanelInfo& panel, std::string_view name, How how,
                 std::optional<Allowed> allowed = {}) {
    list_.curve(kind, panel, name, std::move(allowed),
                [how](const void* r) -> std::optional<Curve> { return had<Curve>(how, r); });
    return *this;
  }

  /// The outputs of each part of a list in R, one part for each name: "final" of the part "tanh-xavier" is called
  /// "tanh-xavier.final". `of_part` is an Outputs of the part, or is called with a part's index for one.
  template <class Parts, class OfPart>
  Outputs& each(const std::vector<std::string>& names, Parts parts, const OfPart& of_part) {
    static_assert(std::is_reference_v<std::invoke_result_t<Parts, const R&>>, "parts lie within what the run returns");
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto part = [parts, i](const void* r) -> const void* { return &std::invoke(parts, of(r)).at(i); };
      if constexpr (std::is_invocable_v<const OfPart&, std::size_t>)
        list_.part(names[i], part, of_part(i).list());
      else
        list_.part(names[i], part, of_part.list());
    }
    return *this;
  }

  std::vector<OutputInfo> infos() const { return list_.infos(); }

  const OutputList& list() const { return list_; }

 private:
  static const R& of(const void* r) { return *static_cast<const R*>(r); }

  static std::vector<double> numbers_of(std::vector<double> numbers) { return numbers; }
  static std::vector<double> numbers_of(Curve curve) { return std::move(curve.y); }

  template <class T, class How>
  static auto had(const How& how, const void* r) {
    if constexpr (std::is_convertible_v<const How&, T>)
      return static_cast<T>(how);
    else
      return std::invoke(how, of(r));
  }

  OutputList list_;
};

}  // namespace experiment
