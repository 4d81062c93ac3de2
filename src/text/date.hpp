// A date as ISO 8601 writes it: the calendar dates of the extended format, to a year, month, day or time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace text {

enum class DatePrecision { year, month, day, time };

/// A date is a stretch of time: 2021-03 is the whole of March.
struct Date {
  double begin = 0;  // seconds since 1970-01-01 00:00 UTC, leap seconds left out
  double end = 0;    // where the next one begins; equal to `begin` for a time with fractions of a second
  DatePrecision precision = DatePrecision::year;
};

/// The date that the whole text writes, blanks around it left out: 2021, 2021-03, 2021-03-05, 2021-03-05T12:30 (or a
/// blank for the T), with seconds :15 or :15.250, and a zone Z, +02:00, +0200 or +02. Without a zone a time is UTC. The
/// calendar is the Gregorian one for all years, 0000 to 9999. Empty for other texts, and for days that no month has.
std::optional<Date> read_date(std::string_view text);

/// Why a text that has a date's form is not one ("there is no month 13"); empty for dates, and for texts of other
/// forms.
std::string why_impossible(std::string_view text);

/// The day, with its time where that is not midnight, UTC: to the second, or to the microsecond where it has fractions.
std::string date_text(double seconds);

}  // namespace text
