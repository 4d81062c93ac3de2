// What changes the fingerprint of a function, and what does not: small sources compiled here and now.
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "catch.hpp"
#include "fingerprint/objects.hpp"
#include "places.hpp"
#include "support/replaced.hpp"
#include "support/scratch_folder.hpp"

namespace fingerprint_test {

using support::replaced;

namespace {

namespace fs = std::filesystem;

const char* const experiment = R"(
#include <cmath>
#include <string>

double helper(double x);
double other(double x);
namespace experiments { namespace {
double run(double x) { return helper(x) * std::sqrt(x) + 0.25; }
double draw(double x) { return other(x) * 3.0 + double(std::string("label").size()); }
} }
double (*const entries[])(double) = {experiments::run, experiments::draw};
extern double (*const* exported)(double);
double (*const* exported)(double) = entries;
)";

const char* const helpers = R"(
static double twice(double x) { return x * 2.5; }
__attribute__((noinline)) double helper(double x) { return twice(x) + 1; }
__attribute__((noinline)) double other(double x) { return x - 7; }
)";

fs::path compile(const fs::path& folder, const std::string& name, const std::string& source) {
  std::ofstream(folder / (name + ".cpp")) << source;
  const fs::path object = folder / (name + ".o");
  const std::string command = "c++ -std=c++20 -O2 -ffunction-sections -fdata-sections -c -o " + object.string() + " " +
                              (folder / (name + ".cpp")).string();
  REQUIRE(std::system(command.c_str()) == 0);
  return object;
}

/// The fingerprint of `run` with these sources.
fingerprint::Fingerprint print_of(const std::string& main_source, const std::string& helper_source) {
  const support::ScratchFolder folder;
  const std::vector<fingerprint::Object> objects{
      fingerprint::read_object(compile(folder.path(), "experiment", main_source), 0),
      fingerprint::read_object(compile(folder.path(), "helpers", helper_source), 1)};
  return fingerprint::fingerprint(fingerprint::Linked(objects), 0, "_ZN11experiments12_GLOBAL__N_13runE");
}
std::string of(const std::string& main_source, const std::string& helper_source) {
  return print_of(main_source, helper_source).hash;
}

/// Names of the parts whose hashes differ.
std::vector<std::string> changed_parts(const fingerprint::Fingerprint& before, const fingerprint::Fingerprint& now) {
  std::vector<std::string> names;
  for (const auto& part : now.parts)
    for (const auto& old : before.parts)
      if (old.object == part.object && old.name == part.name && old.hash != part.hash) names.push_back(part.name);
  return names;
}

}  // namespace

TEST_CASE("a fingerprint does not see comments, formatting, drawing code or functions that the run does not call") {
  const std::string before = of(experiment, helpers);
  REQUIRE(before.size() == 64);
  CHECK(of(std::string("// a comment\n\n\n") + experiment, helpers) == before);
  CHECK(of(replaced(experiment, "{ return helper(x)", "{\n  return\n helper(x)"), helpers) == before);
  CHECK(of(replaced(experiment, "* 3.0", "* 3.5"), helpers) == before);
  CHECK(of(replaced(experiment, "\"label\"", "\"another, longer label for the drawing\""), helpers) == before);
  CHECK(of(experiment, replaced(helpers, "x - 7", "x - 8")) == before);
  CHECK(of(experiment, std::string("double unused(double x) { return x * 1.125; }\n") + helpers) == before);
}

TEST_CASE("a fingerprint sees a changed operation, constant or helper, however deep") {
  const std::string before = of(experiment, helpers);
  CHECK(of(replaced(experiment, "+ 0.25", "- 0.25"), helpers) != before);
  CHECK(of(replaced(experiment, "+ 0.25", "+ 0.26"), helpers) != before);
  CHECK(of(replaced(experiment, "std::sqrt", "std::sin"), helpers) != before);
  CHECK(of(experiment, replaced(helpers, "x * 2.5", "x * 2.75")) != before);
  CHECK(of(experiment, replaced(helpers, "+ 1;", "- 1;")) != before);
}

TEST_CASE("of a fingerprint's parts only the function that was edited changes") {
  using Names = std::vector<std::string>;
  const auto before = print_of(experiment, helpers);
  REQUIRE(before.parts.size() == 2);
  CHECK(before.parts[0].name == "experiments::run");
  CHECK(before.parts[1].name == "helper");
  CHECK(before.parts[1].object == 1);
  CHECK(changed_parts(before, print_of(experiment, helpers)) == Names{});
  CHECK(changed_parts(before, print_of(experiment, replaced(helpers, "x * 2.5", "x * 2.75"))) == Names{"helper"});
  CHECK(changed_parts(before, print_of(replaced(experiment, "+ 0.25", "+ 0.26"), helpers)) ==
        Names{"experiments::run"});
  CHECK(changed_parts(before, print_of(experiment, replaced(helpers, "x - 7", "x - 8"))) == Names{});
}

TEST_CASE("a file that is not an object file is refused by name") {
  const support::ScratchFolder folder;
  const fs::path file = folder / "text";
  std::ofstream(file) << "text";
  REQUIRE_THROWS_AS(fingerprint::read_object(file, 0), std::runtime_error);
}

TEST_CASE("the fingerprints of the program name our functions") {
  const auto table = [](const std::string& name) {
    std::ifstream in(build_folder() / "fingerprints" / (name + ".json"));
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  const std::string bowl = table("quadratic-bowl"), depth = table("gradient-depth");
  for (const char* function : {"\"experiments::run\"", "\"numerics::"}) CHECK(bowl.find(function) != std::string::npos);
  CHECK(depth.find("\"src/experiments/gradient_depth.cpp\"") != std::string::npos);
  // What only derives outputs or draws is no part of what a result depends on.
  for (const char* function : {"outputs", "draw(", "plot::"}) CHECK(depth.find(function) == std::string::npos);
}

}  // namespace fingerprint_test
