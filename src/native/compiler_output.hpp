// What a compiler says, as diagnostics of ours.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "manuscript/diagnostic.hpp"

namespace native {

/// Whose files are told from others: an error in a header of the system's is told where the document's code asked for
/// what is wrong.
struct Reading {
  std::filesystem::path folder;  // in which the compiler was called
  std::string source;            // what it compiled, from there
  std::function<bool(const std::string& file)> is_foreign;
};

/// Errors and warnings, in the compiler's order (g++'s form, which Clang shares), with columns by bytes. Notes become
/// hints.
std::vector<manuscript::Diagnostic> complaints_in(const std::string& said, const Reading& reading);

}  // namespace native
