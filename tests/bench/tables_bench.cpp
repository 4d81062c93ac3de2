// Reading tables of measurements: a million rows of six columns out of their bytes, and a condition on them.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdint>
#include <iterator>

#include "data/tables/csv.hpp"
#include "data/tables/filter.hpp"
#include "data/tables/json_records.hpp"

namespace {

constexpr int million = 1'000'000;

/// Cells as they are measured: a date, two names, two numbers of four to six digits, and a year.
template <typename Write>
std::string rows(Write write) {
  std::string bytes;
  for (int i = 0; i < million; ++i) {
    const int year = 2000 + i % 20;
    const auto scattered = [i](int step, int most) { return static_cast<int>(std::int64_t{i} * step % most); };
    write(bytes, fmt::format("{}-{:02}-{:02}", year, i % 12 + 1, i % 28 + 1), i % 13, i % 5,
          scattered(7919, 100003) / 1000.0, scattered(104729, 99991) / 1e6, year);
  }
  return bytes;
}

const std::string& csv() {
  static const std::string bytes =
      "date,site,island,voles,se,year\n" + rows([](std::string& out, const std::string& date, auto... cells) {
        fmt::format_to(std::back_inserter(out), "{},site {},island {},{},{},{}\n", date, cells...);
      });
  return bytes;
}

const std::string& json() {
  static const std::string bytes = rows([](std::string& out, const std::string& date, auto... cells) {
    fmt::format_to(std::back_inserter(out),
                   "{{\"date\":\"{}\",\"site\":\"site {}\",\"island\":\"island {}\",\"voles\":{},\"se\":{},"
                   "\"year\":{}}}\n",
                   date, cells...);
  });
  return bytes;
}

/// Every column as what it holds.
void read_columns(const data::Table& table) {
  benchmark::DoNotOptimize(data::dates(table, "date"));
  for (const char* name : {"site", "island"}) benchmark::DoNotOptimize(data::categories(table, name));
  for (const char* name : {"voles", "se", "year"}) benchmark::DoNotOptimize(data::numbers(table, name));
}

/// From bytes to columns; the copy of the bytes is not counted, which a program that reads a file does not make.
template <typename Read>
void read(benchmark::State& state, const std::string& bytes, Read reader) {
  for (auto _ : state) {
    state.PauseTiming();
    std::string copy = bytes;
    state.ResumeTiming();
    const data::ReadTable table = reader(std::move(copy));
    read_columns(table.table);
  }
  state.counters["MB"] = static_cast<double>(bytes.size()) / 1e6;
}

void read_csv(benchmark::State& state) {
  read(state, csv(), [](std::string bytes) { return data::read_csv(std::move(bytes)); });
}
void read_json(benchmark::State& state) {
  read(state, json(), [](std::string bytes) { return data::read_json_records(std::move(bytes)); });
}

void filter(benchmark::State& state) {
  const data::Table table = data::read_csv(csv()).table;
  const auto parsed = data::parse_filter("year >= 2010 and site in ['site 1', 'site 2'] and date < 2015-03");
  for (auto _ : state) benchmark::DoNotOptimize(data::filter_rows(table, parsed.filter));
}

void declare(const char* name, void (*function)(benchmark::State&)) {
  benchmark::RegisterBenchmark(name, function)
      ->Unit(benchmark::kMillisecond)
      ->Iterations(1)
      ->Repetitions(7)
      ->ReportAggregatesOnly(true);
}

}  // namespace

int main(int argc, char** argv) {
  declare("tables/csv", read_csv);
  declare("tables/json", read_json);
  declare("tables/filter", filter);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
