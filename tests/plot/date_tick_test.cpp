// Ticks of date axes stand where the calendar has its beginnings, and say what is new.
// The dates below are those of the Gregorian calendar as `cal` and `date -u` of GNU print them.
#include "plot/geometry/date_tick.hpp"

#include "catch.hpp"

namespace date_tick_test {

using namespace plot;

namespace {

using Texts = std::vector<std::string>;

constexpr double hour = 3600, day = 86400;

Domain dates(double low, double high) { return {ScaleKind::date, false, low, high}; }

Texts labels(const std::vector<Tick>& ticks) {
  Texts texts;
  for (const Tick& tick : ticks) texts.push_back(tick.label);
  return texts;
}

}  // namespace

TEST_CASE("a date is its seconds since 1970 in UTC, leap days counted") {
  CHECK(date(1970, 1, 1) == 0);
  CHECK(date(2000, 3, 1) == 951868800);   // date -u -d 2000-03-01 +%s
  CHECK(date(2100, 3, 1) == 4107542400);  // 2100 has no 29 February
  CHECK(date(1969, 12, 31) == -day);
}

TEST_CASE("ticks are on the coarsest beginnings that are enough") {
  CHECK(labels(date_ticks(dates(date(1975, 6, 1), date(2021, 6, 1)), 6)) ==
        Texts{"1980", "1990", "2000", "2010", "2020"});
  CHECK(labels(date_ticks(dates(date(2019, 1, 1), date(2022, 1, 1)), 6)) == Texts{"2019", "2020", "2021", "2022"});
  CHECK(labels(date_ticks(dates(date(2020, 9, 10), date(2021, 8, 1)), 6)) ==
        Texts{"Oct\n2020", "Jan\n2021", "Apr", "Jul"});
  CHECK(labels(date_ticks(dates(date(2020, 11, 20), date(2021, 3, 20)), 6)) ==
        Texts{"Dec\n2020", "Jan\n2021", "Feb", "Mar"});
  CHECK(labels(date_ticks(dates(date(2020, 1, 20), date(2020, 3, 20)), 6)) ==
        Texts{"1 Feb\n2020", "15", "1 Mar", "15"});
}

TEST_CASE("weeks begin on Mondays") {
  // 28 December 2020 was a Monday.
  const auto ticks = date_ticks(dates(date(2020, 12, 24), date(2021, 1, 20)), 6);
  CHECK(labels(ticks) == Texts{"28 Dec\n2020", "4 Jan\n2021", "11", "18"});
  CHECK(ticks[0].at == date(2020, 12, 28));
}

TEST_CASE("months of all lengths and leap years have their ticks on the first") {
  const auto ticks = date_ticks(dates(date(2020, 1, 1), date(2020, 7, 1)), 7);
  REQUIRE(ticks.size() == 7);
  for (unsigned month = 1; month <= 7; ++month) CHECK(ticks[month - 1].at == date(2020, month, 1));
  CHECK(labels(date_ticks(dates(date(2020, 2, 27), date(2020, 3, 2)), 6)) ==
        Texts{"27 Feb\n2020", "28", "29", "1 Mar", "2"});
}

TEST_CASE("hours, minutes and seconds say their day once") {
  CHECK(labels(date_ticks(dates(date(2021, 2, 28), date(2021, 3, 1) + 12 * hour), 5)) ==
        Texts{"00:00\n28 Feb 2021", "12:00", "00:00\n1 Mar", "12:00"});
  CHECK(labels(date_ticks(dates(14 * hour + 50, 14 * hour + 2000), 5)) == Texts{"14:10\n1 Jan 1970", "14:20", "14:30"});
  CHECK(labels(date_ticks(dates(0, 15), 5)) == Texts{"00:00:00\n1 Jan 1970", "00:00:05", "00:00:10", "00:00:15"});
}

TEST_CASE("every span from seconds to millennia has two ticks and not many more than are wanted, in order and inside") {
  for (const double start : {date(-4000, 5, 3), date(1899, 12, 31) + 7.5, date(1970, 1, 1), date(2024, 2, 29) + 1234.5})
    for (double span = 3; span < 3e11; span *= 1.7)
      for (const int most : {2, 4, 7}) {
        INFO(start << " + " << span << ", " << most);
        const auto ticks = date_ticks(dates(start, start + span), most);
        CHECK(ticks.size() >= 2);
        CHECK(static_cast<int>(ticks.size()) <= most + 6);
        for (std::size_t i = 0; i < ticks.size(); ++i) {
          CHECK(ticks[i].at >= start);
          CHECK(ticks[i].at <= start + span);
          CHECK(ticks[i].major());
          if (i > 0) CHECK(ticks[i].at > ticks[i - 1].at);
        }
      }
}

TEST_CASE("a span without two seconds, and years that nobody has counted, are shown as numbers") {
  CHECK(date_ticks(dates(0.2, 0.7), 5).empty());
  CHECK(date_ticks(dates(0, 1e15), 5).empty());
  CHECK(choose_ticks(dates(0.2, 0.7), 5).size() >= 2);
  CHECK(choose_ticks(dates(0, 1e15), 5).size() >= 2);
}

TEST_CASE("dates that are given as ticks are labelled by the coarsest unit that tells them all") {
  const Domain domain = dates(date(2020, 1, 1), date(2022, 12, 31));
  CHECK(labels(given_ticks(domain, {date(2021, 1, 1), date(2020, 1, 1), date(2030, 1, 1)})) == Texts{"2020", "2021"});
  CHECK(labels(given_ticks(domain, {date(2021, 1, 1), date(2021, 5, 1)})) == Texts{"Jan\n2021", "May"});
  CHECK(labels(given_ticks(domain, {date(2021, 5, 1), date(2021, 5, 9)})) == Texts{"1 May\n2021", "9"});
  CHECK(labels(given_ticks(domain, {date(2021, 5, 1) + 90 * 60})) == Texts{"01:30\n1 May 2021"});
}

TEST_CASE("dates are said in a language's months and order") {
  text::Words spanish = text::english(), german = text::english();
  spanish.read("short_months: ene feb mar abr may jun jul ago sep oct nov dic\ndate: {day} de {month} de {year}\n");
  german.read("short_months: Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez\nday_of_month: {day}. {month}\n");
  for (const char* label : {"2021", "15", "14:30", "Mar", "15 Mar\n2021", "14:30\n15 Mar 2021"})
    CHECK(date_in_language(label, text::english()) == label);
  CHECK(date_in_language("Jan\n2021", spanish) == "ene\n2021");
  CHECK(date_in_language("14:30\n15 Dec 2021", spanish) == "14:30\n15 de dic de 2021");
  CHECK(date_in_language("15 Mar\n2021", german) == "15. Mär\n2021");
  CHECK(date_in_language("15", german) == "15");
}

}  // namespace date_tick_test
