// What references and citations lead to, over all chapters.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "manuscript/chapter.hpp"
#include "manuscript/complaints.hpp"

namespace manuscript {
namespace {

bool is_cross_reference(const std::string& target) {
  for (const char* prefix : {"fig:", "sec:", "eq:", "tbl:"})
    if (target.starts_with(prefix)) return true;
  return false;
}

/// All IDs that references may lead to; those used twice are errors.
class Labels {
 public:
  Labels(const std::vector<Chapter>& chapters, std::vector<Diagnostic>& errors) {
    for (const auto& chapter : chapters) {
      for (const auto& directive : chapter.directives) ids_in_text_.push_back({directive.id, directive.id_place});
      for (const auto& anchor : chapter.anchors) {
        if (anchor.is_broken)
          broken_figures_.insert(anchor.id);
        else
          ids_in_text_.push_back({anchor.id, anchor.place});
      }
      std::stable_sort(ids_in_text_.begin(), ids_in_text_.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second.line, a.second.column) < std::pair(b.second.line, b.second.column);
      });
      Complaints complaints(chapter, errors);
      for (const auto& [id, place] : ids_in_text_) add(complaints, id, place);
      ids_in_text_.clear();
    }
  }

  bool has(const std::string& id) const { return places_.count(id) > 0 || broken_figures_.count(id) > 0; }

  /// The label that was meant: of the same kind with a name nearly the same, or the same name of another kind.
  std::string meant(const std::string& target) const {
    const std::size_t colon = target.find(':');
    const std::string kind = target.substr(0, colon + 1), name = target.substr(colon + 1);
    std::vector<std::string> names;
    for (const auto& [id, place] : places_)
      if (id.starts_with(kind)) names.push_back(id.substr(colon + 1));
    if (const std::string near = nearest(name, names); !near.empty()) return kind + near;
    for (const char* other : {"fig:", "sec:", "eq:", "tbl:"})
      if (places_.count(other + name)) return other + name;
    return "";
  }

 private:
  void add(Complaints& complaints, const std::string& id, const SourceLocation& place) {
    const auto [first, is_new] = places_.emplace(id, place);
    if (!is_new)
      complaints.add(place, fmt::format("the ID '{}' is used twice", id),
                     fmt::format("first in {}:{}", first->second.file, first->second.line));
  }

  std::vector<std::pair<std::string, SourceLocation>> ids_in_text_;  // of one chapter
  std::map<std::string, SourceLocation> places_;
  std::unordered_set<std::string> broken_figures_;
};

}  // namespace

std::vector<Diagnostic> check_references(const std::vector<Chapter>& chapters,
                                         const std::vector<std::string>& citation_keys) {
  std::vector<Diagnostic> errors;
  const Labels labels(chapters, errors);
  const std::unordered_set<std::string> keys(citation_keys.begin(), citation_keys.end());
  std::map<std::string, int> examples;  // in how many chapters each label stands
  for (const auto& chapter : chapters) {
    std::set<std::string> names;
    for (const auto& label : chapter.labels)
      if (label.kind == Label::Kind::example && label.form == Label::Form::definition) names.insert(label.name);
    for (const auto& name : names) ++examples[name];
  }
  Hints hints;
  for (const auto& chapter : chapters) {
    Complaints complaints(chapter, errors);
    for (const auto& reference : chapter.references) {
      const auto& target = reference.target;
      const auto& place = reference.place;
      if (is_cross_reference(target)) {
        if (labels.has(target)) continue;
        complaints.add(place, fmt::format("reference to '{}', which does not exist", target),
                       hints.of(target, [&] { return labels.meant(target); }));
      } else if (const auto example = examples.find(target); example != examples.end() && !keys.count(target)) {
        if (example->second > 1)
          complaints.add(place, fmt::format("several chapters have an example '{}', but not this one", target),
                         "give them labels of their own");
      } else if (!keys.count(target)) {
        const std::string hint = hints.of(target, [&] { return nearest(target, citation_keys); });
        complaints.add(
            place, fmt::format("citation of '{}', which is not in the bibliography", target),
            hint.empty() ? "text that is not a citation is written \\@, or <https://...> for an address" : hint);
      }
    }
  }
  check_labels(chapters, errors);
  check_links(chapters, citation_keys, errors);
  return errors;
}

}  // namespace manuscript
