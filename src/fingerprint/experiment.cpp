// See experiment.hpp.
#include "fingerprint/experiment.hpp"

#include <map>
#include <set>

#include "system/checksum.hpp"

namespace fingerprint {
namespace {

constexpr std::size_t enough = 16;  // hexadecimal digits; these are for telling people what changed

/// Names that say something to those who read our sources; what the compiler made of the libraries' templates is one.
std::string shown_name(const std::string& name) {
  for (const char* ours : {"numerics::", "data::", "experiment::", "experiments::"})
    if (name.starts_with(ours)) return name;
  return "library code and constants";
}

}  // namespace

std::string source_of(const std::filesystem::path& object) {
  const std::string file = object.string();
  const std::string mark = ".dir/";
  const auto at = file.rfind(mark);
  const std::filesystem::path source =
      at == std::string::npos ? object.filename().string() : file.substr(at + mark.size());
  return source.lexically_normal().replace_extension().string();
}

Json parts_by_source(const std::vector<Object>& objects, const std::vector<Part>& parts) {
  std::map<std::string, std::map<std::string, std::multiset<std::string>>> hashes;
  for (const auto& part : parts) hashes[source_of(objects[part.object].file)][shown_name(part.name)].insert(part.hash);
  Json table = Json::object();
  for (const auto& [source, names] : hashes)
    for (const auto& [name, several] : names) {
      std::string all;
      for (const auto& hash : several) all += hash;
      table[source][name] = sys::sha256(all).substr(0, enough);
    }
  return table;
}

}  // namespace fingerprint
