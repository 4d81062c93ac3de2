// See table_error.hpp.
#include "data/tables/table_error.hpp"

#include <algorithm>

#include "data/tables/utf8.hpp"

namespace data {

PlaceFinder::PlaceFinder(std::string_view bytes)
    : bytes_(bytes), text_begin_(text_begin(bytes)), at_(text_begin_), line_begin_(text_begin_) {}

TableError PlaceFinder::error(std::size_t begin, std::size_t end, Complaint complaint) {
  if (begin < at_) {
    at_ = line_begin_ = text_begin_;
    line_ = 1;
  }
  for (; at_ < begin; ++at_) {
    const char c = bytes_[at_];
    const bool ends_line = c == '\n' || (c == '\r' && !bytes_.substr(at_ + 1).starts_with('\n'));
    if (!ends_line) continue;
    ++line_;
    line_begin_ = at_ + 1;
  }
  const std::string_view before = bytes_.substr(line_begin_, begin - line_begin_);
  std::string_view meant = bytes_.substr(begin, end - begin);
  meant = meant.substr(0, meant.find_first_of("\r\n"));
  return {line_, count_code_points(before) + 1, std::max(1, count_code_points(meant)), std::move(complaint.message),
          std::move(complaint.hint)};
}

}  // namespace data
