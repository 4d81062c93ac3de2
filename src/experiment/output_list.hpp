// Outputs without the type of what their run returns, which is known by its address: what an experiment's own file need
// not compile.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "experiment/output_info.hpp"

namespace experiment {

struct Result;

/// A curve over x; lower and upper are empty or as long as x and y.
struct Curve {
  std::vector<double> x, y, lower = {}, upper = {};
};

class OutputList {
 public:
  /// How an output is had of a run, or of a part of one.
  using Number = std::function<double(const void*)>;
  using Sequence = std::function<std::vector<double>(const void*)>;
  using MaybeCurve = std::function<std::optional<Curve>(const void*)>;
  /// From what a run returns to a part of it.
  using Part = std::function<const void*(const void*)>;

  explicit OutputList(Allowed otherwise);
  OutputList(const OutputList&);
  OutputList(OutputList&&) noexcept;
  OutputList& operator=(const OutputList&);
  OutputList& operator=(OutputList&&) noexcept;
  ~OutputList();

  void number(std::string_view name, std::string_view meaning, std::optional<Allowed> allowed, Number had);
  void sequence(std::string_view name, int first, std::string_view meaning, std::optional<Allowed> allowed,
                Sequence had);
  void curve(SeriesKind kind, const PanelInfo& panel, std::string_view name, std::optional<Allowed> allowed,
             MaybeCurve had);
  /// All outputs of a part that has this name.
  void part(const std::string& name, const Part& part, const OutputList& of_part);

  std::vector<OutputInfo> infos() const;

  /// Those of the curves, in the order of their first one.
  std::vector<PanelInfo> panels() const;

  /// Throws std::logic_error, naming the curve, when its columns have different lengths.
  Result of(const void* run) const;

 private:
  struct Output {
    OutputInfo info;
    std::vector<Part> way;                   // to the part that has it
    PanelInfo panel;                         // of a curve
    SeriesKind kind = SeriesKind::measured;  // of a curve
    int first = 0;                           // index of a sequence
    std::variant<Number, Sequence, MaybeCurve> had;
  };
  OutputInfo info(OutputKind kind, std::string_view panel, std::string_view name, std::string_view meaning,
                  std::optional<Allowed> allowed) const;
  static void put(const Output& output, const void* run, Result& result);

  std::vector<Output> outputs_;
  Allowed otherwise_;
};

}  // namespace experiment
