// A program in a process of its own, and the pipes to it.
#pragma once

#include <sys/types.h>

#include "system/descriptor.hpp"
#include "system/process.hpp"

namespace sys {

struct Pipe {
  Descriptor read, write;
};

/// Throws std::system_error.
Pipe make_pipe();

/// A program under way. Whatever becomes of us, it does not outlive this; the system kills it when the thread that
/// started it ends.
class Child {
 public:
  /// Starts the command's program with these as its standard streams, in a process group of its own. Throws NoProgram,
  /// and std::system_error when the system refuses a process.
  Child(const Command& command, int input, int output, int errors);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  void kill_all() const;
  bool has_ended() const;

  /// Waits for its end; its exit status, or 128 + signal.
  int status();

  /// Whether something that it started is still there, after it had time to end: what a shell ran may need a moment.
  bool kill_what_is_left() const;

 private:
  pid_t number_;
  bool is_reaped_ = false;
};

}  // namespace sys
