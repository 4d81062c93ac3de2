// See date.hpp. std::chrono has the calendar.
#include "text/date.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>

#include "text/characters.hpp"

namespace text {
namespace {

namespace chrono = std::chrono;

constexpr std::string_view blanks = " \t\r\n";  // around a date

constexpr std::array month_names{"January", "February", "March",     "April",   "May",      "June",
                                 "July",    "August",   "September", "October", "November", "December"};

/// Takes a text apart from its front.
struct Front {
  std::string_view rest;

  bool take(char c) {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  }

  /// A number of exactly so many digits.
  bool take(int digits, int& number) {
    if (rest.size() < static_cast<std::size_t>(digits)) return false;
    int value = 0;
    for (int i = 0; i < digits; ++i) {
      if (!is_digit(rest[static_cast<std::size_t>(i)])) return false;
      value = 10 * value + (rest[static_cast<std::size_t>(i)] - '0');
    }
    number = value;
    rest.remove_prefix(static_cast<std::size_t>(digits));
    return true;
  }
};

/// As it is written, checked for its form alone.
struct Written {
  DatePrecision precision = DatePrecision::year;
  int year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  double fraction = 0;
  bool has_second = false, has_fraction = false;
  int zone_hours = 0, zone_minutes = 0, zone_sign = 1;
};

bool take_fraction(Front& front, Written& w) {
  w.has_fraction = true;
  double unit = 0.1;
  if (front.rest.empty() || !is_digit(front.rest[0])) return false;
  for (int digit = 0; front.take(1, digit); unit /= 10) w.fraction += unit * digit;
  return true;
}

bool take_zone(Front& front, Written& w) {
  if (front.rest.empty() || front.take('Z')) return true;
  if (front.take('-'))
    w.zone_sign = -1;
  else if (!front.take('+'))
    return false;
  if (!front.take(2, w.zone_hours) || front.rest.empty()) return front.rest.empty();
  front.take(':');
  return front.take(2, w.zone_minutes);
}

std::optional<Written> read_form(std::string_view text) {
  Front front{text};
  Written w;
  if (!front.take(4, w.year)) return std::nullopt;
  if (front.rest.empty()) return w;
  w.precision = DatePrecision::month;
  if (!front.take('-') || !front.take(2, w.month)) return std::nullopt;
  if (front.rest.empty()) return w;
  w.precision = DatePrecision::day;
  if (!front.take('-') || !front.take(2, w.day)) return std::nullopt;
  if (front.rest.empty()) return w;
  w.precision = DatePrecision::time;
  if (!front.take('T') && !front.take(' ')) return std::nullopt;
  if (!front.take(2, w.hour) || !front.take(':') || !front.take(2, w.minute)) return std::nullopt;
  if (front.take(':')) {
    w.has_second = true;
    if (!front.take(2, w.second)) return std::nullopt;
    if (front.take('.') && !take_fraction(front, w)) return std::nullopt;
  }
  if (!take_zone(front, w) || !front.rest.empty()) return std::nullopt;
  return w;
}

chrono::year_month_day day_of(const Written& w) {
  return chrono::year(w.year) / chrono::month(static_cast<unsigned>(w.month)) /
         chrono::day(static_cast<unsigned>(w.day));
}

bool is_time_sound(const Written& w) { return w.hour < 24 && w.minute < 60 && w.second < 60; }
bool is_zone_sound(const Written& w) { return w.zone_hours < 24 && w.zone_minutes < 60; }

double seconds_of(chrono::sys_days day) { return 86400.0 * static_cast<double>(day.time_since_epoch().count()); }

double end_of(const Written& w, double begin) {
  const chrono::year_month_day day = day_of(w);
  switch (w.precision) {
    case DatePrecision::year:
      return seconds_of(chrono::sys_days(day + chrono::years(1)));
    case DatePrecision::month:
      return seconds_of(chrono::sys_days(day + chrono::months(1)));
    case DatePrecision::day:
      return begin + 86400;
    case DatePrecision::time:
      break;
  }
  return begin + (w.has_fraction ? 0 : w.has_second ? 1 : 60);
}

int days_in_month(const Written& w) {
  const auto last = chrono::year(w.year) / chrono::month(static_cast<unsigned>(w.month)) / chrono::last;
  return static_cast<int>(static_cast<unsigned>(last.day()));
}

/// Why a date of the right form is none.
std::string impossible(const Written& w) {
  if (w.month < 1 || w.month > 12) return fmt::format("there is no month {}", w.month);
  if (!day_of(w).ok())
    return fmt::format("{} {} has {} days", month_names[static_cast<std::size_t>(w.month - 1)], w.year,
                       days_in_month(w));
  if (!is_time_sound(w)) return "times go from 00:00:00 to 23:59:59";
  return "zones are as +02:00, less than a day";
}

}  // namespace

std::optional<Date> read_date(std::string_view text) {
  const auto written = read_form(trimmed(text, blanks));
  if (!written || !day_of(*written).ok() || !is_time_sound(*written) || !is_zone_sound(*written)) return std::nullopt;
  const Written& w = *written;
  const int zone = w.zone_sign * (60 * w.zone_hours + w.zone_minutes);  // in minutes
  Date date;
  date.precision = w.precision;
  date.begin = seconds_of(chrono::sys_days(day_of(w))) + 3600 * w.hour + 60 * (w.minute - zone) + w.second + w.fraction;
  date.end = end_of(w, date.begin);
  return date;
}

std::string why_impossible(std::string_view text) {
  const auto written = read_form(trimmed(text, blanks));
  return written && !read_date(text) ? impossible(*written) : "";
}

std::string date_text(double seconds) {
  using namespace std::chrono;
  const sys_time<microseconds> time{microseconds(std::llround(seconds * 1e6))};
  const sys_days day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::string text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  if (time == day) return text;
  text += fmt::format("T{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (const auto fraction = clock.subseconds(); fraction.count() > 0) text += fmt::format(".{:06}", fraction.count());
  return text;
}

}  // namespace text
