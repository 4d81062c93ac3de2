// yaml-cpp reads, as a stream of events; here they become nodes with places, and its complaints plain words.
#include "manuscript/yaml/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "manuscript/markdown/lines.hpp"
#include "manuscript/unicode.hpp"
#include "manuscript/yaml/yaml_complaint.hpp"
#include "manuscript/yaml/yaml_scalar.hpp"

namespace manuscript {
namespace {

constexpr int deepest = 64;
constexpr std::size_t most_copied = 1'000'000;  // nodes and bytes that aliases may add

std::vector<std::string_view> split_lines(const std::string& text) {
  std::vector<std::string_view> lines;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t feed = rest.find('\n');
    lines.push_back(rest.substr(0, feed));
    rest = feed == std::string_view::npos ? std::string_view() : rest.substr(feed + 1);
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

/// From a mark in the text parsed to the place in the source.
class Places {
 public:
  Places(const Source& source, const std::string& text, const std::vector<int>& lines, const std::vector<int>& columns)
      : source_(source), rows_(split_lines(text)), lines_(lines), columns_(columns) {}

  std::size_t rows() const { return rows_.size(); }
  std::string_view row(std::size_t k) const { return rows_[std::min(k, rows_.size() - 1)]; }

  /// yaml-cpp counts bytes from the line's beginning, and lines from 0.
  SourceLocation at(std::size_t row_number, std::size_t byte, std::size_t bytes = 1) const {
    const std::size_t k = std::min(row_number, rows_.size() - 1);
    const std::string_view text = rows_[k];
    byte = row_number > k ? text.size() : std::min(byte, text.size());
    if (k >= lines_.size()) return {source_.file, lines_.empty() ? 0 : lines_.back(), 1, 1};
    const int shift = k < columns_.size() ? columns_[k] : 0;
    return {source_.file, lines_[k], count_code_points(text.substr(0, byte)) + 1 + shift,
            std::max(count_code_points(text.substr(byte, bytes)), 1)};
  }
  SourceLocation at(const YAML::Mark& mark, std::size_t bytes = 1) const {
    if (mark.is_null()) return at(0, 0, bytes);
    return at(static_cast<std::size_t>(std::max(mark.line, 0)), static_cast<std::size_t>(std::max(mark.column, 0)),
              bytes);
  }

 private:
  const Source& source_;
  std::vector<std::string_view> rows_;
  const std::vector<int>& lines_;
  const std::vector<int>& columns_;
};

/// Thrown through yaml-cpp when the rest of the text cannot be read.
struct Stop {
  SourceLocation place;
  std::string message;
  std::string hint;
};

struct Size {
  std::size_t weight = 1;
  int depth = 1;
};

Size size_of(const YamlNode& node) {
  Size size;
  const auto add = [&](const YamlNode& child) {
    const Size inner = size_of(child);
    size.weight += inner.weight;
    size.depth = std::max(size.depth, inner.depth + 1);
  };
  if (const auto* list = node.items()) {
    for (const auto& child : *list) add(child);
  } else if (const auto* entries = node.entries()) {
    for (const auto& entry : *entries) {
      size.weight += entry.key.size();
      add(entry.value);
    }
  } else if (const auto& json = std::get<Json>(node.content); json.is_string()) {
    size.weight += json.get_ref<const std::string&>().size();
  }
  return size;
}

class Builder : public YAML::EventHandler {
 public:
  Builder(const Places& places, std::vector<Diagnostic>& errors, const Source& source)
      : places_(places), errors_(errors), source_(source) {}

  std::optional<YamlNode> root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  /// yaml-cpp gives empty values no mark of their own, and takes a line without a colon for a key without a value.
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node{places_.at(mark), Json(nullptr)};
    if (!open_.empty() && open_.back().entry) {
      node.place = open_.back().entry->key_place;
      check_colon(open_.back().key_mark, node.place);
    }
    add(std::move(node), anchor, mark, "");
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    if (tag == "!")
      check_quotes(static_cast<std::size_t>(std::max(mark.line, 0)),
                   static_cast<std::size_t>(std::max(mark.column, 0)));
    const std::string first_line = value.substr(0, value.find('\n'));
    YamlNode node{places_.at(mark, std::max<std::size_t>(first_line.size() + (tag == "!" ? 2 : 0), 1)),
                  scalar(mark, tag, value), value};
    add(std::move(node), anchor, mark, value);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end())
      throw Stop{places_.at(mark), "this alias stands inside of what it repeats",
                 "an alias repeats something that is complete"};
    const Size size = size_of(found->second);
    copied_ += size.weight;
    if (copied_ > most_copied) throw Stop{places_.at(mark), "the aliases repeat too much", ""};
    if (size.depth + static_cast<int>(open_.size()) > deepest) throw Stop{places_.at(mark), "nested too deeply", ""};
    YamlNode copy = found->second;
    copy.place = places_.at(mark);
    const Json* json = std::get_if<Json>(&copy.content);
    add(std::move(copy), 0, mark, json && json->is_string() ? json->get<std::string>() : "");
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin({places_.at(mark), std::vector<YamlNode>{}}, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin({places_.at(mark), std::vector<Entry>{}}, mark, tag, anchor);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    YAML::Mark mark;
    std::optional<Entry> entry;  // of a mapping, whose value is awaited
    YAML::Mark key_mark;
    std::map<std::string, int> lines;  // of the keys of a mapping
  };

  void fail(SourceLocation place, std::string message, std::string hint) {
    errors_.push_back(error_at(source_, std::move(place), std::move(message), std::move(hint)));
  }

  /// yaml-cpp takes quotes that are never closed, and turns "\alpha" into a bell and "lpha".
  void check_quotes(std::size_t row_number, std::size_t byte) const {
    const SourceLocation opening = places_.at(row_number, byte);
    const char quote = byte < places_.row(row_number).size() ? places_.row(row_number)[byte] : '\0';
    if (quote != '"' && quote != '\'') return;
    std::size_t at = byte + 1;
    for (std::size_t r = row_number; r < places_.rows(); ++r, at = 0) {
      const std::string_view row = places_.row(r);
      for (; at < row.size(); ++at) {
        const std::string_view rest = row.substr(at);
        if (quote == '"' && rest[0] == '\\') {
          if (is_mistaken_escape(rest.substr(1)))
            throw Stop{places_.at(r, at, 2), "in double quotes a backslash must be doubled",
                       "or put the text below 'name: |', where it stays as it is"};
          ++at;
        } else if (rest.starts_with("''") && quote == '\'') {
          ++at;
        } else if (rest[0] == quote) {
          return;
        }
      }
    }
    throw Stop{opening, "this quote is never closed", ""};
  }

  /// Control characters are never meant; a tab or line end is hardly, where it makes \theta or \nabla.
  static bool is_mistaken_escape(std::string_view after) {
    if (after.empty()) return false;
    const bool letter_follows = after.size() > 1 && std::isalpha(static_cast<unsigned char>(after[1]));
    if (after[0] == 't') return letter_follows;
    if (after[0] == 'n') return after.starts_with("nabla") || after.starts_with("neq");
    return std::string_view("abefrv0").find(after[0]) != std::string_view::npos;
  }

  /// A key that begins its line needs ": " after it.
  void check_colon(const YAML::Mark& key, const SourceLocation& place) const {
    const auto row_number = static_cast<std::size_t>(std::max(key.line, 0));
    const std::string_view row = places_.row(row_number);
    const std::size_t begin = std::min(static_cast<std::size_t>(std::max(key.column, 0)), row.size());
    if (row.substr(0, begin).find_first_not_of(' ') != std::string_view::npos) return;
    const std::size_t colon = row.find(':', begin);
    if (colon == std::string_view::npos) throw Stop{place, "this is no 'name: value' line", "as in: name: value"};
    const bool glued = colon + 1 < row.size() && row[colon + 1] != ' ' && row[colon + 1] != '\t';
    if (glued && row.find(": ", colon) == std::string_view::npos && !row.ends_with(':') && row[begin] != '"' &&
        row[begin] != '\'')
      throw Stop{places_.at(row_number, colon), "a space is missing after the colon", "as in: name: value"};
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag, std::initializer_list<const char*> known) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    for (const char* name : known)
      if (tag == std::string("tag:yaml.org,2002:") + name) return;
    throw Stop{places_.at(mark), fmt::format("the tag '{}' has no meaning here", tag), "remove it"};
  }

  Json scalar(const YAML::Mark& mark, const std::string& tag, const std::string& value) {
    check_tag(mark, tag, {"str", "int", "float", "bool", "null"});
    if (tag == "!" || tag.ends_with(":str")) return value;
    return plain_scalar(value);
  }

  void begin(YamlNode node, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    check_tag(mark, tag, {"seq", "map"});
    if (static_cast<int>(open_.size()) >= deepest) throw Stop{places_.at(mark), "nested too deeply", ""};
    open_.push_back({std::move(node), anchor, mark, std::nullopt, {}, {}});
  }

  void end() {
    Open done = std::move(open_.back());
    open_.pop_back();
    add(std::move(done.node), done.anchor, done.mark, std::nullopt);
  }

  /// A finished node goes to the container that is open; in a mapping it is a key and a value in turn.
  void add(YamlNode node, YAML::anchor_t anchor, const YAML::Mark& mark, const std::optional<std::string>& as_key) {
    if (anchor != 0) anchors_[anchor] = node;
    if (open_.empty()) {
      root = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (auto* list = std::get_if<std::vector<YamlNode>>(&parent.node.content)) {
      list->push_back(std::move(node));
    } else if (!parent.entry) {
      begin_entry(parent, node, mark, as_key);
    } else {
      parent.entry->value = std::move(node);
      std::get<std::vector<Entry>>(parent.node.content).push_back(std::move(*parent.entry));
      parent.entry.reset();
    }
  }

  void begin_entry(Open& parent, const YamlNode& node, const YAML::Mark& mark, const std::optional<std::string>& key) {
    if (!key) throw Stop{places_.at(mark), "a key must be plain text, not a list or a mapping", "as in: name: value"};
    const auto [known, is_new] = parent.lines.try_emplace(*key, node.place.line);
    if (!is_new)
      fail(node.place, fmt::format("'{}' is given twice", *key), fmt::format("first in line {}", known->second));
    parent.entry = Entry{*key, node.place, {}};
    parent.key_mark = mark;
  }

  const Places& places_;
  std::vector<Diagnostic>& errors_;
  const Source& source_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t copied_ = 0;
};

class Reading {
 public:
  Reading(const Source& source, const std::string& text, const std::vector<int>& lines, const std::vector<int>& columns)
      : source_(source),
        text_(text),
        places_(source, text, lines, columns),
        builder_(places_, parsed_.errors, source) {}

  ParsedYaml run() {
    find_tabs();
    if (parsed_.errors.empty()) parse();
    if (parsed_.errors.empty()) take_root();
    if (!parsed_.errors.empty()) parsed_.root = YamlNode{places_.at(0, 0), std::vector<Entry>{}};
    return std::move(parsed_);
  }

 private:
  void fail(SourceLocation place, std::string message, std::string hint) {
    parsed_.errors.push_back(error_at(source_, std::move(place), std::move(message), std::move(hint)));
  }

  void find_tabs() {
    for (const std::size_t row : rows_indented_by_tabs(text_))
      fail(places_.at(row, places_.row(row).find('\t')), "a tab in the indentation", "YAML is indented by spaces only");
  }

  void parse() {
    try {
      std::istringstream stream(text_);
      YAML::Parser parser(stream);
      if (!parser.HandleNextDocument(builder_)) return;
      std::optional<YamlNode> first = std::move(builder_.root);
      builder_.root.reset();
      if (parser.HandleNextDocument(builder_) && builder_.root && !is_null(*builder_.root))
        complain_of_second_document(builder_.root->place);
      builder_.root = std::move(first);
    } catch (const Stop& stop) {
      fail(stop.place, stop.message, stop.hint);
    } catch (const YAML::Exception& failure) {
      const auto row = static_cast<std::size_t>(std::max(failure.mark.line, 0));
      const auto byte = static_cast<std::size_t>(std::max(failure.mark.column, 0));
      const YamlComplaint complaint = plain_words(text_, row, byte, failure.msg);
      fail(places_.at(complaint.row, complaint.byte, complaint.bytes), complaint.message, complaint.hint);
    }
  }

  /// yaml-cpp also begins a new document where the first line is indented and a later one is not.
  void complain_of_second_document(const SourceLocation& place) {
    const bool marked = text_.starts_with("---") || text_.find("\n---") != std::string::npos;
    if (marked)
      fail(place, "a second YAML document begins here", "one document is enough: remove '---'");
    else
      fail(place, "this line is indented less than the first", "begin lines that belong together in the same column");
  }

  static bool is_null(const YamlNode& node) {
    const Json* json = std::get_if<Json>(&node.content);
    return json && json->is_null();
  }

  void take_root() {
    if (!builder_.root || is_null(*builder_.root)) {
      parsed_.root = YamlNode{places_.at(0, 0), std::vector<Entry>{}};
    } else if (std::holds_alternative<std::vector<Entry>>(builder_.root->content)) {
      parsed_.root = std::move(*builder_.root);
    } else {
      const std::string_view row = places_.row(0);
      const std::size_t colon = row.find(':');
      if (colon != std::string_view::npos && std::holds_alternative<Json>(builder_.root->content))
        fail(places_.at(0, colon), "a space is missing after the colon", "as in: name: value");
      else
        fail(builder_.root->place, "these are no 'name: value' lines", "as in: name: value");
    }
  }

  const Source& source_;
  const std::string& text_;
  Places places_;
  ParsedYaml parsed_;
  Builder builder_;
};

}  // namespace

Json YamlNode::json() const {
  if (const auto* scalar = std::get_if<Json>(&content)) return *scalar;
  if (const auto* list = items()) {
    Json array = Json::array();
    for (const auto& node : *list) array.push_back(node.json());
    return array;
  }
  Json object = Json::object();
  for (const auto& entry : std::get<std::vector<Entry>>(content)) object[entry.key] = entry.value.json();
  return object;
}

const YamlNode& YamlNode::at(const std::vector<std::string>& path) const {
  const YamlNode* node = this;
  for (const auto& step : path) {
    const YamlNode* next = nullptr;
    if (const auto* list = node->items()) {
      const bool is_index =
          !step.empty() && step.size() < 10 && step.find_first_not_of("0123456789") == std::string::npos;
      const std::size_t index = is_index ? std::stoul(step) : list->size();
      if (index < list->size()) next = &(*list)[index];
    } else if (const auto* entries = node->entries()) {
      const auto found = std::find_if(entries->begin(), entries->end(), [&](const Entry& e) { return e.key == step; });
      if (found != entries->end()) next = &found->value;
    }
    if (!next) return *node;
    node = next;
  }
  return *node;
}

ParsedYaml parse_yaml(const Source& source, const std::string& text, const std::vector<int>& lines,
                      const std::vector<int>& columns) {
  return Reading(source, text, lines, columns).run();
}

ParsedYaml parse_yaml(const Source& source) {
  const Lines lines(source);
  if (!lines.encoding_errors().empty())
    return {YamlNode{{source.file, 0, 0, 1}, std::vector<Entry>{}}, lines.encoding_errors()};
  std::vector<int> numbers(static_cast<std::size_t>(lines.count()));
  for (std::size_t k = 0; k < numbers.size(); ++k) numbers[k] = static_cast<int>(k) + 1;
  return parse_yaml(source, lines.text(), numbers, std::vector<int>(numbers.size(), 0));
}

}  // namespace manuscript
