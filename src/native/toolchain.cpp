// See toolchain.hpp.
#include "native/toolchain.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "store/code_fingerprint.hpp"
#include "system/files.hpp"
#include "system/tool_versions.hpp"

namespace native {
namespace fs = std::filesystem;
namespace {

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream in(text);
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

/// A checkout's headers are found module by module, as its own sources find them.
std::vector<fs::path> our_folders(const fs::path& root, const std::vector<std::string>& modules) {
  const fs::path built = store::folder_of_program(root) / "modules";
  std::error_code error;
  if (!fs::is_directory(built, error)) return {(root / "../../include/literate-report").lexically_normal()};
  std::vector<fs::path> folders;
  for (const auto& module : modules) folders.push_back(built / module);
  return folders;
}

fs::path file_of(const std::string& program) {
  return program.find('/') == std::string::npos ? sys::program_file(program) : fs::path(program);
}

}  // namespace

Toolchain read_toolchain(const fs::path& root) {
  const fs::path description = store::folder_of_program(root) / "compile-experiments.json";
  nlohmann::json json;
  try {
    json = nlohmann::json::parse(sys::read_file(description));
  } catch (const std::exception&) {
    throw Lacking(fmt::format("{} cannot be read; install the program again", description.string()));
  }
  Toolchain chain;
  const char* chosen = std::getenv("CXX");
  chain.compiler = words(chosen ? chosen : "");
  if (chain.compiler.empty()) chain.compiler = {json.at("compiler").get<std::string>()};
  const std::string& program = chain.compiler.front();
  chain.compiler_file = file_of(program);
  std::error_code error;
  if (!fs::exists(chain.compiler_file, error))
    throw Lacking(
        fmt::format("a document's experiments in C++ are compiled with {}, which is not installed: install "
                    "the package {}",
                    program, program.find("clang") == std::string::npos ? "g++" : "clang"));
  chain.options = json.at("options").get<std::vector<std::string>>();
  chain.folders = our_folders(root, json.at("modules").get<std::vector<std::string>>());
  for (const auto& folder : json.at("folders")) chain.folders.emplace_back(folder.get<std::string>());
  return chain;
}

std::string package_of(const std::string& header) {
  for (const auto& [folder, package] : {std::pair{"Eigen/", "libeigen3-dev"},
                                        {"nlohmann/", "nlohmann-json3-dev"},
                                        {"boost/", "libboost-dev"},
                                        {"fmt/", "libfmt-dev"}})
    if (header.starts_with(folder)) return package;
  return "";
}

}  // namespace native
