// The theme's writers hold all that differs from format to format, and each of them answers every question that the
// filter asks.
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "places.hpp"
#include "system/files.hpp"
#include "system/process.hpp"

namespace writers_test {

namespace fs = std::filesystem;

namespace {

fs::path theme() { return source_folder() / "render" / "theme"; }

std::set<std::string> writer_names() {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(theme() / "writers")) names.insert(entry.path().stem().string());
  return names;
}

/// What each writer gives: names with the types of their values.
std::map<std::string, std::set<std::string>> writers() {
  std::string names;
  for (const auto& name : writer_names()) names += name + " ";
  sys::Command command;
  command.arguments = {"pandoc", "--from=markdown", "--to=plain",
                       "--lua-filter=" + (source_folder() / "tests/publish/writers.lua").string()};
  command.environment = {{"THEME", theme().string()}, {"WRITERS", names}};
  const auto finished = sys::run(command);
  INFO(finished.errors);
  REQUIRE(finished.ok());
  std::map<std::string, std::set<std::string>> all;
  std::istringstream stream(finished.output);
  for (std::string writer, name, type; stream >> writer >> name >> type;) all[writer].insert(name + " " + type);
  return all;
}

/// The theme's code without comments, by file.
std::map<std::string, std::string> lua_files() {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(theme()))
    if (entry.path().extension() == ".lua")
      files[entry.path().lexically_relative(theme()).string()] =
          std::regex_replace(sys::read_file(entry.path()), std::regex("--[^\n]*"), "");
  return files;
}

/// What the filter asks of the writer, which all but the writers themselves call `writer`.
std::set<std::string> asked() {
  std::set<std::string> names;
  const std::regex use(R"(\bwriter\.(\w+))");
  for (const auto& [file, code] : lua_files())
    for (std::sregex_iterator at(code.begin(), code.end(), use), end; at != end; ++at) names.insert((*at)[1]);
  return names;
}

}  // namespace

TEST_CASE("every format's writer gives the same functions") {
  const auto all = writers();
  REQUIRE(all.size() == writer_names().size());
  REQUIRE(all.size() >= 5);
  for (const auto& [name, given] : all) {
    INFO(name << " and " << all.begin()->first);
    CHECK(given == all.begin()->second);
  }
}

TEST_CASE("the filter asks a writer for all that it gives, and writer.lua says what that is") {
  const auto all = writers();
  std::set<std::string> given;
  for (const auto& line : all.at("page")) given.insert(line.substr(0, line.find(' ')));
  CHECK(asked() == given);
  const std::string description = sys::read_file(theme() / "filter/writer.lua");
  for (const auto& name : given) {
    INFO(name);
    CHECK(std::regex_search(description, std::regex("\n--[^\n]* " + name + "\\b")));
  }
}

TEST_CASE("only the choice of a writer depends on the format's name") {
  for (const auto& [file, code] : lua_files()) {
    if (file == "filter/publication.lua" || file == "filter/writer.lua") continue;
    INFO(file);
    CHECK_FALSE(std::regex_search(code, std::regex(R"(\bFORMAT\b|publication\.format)")));
  }
}

}  // namespace writers_test
