// A program that stays, and is asked again and again.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "system/child.hpp"
#include "system/descriptor.hpp"
#include "system/process.hpp"
#include "system/stop_flag.hpp"

namespace sys {

/// The program reads questions from its standard input, each a line "KEY SIZE" and SIZE bytes, and prints each answer
/// in the same form with the question's key, on a line of its own. What it says besides, to either of its streams,
/// stands before the answer. A key is a hash of its question, which no text can hold that the question is made of.
class Conversation {
 public:
  /// Starts the program; what a command says of input, time and stopping does not count here. It ends with this, with
  /// the thread that called this, and with us. Throws NoProgram, and std::system_error.
  explicit Conversation(const Command& command);

  struct Answer {
    std::string text;
    std::string said;  // besides
  };

  /// None where the program has ended, took too long, was stopped, or answered in another form; it is then over.
  std::optional<Answer> ask(const std::string& question, std::chrono::milliseconds timeout, const StopFlag& stop);

  bool is_over() const { return is_over_; }

 private:
  bool send(const std::string& bytes);
  bool listen();

  Pipe streams_;  // both ways, of a socket: writing to one that has closed is then no signal
  Child child_;
  std::string heard_;
  bool is_over_ = false;
};

}  // namespace sys
