// What of the metadata the driver itself uses, checked.
#include "report/metadata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>

#include "data/catalogue.hpp"

namespace report {
namespace {

using document::Node;

std::string text_of(const document::Json& json) {
  if (json.is_null()) return "";
  return json.is_string() ? json.get<std::string>() : json.dump();
}

/// A value for messages.
std::string shown(const document::Json& json) { return json.is_string() ? "'" + text_of(json) + "'" : json.dump(); }

bool is_day(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9})
    if (!std::isdigit(static_cast<unsigned char>(text[i]))) return false;
  const auto number = [&](std::size_t from, std::size_t length) { return std::stoi(text.substr(from, length)); };
  const std::chrono::month month(static_cast<unsigned>(number(5, 2)));
  return (std::chrono::year(number(0, 4)) / month / number(8, 2)).ok();
}

std::vector<std::string> texts_of(const document::Json& json) {
  std::vector<std::string> texts;
  if (!json.is_array()) return {text_of(json)};
  for (const auto& item : json) texts.push_back(text_of(item));
  return texts;
}

/// Fills the metadata from its mapping, key by key.
class Reader {
 public:
  explicit Reader(const document::Source& source) : source_(source) {}

  Metadata run() {
    auto parsed = document::parse_yaml(source_);
    metadata_.errors = std::move(parsed.errors);
    if (const auto* entries = std::get_if<std::vector<document::Entry>>(&parsed.root.content))
      for (const auto& entry : *entries) top(entry);
    return std::move(metadata_);
  }

 private:
  void fail(const document::Place& place, std::string message, std::string hint = "") {
    metadata_.errors.push_back(document::error_at(source_, place, std::move(message), std::move(hint)));
  }

  void top(const document::Entry& entry) {
    const auto json = entry.value.json();
    if (entry.key == "title") title(entry.value, json);
    if (entry.key == "date") date(entry.value, json);
    if (entry.key == "defaults") defaults(entry.value);
  }

  void title(const Node& node, const document::Json& json) {
    metadata_.title = text_of(json);
    if (json.is_structured()) fail(node.place, "the title must be text", "put it in quotes");
  }

  void date(const Node& node, const document::Json& json) {
    if (json.is_null()) return fail(node.place, "'date' has no value", "leave it out, or write a day such as 2026-01-31");
    metadata_.date = text_of(json);
    if (!is_day(metadata_.date))
      fail(node.place, fmt::format("the date must be a day such as 2026-01-31, but this is '{}'", metadata_.date));
  }

  void defaults(const Node& node) {
    const auto* entries = std::get_if<std::vector<document::Entry>>(&node.content);
    if (!entries) return fail(node.place, "'defaults' must be a mapping of dataset, seed and formats");
    for (const auto& entry : *entries) {
      const auto json = entry.value.json();
      if (entry.key == "dataset") {
        dataset(entry.value, json);
      } else if (entry.key == "seed") {
        if (json.is_number_integer() && (json.is_number_unsigned() || json.get<std::int64_t>() >= 0))
          metadata_.seed = json.get<std::uint64_t>();
        else
          fail(entry.value.place,
               fmt::format("the seed must be a whole number from 0 to 18446744073709551615, but this is {}", shown(json)));
      } else if (entry.key == "formats") {
        formats(entry.value, json);
      } else {
        fail(entry.key_place, fmt::format("unknown default '{}'; known are dataset, seed, formats", entry.key),
             document::did_you_mean(entry.key, {"dataset", "seed", "formats"}));
      }
    }
  }

  void dataset(const Node& node, const document::Json& json) {
    metadata_.dataset = text_of(json);
    std::vector<std::string> known{"auto"};
    for (const auto& set : data::catalogue()) known.push_back(set.name);
    if (!json.is_string() || std::find(known.begin(), known.end(), metadata_.dataset) == known.end())
      fail(node.place, fmt::format("unknown data set {}; known are {}", shown(json), fmt::join(known, ", ")),
           document::did_you_mean(metadata_.dataset, known));
  }

  void formats(const Node& node, const document::Json& json) {
    if (json.is_object() || json.is_null() || (json.is_array() && json.empty()))
      return fail(node.place, fmt::format("'formats' must be a list of at least one of {}", fmt::join(known_formats(), ", ")),
                  "as in: formats: [pdf, html]");
    metadata_.formats = texts_of(json);
    for (std::size_t i = 0; i < metadata_.formats.size(); ++i) {
      const auto& format = metadata_.formats[i];
      if (std::find(known_formats().begin(), known_formats().end(), format) == known_formats().end())
        fail(node.at({std::to_string(i)}).place,
             fmt::format("unknown format '{}'; known are {}", format, fmt::join(known_formats(), ", ")),
             document::did_you_mean(format, known_formats()));
    }
  }

  const document::Source& source_;
  Metadata metadata_;
};

}  // namespace

const std::vector<std::string>& known_formats() {
  static const std::vector<std::string> formats{"pdf", "html", "epub", "docx", "json"};
  return formats;
}

Metadata read_metadata(const document::Source& source) { return Reader(source).run(); }

}  // namespace report
