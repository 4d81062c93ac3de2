// What a program that works on somebody's text may touch: files that it was given, no other, and no network. By Linux's
// Landlock and seccomp, which need no privilege.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "system/descriptor.hpp"

namespace sys {

struct Confinement {
  std::vector<std::filesystem::path> readable;    // files and folders; programs, libraries and TeX are so anyway
  std::vector<std::filesystem::path> writable;    // folders
  std::uint64_t memory = std::uint64_t{4} << 30;  // bytes of data that it may hold
  std::uint64_t file = std::uint64_t{1} << 30;    // bytes of a file that it may write
  bool stays_in_group = false;                    // it cannot leave its process group, so that all of it can be ended
};

/// What this kernel lets us enforce.
struct Enforceable {
  long landlock = 0;     // its version; 0: files are not confined
  bool seccomp = false;  // no sockets
};
Enforceable enforceable_confinement();

/// A confinement made ready before a fork, so that the child only has to enter it.
class PreparedConfinement {
 public:
  /// `program` is the confined program as exec will look for it: where it lies is readable too.
  PreparedConfinement(const Confinement& confinement, const std::string& program);

  /// Confines the calling process and all that it starts, for good. Calls only what is allowed between fork and exec.
  /// What this kernel does not know is left out; false when it knows and refuses.
  bool enter() const;

 private:
  Confinement confinement_;
  Descriptor ruleset_;  // none where the kernel has no Landlock
};

}  // namespace sys
