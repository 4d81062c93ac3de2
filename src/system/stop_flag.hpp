// Whether somebody asked for an end.
#pragma once

#include <atomic>

namespace sys {

/// Thrown out of whatever takes long once an end was asked for.
struct Interrupted {};

/// A view of a flag that a signal's handler or another thread sets, and that must outlive it. One without a flag is
/// never set.
class StopFlag {
 public:
  StopFlag() = default;
  StopFlag(const std::atomic<bool>& flag) : flag_(&flag) {}

  bool is_set() const { return flag_ && *flag_; }
  void throw_if_set() const {
    if (is_set()) throw Interrupted{};
  }

 private:
  const std::atomic<bool>* flag_ = nullptr;
};

}  // namespace sys
