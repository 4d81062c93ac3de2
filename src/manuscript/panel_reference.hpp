// References to a panel of a figure: "fig:bowl.b" is the second of fig:bowl.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace manuscript {

/// The letter of a figure's panel, counted from 0: a, b, ... z, aa, ab.
std::string panel_letter(std::size_t panel);

/// "the panels a to f", for messages; of at least one panel.
std::string panel_letters(std::size_t panels);

/// What a reference's target asks for, where it is that of a panel: "fig:bowl" and "b".
struct PanelReference {
  std::string figure, letter;

  /// Counted from 0; nothing where it is no panel's letter.
  std::optional<std::size_t> panel() const;
};

/// The target of a reference, taken apart at its last point. Nothing for what begins with no figure's ID.
std::optional<PanelReference> panel_reference(const std::string& target);

/// What is wrong with a reference to a panel of a figure that has so many, and what would be right.
struct PanelComplaint {
  std::string message, hint;
};

/// Nothing where the figure has this panel. A figure of one panel has no letter.
std::optional<PanelComplaint> wrong_panel(const PanelReference& reference, std::size_t panels);

}  // namespace manuscript
