// Where links within the report lead: IDs that stand in the text, and those that Pandoc gives to
// headings.
#include <algorithm>
#include <unordered_set>

#include "manuscript/complaints.hpp"
#include "manuscript/markdown/identifier.hpp"

namespace manuscript {
namespace {

/// "./02.md#a" as file and ID.
struct Address {
  std::string file, id;
};

Address address_of(const std::string& target) {
  const std::size_t mark = std::min(target.find('#'), target.size());
  std::string file = target.substr(0, mark);
  while (file.starts_with("./")) file.erase(0, 2);
  return {std::move(file), mark < target.size() ? target.substr(mark + 1) : ""};
}

class Targets {
 public:
  explicit Targets(const std::vector<Chapter>& chapters) : chapters_(chapters) {
    Identifiers identifiers;
    for (const auto& chapter : chapters) {
      std::vector<std::string> ids;
      for (const auto& heading : chapter.headings) {
        if (heading.has_own_id) identifiers.take(heading.id);
        ids.push_back(heading.has_own_id ? heading.id : identifiers.give(heading.id));
      }
      all_.insert(ids.begin(), ids.end());
      for (const auto& anchor : chapter.anchors) all_.insert(anchor.id);
      for (const auto* kind : {&chapter.directives, &chapter.tables})
        for (const auto& directive : *kind) all_.insert(directive.id);
      headings_.push_back(std::move(ids));
    }
  }

  void add(std::string id) { all_.insert(std::move(id)); }
  bool has(const std::string& id) const { return all_.count(id) > 0; }
  std::vector<std::string> names() const { return {all_.begin(), all_.end()}; }

  /// The ID that the words of a chapter's heading got instead, because another chapter has the
  /// same; else empty.
  std::string renamed_in(std::size_t chapter, const std::string& id) const {
    const auto& headings = chapters_[chapter].headings;
    for (std::size_t k = 0; k < headings.size(); ++k) {
      if (headings_[chapter][k] == id) return "";
      if (!headings[k].has_own_id && headings[k].id == id) return headings_[chapter][k];
    }
    return "";
  }

  std::size_t chapter(const std::string& file) const {
    const auto found = std::find_if(chapters_.begin(), chapters_.end(),
                                    [&](const Chapter& c) { return without_folders(c.source.file) == file; });
    return static_cast<std::size_t>(found - chapters_.begin());
  }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& chapter : chapters_) names.push_back(without_folders(chapter.source.file));
    return names;
  }

  /// What an ID of a chapter is in the whole document; the chapter's beginning without one. Empty
  /// when there is none.
  std::string resolved(std::size_t chapter, const std::string& id) const {
    const Chapter& c = chapters_[chapter];
    const auto& ids = headings_[chapter];
    if (id.empty()) return ids.empty() ? c.anchors.empty() ? "" : c.anchors.front().id : ids.front();
    const auto is_it = [&](const auto& item) { return item.id == id; };
    if (std::any_of(c.anchors.begin(), c.anchors.end(), is_it) ||
        std::any_of(c.directives.begin(), c.directives.end(), is_it) ||
        std::any_of(c.tables.begin(), c.tables.end(), is_it))
      return id;
    for (std::size_t k = 0; k < ids.size(); ++k)
      if (c.headings[k].id == id) return ids[k];
    return std::count(ids.begin(), ids.end(), id) > 0 ? id : "";
  }

 private:
  const std::vector<Chapter>& chapters_;
  std::vector<std::vector<std::string>> headings_;  // their IDs in the document, by chapter
  std::unordered_set<std::string> all_;
};

class TargetCheck {
 public:
  TargetCheck(const std::vector<Chapter>& chapters, const std::vector<std::string>& keys,
              std::vector<Diagnostic>& errors)
      : chapters_(chapters), errors_(errors), targets_(chapters) {
    if (!keys.empty()) targets_.add("refs");
    for (const auto& key : keys) targets_.add("ref-" + key);
  }

  void run() {
    for (std::size_t k = 0; k < chapters_.size(); ++k) {
      Complaints complaints(chapters_[k], errors_);
      for (const auto& link : chapters_[k].links) {
        const Address address = address_of(link.target);
        if (address.file.empty())
          within(k, link, address.id, complaints);
        else
          to_chapter(link, address, complaints);
      }
    }
  }

 private:
  void within(std::size_t chapter, const Link& link, const std::string& id, Complaints& complaints) {
    if (!targets_.has(id))
      return complaints.add(link.place, fmt::format("link to '#{}', which does not exist", id),
                            hints_.of(id, [&] { return nearest(id, targets_.names()); }));
    if (const std::string own = targets_.renamed_in(chapter, id); !own.empty())
      complaints.add(link.place,
                     fmt::format("'#{}' is the heading of another chapter, and this one's is '#{}'", id, own),
                     "give the heading an ID of its own, as in: # Title {#sec:name}");
  }

  void to_chapter(const Link& link, const Address& address, Complaints& complaints) {
    const std::size_t chapter = targets_.chapter(address.file);
    if (chapter == chapters_.size())
      complaints.add(link.place, fmt::format("link to '{}', which is not a chapter", address.file),
                     hints_.of(address.file, [&] { return nearest(without_folders(address.file), targets_.files()); }));
    else if (targets_.resolved(chapter, address.id).empty())
      complaints.add(link.place,
                     address.id.empty()
                         ? fmt::format("link to '{}', which has no heading to lead to", address.file)
                         : fmt::format("link to '#{}', which does not exist in '{}'", address.id, address.file),
                     "");
  }

  const std::vector<Chapter>& chapters_;
  std::vector<Diagnostic>& errors_;
  Targets targets_;
  Hints hints_;
};

}  // namespace

void check_links(const std::vector<Chapter>& chapters, const std::vector<std::string>& citation_keys,
                 std::vector<Diagnostic>& errors) {
  TargetCheck(chapters, citation_keys, errors).run();
}

std::map<std::string, std::string> chapter_links(const std::vector<Chapter>& chapters) {
  std::map<std::string, std::string> leads;
  const Targets targets(chapters);
  for (const auto& chapter : chapters)
    for (const auto& link : chapter.links) {
      const Address address = address_of(link.target);
      if (address.file.empty()) continue;
      const std::size_t to = targets.chapter(address.file);
      if (to < chapters.size()) leads[link.target] = targets.resolved(to, address.id);
    }
  return leads;
}

}  // namespace manuscript
