// The stored form is JSON; only this file knows.
#include <fmt/format.h>

#include <cmath>
#include <stdexcept>
#include <utility>

#include "experiment/stored_json.hpp"

namespace experiment {

std::string number_text(double x) {
  if (std::isnan(x)) return "NaN";
  if (std::isinf(x)) return x > 0 ? "Infinity" : "-Infinity";
  return fmt::format("{}", x);
}

Json stored_number(double x) {
  if (std::isfinite(x)) return x;
  return number_text(x);
}

double number_from(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto text = json.get<std::string>();
  if (text == "Infinity") return INFINITY;
  if (text == "-Infinity") return -INFINITY;
  if (text == "NaN") return NAN;
  throw std::invalid_argument("not a number: '" + text + "'");
}

struct StoredWriter::State {
  Json whole;
  std::vector<Json> open;  // lists that are not ended, the innermost last

  void put(Json value) {
    if (open.empty())
      whole = std::move(value);
    else
      open.back().push_back(std::move(value));
  }
};

StoredWriter::StoredWriter() : state_(std::make_unique<State>()) {}
StoredWriter::~StoredWriter() = default;

void StoredWriter::number(double x) { state_->put(stored_number(x)); }
void StoredWriter::integer(std::int64_t i) { state_->put(i); }
void StoredWriter::natural(std::uint64_t i) { state_->put(i); }
void StoredWriter::truth(bool is_true) { state_->put(is_true); }
void StoredWriter::text(const std::string& text) { state_->put(text); }

void StoredWriter::numbers(const std::vector<double>& numbers) {
  Json list = Json::array();
  for (const double x : numbers) list.push_back(stored_number(x));
  state_->put(std::move(list));
}

void StoredWriter::begin_list() { state_->open.push_back(Json::array()); }

void StoredWriter::end_list() {
  Json list = std::move(state_->open.back());
  state_->open.pop_back();
  state_->put(std::move(list));
}

std::string text_of(StoredWriter& writer) { return taken_from(writer).dump(); }

Json taken_from(StoredWriter& writer) { return std::exchange(writer.state().whole, Json()); }

namespace {

[[noreturn]] void misfit() { throw std::invalid_argument("a stored value has another form"); }

}  // namespace

struct StoredReader::State {
  struct List {
    const Json& list;
    std::size_t next = 0;
  };
  const Json& whole;
  std::vector<List> open = {};

  const Json& next() {
    if (open.empty()) return whole;
    List& list = open.back();
    if (list.next >= list.list.size()) misfit();
    return list.list[list.next++];
  }
};

StoredReader::StoredReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
StoredReader::~StoredReader() = default;

double StoredReader::number() { return number_from(state_->next()); }
std::int64_t StoredReader::integer() { return state_->next().get<std::int64_t>(); }
std::uint64_t StoredReader::natural() { return state_->next().get<std::uint64_t>(); }
bool StoredReader::truth() { return state_->next().get<bool>(); }
std::string StoredReader::text() { return state_->next().get<std::string>(); }

std::vector<double> StoredReader::numbers() {
  const Json& list = state_->next();
  if (!list.is_array()) misfit();
  std::vector<double> numbers;
  numbers.reserve(list.size());
  for (const Json& item : list) numbers.push_back(number_from(item));
  return numbers;
}

std::size_t StoredReader::begin_list() {
  const Json& list = state_->next();
  if (!list.is_array()) misfit();
  state_->open.push_back({list});
  return list.size();
}

void StoredReader::begin_list(std::size_t length) {
  if (begin_list() != length) misfit();
}

void StoredReader::end_list() { state_->open.pop_back(); }

std::unique_ptr<StoredReader> reader_of(const Json& json) {
  return std::make_unique<StoredReader>(std::make_unique<StoredReader::State>(StoredReader::State{json}));
}

}  // namespace experiment
