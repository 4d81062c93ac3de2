// See date_text.hpp.
#include "data/tables/date_text.hpp"

#include <fmt/format.h>

#include "data/tables/utf8.hpp"
#include "text/date.hpp"

namespace data {
namespace {

/// Dates of other habits: 5.3.2021 and 3/5/2021.
bool is_of_other_habit(std::string_view text) {
  const bool has_sign = text.find_first_of("./") != std::string_view::npos;
  return has_sign && text.find_first_not_of("0123456789./ ") == std::string_view::npos;
}

}  // namespace

Complaint why_not_date(std::string_view text) {
  text = trimmed(text);
  if (const std::string why = text::why_impossible(text); !why.empty())
    return {fmt::format("{} is not a date", in_quotes(text)), why};
  return {fmt::format("{} is not a date", in_quotes(text)),
          is_of_other_habit(text) ? "dates are written year-month-day: 2021-03-05"
                                  : "dates are 2021, 2021-03, 2021-03-05 or 2021-03-05T12:30"};
}

}  // namespace data
