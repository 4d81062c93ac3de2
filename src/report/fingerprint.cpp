// Looks fingerprints up in build/fingerprints.json, which the build writes after linking.
#include "report/fingerprint.hpp"

#include <nlohmann/json.hpp>

#include "report/files.hpp"
#include "report/hash.hpp"

namespace report {
namespace {

const nlohmann::json& table(const std::filesystem::path& root) {
  static const nlohmann::json read = [&] {
    std::error_code error;
    const auto path = root / "build" / "fingerprints.json";
    if (!std::filesystem::exists(path, error)) return nlohmann::json::object();
    auto json = nlohmann::json::parse(read_file(path), nullptr, false);
    return json.is_object() ? json : nlohmann::json::object();
  }();
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

}  // namespace report
