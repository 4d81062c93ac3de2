// One thing of each item of a list.
#pragma once

#include <functional>
#include <type_traits>
#include <vector>

namespace experiments {

/// Of each item what `how` says: a member, or what a function of the item gives.
template <class Item, class How>
auto each_of(const std::vector<Item>& items, const How& how) {
  std::vector<std::decay_t<std::invoke_result_t<const How&, const Item&>>> all;
  for (const Item& item : items) all.push_back(std::invoke(how, item));
  return all;
}

}  // namespace experiments
