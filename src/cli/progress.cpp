// Progress lines; the block of running experiments is redrawn in place at most ten times a second.
#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace cli {

using engine::Event;

std::string duration_text(double seconds) {
  if (seconds < 0.0995) return fmt::format("{:.0f} ms", seconds * 1000);
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  if (seconds < 99.5) return fmt::format("{:.0f} s", seconds);
  const long whole = std::lround(seconds);
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

ProgressLine::ProgressLine(bool terminal, bool color, bool quiet) : terminal_(terminal), color_(color), quiet_(quiet) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::clear() {
  if (shown_lines_ > 0) fmt::print(stderr, "\033[{}A\033[J", shown_lines_);
  shown_lines_ = 0;
  std::fflush(stderr);
}

void ProgressLine::line(const std::string& text) {
  clear();
  fmt::print(stderr, "{}\n", text);
  redraw(true);
}

void ProgressLine::redraw(bool now) {
  if (!terminal_ || quiet_) return;
  const auto time = std::chrono::steady_clock::now();
  if (!now && time - last_ < std::chrono::milliseconds(100)) return;
  last_ = time;
  clear();
  for (const auto& r : running_) {
    const double part = r.total > 0 ? r.done / r.total : 0;
    const std::string left = part > 0.02 ? ", about " + duration_text(r.seconds * (1 - part) / part) + " left" : "";
    fmt::print(stderr, "  {:<28} {:3.0f} %  {}{}\n", r.figure, 100 * part, duration_text(r.seconds), left);
  }
  if (!waiting_.empty()) fmt::print(stderr, "  {}\n", waiting_);
  shown_lines_ = running_.size() + (waiting_.empty() ? 0 : 1);
  std::fflush(stderr);
}

void ProgressLine::operator()(const Event& event) {
  const auto same = [&](const Running& r) { return r.figure == event.figure; };
  const auto at = std::find_if(running_.begin(), running_.end(), same);
  const auto end = [&] {
    if (at != running_.end()) running_.erase(at);
  };
  const char* warning = color_ ? "\033[1;33mwarning:\033[0m" : "warning:";
  const char* error = color_ ? "\033[1;31merror:\033[0m" : "error:";
  switch (event.kind) {
    case Event::Kind::started:
      running_.push_back({event.figure, event.message});
      if (!quiet_ && !terminal_) line(fmt::format("running {} ({})", event.figure, event.message));
      return redraw(true);
    case Event::Kind::progress:
      if (at == running_.end()) return;
      at->done = event.done;
      at->total = event.total;
      at->seconds = event.seconds;
      return redraw(false);
    case Event::Kind::finished:
      end();
      if (!quiet_) line(fmt::format("ran {} in {}", event.figure, duration_text(event.seconds)));
      return;
    case Event::Kind::failed:
      end();
      return line(fmt::format("{} {}: {}", error, event.figure, event.message));
    case Event::Kind::warning:
      return line(fmt::format("{} {}{}{}", warning, event.figure, event.figure.empty() ? "" : ": ", event.message));
    case Event::Kind::waiting: {
      waiting_ = event.message;
      const auto now = std::chrono::steady_clock::now();
      if (terminal_ || quiet_ || now - last_waiting_ < std::chrono::seconds(30)) return redraw(false);
      last_waiting_ = now;
      return line(event.message);
    }
    case Event::Kind::note:
      if (!quiet_) line(event.message);
      return;
  }
}

}  // namespace cli
