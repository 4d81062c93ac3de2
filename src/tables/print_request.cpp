// See print_request.hpp.
#include "tables/print_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiment/told_when_set.hpp"
#include "tables/table_request.hpp"

namespace tables {
namespace {

using experiment::ParameterCheck;
using experiment::ParameterError;
using experiment::ParameterInfo;
using experiment::ParameterType;
using Path = ParameterCheck::Path;

const std::vector<std::string> alignments{"left", "right", "center"};
const std::vector<std::string> column_keys{"column", "header", "unit", "format", "align"};

constexpr const char* how_to_name_columns = "a column's name, or a mapping, as in {column: mean, format: .1f}";

Json text_or_nothing(const Json& value, const Path& path, ParameterCheck& check) {
  return value.is_null() ? value : check.text(value, path);
}
const ParameterType optional_text{"text", text_or_nothing};

/// Years, and other numbers, may be names of columns.
Json name_of_column(const Json& value, const Path& path, ParameterCheck& check) {
  return value.is_number() ? Json(value.dump()) : check.text(value, path);
}

Json alignment(const Json& value, const Path& path, ParameterCheck& check) {
  // nlohmann's library 3.11.3 compares text with a value in templates no more.
  const std::string name = value.is_string() ? value.get<std::string>() : "";
  if (std::find(alignments.begin(), alignments.end(), name) != alignments.end()) return value;
  return check.fail(
      {path, fmt::format("unknown alignment {}; known are {}", experiment::shown(value), fmt::join(alignments, ", ")),
       name, alignments});
}

/// A mapping with all its keys' normal forms; a name alone is one of its column.
Json column_form(const Json& value, const Path& path, ParameterCheck& check) {
  if (value.is_string() || value.is_number()) return Json{{"column", name_of_column(value, path, check)}};
  if (!value.is_object()) return check.wrong_type(value, path, how_to_name_columns);
  Json normal = Json::object();
  for (const auto& [key, given] : value.items()) {
    const Path at = ParameterCheck::below(path, key);
    if (key == "column")
      normal[key] = name_of_column(given, at, check);
    else if (key == "align")
      normal[key] = alignment(given, at, check);
    else if (std::find(column_keys.begin(), column_keys.end(), key) != column_keys.end())
      normal[key] = check.text(given, at);
    else
      check.fail({.path = at,
                  .message = fmt::format("unknown key '{}'; known are {}", key, fmt::join(column_keys, ", ")),
                  .given = key,
                  .candidates = column_keys,
                  .is_of_key = true});
  }
  if (!normal.contains("column"))
    check.fail({.path = path, .message = "this names no column", .hint = "as in {column: mean, format: .1f}"});
  return normal;
}

const ParameterType printed_columns{
    "list of columns", [](const Json& value, const Path& path, ParameterCheck& check) {
      if (value.is_null()) return Json(Json::array());
      return check.list(value, path, [&](const Json& v, const Path& p) { return column_form(v, p, check); });
    }};

/// "name", "-name" for the largest first, or a list of such.
const ParameterType sort_order{
    "column, or list of columns", [](const Json& value, const Path& path, ParameterCheck& check) {
      if (value.is_null()) return Json(Json::array());
      if (value.is_string()) return Json::array({value});
      return check.list(value, path, [&](const Json& v, const Path& p) { return check.text(v, p); });
    }};

const ParameterType row_count{"whole number", [](const Json& value, const Path& path, ParameterCheck& check) {
                                return value.is_null() ? value : check.integer(value, path);
                              }};

ParameterInfo info(std::string name, const ParameterType& type, Json otherwise, std::string meaning) {
  return {.name = std::move(name),
          .type = &type,
          .default_value = std::move(otherwise),
          .unit = "",
          .meaning = std::move(meaning),
          .choices = {}};
}

std::vector<ParameterInfo> made_parameters() {
  std::vector<ParameterInfo> all{
      info("file", optional_text, nullptr, "the table: CSV, TSV or JSON records, from the document's folder"),
      info("from", optional_text, nullptr, "the figure whose run the table shows, by its ID without 'fig:'"),
      info("each", experiment::types::choice, "series", "what a row stands for, of a figure"),
      info("columns", printed_columns, nullptr,
           "which columns, in which order, each with header, unit, format and align"),
      info("where", optional_text, nullptr, "a condition on rows, as in: year >= 2020 and site in ['north', 'south']"),
      info("sort", sort_order, nullptr,
           "the column that the rows are sorted by; with a dash before it the largest first"),
      info("rows", row_count, nullptr, "how many rows are shown at most, after sorting")};
  all[2].choices = {"series", "point"};
  all[3].max_size = most_printed_columns;
  all[6].minimum = 1;
  all[6].maximum = most_printed_rows;
  for (const auto& shared : table_parameters())
    for (const char* name : {"delimiter", "decimal", "missing"})
      if (shared.name == name) all.push_back(shared);
  return all;
}

ColumnRequest column_of(const Json& normal) {
  ColumnRequest request;
  request.column = normal.at("column").get<std::string>();
  if (normal.contains("header")) request.header = normal["header"].get<std::string>();
  request.unit = normal.value("unit", "");
  request.format = normal.value("format", "");
  request.align = normal.value("align", "");
  return request;
}

SortRequest sort_of(const std::string& text) {
  if (text.starts_with('-')) return {text.substr(1), true};
  return {text, false};
}

}  // namespace

const std::vector<ParameterInfo>& print_parameters() {
  static const std::vector<ParameterInfo> all = made_parameters();
  return all;
}

PrintRequest read_print_request(const Json& effective) {
  PrintRequest r;
  r.file = experiment::text_when_set(effective, "file");
  r.from = experiment::text_when_set(effective, "from");
  r.each = effective.at("each") == "point" ? RowMeaning::point : RowMeaning::series;
  for (const Json& normal : effective.at("columns")) r.columns.push_back(column_of(normal));
  r.where = experiment::text_when_set(effective, "where");
  for (const Json& column : effective.at("sort")) r.sort.push_back(sort_of(column.get<std::string>()));
  if (effective.at("rows").is_number()) r.rows = effective["rows"].get<std::size_t>();
  r.options = table_options(effective, r.file);
  return r;
}

std::vector<ParameterError> print_contradictions(const PrintRequest& r, const Json& given) {
  std::vector<ParameterError> errors;
  const auto fail = [&](std::string name, std::string message, std::string hint = "") {
    errors.push_back({.path = {std::move(name)}, .message = std::move(message), .hint = std::move(hint)});
  };
  if (r.file.empty() && r.from.empty())
    fail(given.contains("file") ? "file" : "from", "the table names no file and no figure",
         "as in: file: data/trapping.csv, or from: bowl");
  if (!r.file.empty() && !r.from.empty())
    fail("from", "the table is from a file, and from a figure too", "one of 'file' and 'from' is enough");
  for (const char* name : {"delimiter", "decimal", "missing"})
    if (r.file.empty() && given.contains(name)) fail(name, fmt::format("'{}' says how a file is read", name));
  if (r.from.empty() && given.contains("each"))
    fail("each", "'each' says what a figure's rows stand for", "a file's rows are the table's");
  if (!r.file.empty() && r.options.delimiter == r.options.decimal)
    fail("decimal", "a comma cannot be between cells and before fractions", "as in: delimiter: ;");
  for (std::size_t i = 0; i < r.columns.size(); ++i) {
    const auto is_same = [&](const ColumnRequest& other) {
      return other.column == r.columns[i].column && other.format == r.columns[i].format;
    };
    const auto before = r.columns.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find_if(r.columns.begin(), before, is_same) != before)
      errors.push_back({.path = path_of_column(given, i),
                        .message = fmt::format("the column '{}' is there twice", r.columns[i].column),
                        .hint = "with another format it may be"});
  }
  return errors;
}

std::vector<std::string> path_of_column(const Json& given, std::size_t column) {
  std::vector<std::string> path{"columns", std::to_string(column)};
  const auto list = given.find("columns");
  const bool is_mapping = list != given.end() && list->is_array() && column < list->size() &&
                          (*list)[column].is_object() && (*list)[column].contains("column");
  if (is_mapping) path.emplace_back("column");
  return path;
}

}  // namespace tables
