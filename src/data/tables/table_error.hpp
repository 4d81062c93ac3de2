// What is wrong with a table, as data: places in its file, counted as editors count them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace data {

/// Line and column count from 1, columns and the length in Unicode code points; a byte order mark is not counted.
/// Line 0 means the file as a whole.
struct TableError {
  int line = 0;
  int column = 0;
  int length = 1;
  std::string message;  // "'1,5' is not a number"
  std::string hint;     // "decimal commas are declared with decimal: ','"; may be empty
};

/// All that is wrong: the first errors in the order of the file, and how many more there are.
struct TableErrors {
  static constexpr std::size_t most = 20;
  std::vector<TableError> first;
  std::size_t more = 0;

  bool empty() const { return first.empty(); }
  std::size_t count() const { return first.size() + more; }

  /// `make` gives the error; it is not called for one that is only counted.
  template <typename Make>
  void add(Make make) {
    if (first.size() < most)
      first.push_back(make());
    else
      ++more;
  }
};

/// What is wrong with a text, wherever it stands.
struct Complaint {
  std::string message, hint;
};

/// Makes errors of stretches of the bytes. Lines end in LF, CRLF or CR. Each place is counted from the one before, so
/// that errors in the order of the file take one pass over it.
class PlaceFinder {
 public:
  /// The bytes must outlive the finder.
  explicit PlaceFinder(std::string_view bytes);

  /// The stretch from `begin` to `end`, which are offsets in the bytes, as far as it lies on the line of `begin`.
  TableError error(std::size_t begin, std::size_t end, Complaint complaint);

 private:
  std::string_view bytes_;
  std::size_t text_begin_;
  std::size_t at_, line_begin_;
  int line_ = 1;
};

}  // namespace data
