// What parameters are required to be beyond single values: lists without repeats, ranges that ascend, trajectories that
// end.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "experiment/parameters.hpp"
#include "experiments/shared/labels.hpp"

namespace experiments {

/// wrong(p, x) of each element of a list says what is wrong with it, or nothing.
template <class P, class Wrong>
auto each_element(std::string parameter, std::vector<double> P::*list, Wrong wrong, std::string hint = "") {
  return [=](const P& p, std::vector<experiment::ParameterError>& errors) {
    for (std::size_t i = 0; i < (p.*list).size(); ++i)
      if (const std::string message = wrong(p, (p.*list)[i]); !message.empty())
        errors.push_back({{parameter, std::to_string(i)}, message, {}, {}, hint});
  };
}

template <class P>
auto distinct(std::string parameter, std::vector<double> P::*list) {
  return [=](const P& p, std::vector<experiment::ParameterError>& errors) {
    const auto& values = p.*list;
    for (auto x = values.begin(); x != values.end(); ++x)
      if (std::find(values.begin(), x, *x) != x)
        errors.push_back({{parameter, std::to_string(x - values.begin())}, in_full(*x) + " is listed twice"});
  };
}

/// As long as another list, and why.
template <class P>
auto as_long_as(std::string parameter, std::vector<double> P::*list, std::vector<double> P::*other, std::string why) {
  return [=](const P& p, std::vector<experiment::ParameterError>& errors) {
    const std::size_t length = (p.*list).size(), wanted = (p.*other).size();
    if (length != wanted)
      errors.push_back(
          {{parameter},
           fmt::format("parameter '{}' has {} elements; it takes {}, {}", parameter, length, wanted, why)});
  };
}

/// No trajectory may need more than a million steps to reach the horizon.
template <class P>
auto few_steps(std::string parameter, std::vector<double> P::*rates, double P::*horizon) {
  return each_element(std::move(parameter), rates, [=](const P& p, double eta) {
    return p.*horizon / eta <= 1e6
               ? ""
               : fmt::format("a learning rate of {} needs more than a million steps to reach the time {}", in_full(eta),
                             in_full(p.*horizon));
  });
}

/// A range from its first number to its second.
template <class P>
auto ascending(std::string parameter, std::vector<double> P::*range) {
  return [=](const P& p, std::vector<experiment::ParameterError>& errors) {
    const auto& [low, high] = std::pair{(p.*range)[0], (p.*range)[1]};
    if (low >= high)
      errors.push_back({{parameter},
                        fmt::format("parameter '{}' goes from {} to {}; the first must be the smaller", parameter,
                                    in_full(low), in_full(high))});
  };
}

}  // namespace experiments
