// Writes fingerprints.json: one fingerprint for each experiment, and one for the whole program.
//   fingerprint PROGRAM OUTPUT EXPERIMENT_OBJECT... -- OTHER_OBJECT...
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "data/checksum.hpp"
#include "fingerprint/objects.hpp"

namespace {

/// src/experiments/gradient_depth.cpp is experiment gradient-depth.
std::string experiment_name(const std::filesystem::path& object) {
  std::string name = object.filename().string();
  name = name.substr(0, name.find('.'));
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

/// An experiment's run function, in an unnamed namespace: experiments::(anonymous namespace)::run.
constexpr const char* run_function = "_ZN11experiments12_GLOBAL__N_13runE";

std::string program_hash(const char* file) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<std::uint8_t> bytes{std::istreambuf_iterator<char>(in), {}};
  return data::sha256(bytes);
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
  nlohmann::ordered_json table{{"program", program_hash(argv[1])}, {"experiments", nlohmann::ordered_json::object()}};
  for (std::size_t i = 0; i < experiments; ++i) {
    const std::string hash = fingerprint::fingerprint(objects, i, run_function);
    if (!hash.empty()) table["experiments"][experiment_name(objects[i].file)] = hash;
  }
  std::ofstream(argv[2]) << table.dump(1) << '\n';
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "fingerprint: %s\n", error.what());
  return 1;
}
