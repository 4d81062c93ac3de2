// Ticks of date axes: on years, months, weeks, days, hours, minutes or seconds, as the span asks.
// See date_tick.hpp.
#include "plot/geometry/date_tick.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <utility>

namespace plot {

namespace {

using namespace std::chrono;

constexpr std::array month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// From coarse to fine.
enum class Unit { year, month, half_month, week, day, hour, minute, second };

struct CalendarStep {
  Unit unit;
  int count;
  double length;  // seconds, about
};

constexpr double minute_length = 60, hour_length = 3600, day_length = 86400, year_length = 365.2425 * day_length;

/// From fine to coarse, without the steps of more than one year.
constexpr std::array calendar_steps{
    CalendarStep{Unit::second, 1, 1},
    CalendarStep{Unit::second, 2, 2},
    CalendarStep{Unit::second, 5, 5},
    CalendarStep{Unit::second, 10, 10},
    CalendarStep{Unit::second, 30, 30},
    CalendarStep{Unit::minute, 1, minute_length},
    CalendarStep{Unit::minute, 2, 2 * minute_length},
    CalendarStep{Unit::minute, 5, 5 * minute_length},
    CalendarStep{Unit::minute, 10, 10 * minute_length},
    CalendarStep{Unit::minute, 30, 30 * minute_length},
    CalendarStep{Unit::hour, 1, hour_length},
    CalendarStep{Unit::hour, 2, 2 * hour_length},
    CalendarStep{Unit::hour, 3, 3 * hour_length},
    CalendarStep{Unit::hour, 6, 6 * hour_length},
    CalendarStep{Unit::hour, 12, 12 * hour_length},
    CalendarStep{Unit::day, 1, day_length},
    CalendarStep{Unit::day, 2, 2 * day_length},
    CalendarStep{Unit::week, 1, 7 * day_length},
    CalendarStep{Unit::half_month, 1, year_length / 24},
    CalendarStep{Unit::month, 1, year_length / 12},
    CalendarStep{Unit::month, 3, year_length / 4},
    CalendarStep{Unit::month, 6, year_length / 2},
    CalendarStep{Unit::year, 1, year_length},
};

double seconds_of(sys_days day) { return static_cast<double>(day.time_since_epoch().count()) * day_length; }

sys_days day_of(double at) { return sys_days{days{static_cast<int>(std::floor(at / day_length))}}; }

bool has_calendar(double at) {
  static const double first = seconds_of(sys_days{year::min() / January / 2}),
                      last = seconds_of(sys_days{year::max() / December / 30});
  return at >= first && at <= last;
}

/// The last beginning of a step that is not after `at`.
double beginning(const CalendarStep& step, double at) {
  const sys_days day = day_of(at);
  const year_month_day date{day};
  switch (step.unit) {
    case Unit::year:
      return seconds_of(year{floor_to(static_cast<int>(date.year()), step.count)} / January / 1);
    case Unit::month: {
      const int months = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
      return seconds_of(date.year() / month{static_cast<unsigned>(floor_to(months, step.count)) + 1} / 1);
    }
    case Unit::half_month:
      return seconds_of(date.year() / date.month() / (static_cast<unsigned>(date.day()) < 15 ? 1 : 15));
    case Unit::week:
      return seconds_of(day - (weekday{day} - Monday));
    case Unit::day:
      return seconds_of(sys_days{days{floor_to(static_cast<int>(day.time_since_epoch().count()), step.count)}});
    default:
      return std::floor(at / step.length) * step.length;
  }
}

/// The beginning after one.
double next(const CalendarStep& step, double at) {
  const year_month_day date{day_of(at)};
  switch (step.unit) {
    case Unit::year:
      return seconds_of((date.year() + years{step.count}) / January / 1);
    case Unit::month:
      return seconds_of(date + months{step.count});
    case Unit::half_month:
      return seconds_of(date.day() == day{1} ? sys_days{date.year() / date.month() / 15}
                                             : sys_days{(date.year() / date.month() + months{1}) / 1});
    default:
      return at + step.length;
  }
}

std::vector<double> beginnings_in(const CalendarStep& step, const Domain& domain) {
  const double slack = 1e-9 * (domain.high - domain.low);
  std::vector<double> found;
  for (double at = beginning(step, domain.low); at <= domain.high + slack; at = next(step, at))
    if (at >= domain.low - slack) found.push_back(at);
  return found;
}

std::string time_label(Unit unit, double at) {
  const auto seconds = static_cast<int>(at - seconds_of(day_of(at)));
  const int hour = seconds / 3600, minute = seconds / 60 % 60;
  if (unit == Unit::second) return fmt::format("{:02}:{:02}:{:02}", hour, minute, seconds % 60);
  return fmt::format("{:02}:{:02}", hour, minute);
}

/// What a tick says that the one before it has not said.
std::string date_label(Unit unit, double at, const double* before) {
  const year_month_day date{day_of(at)}, last{day_of(before ? *before : at)};
  const bool new_year = !before || last.year() != date.year();
  const bool new_month = new_year || last.month() != date.month();
  const bool new_day = new_month || last.day() != date.day();
  const std::string year = std::to_string(static_cast<int>(date.year()));
  const std::string month = month_names[static_cast<unsigned>(date.month()) - 1];
  const std::string day = std::to_string(static_cast<unsigned>(date.day()));
  if (unit == Unit::year) return year;
  if (unit == Unit::month) return month + (new_year ? "\n" + year : "");
  if (unit < Unit::hour) return day + (new_month ? " " + month : "") + (new_year ? "\n" + year : "");
  return time_label(unit, at) + (new_day ? "\n" + day + " " + month + (new_year ? " " + year : "") : "");
}

std::vector<Tick> labelled(const std::vector<double>& places, Unit unit, const Domain& domain) {
  std::vector<Tick> ticks;
  for (std::size_t i = 0; i < places.size(); ++i)
    ticks.push_back({std::clamp(places[i], domain.low, domain.high),
                     date_label(unit, places[i], i > 0 ? &places[i - 1] : nullptr)});
  return ticks;
}

/// What stands between spaces. Streams would bring all of the library's locales into the page's module.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(' '));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
  return parts;
}

/// The language's name of the month that these three letters are; empty for other words.
std::string month_in_language(const std::string& name, const text::Words& words) {
  const std::vector<std::string> names = split(words["short_months"]);
  for (std::size_t i = 0; i < names.size() && i < std::size(month_names); ++i)
    if (name == month_names[i]) return names[i];
  return "";
}

/// "Mar", "15 Mar" or "15 Mar 2021"; what names no month stays.
std::string line_in_language(const std::string& line, const text::Words& words) {
  if (std::string all = month_in_language(line, words); !all.empty()) return all;
  const std::vector<std::string> parts = split(line);
  if (parts.size() < 2) return line;
  const std::string month = month_in_language(parts[1], words);
  if (month.empty()) return line;
  if (parts.size() < 3) return words.say({"day_of_month", {{"day", parts[0]}, {"month", month}}});
  return words.say({"date", {{"day", parts[0]}, {"month", month}, {"year", parts[2]}}});
}

/// The beginnings of every 1, 2, 5, 10, 20 ... years, at most `most` of them, if that leaves two.
std::vector<double> beginnings_of_years(const Domain& domain, int most) {
  int count = 1;
  std::vector<double> finer, places = beginnings_in({Unit::year, count, 0}, domain);
  for (int k = 0; static_cast<int>(places.size()) > most; ++k) {
    count = k % 3 == 1 ? count / 2 * 5 : count * 2;
    finer = std::exchange(places, beginnings_in({Unit::year, count, 0}, domain));
  }
  return places.size() < 2 ? finer : places;
}

/// The coarsest unit that tells a date.
Unit unit_of(double at) {
  const year_month_day date{day_of(at)};
  const double time = at - seconds_of(day_of(at));
  if (std::fmod(time, minute_length) != 0) return Unit::second;
  if (time != 0) return Unit::minute;
  if (date.day() != day{1}) return Unit::day;
  return date.month() == January ? Unit::year : Unit::month;
}

}  // namespace

double date(int year_number, unsigned month_number, unsigned day_number) {
  return seconds_of(sys_days{year{year_number} / month{month_number} / day{day_number}});
}

std::vector<Tick> date_ticks(const Domain& domain, int most) {
  if (!has_calendar(domain.low) || !has_calendar(domain.high)) return {};
  const double span = domain.high - domain.low;
  for (std::size_t k = 0; k < calendar_steps.size(); ++k) {
    if (span / calendar_steps[k].length > most + 2) continue;  // far too many, and slow to count
    const std::vector<double> places = beginnings_in(calendar_steps[k], domain);
    if (static_cast<int>(places.size()) > most) continue;
    if (places.size() >= 2) return labelled(places, calendar_steps[k].unit, domain);
    if (k == 0) return {};
    const CalendarStep& finer = calendar_steps[k - 1];
    return labelled(beginnings_in(finer, domain), finer.unit, domain);
  }
  return labelled(beginnings_of_years(domain, most), Unit::year, domain);
}

std::vector<Tick> given_date_ticks(const Domain& domain, const std::vector<double>& wanted) {
  std::vector<double> places;
  Unit unit = Unit::year;
  for (const double at : wanted) {
    if (!has_calendar(at) || at < domain.low || at > domain.high) continue;
    places.push_back(at);
    unit = std::max(unit, unit_of(at));
  }
  std::sort(places.begin(), places.end());
  return labelled(places, unit, domain);
}

std::string date_in_language(const std::string& label, const text::Words& words) {
  const auto end = label.find('\n');
  if (end == std::string::npos) return line_in_language(label, words);
  return line_in_language(label.substr(0, end), words) + "\n" + line_in_language(label.substr(end + 1), words);
}

}  // namespace plot
