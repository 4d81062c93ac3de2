// Results as the store keeps them: bytes give a result, which then writes and reads as itself, or an exception.
#include "fuzz.hpp"
#include "report/result_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  experiments::Result result;
  try {
    result = report::result_from_json(report::Json::parse(data, data + size));
  } catch (const std::exception&) {
    return 0;
  }
  const std::string written = report::to_json(result).dump();
  fuzz::require(report::to_json(report::result_from_json(report::Json::parse(written))).dump() == written, "a result reads as it was written");
  report::to_csv(result);
  return 0;
}
