// yaml-cpp's nodes turned into ours, with places in the chapter.
#include "document/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <regex>

#include "document/utf8.hpp"

namespace document {
namespace {

// Aliases let a few lines stand for any amount; no directive needs more than this.
constexpr int most_nodes = 20000;
constexpr int deepest = 40;

/// A plain scalar by the core schema of YAML 1.2 (section 10.3.2).
Json resolve(const std::string& text) {
  static const std::regex integer("[-+]?[0-9]+");
  static const std::regex real("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (text == ".inf" || text == ".Inf" || text == ".INF" || text == "+.inf") return HUGE_VAL;
  if (text == "-.inf" || text == "-.Inf" || text == "-.INF") return -HUGE_VAL;
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return std::nan("");
  if (text.size() > 400) return text;
  if (std::regex_match(text, integer)) {
    std::int64_t value = 0;
    const char* begin = text.data() + (text[0] == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
    if (error == std::errc()) return value;
    return std::strtod(text.c_str(), nullptr);
  }
  if (std::regex_match(text, real)) return std::strtod(text.c_str(), nullptr);
  return text;
}

/// yaml-cpp's terse messages in words for authors.
std::string in_words(const std::string& message) {
  const std::pair<const char*, const char*> words[] = {
      {"illegal map value", "a ':' stands where none can; put text that holds ': ' in quotes"},
      {"end of map flow not found", "a '}' is missing"},
      {"end of sequence flow not found", "a ']' is missing"},
      {"end of map not found", "this line does not fit its neighbours: a 'key: value', or other indentation, is needed"},
      {"end of sequence not found", "this line does not fit the list above; check its indentation"},
      {"illegal block entry", "a '-' stands where no list can begin"},
      {"illegal flow end", "a closing bracket without an opening one"},
      {"illegal EOF in scalar", "a closing quote is missing"},
      {"illegal document indicator in scalar", "a closing quote is missing"},
      {"the referenced anchor is not defined", "this alias names an anchor that was not defined"},
      {"unknown token", "this character cannot begin a value; put the value in quotes"},
      {"unknown escape character: ", "an unknown escape in a quoted text"}};
  for (const auto& [theirs, ours] : words)
    if (message.rfind(theirs, 0) == 0) return ours;
  return message;
}

struct TooMuch {
  YAML::Mark mark;
};

class Reader {
 public:
  Reader(const Source& source, const std::string& text, const std::vector<int>& lines, const std::vector<int>& columns)
      : source_(source), text_(text), lines_(lines), columns_(columns) {
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      text_lines_.push_back(std::string_view(text).substr(at, end - at));
      at = end + 1;
    }
  }

  ParsedYaml run() {
    ParsedYaml parsed{{place_at(0, 0), std::vector<Entry>{}}, {}};
    if (find_tabs()) {
      parsed.errors = std::move(errors_);
      return parsed;
    }
    try {
      const YAML::Node root = YAML::Load(text_);
      if (root.IsMap())
        parsed.root = convert(root, 0);
      else if (root.IsDefined() && !root.IsNull())
        fail(place_of(root.Mark()), "a list of 'key: value' lines is needed here");
    } catch (const YAML::Exception& error) {
      fail(place_of(error.mark), "broken YAML: " + in_words(error.msg));
    } catch (const TooMuch& too_much) {
      fail(place_of(too_much.mark), "too much YAML: aliases stand for more than a directive can hold, or it is nested too deeply");
    }
    if (!errors_.empty()) parsed.root = {place_at(0, 0), std::vector<Entry>{}};
    parsed.errors = std::move(errors_);
    return parsed;
  }

 private:
  void fail(const Place& place, std::string message, std::string hint = "") {
    errors_.push_back(error_at(source_, place, std::move(message), std::move(hint)));
  }

  bool find_tabs() {
    for (std::size_t i = 0; i < text_lines_.size(); ++i) {
      const std::size_t indent = text_lines_[i].find_first_not_of(" \t");
      const std::size_t tab = text_lines_[i].find('\t');
      if (tab == std::string_view::npos || indent == std::string_view::npos || tab > indent) continue;
      fail(place_at(static_cast<int>(i), static_cast<int>(tab)), "a tab indents this line; YAML indents with spaces");
    }
    return !errors_.empty();
  }

  /// From a line and a byte in the YAML text to the place in the source.
  Place place_at(int line, int byte, int length = 1) const {
    if (lines_.empty()) return {source_.file, 0, 0, 1};
    const int index = std::clamp(line, 0, static_cast<int>(lines_.size()) - 1);
    const auto text = static_cast<std::size_t>(index) < text_lines_.size() ? text_lines_[index] : std::string_view();
    const int column = line > index ? count_code_points(text) : count_code_points(text.substr(0, static_cast<std::size_t>(std::max(byte, 0))));
    return {source_.file, lines_[index], columns_[index] + column + 1, std::max(length, 1)};
  }

  Place place_of(const YAML::Mark& mark, int length = 1) const {
    return mark.is_null() ? place_at(0, 0) : place_at(mark.line, mark.column, length);
  }

  /// How much of the line a scalar takes: its text, with quotes; 1 for block scalars.
  int scalar_length(const YAML::Node& node) const {
    const YAML::Mark mark = node.Mark();
    if (mark.is_null() || static_cast<std::size_t>(mark.line) >= text_lines_.size()) return 1;
    const auto line = text_lines_[mark.line];
    if (static_cast<std::size_t>(mark.column) >= line.size()) return 1;
    const auto rest = line.substr(mark.column);
    if (rest.starts_with(node.Scalar())) return count_code_points(node.Scalar());
    if (rest[0] != '"' && rest[0] != '\'') return 1;
    const std::size_t end = rest.find(rest[0], 1);
    return end == std::string_view::npos ? 1 : count_code_points(rest.substr(0, end + 1));
  }

  Node convert(const YAML::Node& node, int depth) {
    if (++nodes_ > most_nodes || depth > deepest) throw TooMuch{node.Mark()};
    if (node.IsSequence()) {
      std::vector<Node> list;
      for (const auto& item : node) list.push_back(convert(item, depth + 1));
      return {place_of(node.Mark()), std::move(list)};
    }
    if (node.IsMap()) {
      std::vector<Entry> entries;
      for (const auto& pair : node) entries.push_back(entry(pair.first, pair.second, entries, depth));
      return {place_of(node.Mark()), std::move(entries)};
    }
    if (!node.IsScalar()) return {place_of(node.Mark()), Json(nullptr)};
    const bool plain = node.Tag() == "?" || node.Tag().empty();
    return {place_of(node.Mark(), scalar_length(node)), plain ? resolve(node.Scalar()) : Json(node.Scalar())};
  }

  Entry entry(const YAML::Node& key, const YAML::Node& value, const std::vector<Entry>& before, int depth) {
    const Place place = place_of(key.Mark(), key.IsScalar() ? scalar_length(key) : 1);
    if (!key.IsScalar()) fail(place, "a key must be a name");
    const std::string name = key.IsScalar() ? key.Scalar() : "";
    for (const auto& e : before)
      if (e.key == name) fail(place, fmt::format("'{}' is given twice", name), fmt::format("first in line {}", e.key_place.line));
    Entry made{name, place, convert(value, depth + 1)};
    // A value that is not there has no place of its own.
    if (value.IsNull() && value.Mark().is_null()) made.value.place = place;
    return made;
  }

  const Source& source_;
  const std::string& text_;
  const std::vector<int>& lines_;
  const std::vector<int>& columns_;
  std::vector<std::string_view> text_lines_;
  std::vector<Diagnostic> errors_;
  int nodes_ = 0;
};

}  // namespace

Json Node::json() const {
  if (const auto* scalar = std::get_if<Json>(&content)) return *scalar;
  if (const auto* list = std::get_if<std::vector<Node>>(&content)) {
    Json json = Json::array();
    for (const auto& item : *list) json.push_back(item.json());
    return json;
  }
  Json json = Json::object();
  for (const auto& entry : std::get<std::vector<Entry>>(content)) json[entry.key] = entry.value.json();
  return json;
}

const Node& Node::at(const std::vector<std::string>& path) const {
  const Node* node = this;
  for (const auto& step : path) {
    const Node* next = nullptr;
    if (const auto* list = std::get_if<std::vector<Node>>(&node->content)) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
      if (error == std::errc() && index < list->size()) next = &(*list)[index];
    } else if (const auto* entries = std::get_if<std::vector<Entry>>(&node->content)) {
      for (const auto& e : *entries)
        if (e.key == step) next = &e.value;
    }
    if (!next) return *node;
    node = next;
  }
  return *node;
}

ParsedYaml parse_yaml(const Source& source, const std::string& text, const std::vector<int>& lines, const std::vector<int>& columns) {
  return Reader(source, text, lines, columns).run();
}

ParsedYaml parse_yaml(const Source& source) {
  const auto count = static_cast<std::size_t>(std::count(source.text.begin(), source.text.end(), '\n')) + 1;
  std::vector<int> lines(count), columns(count, 0);
  for (std::size_t i = 0; i < count; ++i) lines[i] = static_cast<int>(i) + 1;
  return Reader(source, source.text, lines, columns).run();
}

}  // namespace document
