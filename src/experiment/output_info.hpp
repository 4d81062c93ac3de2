// An output as users, claims and references know it.
#pragma once

#include <string>
#include <vector>

#include "experiment/allowed.hpp"
#include "experiment/series.hpp"

namespace experiment {

/// A sample is a function of a probability, its quantile; cells are one of a place's text.
enum class OutputKind { number, sequence, sample, cells, measured, theory, reference };

OutputKind kind_of(SeriesKind kind);

struct OutputInfo {
  OutputKind kind = OutputKind::number;
  std::string panel;    // of a curve: its title
  std::string name;     // "sigmoid-xavier.decades"; of a curve, its series' name
  std::string meaning;  // with the unit; of a curve, its panel's axes say it
  Allowed allowed;

  bool is_curve() const {
    return kind == OutputKind::measured || kind == OutputKind::theory || kind == OutputKind::reference;
  }
};

/// What is allowed to this output; where it is not declared, what is allowed to such.
Allowed allowed_for(const std::vector<OutputInfo>&, OutputKind kind, const std::string& panel, const std::string& name);

}  // namespace experiment
