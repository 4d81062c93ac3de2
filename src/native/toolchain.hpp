// What a document's experiments in C++ are compiled with: the options of this program, which its build wrote down, and
// the headers that lie beside it or were installed with it.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace native {

struct Toolchain {
  std::vector<std::string> compiler;           // the program, and words that $CXX may add to it
  std::filesystem::path compiler_file;         // where on PATH it lies
  std::vector<std::string> options;            // what is compiled behaves, and is called, as this program's own code
  std::vector<std::filesystem::path> folders;  // of headers, in order
};

/// Something that a compilation needs is not installed; the message names the Debian package.
struct Lacking : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// `root` is the generator's. Throws Lacking.
Toolchain read_toolchain(const std::filesystem::path& root);

/// The Debian package of a header that ours include and that another project's has ("Eigen/Core"); empty for others.
std::string package_of(const std::string& header);

}  // namespace native
