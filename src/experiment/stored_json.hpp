// Values in their stored form as JSON.
#pragma once

#include "experiment/json.hpp"
#include "experiment/stored.hpp"

namespace experiment {

/// What was written; the writer is empty afterwards.
Json taken_from(StoredWriter& writer);

/// Reads this, which must live as long.
std::unique_ptr<StoredReader> reader_of(const Json& json);

template <class T>
Json to_stored(const T& value) {
  StoredWriter writer;
  write_stored(writer, value);
  return taken_from(writer);
}

template <class T>
T from_stored(const Json& json) {
  T value{};
  read_stored(*reader_of(json), value);
  return value;
}

}  // namespace experiment
