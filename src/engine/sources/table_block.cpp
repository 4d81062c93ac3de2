// See table_block.hpp.
#include "engine/sources/table_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/sources/directive_places.hpp"
#include "engine/sources/run_columns.hpp"
#include "manuscript/expression.hpp"
#include "store/code_fingerprint.hpp"
#include "system/checksum.hpp"
#include "system/file_sums.hpp"
#include "system/files.hpp"
#include "tables/table_file.hpp"
#include "text/quantity.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

using experiment::ParameterError;
using manuscript::Entry;
using tables::PrintedTable;

constexpr int digits_of_runs = 4;  // of a computed number, where no format is given

Json stored_form(const PrintedTable& table) {
  Json json{{"columns", Json::array()}, {"rows", Json::array()}};
  for (const auto& c : table.columns) json["columns"].push_back({c.header, c.is_markdown, c.unit, c.align});
  for (const auto& row : table.rows) {
    Json& cells = json["rows"].emplace_back(Json::array());
    for (const auto& cell : row) cells.push_back({cell.text, cell.is_number});
  }
  return json;
}

PrintedTable table_from(const Json& json) {
  PrintedTable table;
  for (const Json& c : json.at("columns")) table.columns.push_back({c.at(0), c.at(1), c.at(2), c.at(3)});
  for (const Json& row : json.at("rows")) {
    auto& cells = table.rows.emplace_back();
    for (const Json& cell : row) cells.push_back({cell.at(0), cell.at(1)});
  }
  return table;
}

class TableBinder {
 public:
  TableBinder(const manuscript::Source& source, const manuscript::Directive& directive, const TableContext& context)
      : source_(source), context_(context) {
    block_.directive = directive;
  }

  BoundTable run() {
    read_entries();
    auto checked = experiment::effective_parameters(tables::print_parameters(), given_);
    add(std::move(checked.errors));
    if (errors_.empty()) {
      block_.request = tables::read_print_request(checked.value);
      add(tables::print_contradictions(block_.request, given_));
      check_formats();
    }
    if (errors_.empty() && !block_.request.file.empty()) from_file();
    if (errors_.empty() && !block_.request.from.empty()) from_figure();
    return {std::move(block_), std::move(errors_)};
  }

 private:
  void fail(std::vector<std::string> path, std::string message, std::string hint = "") {
    add({{.path = std::move(path), .message = std::move(message), .hint = std::move(hint)}});
  }

  void add(const std::vector<ParameterError>& errors) {
    for (const auto& error : errors) errors_.push_back(diagnostic_of(error, block_.directive, source_));
  }

  void read_entries() {
    for (const auto& entry : std::get<std::vector<Entry>>(block_.directive.body.content)) {
      const Json value = entry.value.json();
      if (entry.key == "caption")
        caption(value);
      else if (is_known(entry.key))
        given_[entry.key] = value;
      else
        add({unknown_key(entry.key)});
    }
  }

  static bool is_known(const std::string& key) {
    const auto& known = tables::print_parameters();
    return std::any_of(known.begin(), known.end(), [&](const auto& info) { return info.name == key; });
  }

  static ParameterError unknown_key(const std::string& key) {
    std::vector<std::string> known{"caption"};
    for (const auto& info : tables::print_parameters()) known.push_back(info.name);
    const std::string near = manuscript::did_you_mean(key, known);
    return {.path = {key},
            .message = fmt::format("unknown key '{}' of a table", key),
            .hint = near.empty() ? fmt::format("known are {}", fmt::join(known, ", ")) : near,
            .is_of_key = true};
  }

  void caption(const Json& value) {
    if (value.is_string())
      block_.caption = value.get<std::string>();
    else
      fail({"caption"}, value.is_null() ? "'caption' has no value" : "'caption' must be text",
           value.is_null() ? "leave it out, or write text after it" : "put it in quotes");
  }

  void check_formats() {
    for (std::size_t i = 0; i < block_.request.columns.size(); ++i) {
      const std::string& format = block_.request.columns[i].format;
      if (format.empty() || format == "text") continue;
      try {
        text::number_format(format);
      } catch (const std::invalid_argument& unknown) {
        fail({"columns", std::to_string(i), "format"},
             fmt::format("{}; 'text' prints cells as they are", unknown.what()));
      }
    }
  }

  // ------------------------------------------------------------------------------------------------------- of a file

  void from_file() {
    const std::string& name = block_.request.file;
    block_.file = (context_.document / name).lexically_normal();
    if (leads_out()) return;
    const std::string key = key_of_file();
    if (stored(key)) return;
    const auto read = tables::read_table_file(context_.document, name, block_.request.options);
    add(read.errors);
    if (!read.errors.empty()) return;
    auto printed = tables::print_table(read.table, block_.request, given_,
                                       print_rules(block_, name, context_.printable, context_.language));
    add(printed.errors);
    block_.printed = std::move(printed.table);
    if (printed.errors.empty() && !key.empty())
      context_.store->put(store::EntryKind::tables, key, stored_form(block_.printed).dump());
  }

  /// Its words would be printed, and chapters may be a stranger's.
  bool leads_out() {
    const bool is_link = block_.request.file.find("..") == std::string::npos &&
                         !fs::path(block_.request.file).is_absolute() &&
                         !sys::lies_in(fs::weakly_canonical(block_.file), fs::weakly_canonical(context_.document));
    if (is_link)
      fail({"file"}, fmt::format("'{}' is a link that leads out of the document's folder", block_.request.file),
           "put the file itself there");
    return is_link;
  }

  /// A file that stands as it is need not be read again; empty where its table cannot be kept.
  std::string key_of_file() const {
    const std::string stamp = context_.store ? sys::stamp_of(block_.file) : "";
    if (stamp.empty()) return "";
    const Json depends_on{store::program_fingerprint(),   given_,           block_.file.string(), stamp,
                          context_.printable.has_value(), context_.language};
    return sys::sha256(depends_on.dump());
  }

  bool stored(const std::string& key) {
    if (key.empty()) return false;
    const auto found = context_.store->get(store::EntryKind::tables, key);
    if (!found.bytes) return false;
    try {
      block_.printed = table_from(Json::parse(*found.bytes));
      return true;
    } catch (const std::exception&) {  // it is read from the file anew
      return false;
    }
  }

  // ----------------------------------------------------------------------------------------------------- of a figure

  void from_figure() {
    const std::string& stem = block_.request.from;
    if (stem.starts_with("fig:"))
      return fail({"from"}, "a figure is named without 'fig:' here", fmt::format("as in: from: {}", stem.substr(4)));
    block_.figure = "fig:" + stem;
    const auto is_it = [&](const Request& r) { return r.id == block_.figure; };
    const auto figure = std::find_if(context_.figures->begin(), context_.figures->end(), is_it);
    if (figure == context_.figures->end()) return no_figure(stem);
    if (!figure->bound) return;  // its own errors say why
    auto checked = check_run_columns(*figure, block_.request, given_);
    add(checked.errors);
    block_.wanted = std::move(checked.wanted);
  }

  void no_figure(const std::string& stem) {
    if (context_.broken.contains(block_.figure)) return;
    if (context_.pictures.contains(block_.figure))
      return fail({"from"},
                  fmt::format("the figure '{}' is not made by an experiment, so that it has no numbers", stem));
    std::vector<std::string> known;
    for (const auto& r : *context_.figures) known.push_back(r.stem());
    fail({"from"}, fmt::format("there is no figure '{}'", stem), manuscript::did_you_mean(stem, known));
  }

  const manuscript::Source& source_;
  const TableContext& context_;
  TableBlock block_;
  Json given_ = Json::object();
  std::vector<manuscript::Diagnostic> errors_;
};

/// A file's numbers are printed as they are; most digits of a computed one are nothing but digits.
std::string number_text(double x, const std::string& format, bool is_of_run, const text::NumberMarks& marks) {
  if (format == "text") return text::plain(text::exact(x), marks);
  if (!format.empty()) return text::plain(text::quantity(x, text::number_format(format)), marks);
  const bool is_whole = std::isfinite(x) && x == std::floor(x);
  return text::plain(is_of_run && !is_whole ? text::rounded(x, digits_of_runs) : text::exact(x), marks);
}

data::Complaint complaint_of(std::string_view text, const publish::Characters& printable) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::all_of(text.begin(), text.end(), is_ascii)) return {};
  const auto errors = publish::unprintable_characters({"", std::string(text)}, printable);
  return errors.empty() ? data::Complaint{} : data::Complaint{errors.front().message, errors.front().hint};
}

}  // namespace

tables::PrintRules print_rules(const TableBlock& block, const std::string& source,
                               const std::optional<publish::Characters>& printable, const std::string& language) {
  tables::PrintRules rules;
  rules.source = source;
  rules.is_file = block.figure.empty();
  rules.number = [is_of_run = !rules.is_file, marks = text::number_marks(language)](
                     double x, const std::string& format) { return engine::number_text(x, format, is_of_run, marks); };
  if (printable) rules.refusal = [&printable](std::string_view text) { return complaint_of(text, *printable); };
  return rules;
}

BoundTable bind_table(const manuscript::Source& source, const manuscript::Directive& directive,
                      const TableContext& context) {
  return TableBinder(source, directive, context).run();
}

}  // namespace engine
