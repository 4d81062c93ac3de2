// Labels of notes, link addresses and examples. A label that several chapters define is renamed in a copy of each, to a
// name as long as its own.
#include <map>
#include <set>

#include "manuscript/complaints.hpp"
#include "manuscript/pandoc_text.hpp"
#include "manuscript/unicode.hpp"

namespace manuscript {
namespace {

using Kind = Label::Kind;
using Form = Label::Form;
using Key = std::pair<Kind, std::string>;

std::string shown_label(const Label& label) {
  if (label.kind == Kind::note) return "[^" + label.name + "]";
  return label.kind == Kind::link ? "[" + label.name + "]" : "(@" + label.name + ")";
}

/// How many chapters define each label.
std::map<Key, int> chapters_of(std::span<const Chapter> chapters) {
  std::map<Key, int> counts;
  for (const auto& chapter : chapters) {
    std::set<Key> own;
    for (const auto& label : chapter.labels)
      if (label.form == Form::definition) own.insert({label.kind, label.name});
    for (const auto& key : own) ++counts[key];
  }
  return counts;
}

class LabelCheck {
 public:
  LabelCheck(const Chapter& chapter, const std::map<Key, int>& everywhere, std::vector<Diagnostic>& errors)
      : chapter_(chapter), everywhere_(everywhere), complaints_(chapter, errors) {}

  void run() {
    std::set<Key> used;
    for (const auto& label : chapter_.labels) {
      if (label.form == Form::definition)
        define(label);
      else
        used.insert({label.kind, label.name});
    }
    for (const auto& label : chapter_.labels) {
      const Key key{label.kind, label.name};
      if (label.form == Form::definition && label.kind == Kind::note && !used.count(key))
        complaints_.add(
            label.place,
            fmt::format("nothing refers to the note {}, so that its text would be lost", shown_label(label)),
            "put its label where the note belongs");
      if (label.form != Form::definition && !defined_.count(key)) use(label, key);
    }
  }

 private:
  void define(const Label& label) {
    const auto [first, is_new] = defined_.try_emplace({label.kind, label.name}, label.place.line);
    if (!is_new)
      complaints_.add(label.place, fmt::format("the label {} is defined twice", shown_label(label)),
                      fmt::format("first in line {}", first->second));
  }

  void use(const Label& label, const Key& key) {
    const auto others = everywhere_.find(key);
    const bool elsewhere = others != everywhere_.end();
    if (label.kind == Kind::note) {
      const std::string hint =
          elsewhere ? "another chapter has one, but a note belongs to its chapter" : meant(label.name);
      complaints_.add(label.place, fmt::format("there is no note {}", shown_label(label)),
                      hint.empty() ? "text that is not a note is written \\[^" : hint);
    } else if (label.kind == Kind::link && label.form != Form::shortcut && elsewhere && others->second > 1) {
      complaints_.add(label.place, fmt::format("several chapters define {}, but not this one", shown_label(label)),
                      "define it here too");
    }
  }

  std::string meant(const std::string& name) const {
    std::vector<std::string> names;
    for (const auto& [key, line] : defined_)
      if (key.first == Kind::note && names.size() < most_hints) names.push_back(key.second);
    const std::string near = nearest(name, names);
    return near.empty() ? "" : fmt::format("did you mean [^{}]?", near);
  }

  const Chapter& chapter_;
  const std::map<Key, int>& everywhere_;
  Complaints complaints_;
  std::map<Key, int> defined_;  // and in which line
};

std::vector<Edit> renaming(const Chapter& chapter, const std::map<Key, int>& everywhere, std::size_t& number) {
  std::map<Key, std::string> names;
  for (const auto& label : chapter.labels) {
    if (label.form != Form::definition || everywhere.at({label.kind, label.name}) < 2) continue;
    std::string& name = names[{label.kind, label.name}];
    if (name.empty())
      name = name_of_number(++number,
                            label.kind == Kind::link ? 1 : static_cast<std::size_t>(count_code_points(label.name)));
  }
  std::vector<Edit> edits;
  for (const auto& label : chapter.labels)
    if (const auto name = names.find({label.kind, label.name}); name != names.end())
      edits.push_back({label.begin, label.end, label.form == Form::shortcut ? "[" + name->second + "]" : name->second});
  return edits;
}

}  // namespace

void check_labels(const std::vector<Chapter>& chapters, std::vector<Diagnostic>& errors) {
  const auto everywhere = chapters_of(chapters);
  for (const auto& chapter : chapters) LabelCheck(chapter, everywhere, errors).run();
}

std::vector<std::vector<Edit>> label_edits(std::span<const Chapter> chapters) {
  const auto everywhere = chapters_of(chapters);
  std::vector<std::vector<Edit>> edits;
  std::size_t number = 0;
  for (const auto& chapter : chapters) edits.push_back(renaming(chapter, everywhere, number));
  return edits;
}

}  // namespace manuscript
