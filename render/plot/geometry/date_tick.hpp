// Ticks of date axes: on years, months, weeks, days, hours, minutes or seconds, as the span asks.
// The calendar is the Gregorian one of std::chrono, weeks begin on Mondays (ISO 8601), times are UTC.
#pragma once

#include <string>
#include <vector>

#include "plot/geometry/tick.hpp"
#include "text/words.hpp"

namespace plot {

/// A day's beginning as a value of a date axis: seconds since 1970-01-01 00:00 UTC.
double date(int year, unsigned month, unsigned day);

/// Ticks at the beginnings of the finest unit of the calendar of which at most `most` lie in the domain; a finer one
/// where there would be fewer than two. A label says no more than is new: "Mar", "15", "14:30", and below it, at the
/// first tick and wherever it changes, the year or the day. None where the domain holds no two seconds, or is
/// beyond the years that std::chrono knows.
std::vector<Tick> date_ticks(const Domain& domain, int most);

/// Ticks at the dates wanted, labelled by the coarsest unit that tells them; those outside the domain are left out.
std::vector<Tick> given_date_ticks(const Domain& domain, const std::vector<double>& wanted);

/// A tick's label in a language: its short names of months, and its order of day, month and year.
std::string date_in_language(const std::string& label, const text::Words& words);

}  // namespace plot
