// See table_file.hpp.
#include "tables/table_file.hpp"

#include <fmt/format.h>

#include "data/tables/csv.hpp"
#include "data/tables/json_records.hpp"
#include "system/files.hpp"

namespace tables {
namespace fs = std::filesystem;
namespace {

using experiment::ParameterError;

std::vector<ParameterError> at_file(std::string message, std::string hint = "") {
  return {{.path = {"file"}, .message = std::move(message), .hint = std::move(hint)}};
}

/// Why a file cannot be the table; none when it can.
std::vector<ParameterError> refusal(const fs::path& file, const std::string& name, const fs::path& document) {
  std::error_code error;
  if (fs::path(name).is_absolute()) return at_file("'file' must be relative to the document's folder");
  if (!sys::lies_in(file, document)) return at_file(fmt::format("'{}' leads out of the document's folder", name));
  if (!fs::exists(file, error))
    return at_file(fmt::format("there is no file '{}'", name), fmt::format("looked for {}", sys::path_at_hand(file)));
  if (!fs::is_regular_file(file, error)) return at_file(fmt::format("'{}' is not a file", name));
  return {};
}

std::string line_of(const std::string& text, int wanted) {
  std::size_t begin = 0;
  for (int line = 1; line < wanted; ++line) {
    begin = text.find_first_of("\r\n", begin);
    if (begin == std::string::npos) return "";
    begin += text.compare(begin, 2, "\r\n") == 0 ? 2 : 1;
  }
  return text.substr(begin, text.find_first_of("\r\n", begin) - begin);
}

}  // namespace

TableOrErrors read_table_file(const fs::path& document, const std::string& name, const data::TableOptions& options) {
  const fs::path file = (document / name).lexically_normal();
  if (auto errors = refusal(file, name, document); !errors.empty()) return {{}, std::move(errors)};
  try {
    const bool is_json = file.extension() == ".json" || file.extension() == ".jsonl";
    auto read = is_json ? data::read_json_records(sys::read_file(file), options.missing)
                        : data::read_csv(sys::read_file(file), options);
    auto errors = cell_errors(read.errors, "file", name, read.table.bytes ? *read.table.bytes : "");
    return {std::move(read.table), std::move(errors)};
  } catch (const sys::FileError& unreadable) {
    return {{}, at_file(unreadable.what())};
  }
}

std::vector<ParameterError> cell_errors(const data::TableErrors& errors, const std::string& parameter,
                                        const std::string& file, const std::string& bytes) {
  std::vector<ParameterError> all;
  for (const auto& e : errors.first)
    all.push_back({.path = {parameter},
                   .message = e.message,
                   .hint = e.hint,
                   .place = experiment::FilePlace{file, e.line, e.column, e.length, line_of(bytes, e.line)}});
  if (errors.more > 0)
    all.push_back({.path = {parameter}, .message = fmt::format("{} more cells of {} are wrong", errors.more, file)});
  return all;
}

std::vector<ParameterError> condition_errors(const std::vector<data::FilterError>& errors, const std::string& where,
                                             const std::vector<std::string>& columns) {
  std::vector<ParameterError> all;
  for (const auto& e : errors)
    all.push_back({.path = {"where"},
                   .message = fmt::format("in the condition, at '{}': {}", where.substr(e.offset, e.length), e.message),
                   .given = e.unknown_column,
                   .candidates = e.unknown_column.empty() ? std::vector<std::string>{} : columns,
                   .hint = e.hint});
  return all;
}

}  // namespace tables
