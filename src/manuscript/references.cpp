// What references and citations lead to, over all chapters.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "manuscript/chapter.hpp"
#include "manuscript/complaints.hpp"
#include "manuscript/panel_reference.hpp"

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
      for (const auto* kind : {&chapter.directives, &chapter.tables})
        for (const auto& directive : *kind) ids_in_text_.push_back({directive.id, directive.id_place});
      for (const auto& directive : chapter.directives) computed_.insert(directive.id);
      for (const auto& anchor : chapter.anchors) {
        if (anchor.is_broken)
          broken_figures_.insert(anchor.id);
        else if (!anchor.within.empty())
          ++pictures_[anchor.within];
        if (!anchor.is_broken) ids_in_text_.push_back({anchor.id, anchor.place});
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

  /// Of a figure that the text has: what is wrong with a reference to a panel of it, if anything is. How many panels a
  /// computed figure has is for others to say.
  std::optional<PanelComplaint> wrong_panel_of(const PanelReference& reference) const {
    if (broken_figures_.contains(reference.figure)) return std::nullopt;
    if (computed_.contains(reference.figure)) return std::nullopt;
    const auto pictures = pictures_.find(reference.figure);
    return wrong_panel(reference, pictures == pictures_.end() ? 1 : pictures->second);
  }

  /// The label that was meant by the key of a citation: "map" and "fig-map" for "fig:map".
  std::string meant_by_key(const std::string& key) const {
    for (const std::string kind : {"fig", "sec", "eq", "tbl"}) {
      const std::string name = key.starts_with(kind + "-") ? key.substr(kind.size() + 1) : key;
      if (places_.count(kind + ":" + name)) return kind + ":" + name;
    }
    return "";
  }

  /// What would be right where only the ID without its kind is there: "#map" for "fig:map".
  std::string unnumbered(const std::string& target) const {
    const std::string name = target.substr(target.find(':') + 1);
    return places_.count(name) ? fmt::format("'#{}' has no number; with the ID '#{}' it gets one", name, target) : "";
  }

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
  std::unordered_set<std::string> broken_figures_, computed_;
  std::unordered_map<std::string, std::size_t> pictures_;  // with IDs, within a division that is a figure
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
        if (const auto panel = panel_reference(target); panel && labels.has(panel->figure)) {
          if (const auto wrong = labels.wrong_panel_of(*panel)) complaints.add(place, wrong->message, wrong->hint);
          continue;
        }
        const std::string unnumbered = labels.unnumbered(target);
        complaints.add(place, fmt::format("reference to '{}', which does not exist", target),
                       unnumbered.empty() ? hints.of(target, [&] { return labels.meant(target); }) : unnumbered);
      } else if (const auto example = examples.find(target); example != examples.end() && !keys.count(target)) {
        if (example->second > 1)
          complaints.add(place, fmt::format("several chapters have an example '{}', but not this one", target),
                         "give them labels of their own");
      } else if (!keys.count(target)) {
        const std::string hint = hints.of(target, [&] {
          const std::string label = labels.meant_by_key(target);
          return label.empty() ? nearest(target, citation_keys) : label;
        });
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
