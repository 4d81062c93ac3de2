// From an experiment's source to a shared object that this program can load, and the fingerprint of its run.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "manuscript/diagnostic.hpp"
#include "native/inputs.hpp"
#include "native/toolchain.hpp"
#include "store/store.hpp"

namespace native {

struct Compiled {
  std::string object;                              // a shared object's bytes; empty when there are errors
  std::string code;                                // fingerprint of the run and of all that it reaches
  std::vector<manuscript::Diagnostic> complaints;  // of the compiler
  std::vector<std::filesystem::path> included;     // with the source itself; without what is the system's and ours
};

class Compiler {
 public:
  /// `root` is the generator's folder. Throws Lacking.
  Compiler(const std::filesystem::path& root, std::filesystem::path document, const store::Store& store);

  /// What was compiled of this source, while all that the compiler read stands as it is.
  std::optional<Compiled> known(const std::filesystem::path& source) const;

  /// Compiles what all experiments include, once for all of them, where that was not done. Other processes that do the
  /// same are waited for.
  void prepare();

  /// Compiles, and keeps what is right. Several threads may compile at the same time once it is prepared. Throws
  /// Lacking and FileError.
  Compiled compile(const std::filesystem::path& source) const;

 private:
  std::filesystem::path header() const;
  std::vector<std::string> command(const std::vector<std::string>& more) const;
  std::string key_of(const std::filesystem::path& source) const;
  std::optional<std::string> headers_hash() const;
  void compile_headers();
  bool is_foreign(const std::string& file) const;
  std::vector<std::filesystem::path> included(const Inputs& inputs) const;
  std::vector<std::filesystem::path> included_in_vain(const std::filesystem::path& source,
                                                      const std::vector<manuscript::Diagnostic>& complaints,
                                                      const std::filesystem::path& temporary) const;
  std::vector<std::string> read_by_compiler(const std::filesystem::path& rule) const;
  Compiled finished(const std::filesystem::path& object, const std::filesystem::path& shared) const;

  const Toolchain chain_;
  const std::filesystem::path root_, document_;
  const store::Store& store_;
  std::string headers_;  // hash of what they are compiled from; empty: they could not be compiled
};

}  // namespace native
