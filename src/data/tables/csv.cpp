// See csv.hpp. One pass over the bytes; a cell is where it begins and how long it is.
#include "data/tables/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "data/tables/number_text.hpp"
#include "data/tables/utf8.hpp"
#include "text/date.hpp"

namespace data {
namespace {

constexpr std::string_view delimiters = ",;\t|";

std::string quoted_delimiter(char c) { return c == '\t' ? "a tab" : fmt::format("'{}'", c); }

/// The fields of a text, row by row. Reads a '\0' where the text ends, as std::string has it; there is none within.
class Fields {
 public:
  Fields(const std::string& bytes, char delimiter, PlaceFinder& places, TableErrors& errors)
      : bytes_(bytes), delimiter_(delimiter), places_(places), errors_(errors), at_(text_begin(bytes)) {
    for (const char c : {delimiter, '\n', '\r', '"', '\0'}) is_special_[static_cast<unsigned char>(c)] = true;
  }

  bool at_end() const { return at_ >= bytes_.size(); }
  std::size_t at() const { return at_; }

  /// The next row's fields; false if one of them is broken, which is then told.
  bool read_row(std::vector<Cell>& row) {
    row.clear();
    is_sound_ = true;
    while (true) {
      row.push_back(field());
      if (bytes_[at_] != delimiter_) break;
      ++at_;
    }
    if (bytes_[at_] == '\r' && bytes_[at_ + 1] == '\n')
      at_ += 2;
    else if (!at_end())
      ++at_;
    return is_sound_;
  }

 private:
  void skip_blanks() {
    while (bytes_[at_] == ' ' || (bytes_[at_] == '\t' && delimiter_ != '\t')) ++at_;
  }

  /// To the next delimiter, line end or quote.
  void skip_plain() {
    while (!is_special_[static_cast<unsigned char>(bytes_[at_])]) ++at_;
  }

  void refuse(std::size_t begin, std::size_t end, const char* message, const char* hint) {
    if (is_sound_) errors_.add([&] { return places_.error(begin, end, {message, hint}); });
    is_sound_ = false;
  }

  static Cell cell(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
  }

  Cell field() {
    skip_blanks();
    if (bytes_[at_] == '"') return quoted();
    const std::size_t begin = at_;
    skip_plain();
    while (bytes_[at_] == '"') {
      refuse(at_, at_ + 1, "a quote in a cell that does not begin with one",
             "put the whole cell in quotes and write this quote twice: \"5\"\" pipe\"");
      ++at_;
      skip_plain();
    }
    std::size_t end = at_;
    while (end > begin && (bytes_[end - 1] == ' ' || bytes_[end - 1] == '\t')) --end;
    return cell(begin, end);
  }

  Cell quoted() {
    const std::size_t begin = at_;
    do {
      at_ = bytes_.find('"', at_ + 1);
      if (at_ == std::string::npos) {
        at_ = bytes_.size();
        refuse(begin, begin + 1, "this quote is never closed", "a quote within a quoted cell is written twice");
        return cell(begin, begin);
      }
      ++at_;
    } while (bytes_[at_] == '"');
    const std::size_t end = at_;
    skip_blanks();
    if (!is_special_[static_cast<unsigned char>(bytes_[at_])] || bytes_[at_] == '"') {
      refuse(at_, at_ + 1, "text after the closing quote", "a quote within a quoted cell is written twice");
      while (bytes_[at_] == '"' || !is_special_[static_cast<unsigned char>(bytes_[at_])]) ++at_;
    }
    return cell(begin, end);
  }

  const std::string& bytes_;
  char delimiter_;
  PlaceFinder& places_;
  TableErrors& errors_;
  std::size_t at_;
  std::array<bool, 256> is_special_{};
  bool is_sound_ = true;
};

class CsvReader {
 public:
  CsvReader(std::string bytes, const TableOptions& options)
      : bytes_(std::make_shared<const std::string>(std::move(bytes))), options_(options), places_(*bytes_) {
    read_.table.bytes = bytes_;
    read_.table.decimal = options.decimal;
    read_.table.missing = options.missing;
  }

  ReadTable read() {
    if (!is_readable_text(*bytes_, read_.errors) || !are_options_sound()) return std::move(read_);
    Fields fields(*bytes_, options_.delimiter, places_, read_.errors);
    if (read_header(fields)) read_rows(fields);
    return std::move(read_);
  }

 private:
  void refuse(std::size_t begin, std::size_t end, Complaint complaint) {
    read_.errors.add([&] { return places_.error(begin, end, std::move(complaint)); });
  }
  void refuse(Cell cell, Complaint complaint) { refuse(cell.begin, cell.begin + cell.size, std::move(complaint)); }
  void refuse_file(std::string message) {
    read_.errors.add([&] { return TableError{0, 0, 1, std::move(message), ""}; });
  }

  bool are_options_sound() {
    if (delimiters.find(options_.delimiter) == std::string_view::npos)
      refuse_file("the delimiter is not a comma, a semicolon, a tab or a bar");
    if (options_.decimal != '.' && options_.decimal != ',') refuse_file("the decimal sign is not a point or a comma");
    if (options_.delimiter == options_.decimal) refuse_file("the comma is declared as delimiter and as decimal sign");
    return read_.errors.empty();
  }

  bool is_blank(const std::vector<Cell>& row) const { return row.size() == 1 && row[0].size == 0; }

  bool read_header(Fields& fields) {
    do {
      if (!fields.read_row(header_)) return false;
    } while (is_blank(header_));  // the text is not blank as a whole
    header_end_ = fields.at();
    if (has_other_delimiter()) return false;
    std::string room;
    for (const Cell cell : header_) read_.table.names.emplace_back(trimmed(read_.table.text(cell, room)));
    if (is_without_names()) return false;
    check_names();
    read_.table.columns.resize(header_.size());
    return read_.errors.empty();
  }

  /// One column whose name holds a sign that stands between columns elsewhere.
  bool has_other_delimiter() {
    if (header_.size() != 1 || (*bytes_)[header_[0].begin] == '"') return false;
    const std::string_view name = std::string_view(*bytes_).substr(header_[0].begin, header_[0].size);
    const std::size_t at = name.find_first_of(delimiters);
    if (at == std::string_view::npos) return false;
    const char other = name[at];
    refuse(header_[0].begin + at, header_[0].begin + at + 1,
           {fmt::format("the columns are separated by {} here, not by {}", quoted_delimiter(other),
                        quoted_delimiter(options_.delimiter)),
            other == '\t' ? "delimiter: tab" : fmt::format("delimiter: '{}'", other)});
    return true;
  }

  bool is_without_names() {
    const auto& names = read_.table.names;
    const bool are_values = std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      return read_number(name, options_.decimal) || text::read_date(name);
    });
    if (are_values)
      refuse(header_.front().begin, header_.back().begin + header_.back().size,
             {"the first line holds numbers, not the columns' names", "write the names above, as in: date,voles"});
    return are_values;
  }

  void check_names() {
    const auto& names = read_.table.names;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto same = std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]);
      const auto first = static_cast<std::size_t>(same - names.begin());
      if (names[i].empty())
        refuse(header_[i], {fmt::format("column {} has no name", i + 1), hint_for_no_name(i)});
      else if (first < i)
        refuse(header_[i], {fmt::format("columns {} and {} are both named {}", first + 1, i + 1, in_quotes(names[i])),
                            "names of columns are different"});
    }
  }

  std::string hint_for_no_name(std::size_t column) const {
    if (column == 0) return "R's write.csv puts row names there; row.names = FALSE leaves them out";
    return column + 1 == header_.size() ? "the line ends in a delimiter" : "";
  }

  void read_rows(Fields& fields) {
    auto& columns = read_.table.columns;
    std::vector<Cell> row;
    while (!fields.at_end()) {
      const std::size_t begin = fields.at();
      if (!fields.read_row(row) || (is_blank(row) && columns.size() > 1)) continue;
      if (row.size() != columns.size())
        refuse_length(row, begin, fields.at());
      else if (is_header_again(row))
        refuse(begin, fields.at(), {"this is the header again", "where files were put together, one header stays"});
      else {
        if (columns[0].empty()) read_.table.reserve_like(fields.at() - begin);
        for (std::size_t i = 0; i < row.size(); ++i) columns[i].push_back(row[i]);
      }
    }
    while (columns.size() == 1 && !columns[0].empty() && columns[0].back().size == 0) columns[0].pop_back();
    if (columns[0].empty() && read_.errors.empty())
      refuse(header_.front().begin, header_end_, {"there are no rows below the header", ""});
  }

  void refuse_length(const std::vector<Cell>& row, std::size_t begin, std::size_t end) {
    const auto fields = [](std::size_t count) { return fmt::format("{} field{}", count, count == 1 ? "" : "s"); };
    read_.errors.add([&] {
      const bool is_longer = row.size() > header_.size();
      const std::string message =
          fmt::format("this row has {}, but the header has {}", fields(row.size()), header_.size());
      if (!is_longer) return places_.error(begin, end, {message, "a missing value keeps its delimiter: 1,,3"});
      const bool is_comment = read_.table.names[0].starts_with('#');
      return places_.error(row[header_.size()].begin, end,
                           {message, is_comment ? "the header is the first line; comments have no place in CSV"
                                                : fmt::format("a cell that holds {} stands in quotes",
                                                              quoted_delimiter(options_.delimiter))});
    });
  }

  bool is_header_again(const std::vector<Cell>& row) const {
    const std::string_view bytes = *bytes_;
    return std::equal(row.begin(), row.end(), header_.begin(), [&](Cell a, Cell b) {
      return a.size == b.size && bytes.substr(a.begin, a.size) == bytes.substr(b.begin, b.size);
    });
  }

  std::shared_ptr<const std::string> bytes_;
  const TableOptions& options_;
  PlaceFinder places_;
  ReadTable read_;
  std::vector<Cell> header_;
  std::size_t header_end_ = 0;
};

}  // namespace

ReadTable read_csv(std::string bytes, const TableOptions& options) {
  return CsvReader(std::move(bytes), options).read();
}

}  // namespace data
