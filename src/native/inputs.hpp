// The files that a compilation read. They are known from the last one of the same command, and it is known by their
// content: what is compiled stays as it is while that stands, wherever the files lie and whatever leads to them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace native {

class Inputs {
 public:
  /// Of the command of this key, given in this folder.
  Inputs(const store::Store& store, std::string key, std::filesystem::path folder);

  /// The hash of the key, the files' names and their content as it is now. None when the command is not known.
  std::optional<std::string> hash();

  /// These were read by a compilation that began at a time (now_ns). None, and nothing is kept, when one of them was
  /// changed after that. Throws FileError.
  std::optional<std::string> put(const std::vector<std::string>& names, std::int64_t began);

  /// Names as the compiler told them, in order; once they are known.
  std::vector<std::string> names() const;

  static std::int64_t now_ns();

 private:
  struct Known {
    std::string stamp, sha256;
  };

  void read();
  std::string hash_of_files();
  void save() const;

  const store::Store& store_;
  const std::string key_;
  const std::filesystem::path folder_;
  std::map<std::string, Known> files_;
};

/// The files in what a compiler writes with -MD, a makefile's rule.
std::vector<std::string> names_in_rule(const std::string& rule);

}  // namespace native
