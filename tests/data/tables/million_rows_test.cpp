// A million rows of six columns: read in a second or two of processor time, in a few hundred bytes a row.
#include <ctime>
#include <fstream>

#include "data/tables/filter.hpp"
#include "data/tables/json_records.hpp"
#include "tables.hpp"

namespace million_rows_test {

namespace {

constexpr int million = 1'000'000;

// Of the program as users have it; without optimisation and with sanitizers it takes several times as much.
#ifdef NDEBUG
constexpr bool is_measured = true;
#else
constexpr bool is_measured = false;
#endif

std::string date_of(int i) { return fmt::format("20{:02}-{:02}-{:02}", i % 20, i % 12 + 1, i % 28 + 1); }

std::string as_csv() {
  std::string bytes = "date,site,island,voles,se,year\n";
  for (int i = 0; i < million; ++i)
    bytes += fmt::format("{},site {},\"island {}\",{},{},{}\n", date_of(i), i % 12, i % 5, i % 977 / 8.0,
                         i % 8 == 0 ? "" : "0.125", 2000 + i % 20);
  return bytes;
}

std::string as_json() {
  std::string bytes = "[";
  for (int i = 0; i < million; ++i)
    bytes += fmt::format(
        "{}{{\"date\":\"{}\",\"site\":\"site {}\",\"island\":\"island {}\",\"voles\":{},\"se\":{},\"year\":{}}}",
        i > 0 ? ",\n" : "", date_of(i), i % 12, i % 5, i % 977 / 8.0, i % 8 == 0 ? "null" : "0.125", 2000 + i % 20);
  return bytes + "]";
}

/// A field of /proc/self/status in bytes.
std::size_t memory(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string name; status >> name;) {
    std::size_t kilobytes = 0;
    if (name == field + ":" && status >> kilobytes) return 1024 * kilobytes;
    std::getline(status, name);
  }
  return 0;
}

template <typename Read>
void check_reading(std::string bytes, Read read, double most_seconds) {
  std::ofstream("/proc/self/clear_refs") << 5 << std::flush;  // the peak begins anew
  const std::size_t memory_before = memory("VmRSS") - bytes.size();
  const std::clock_t begin = std::clock();
  const data::Table table = tables::sound(read(std::move(bytes)));
  const auto days = data::dates(table, "date");
  const auto sites = data::categories(table, "site"), islands = data::categories(table, "island");
  const auto counts = data::numbers(table, "voles"), errors = data::numbers(table, "se");
  const auto years = data::numbers(table, "year");
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  const std::size_t used = memory("VmHWM") - memory_before;

  REQUIRE(table.rows() == million);
  CHECK(days.seconds[29] == text::read_date("2009-06-02")->begin);
  CHECK(sites.names.size() == 12);
  CHECK(islands.names.size() == 5);
  CHECK(counts.values[976] == 122);
  CHECK(errors.missing == 125000);
  CHECK(years.values[million - 1] == 2019);
  CAPTURE(seconds, used);
  CHECK((!is_measured || seconds < most_seconds));
  CHECK((!is_measured || used < std::size_t{300} * million));
}

}  // namespace

TEST_CASE("a million rows of CSV take less than a second and 300 bytes a row, the file included") {
  check_reading(
      as_csv(), [](std::string bytes) { return data::read_csv(std::move(bytes)); }, 1);
}

TEST_CASE("a million records of JSON take less than two seconds and 300 bytes a row, the file included") {
  check_reading(
      as_json(), [](std::string bytes) { return data::read_json_records(std::move(bytes)); }, 2);
}

TEST_CASE("a condition over a million rows takes less than a second") {
  const data::Table table = tables::csv(as_csv());
  const auto parsed = data::parse_filter("year >= 2010 and site in ['site 1', 'site 2'] and date < 2015-03");
  const std::clock_t begin = std::clock();
  const auto filtered = data::filter_rows(table, parsed.filter);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::size_t expected = 0;
  for (int i = 0; i < million; ++i) {
    const int year = 2000 + i % 20, month = i % 12 + 1, site = i % 12;
    if (year >= 2010 && (site == 1 || site == 2) && (year < 2015 || (year == 2015 && month < 3))) ++expected;
  }
  CHECK(expected > 0);
  CHECK(filtered.rows.size() == expected);
  CAPTURE(seconds);
  CHECK((!is_measured || seconds < 1));
}

}  // namespace million_rows_test
