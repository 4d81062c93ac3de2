// Shows a build on standard error: on a terminal one line per experiment, elsewhere plain lines.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/runs/runner.hpp"

namespace cli {

class ProgressLine {
 public:
  ProgressLine(bool terminal, bool color, bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;  // two would draw over each other
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Takes what happens; events come one at a time.
  void operator()(const engine::Event& event);

  /// Takes the progress lines away, so that other text can be printed.
  void clear();

 private:
  struct Running {
    std::string figure, experiment;
    double done = 0, total = 0, seconds = 0;
  };
  void line(const std::string& text);
  void redraw(bool now);

  bool terminal_, color_, quiet_;
  std::vector<Running> running_;
  std::string waiting_;  // how what others do stands
  std::size_t shown_lines_ = 0;
  std::chrono::steady_clock::time_point last_{}, last_waiting_{};
};

/// "1.2 s", "3 min 20 s".
std::string duration_text(double seconds);

}  // namespace cli
