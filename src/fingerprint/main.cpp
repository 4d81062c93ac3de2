// Writes fingerprints.json, one fingerprint for each experiment and one for the whole program; beside it in
// fingerprints/ the parts that each experiment's is made of, and in symbols.json what the experiments of a document may
// call, each with the fingerprint of all that it reaches.
//   fingerprint PROGRAM OUTPUT EXPERIMENT_OBJECT... -- OTHER_OBJECT...
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "fingerprint/experiment.hpp"
#include "fingerprint/objects.hpp"
#include "system/file_sums.hpp"

namespace {

using fingerprint::Json;

/// src/experiments/gradient_depth.cpp is experiment gradient-depth.
std::string experiment_name(const std::filesystem::path& object) {
  std::string name = object.filename().string();
  name = name.substr(0, name.find('.'));
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

/// Symbol -> [fingerprint, name, source]: what was compiled from templates is compiled anew where it is used.
Json symbols(const fingerprint::Linked& linked, std::size_t from) {
  std::set<std::string_view> listed;
  Json::object_t table;  // its operator[] would look through all that it holds
  for (std::size_t i = from; i < linked.objects.size(); ++i) {
    const fingerprint::Object& object = linked.objects[i];
    for (const auto& [symbol, target] : object.globals)
      if (!object.weak.contains(symbol) && listed.insert(symbol).second)
        table.push_back({symbol,
                         {fingerprint::fingerprint(linked, target).hash, fingerprint::readable_name(symbol),
                          fingerprint::source_of(object.file)}});
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
  Json table{{"program", sys::sha256_of_file(argv[1])}, {"experiments", Json::object()}};
  const std::filesystem::path output = argv[2];
  const fingerprint::Linked linked(objects);
  for (std::size_t i = 0; i < experiments; ++i) {
    const auto print = fingerprint::fingerprint(linked, i, fingerprint::run_function);
    if (print.hash.empty()) continue;
    const std::string name = experiment_name(objects[i].file);
    table["experiments"][name] = print.hash;
    write(output.parent_path() / "fingerprints" / (name + ".json"), fingerprint::parts_by_source(objects, print.parts));
  }
  write(output, table);
  write(output.parent_path() / "symbols.json",
        {{"program", table["program"]}, {"symbols", symbols(linked, experiments)}});
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "fingerprint: %s\n", error.what());
  return 1;
}
