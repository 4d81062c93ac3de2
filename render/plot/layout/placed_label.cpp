// Where a panel's labels were put, by what each is the label of: one drawing of a figure tells the next.
// See placed_label.hpp.
#include "plot/layout/placed_label.hpp"

#include <algorithm>

namespace plot {

bool is_of_level(const std::vector<Mark>& marks, const LabelRole& role) {
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return mark.index() == role.kind && std::holds_alternative<Contours>(mark);
  });
}

LabelRole role_of(const std::vector<Mark>& marks, std::size_t mark, double part) {
  const std::size_t kind = marks[mark].index();
  const auto before = marks.begin() + static_cast<std::ptrdiff_t>(mark);
  const auto same = std::count_if(marks.begin(), before, [kind](const Mark& other) { return other.index() == kind; });
  return {kind, static_cast<std::size_t>(same), part};
}

}  // namespace plot
