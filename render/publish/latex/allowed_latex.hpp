// The LaTeX that chapters may use, told before anything runs; the theme's filter stands behind it, and lets nothing
// else through.
#pragma once

#include <filesystem>
#include <vector>

#include "manuscript/chapter.hpp"

namespace publish {

/// An error for each command and environment in the chapters that the theme's list does not name,
/// where it is first used; and for each that cannot stand where it does, because print could not
/// set it or the other formats would lose it.
std::vector<manuscript::Diagnostic> foreign_latex(const std::vector<manuscript::Chapter>& chapters,
                                                  const std::filesystem::path& theme);

/// Where in the sources a command or a character is first written, as a diagnostic shows it; empty when it stands
/// nowhere.
std::string place_of_text(const std::string& text, const std::vector<manuscript::Source>& sources);

}  // namespace publish
