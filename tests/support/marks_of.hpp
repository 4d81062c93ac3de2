// The marks of a panel of one kind.
#pragma once

#include <variant>
#include <vector>

#include "plot/figure.hpp"

namespace support {

template <class M>
std::vector<M> marks_of(const plot::Panel& panel) {
  std::vector<M> found;
  for (const auto& mark : panel.marks)
    if (const M* m = std::get_if<M>(&mark)) found.push_back(*m);
  return found;
}

}  // namespace support
