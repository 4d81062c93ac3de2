// What is wrong with one chapter when all are looked at together.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "manuscript/chapter.hpp"
#include "manuscript/markdown/lines.hpp"

namespace manuscript {

constexpr std::size_t most_complaints = 1000;  // of one chapter
constexpr std::size_t most_hints = 200;  // names that are looked for among all others; beyond, a chapter is rubbish

/// The diagnostics of one chapter; its lines are found once, and only when there is a mistake.
class Complaints {
 public:
  Complaints(const Chapter& chapter, std::vector<Diagnostic>& errors) : chapter_(chapter), errors_(errors) {}

  void add(const SourceLocation& place, std::string message, std::string hint) {
    if (++count_ > most_complaints) return;
    if (count_ == most_complaints) {
      errors_.push_back({Severity::error,
                         {chapter_.source.file, 0, 0, 1},
                         "there are more references that lead nowhere; not all are listed",
                         "",
                         ""});
      return;
    }
    if (!lines_) lines_.emplace(chapter_.source);
    errors_.push_back(lines_->error(place, std::move(message), std::move(hint)));
  }

 private:
  const Chapter& chapter_;
  std::vector<Diagnostic>& errors_;
  std::optional<Lines> lines_;
  std::size_t count_ = 0;
};

/// "did you mean", remembered by name.
class Hints {
 public:
  template <typename Search>
  std::string of(const std::string& name, Search search) {
    const auto known = hints_.find(name);
    if (known != hints_.end()) return known->second;
    if (hints_.size() >= most_hints) return "";
    const std::string meant = search();
    return hints_.emplace(name, meant.empty() ? "" : fmt::format("did you mean '{}'?", meant)).first->second;
  }

 private:
  std::unordered_map<std::string, std::string> hints_;
};

/// Labels that are defined twice, or not, or for nothing (labels.cpp).
void check_labels(const std::vector<Chapter>& chapters, std::vector<Diagnostic>& errors);

/// Links within the report that lead nowhere (targets.cpp).
void check_links(const std::vector<Chapter>& chapters, const std::vector<std::string>& citation_keys,
                 std::vector<Diagnostic>& errors);

}  // namespace manuscript
