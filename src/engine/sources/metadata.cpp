// Mappings are read key by key. Texts go on as they are written: what looks like a number or a truth is text all the
// same.
#include "engine/sources/metadata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "data/catalogue.hpp"
#include "engine/sources/license.hpp"
#include "engine/sources/metadata_form.hpp"
#include "manuscript/markdown/lines.hpp"
#include "manuscript/markdown/source_text.hpp"
#include "manuscript/pandoc_text.hpp"
#include "publish/formats.hpp"
#include "text/characters.hpp"

namespace engine {
namespace {

using manuscript::Entry;
using manuscript::Json;
using manuscript::YamlNode;

bool is_nothing(const YamlNode& node) {
  const Json* json = std::get_if<Json>(&node.content);
  return json && json->is_null();
}

bool is_text(const YamlNode& node) { return std::holds_alternative<Json>(node.content) && !is_nothing(node); }

/// A value for messages.
std::string shown(const Json& json) { return json.is_string() ? "'" + json.get<std::string>() + "'" : json.dump(); }

/// The value with all scalars as they are written.
Json written(const YamlNode& node) {
  if (const auto* items = node.items()) {
    Json list = Json::array();
    for (const auto& item : *items) list.push_back(written(item));
    return list;
  }
  if (const auto* entries = node.entries()) {
    Json object = Json::object();
    for (const auto& entry : *entries) object[entry.key] = written(entry.value);
    return object;
  }
  return is_nothing(node) ? Json(nullptr) : Json(node.text);
}

std::vector<std::string> names_of_keys() {
  std::vector<std::string> names;
  for (const auto& key : known_keys()) names.push_back(key.name);
  return names;
}

/// Who gave a key first, and what.
struct Given {
  Json value;
  manuscript::SourceLocation place;
};

/// Adds what one mapping gives to the metadata.
class MappingReader {
 public:
  MappingReader(const manuscript::Source& source, int first_line, int last_line, std::map<std::string, Given>& given,
                Metadata& metadata)
      : source_(source),
        lines_(source),
        first_line_(first_line),
        shifts_(static_cast<std::size_t>(std::max((last_line > 0 ? last_line : lines_.count()) - first_line + 1, 0)),
                0),
        given_(given),
        metadata_(metadata) {}

  void read(const YamlNode& root) {
    const auto* entries = root.entries();
    if (!entries) return;
    for (const auto& entry : *entries) check_key(entry);
    for (const auto& key : known_keys())
      for (const auto& entry : *entries)
        if (entry.key == key.name) take(entry, key.form);
  }

 private:
  void fail(const manuscript::SourceLocation& place, std::string message, std::string hint = "") {
    metadata_.errors.push_back(manuscript::error_at(source_, place, std::move(message), std::move(hint)));
  }

  void check_key(const Entry& entry) {
    const auto names = names_of_keys();
    if (std::find(names.begin(), names.end(), entry.key) != names.end()) return;
    if (is_refused_key(entry.key))
      return fail(entry.key_place,
                  fmt::format("'{}' cannot be given: metadata names no files and brings no code", entry.key),
                  "docs/security.md says what it may");
    const std::string meant = manuscript::did_you_mean(entry.key, names);
    fail(entry.key_place, fmt::format("unknown key '{}'", entry.key),
         meant.empty() ? "docs/authoring.md lists those that exist" : meant);
  }

  /// What was given before stands; that another value does not count is told.
  bool is_given(const Entry& entry) {
    const auto [first, is_new] = given_.try_emplace(entry.key, Given{written(entry.value), entry.key_place});
    if (is_new) return false;
    if (first->second.value != written(entry.value)) {
      auto clash = manuscript::error_at(source_, entry.key_place,
                                        fmt::format("this '{}' does not count: {}:{} gives another", entry.key,
                                                    first->second.place.file, first->second.place.line),
                                        "remove one of the two");
      clash.severity = manuscript::Severity::warning;
      metadata_.warnings.push_back(std::move(clash));
    }
    return true;
  }

  void take(const Entry& entry, Form form) {
    if (is_given(entry)) return;
    if (is_nothing(entry.value)) {
      fail(entry.key_place, fmt::format("'{}' has no value", entry.key),
           form == Form::date ? "leave it out, or write a day such as 2026-01-31"
                              : "leave it out, or put the text in quotes");
      return;
    }
    switch (form) {
      case Form::line:
        return add(entry, form, line(entry.value, entry.key));
      case Form::lines:
        return add(entry, form, lines(entry.value, entry.key));
      case Form::blocks:
        return add(entry, form, blocks(entry.value, entry.key));
      case Form::authors:
        return add(entry, form, authors(entry.value));
      case Form::sources:
        return add(entry, form, sources(entry.value));
      case Form::license:
        return license(entry);
      case Form::picture:
        return picture(entry);
      case Form::defaults:
        return defaults(entry.value);
      case Form::truth:
        return truth(entry);
      case Form::layout:
        for (auto& fault : read_layout(entry, source_, {metadata_.layout, metadata_.looks, metadata_.csl}))
          fail(fault.place, std::move(fault.message), std::move(fault.hint));
        if (entry.key == "draft" && metadata_.layout.is_draft) metadata_.draft = entry.key_place;
        return;
      default:
        return word(entry, form);
    }
  }

  void add(const Entry& entry, Form form, Json value) {
    metadata_.fields.push_back({{"key", entry.key}, {"form", name_of(form)}, {"value", std::move(value)}});
  }

  // ---------------------------------------------------------------------------------------------------------------
  // texts

  std::string text(const YamlNode& node, const std::string& name) {
    if (is_text(node)) return node.text;
    fail(node.place, is_nothing(node) ? fmt::format("'{}' has no value", name) : fmt::format("'{}' must be text", name),
         "put it in quotes");
    return "";
  }

  Json line(const YamlNode& node, const std::string& name) {
    const std::string words(text::trimmed(text(node, name)));
    if (words.empty()) return "";
    if (words.find("\n\n") != std::string::npos) fail(node.place, fmt::format("'{}' must be one paragraph", name));
    return numbered(words, node);
  }

  Json lines(const YamlNode& node, const std::string& name) {
    Json list = Json::array();
    if (const auto* items = node.items())
      for (const auto& item : *items) list.push_back(line(item, name));
    else
      list.push_back(line(node, name));
    return list;
  }

  Json blocks(const YamlNode& node, const std::string& name) {
    const std::string words = text(node, name);
    if (words.empty()) return "";
    return numbered(words, node);
  }

  /// A node's words with numbers for their statements. A text of the metadata is scanned like a chapter. What it labels
  /// would bear no number.
  std::string numbered(const std::string& words, const YamlNode& node) {
    const auto run =
        manuscript::scalar_run(lines_, node.place.line, lines_.byte_of(node.place), node.text, first_line_, shifts_);
    if (run.pieces.empty()) return fail(node.place, "a text cannot be an alias of another", "write it out"), words;
    auto scanned = manuscript::scan_within(source_, lines_, run);
    for (const auto& anchor : scanned.anchors)
      for (const char* kind : {"fig:", "sec:", "eq:", "tbl:"})
        if (anchor.id.starts_with(kind))
          fail(anchor.place, "nothing can be labelled in the metadata", "label it in a chapter");
    metadata_.statements = manuscript::number_statements(scanned, metadata_.statements);
    auto edits = manuscript::statement_edits(scanned);
    for (auto& edit : edits) {
      const std::size_t length = edit.end - edit.begin;
      edit.begin = manuscript::offset_in_value(run, edit.begin, words);
      edit.end = edit.begin + length;
    }
    metadata_.texts.push_back(std::move(scanned));
    return manuscript::edited(words, std::move(edits));
  }

  // -------------------------------------------------------------------------------------------------------------
  // authors

  Json authors(const YamlNode& node) {
    Json list = Json::array();
    if (const auto* items = node.items()) {
      if (items->empty()) fail(node.place, "'author' names nobody", "leave it out, or name an author");
      for (const auto& item : *items) list.push_back(author(item));
    } else {
      list.push_back(author(node));
    }
    return list;
  }

  Json author(const YamlNode& node) {
    const auto* entries = node.entries();
    if (!entries) return {{"name", words_of(node, "author")}};
    static const std::vector<std::string> keys{"name", "affiliation", "orcid", "email", "corresponding"};
    Json author = Json::object();
    for (const auto& entry : *entries)
      if (std::find(keys.begin(), keys.end(), entry.key) == keys.end())
        fail(entry.key_place,
             fmt::format("unknown key '{}' of an author; known are {}", entry.key, fmt::join(keys, ", ")),
             manuscript::did_you_mean(entry.key, keys));
      else
        take_of_author(entry, author);
    if (!author.contains("name"))
      fail(node.place, "this author has no name", "as in: {name: Ada Lovelace, affiliation: London}");
    return author;
  }

  /// A line that must say something.
  Json words_of(const YamlNode& node, const std::string& name) {
    if (is_text(node) && text::trimmed(node.text).empty()) fail(node.place, fmt::format("'{}' has no value", name));
    return line(node, name);
  }

  void take_of_author(const Entry& entry, Json& author) {
    const YamlNode& node = entry.value;
    if (entry.key == "name") {
      author["name"] = words_of(node, "name");
    } else if (entry.key == "affiliation") {
      author["affiliations"] = lines(node, "affiliation");
    } else if (entry.key == "corresponding") {
      if (const Json* json = std::get_if<Json>(&node.content); json && json->is_boolean())
        author["corresponding"] = *json;
      else
        fail(node.place, "'corresponding' must be true or false");
    } else if (entry.key == "email") {
      author["email"] = text(node, "email");
      if (is_text(node) && !is_email(node.text))
        fail(node.place, "this is not an e-mail address", "as in: ada@example.org");
    } else {
      orcid(node, author);
    }
  }

  void orcid(const YamlNode& node, Json& author) {
    std::string id = text(node, "orcid");
    for (const char* prefix : {"https://orcid.org/", "http://orcid.org/", "orcid.org/"})
      if (id.starts_with(prefix)) id = id.substr(std::string(prefix).size());
    author["orcid"] = id;
    if (is_text(node) && !is_orcid(id))
      fail(node.place, "this is not an ORCID", "as in: 0000-0002-1825-0097, whose last digit is a checksum");
  }

  // ------------------------------------------------------------------------------------------------- what is not
  // Markdown

  void word(const Entry& entry, Form form) {
    const std::string word = text(entry.value, entry.key);
    if (!is_text(entry.value)) return;
    if (form == Form::date) date(entry.value, word);
    if (form == Form::language) language(entry.value, word);
    if (form == Form::direction && word != "ltr" && word != "rtl") fail(entry.value.place, "'dir' must be ltr or rtl");
    if (form == Form::word && text::trimmed(word).empty())
      fail(entry.value.place, fmt::format("'{}' has no value", entry.key));
    add(entry, form, word);
  }

  void date(const YamlNode& node, const std::string& day) {
    metadata_.date = day;
    if (!is_day(day)) fail(node.place, fmt::format("the date must be a day such as 2026-01-31, but this is '{}'", day));
  }

  void language(const YamlNode& node, std::string tag) {
    metadata_.language_place = manuscript::error_at(source_, node.place, "");
    metadata_.language = tag;
    const std::string refusal = refusal_of_language(tag);
    if (refusal.empty()) return;
    std::replace(tag.begin(), tag.end(), '_', '-');
    fail(node.place, refusal,
         refusal_of_language(tag).empty() ? fmt::format("did you mean '{}'?", tag) : "as in: en-GB, de, pt-BR");
  }

  void truth(const Entry& entry) {
    const Json json = entry.value.json();
    if (json.is_boolean()) return add(entry, Form::truth, json);
    fail(entry.value.place, fmt::format("'{}' must be true or false", entry.key));
  }

  void license(const Entry& entry) {
    const std::string given(text::trimmed(text(entry.value, entry.key)));
    if (!is_text(entry.value)) return;
    const auto license = license_of(given);
    if (license)
      return add(entry, Form::license, {{"id", license->id}, {"name", license->name}, {"address", license->address}});
    const std::string meant = license_meant(given);
    fail(entry.value.place, fmt::format("'{}' is no licence that is known here", given),
         meant.empty() ? "as in: CC-BY-4.0, CC0-1.0, MIT (SPDX identifiers); other terms are told by 'rights'" : meant);
  }

  // A picture that stands at the head, or the book's cover: its file, or a mapping with `file`, `alt` and, at the head,
  // `width`.
  void picture(const Entry& entry) {
    const auto* entries = entry.value.entries();
    Json picture = Json::object();
    if (!entries)
      file_of_picture(entry.value, entry.key, picture);
    else
      for (const auto& part : *entries) take_of_picture(part, entry.key == "logo", picture);
    if (entries && !picture.contains("file"))
      fail(entry.value.place, fmt::format("'{}' names no file", entry.key),
           entry.key == "logo" ? "as in: {file: logo.svg, alt: University of London, width: 30mm}"
                               : "as in: {file: cover.jpg, alt: A ship under full sail}");
    if (entry.key != "cover") return add(entry, Form::picture, std::move(picture));
    metadata_.cover = {picture.value("file", ""), picture.value("alt", "")};
  }

  void take_of_picture(const Entry& part, bool has_width, Json& picture) {
    std::vector<std::string> keys{"file", "alt"};
    if (has_width) keys.push_back("width");
    const YamlNode& node = part.value;
    if (part.key == "file") {
      file_of_picture(node, "file", picture);
    } else if (part.key == "alt") {
      picture["alt"] = text::trimmed(text(node, "alt"));
    } else if (part.key == "width" && has_width) {
      picture["width"] = text(node, "width");
      if (is_text(node) && !is_length(node.text))
        fail(node.place, fmt::format("'{}' is not a width", node.text), "as in: 30mm, 4cm, 1in, 25%");
    } else {
      fail(part.key_place, fmt::format("unknown key '{}' of a picture; known are {}", part.key, fmt::join(keys, ", ")),
           manuscript::did_you_mean(part.key, keys));
    }
  }

  /// Pictures of the metadata are looked for, converted and watched as those of the chapters are.
  void file_of_picture(const YamlNode& node, const std::string& name, Json& picture) {
    const std::string file(text::trimmed(text(node, name)));
    if (!is_text(node)) return;
    if (file.empty()) return fail(node.place, fmt::format("'{}' has no value", name));
    picture["file"] = file;
    manuscript::Chapter holder;
    holder.source = source_;
    holder.images.push_back({file, node.place});
    metadata_.texts.push_back(std::move(holder));
  }

  /// Sources that the metadata itself describes, for citeproc.
  Json sources(const YamlNode& node) {
    const auto* items = node.items();
    if (!items)
      return fail(node.place, "'references' must be a list of sources", "references.bib is the place for most"),
             nullptr;
    for (const auto& item : *items) {
      const auto* entries = item.entries();
      const auto is_id = [](const Entry& entry) { return entry.key == "id" && is_text(entry.value); };
      const auto id =
          entries ? std::find_if(entries->begin(), entries->end(), is_id) : std::vector<Entry>::const_iterator{};
      if (entries && id != entries->end())
        metadata_.sources.push_back(id->value.text);
      else
        fail(item.place, "this source has no 'id'", "the text cites it by that");
    }
    return written(node);
  }

  // ------------------------------------------------------------------------------------------------------------
  // defaults

  void defaults(const YamlNode& node) {
    const auto* entries = node.entries();
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
               fmt::format("the seed must be a whole number from 0 to 18446744073709551615, but this is {}",
                           shown(json)));
      } else if (entry.key == "formats") {
        formats(entry.value, json);
      } else {
        fail(entry.key_place, fmt::format("unknown default '{}'; known are dataset, seed, formats", entry.key),
             manuscript::did_you_mean(entry.key, {"dataset", "seed", "formats"}));
      }
    }
  }

  void dataset(const YamlNode& node, const Json& json) {
    metadata_.dataset = json.is_string() ? json.get<std::string>() : "";
    std::vector<std::string> known{"auto"};
    for (const auto& set : data::catalogue()) known.push_back(set.name);
    if (std::find(known.begin(), known.end(), metadata_.dataset) == known.end())
      fail(node.place, fmt::format("unknown data set {}; known are {}", shown(json), fmt::join(known, ", ")),
           manuscript::did_you_mean(metadata_.dataset, known));
  }

  void formats(const YamlNode& node, const Json& json) {
    const auto* items = node.items();
    if (json.is_object() || json.is_null() || (items && items->empty()))
      return fail(
          node.place,
          fmt::format("'formats' must be a list of at least one of {}", fmt::join(publish::known_formats(), ", ")),
          "as in: formats: [pdf, html]");
    metadata_.formats.clear();
    const auto take_format = [&](const YamlNode& item) {
      metadata_.formats.push_back(is_text(item) ? item.text : item.json().dump());
      const auto& format = metadata_.formats.back();
      if (std::find(publish::known_formats().begin(), publish::known_formats().end(), format) ==
          publish::known_formats().end())
        fail(item.place,
             fmt::format("unknown format '{}'; known are {}", format, fmt::join(publish::known_formats(), ", ")),
             manuscript::did_you_mean(format, publish::known_formats()));
    };
    if (!items) return take_format(node);
    for (const auto& item : *items) take_format(item);
  }

  const manuscript::Source& source_;
  const manuscript::Lines lines_;
  const int first_line_;
  const std::vector<std::size_t> shifts_;  // none: metadata begins in the first column
  std::map<std::string, Given>& given_;
  Metadata& metadata_;
};

/// The filter goes through the fields in the order of the keys, whoever gave them.
void sort_fields(Json& fields) {
  const auto names = names_of_keys();
  const auto rank = [&](const Json& field) {
    return std::find(names.begin(), names.end(), field["key"].get<std::string>());
  };
  std::stable_sort(fields.begin(), fields.end(), [&](const Json& a, const Json& b) { return rank(a) < rank(b); });
}

}  // namespace

Metadata read_metadata(const manuscript::Source& file, const std::vector<manuscript::Chapter>& chapters) {
  Metadata metadata;
  std::map<std::string, Given> given;
  auto parsed = manuscript::parse_yaml(file);
  metadata.errors = std::move(parsed.errors);
  MappingReader(file, 1, 0, given, metadata).read(parsed.root);
  for (const auto& chapter : chapters)
    for (const auto& front : chapter.front_matter)
      MappingReader(chapter.source, front.first_line, front.last_line, given, metadata).read(front.root);
  sort_fields(metadata.fields);
  return metadata;
}

}  // namespace engine
