// Writes fingerprints.json, one fingerprint for each experiment and one for the whole program, and beside it in
// fingerprints/ the parts that each experiment's is made of.
//   fingerprint PROGRAM OUTPUT EXPERIMENT_OBJECT... -- OTHER_OBJECT...
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "fingerprint/objects.hpp"
#include "system/checksum.hpp"

namespace {

using Json = nlohmann::ordered_json;

/// src/experiments/gradient_depth.cpp is experiment gradient-depth.
std::string experiment_name(const std::filesystem::path& object) {
  std::string name = object.filename().string();
  name = name.substr(0, name.find('.'));
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

/// An experiment's run function, in an unnamed namespace: experiments::(anonymous namespace)::run.
constexpr const char* run_function = "_ZN11experiments12_GLOBAL__N_13runE";

std::string sha256(const std::string& text) {
  return sys::sha256({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string program_hash(const char* file) {
  std::ifstream in(file, std::ios::binary);
  return sha256({std::istreambuf_iterator<char>(in), {}});
}

/// CMakeFiles/numerics.dir/src/numerics/norm.cpp.o was compiled from src/numerics/linear/norm.cpp.
std::string source_of(const std::filesystem::path& object) {
  const std::string file = object.string();
  const std::string mark = ".dir/";
  const auto at = file.rfind(mark);
  const std::filesystem::path source =
      at == std::string::npos ? object.filename().string() : file.substr(at + mark.size());
  return source.lexically_normal().replace_extension().string();
}

/// Names that say something to those who read our sources; what the compiler made of the libraries' templates is one.
std::string shown_name(const std::string& name) {
  for (const char* ours : {"numerics::", "data::", "experiment::", "experiments::"})
    if (name.starts_with(ours)) return name;
  return "library code and constants";
}

/// Source file -> function -> hash.
Json parts_by_source(const std::vector<fingerprint::Object>& objects, const std::vector<fingerprint::Part>& parts) {
  constexpr std::size_t enough = 16;  // hexadecimal digits; these are for telling people what changed
  std::map<std::string, std::map<std::string, std::multiset<std::string>>> hashes;
  for (const auto& part : parts) hashes[source_of(objects[part.object].file)][shown_name(part.name)].insert(part.hash);
  Json table = Json::object();
  for (const auto& [source, names] : hashes)
    for (const auto& [name, several] : names) {
      std::string all;
      for (const auto& hash : several) all += hash;
      table[source][name] = sha256(all).substr(0, enough);
    }
  return table;
}

void write(const std::filesystem::path& file, const Json& json) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << json.dump(1) << '\n';
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 4) throw std::runtime_error("usage: fingerprint PROGRAM OUTPUT EXPERIMENT_OBJECT... -- OTHER_OBJECT...");
  std::vector<fingerprint::Object> objects;
  std::size_t experiments = 0;
  bool others = false;
  for (int i = 3; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--") {
      others = true;
      continue;
    }
    objects.push_back(fingerprint::read_object(argv[i], objects.size()));
    if (!others) ++experiments;
  }
  Json table{{"program", program_hash(argv[1])}, {"experiments", Json::object()}};
  const std::filesystem::path output = argv[2];
  for (std::size_t i = 0; i < experiments; ++i) {
    const auto print = fingerprint::fingerprint(objects, i, run_function);
    if (print.hash.empty()) continue;
    const std::string name = experiment_name(objects[i].file);
    table["experiments"][name] = print.hash;
    write(output.parent_path() / "fingerprints" / (name + ".json"), parts_by_source(objects, print.parts));
  }
  write(output, table);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "fingerprint: %s\n", error.what());
  return 1;
}
