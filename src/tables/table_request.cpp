// See table_request.hpp.
#include "tables/table_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "experiment/enum_named.hpp"
#include "experiment/told_when_set.hpp"

namespace tables {
namespace {

using experiment::drawing_parameter;
using experiment::ParameterCheck;
using experiment::ParameterError;
using experiment::ParameterInfo;
using experiment::ParameterType;
using experiment::told_when_set;
using Path = ParameterCheck::Path;

const std::vector<std::string> summaries{"none", "mean", "median", "sum", "count"};

Json text_or_none(const Json& value, const Path& path, ParameterCheck& check) {
  return value.is_null() ? value : check.text(value, path);
}

const ParameterType column{"column", text_or_none};

/// One name stands for a list of it.
const ParameterType columns{
    "column, or list of columns", [](const Json& value, const Path& path, ParameterCheck& check) {
      if (value.is_string()) return Json::array({value});
      if (value.is_null()) return Json(Json::array());
      return check.list(value, path, [&](const Json& v, const Path& p) { return check.text(v, p); });
    }};

const ParameterType sign{"sign", [](const Json& value, const Path& path, ParameterCheck& check) {
                           return check.choice(value, path, "sign");
                         }};

const ParameterType texts{"list of texts", [](const Json& value, const Path& path, ParameterCheck& check) {
                            return check.list(value, path, [&](const Json& v, const Path& p) {
                              return v.is_number() ? Json(v.dump()) : check.text(v, p);
                            });
                          }};

const std::map<std::string, char>& delimiters() {
  static const std::map<std::string, char> known{{",", ','}, {";", ';'}, {"tab", '\t'}, {"|", '|'}};
  return known;
}

}  // namespace

const std::vector<ParameterInfo>& table_parameters() {
  static const std::vector<ParameterInfo> all{
      told_when_set("file", experiment::types::text, "",
                    "the table: CSV, TSV or JSON records, from the document's folder"),
      told_when_set("x", column, nullptr, "the column along x: numbers, dates (ISO 8601) or categories"),
      told_when_set("y", columns, nullptr, "the columns along y, one series each"),
      told_when_set("group", column, nullptr, "a column: one series for each of its values"),
      told_when_set("panels", column, nullptr, "a column: one panel for each of its values"),
      told_when_set("error", column, nullptr,
                    "se or sd of the rows of one x, or a column: how far bars reach to both sides"),
      told_when_set("lower", column, nullptr, "a column: where bars or the band begin"),
      told_when_set("upper", column, nullptr, "a column: where they end"),
      told_when_set("where", column, nullptr,
                    "a condition on rows, as in: year >= 2020 and site in ['north', 'south']"),
      drawing_parameter("mark"),
      drawing_parameter("stacked"),
      told_when_set("summary", experiment::types::choice, "none", "what several rows of one x become", summaries),
      drawing_parameter("bins"),
      told_when_set("size", column, nullptr, "a column of numbers that the points' areas stand for"),
      told_when_set("color", column, nullptr, "a column of numbers that the points' colours stand for"),
      drawing_parameter("axes"),
      told_when_set("delimiter", sign, ",", "between cells of a CSV", {",", ";", "tab", "|"}),
      told_when_set("decimal", sign, ".", "before the fraction of a number", {".", ","}),
      told_when_set("missing", texts, data::usual_missing, "what stands for a missing value, besides the empty cell")};
  return all;
}

data::TableOptions table_options(const Json& effective, const std::string& file) {
  data::TableOptions options;
  options.delimiter = file.ends_with(".tsv") ? '\t' : delimiters().at(effective.at("delimiter"));
  options.decimal = effective.at("decimal").get<std::string>()[0];
  options.missing = effective.at("missing").get<std::vector<std::string>>();
  return options;
}

TableRequest read_request(const Json& effective) {
  TableRequest r;
  r.file = experiment::text_when_set(effective, "file");
  r.x = experiment::text_when_set(effective, "x");
  r.y = effective.at("y").get<std::vector<std::string>>();
  r.group = experiment::text_when_set(effective, "group");
  r.panels = experiment::text_when_set(effective, "panels");
  r.error = experiment::text_when_set(effective, "error");
  r.lower = experiment::text_when_set(effective, "lower");
  r.upper = experiment::text_when_set(effective, "upper");
  r.where = experiment::text_when_set(effective, "where");
  r.summary = experiment::enum_named<RowSummary>(summaries, effective.at("summary"));
  r.size = experiment::text_when_set(effective, "size");
  r.color = experiment::text_when_set(effective, "color");
  r.drawing = experiment::read_drawing_request(effective);
  r.options = table_options(effective, r.file);
  return r;
}

std::vector<ParameterError> contradictions(const TableRequest& r) {
  std::vector<ParameterError> errors = experiment::contradictions(r.drawing);
  const auto fail = [&](const char* name, std::string message, std::string hint = "") {
    errors.push_back({.path = {name}, .message = std::move(message), .hint = std::move(hint)});
  };
  const auto has = [&](MarkKind mark) { return r.drawing.has(mark); };
  if (r.file.empty()) fail("file", "the figure names no file", "as in: file: data/trapping.csv");
  if (r.x.empty()) fail("x", "the figure names no column for x", "as in: x: date");
  if (r.y.empty() && !has(MarkKind::histogram) && r.summary != RowSummary::count)
    fail("y", "the figure names no column for y", "as in: y: voles; a histogram, and summary: count, do without");
  if (!r.y.empty() && has(MarkKind::histogram))
    fail("y", "a histogram has no column for y", "its bars count the values of x");
  if (has(MarkKind::boxes) && r.summary != RowSummary::none) fail("summary", "boxes are of all rows, not of a summary");
  if (r.lower.empty() != r.upper.empty()) fail(r.lower.empty() ? "upper" : "lower", "'lower' and 'upper' go together");
  if (!r.error.empty() && !r.lower.empty())
    fail("error", "there is 'error', and 'lower' and 'upper' too", "one of them is enough");
  if (r.y.size() > 1 && (!r.error.empty() || !r.lower.empty()) && r.error != "se" && r.error != "sd")
    fail(r.error.empty() ? "lower" : "error", "bars of one column cannot belong to several columns of y");
  const bool has_bounds = !r.error.empty() || !r.lower.empty();
  if ((has(MarkKind::errorbars) || has(MarkKind::band)) && !has_bounds)
    fail("mark", "there are no bounds to be drawn", "as in: error: se, or lower: and upper: with columns");
  if (r.options.delimiter == r.options.decimal)
    fail("decimal", "a comma cannot be between cells and before fractions", "as in: delimiter: ;");
  return errors;
}

}  // namespace tables
