// What references and citations lead to, over all chapters.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "document/chapter.hpp"
#include "document/lines.hpp"

namespace document {
namespace {

constexpr std::size_t most_hints = 200;  // names that are looked for among all others; beyond, a chapter is rubbish

bool is_cross_reference(const std::string& target) {
  for (const char* prefix : {"fig:", "sec:", "eq:", "tbl:"})
    if (target.starts_with(prefix)) return true;
  return false;
}

/// The diagnostics of one chapter; its lines are found once, and only when there is a mistake.
class Complaints {
 public:
  Complaints(const Chapter& chapter, std::vector<Diagnostic>& errors) : chapter_(chapter), errors_(errors) {}

  void add(const Place& place, std::string message, std::string hint) {
    if (!lines_) lines_.emplace(chapter_.source);
    errors_.push_back(lines_->error(place, std::move(message), std::move(hint)));
  }

 private:
  const Chapter& chapter_;
  std::vector<Diagnostic>& errors_;
  std::optional<Lines> lines_;
};

/// All IDs that references may lead to; those used twice are errors.
class Labels {
 public:
  Labels(const std::vector<Chapter>& chapters, std::vector<Diagnostic>& errors) {
    for (const auto& chapter : chapters) {
      for (const auto& directive : chapter.directives) ids_in_text_.push_back({directive.id, directive.id_place});
      for (const auto& anchor : chapter.anchors) ids_in_text_.push_back({anchor.id, anchor.place});
      std::stable_sort(ids_in_text_.begin(), ids_in_text_.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second.line, a.second.column) < std::pair(b.second.line, b.second.column);
      });
      Complaints complaints(chapter, errors);
      for (const auto& [id, place] : ids_in_text_) add(complaints, id, place);
      ids_in_text_.clear();
    }
  }

  bool has(const std::string& id) const { return places_.count(id) > 0; }

  std::vector<std::string> all() const {
    std::vector<std::string> ids;
    for (const auto& [id, place] : places_)
      if (is_cross_reference(id)) ids.push_back(id);
    return ids;
  }

 private:
  void add(Complaints& complaints, const std::string& id, const Place& place) {
    const auto [first, is_new] = places_.emplace(id, place);
    if (!is_new)
      complaints.add(place, fmt::format("the ID '{}' is used twice", id),
                     fmt::format("first in {}:{}", first->second.file, first->second.line));
  }

  std::vector<std::pair<std::string, Place>> ids_in_text_;  // of one chapter
  std::map<std::string, Place> places_;
};

/// "did you mean", remembered by name.
class Hints {
 public:
  explicit Hints(std::vector<std::string> candidates) : candidates_(std::move(candidates)) {}

  std::string of(const std::string& name) {
    const auto known = hints_.find(name);
    if (known != hints_.end()) return known->second;
    if (hints_.size() >= most_hints) return "";
    return hints_.emplace(name, did_you_mean(name, candidates_)).first->second;
  }

 private:
  std::vector<std::string> candidates_;
  std::unordered_map<std::string, std::string> hints_;
};

}  // namespace

std::vector<Diagnostic> check_references(const std::vector<Chapter>& chapters, const std::vector<std::string>& citation_keys) {
  std::vector<Diagnostic> errors;
  const Labels labels(chapters, errors);
  const std::unordered_set<std::string> keys(citation_keys.begin(), citation_keys.end());
  Hints label_hints(labels.all()), key_hints(citation_keys);
  for (const auto& chapter : chapters) {
    Complaints complaints(chapter, errors);
    for (const auto& [target, place] : chapter.references) {
      if (is_cross_reference(target)) {
        if (labels.has(target)) continue;
        complaints.add(place, fmt::format("reference to '{}', which does not exist", target), label_hints.of(target));
      } else if (!keys.count(target)) {
        const std::string hint = key_hints.of(target);
        complaints.add(place, fmt::format("citation of '{}', which is not in the bibliography", target),
                       hint.empty() ? "text that is no citation is written \\@, or <https://...> for an address" : hint);
      }
    }
  }
  return errors;
}

}  // namespace document
