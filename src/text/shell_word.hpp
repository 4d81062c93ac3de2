// A word of a command line that somebody will type or paste.
#pragma once

#include <string>

namespace text {

/// The word as a shell takes it: as it is where nothing in it means anything to a shell, else in quotes. One that
/// begins with '-' is quoted too, though that does not keep a program from taking it for an option.
std::string shell_word(const std::string& word);

}  // namespace text
