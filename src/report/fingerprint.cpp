// Looks fingerprints up in build/fingerprints.json, which the build writes after linking, and their parts beside it.
#include "report/fingerprint.hpp"

#include "report/files.hpp"
#include "report/hash.hpp"

namespace report {
namespace {

Json object_of(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_object() ? json : Json::object();
}

Json object_in(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::exists(file, error) ? object_of(read_file(file)) : Json::object();
}

const Json& table(const std::filesystem::path& root) {
  static const Json read = object_in(root / "build" / "fingerprints.json");
  return read;
}

}  // namespace

std::string program_fingerprint(const std::filesystem::path& root) {
  static const std::string fingerprint =
      table(root).contains("program") ? table(root).at("program").get<std::string>() : sha256(read_file("/proc/self/exe"));
  return fingerprint;
}

std::string code_fingerprint(const std::filesystem::path& root, const std::string& experiment) {
  const auto& known = table(root);
  if (known.contains("experiments") && known["experiments"].contains(experiment))
    return known["experiments"][experiment].get<std::string>();
  return program_fingerprint(root);
}

Json code_parts(const std::filesystem::path& root, const std::string& experiment) {
  return object_in(root / "build" / "fingerprints" / (experiment + ".json"));
}

void remember_code(const Store& store, const std::filesystem::path& root, const std::string& experiment) {
  const Json parts = code_parts(root, experiment);
  if (!parts.empty()) store.put("code", code_fingerprint(root, experiment), parts.dump());
}

Json code_parts(const Store& store, const std::string& fingerprint) {
  if (fingerprint.empty()) return Json::object();
  const auto found = store.get("code", fingerprint);
  return found.bytes ? object_of(*found.bytes) : Json::object();
}

}  // namespace report
