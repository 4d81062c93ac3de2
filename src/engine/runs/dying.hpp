// Experiments that die: by a signal, or by leaving the program. Code that did that may have damaged anything in memory,
// so that nothing goes on in this process. The program starts itself anew, with the results that are stored, and counts
// that run as failed.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engine {

/// From now on the death of what a Watched stands for is told by its name. `arguments` are the program's own, with
/// which it starts itself anew.
void watch_over_experiments(char** arguments);

/// Whether this is a program that started itself anew.
bool is_reborn();

/// How a run ended that ended a program before this one.
struct Death {
  std::string how;       // "died of signal 11 (Segmentation fault)"
  bool is_news = false;  // whether it was the last of these programs
};
std::optional<Death> death_of(const std::string& key);

/// What is about to run code of an experiment. With a key, its death fails that run only; without one it ends the
/// program.
class Watched {
 public:
  explicit Watched(const std::string& what, const std::string& key = "");

  /// This thread is at work on it until the end of the scope.
  class Here {
   public:
    explicit Here(const Watched& watched);
    Here(const Here&) = delete;
    Here& operator=(const Here&) = delete;
    ~Here();

   private:
    const Watched* before_;
  };

 private:
  friend struct LastWords;
  std::string what_;
  std::string record_;              // the variable by which the next program learns of the death
  std::size_t number_at_ = 0;       // where the signal's number stands in it
  std::vector<char*> environment_;  // with that variable last; empty where the program cannot start itself anew
};

}  // namespace engine
