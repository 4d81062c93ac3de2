// See panel_reference.hpp. Layout letters the panels likewise (plot/layout/reflow.cpp).
#include "manuscript/panel_reference.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace manuscript {
namespace {

constexpr std::size_t longest_letter = 2;  // more than 702 panels are on no paper

}  // namespace

std::string panel_letter(std::size_t panel) {
  std::string letter(1, static_cast<char>('a' + panel % 26));
  return panel < 26 ? letter : panel_letter(panel / 26 - 1) + letter;
}

std::string panel_letters(std::size_t panels) {
  return panels == 1 ? "the panel a" : fmt::format("the panels a to {}", panel_letter(panels - 1));
}

std::optional<std::size_t> PanelReference::panel() const {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  if (letter.empty() || letter.size() > longest_letter || !std::all_of(letter.begin(), letter.end(), is_small))
    return std::nullopt;
  std::size_t number = 0;
  for (const char c : letter) number = number * 26 + static_cast<std::size_t>(c - 'a') + 1;
  return number - 1;
}

std::optional<PanelReference> panel_reference(const std::string& target) {
  const std::size_t point = target.rfind('.');
  if (!target.starts_with("fig:") || point == std::string::npos) return std::nullopt;
  return PanelReference{target.substr(0, point), target.substr(point + 1)};
}

std::optional<PanelComplaint> wrong_panel(const PanelReference& reference, std::size_t panels) {
  if (panels <= 1)
    return PanelComplaint{fmt::format("'{}' has no panels with letters", reference.figure),
                          fmt::format("refer to all of it, as in @{}", reference.figure)};
  const auto panel = reference.panel();
  if (panel && *panel < panels) return std::nullopt;
  if (panel)
    return PanelComplaint{fmt::format("'{}' has no panel '{}'", reference.figure, reference.letter),
                          fmt::format("it has {}", panel_letters(panels))};
  return PanelComplaint{
      fmt::format("'{}' is not the letter of a panel", reference.letter),
      fmt::format("'{}' has {}, as in @{}.a", reference.figure, panel_letters(panels), reference.figure)};
}

}  // namespace manuscript
