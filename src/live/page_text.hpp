// A page's text in the children of its <main>, and what of them differs from another state of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace live {

/// The children of the page's <main>, each with what stands before it. None where there is no such element, or where
/// its tags do not go together, so that a browser may see other children.
std::optional<std::vector<std::string_view>> children_of(std::string_view page);

/// Some children in the place of others.
struct TextChange {
  std::size_t before = 0;           // children, before the change
  std::size_t first = 0, last = 0;  // children that stay at the beginning and at the end
  std::size_t put = 0;              // children between them now
  std::string html;                 // of these
};

/// None where the pages cannot be compared by their children, or where more changed than is worth telling.
std::optional<TextChange> text_change(std::string_view before, std::string_view now);

}  // namespace live
