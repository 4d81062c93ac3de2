// docs/programs.md as an author would follow it: its declaration, and its program in each language that is here.
#include <cmath>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "system/tool_versions.hpp"
#include "user.hpp"

namespace programs_page_test {

using namespace user;

namespace {

/// The block that follows a file's name in the page.
std::string block_of(const std::string& page, const std::string& file) {
  const std::size_t name = page.find("`experiments/" + file + "`"), open = page.find("\n```", name);
  REQUIRE(name != std::string::npos);
  const std::size_t begin = page.find('\n', open + 1) + 1;
  return page.substr(begin, page.find("\n```", begin) + 1 - begin);
}

/// The figure and the sentence that the page begins with.
std::string chapter_of(const std::string& page) {
  const std::size_t begin = page.find('\n', page.find("````markdown")) + 1;
  return page.substr(begin, page.find("````", begin) - begin);
}

struct Language {
  const char *program, *file;
  std::vector<std::string> command;
  double tolerance;  // relative
};

double final_of(double rate, int years) {
  double size = 10;
  for (int year = 0; year < years; ++year) size += rate * size * (1 - size / 1000);
  return size;
}

}  // namespace

TEST_CASE("the programs of docs/programs.md give their figure, in every language that is installed") {
  const std::string page = sys::read_file(source_folder() / "docs/programs.md");
  const std::string declaration = block_of(page, "growth.yaml");
  const double exact = final_of(0.4, 30);
  for (const auto& [program, file, command, tolerance] :
       {Language{"python3", "growth.py", {"python3", "growth.py"}, 1e-12},
        {"Rscript", "growth.R", {"Rscript", "growth.R"}, 1e-12},
        {"julia", "growth.jl", {"julia", "growth.jl"}, 1e-12},
        {"awk", "growth.awk", {"awk", "-f", "growth.awk"}, 1e-12},
        {"sh", "growth.sh", {"sh", "growth.sh"}, 0.01}}) {
    INFO(program);
    if (sys::program_file(program).empty()) {
      WARN("skipped: there is no " << program);
      continue;
    }
    const User u;
    u.chapter(chapter_of(page));
    std::string own = declaration;
    own.replace(own.find("[python3, growth.py]"), 20, nlohmann::json(command).dump());
    own.replace(own.find("[growth.py]"), 11, "[" + std::string(file) + "]");
    sys::write_file(u.path / "experiments/growth.yaml", own);
    sys::write_file(u.path / "experiments" / file, block_of(page, file));
    const auto built = u.exec({REPORT_PROGRAM, "build", "--format", "html"});
    INFO(built.errors);
    REQUIRE(built.status == 0);
    const auto data = nlohmann::json::parse(sys::read_file(u.path / "output/data/growth.json"));
    CHECK(data.at("panels").at(0).at("series").at(0).at("y").size() == 31);
    CHECK(std::abs(data.at("values").at("final").get<double>() / exact - 1) < tolerance);
  }
}

}  // namespace programs_page_test
