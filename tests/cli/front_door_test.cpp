// build-report.sh in a project of one source: what is compiled decides whether the program is built anew.
#include <sys/stat.h>

#include "catch.hpp"
#include "places.hpp"
#include "support/scratch_folder.hpp"
#include "user.hpp"

namespace front_door_test {

using user::contains;
namespace fs = std::filesystem;

namespace {

constexpr const char* recipe = R"(cmake_minimum_required(VERSION 3.20)
project(small CXX)
file(GLOB sources CONFIGURE_DEPENDS src/experiments/*.cpp)
add_executable(report-program src/main.cpp ${sources})
set_target_properties(report-program PROPERTIES OUTPUT_NAME report)
add_custom_target(program ALL DEPENDS report-program)
install(TARGETS report-program RUNTIME DESTINATION bin)
)";

std::string value(const std::string& expression) { return "const char* value() { return \"" + expression + "\"; }\n"; }

/// A project with the script, and a folder beside it for what lies elsewhere.
struct Project {
  support::ScratchFolder scratch;
  fs::path folder = scratch.path();
  fs::path root = folder / "project", elsewhere = folder / "elsewhere";
  std::vector<std::pair<std::string, std::string>> environment;

  Project() {
    fs::create_directories(root / "render" / "theme");
    fs::copy_file(source_folder() / "build-report.sh", (fs::create_directories(root), root / "build-report.sh"));
    put(root / "CMakeLists.txt", recipe);
    put(root / "src/main.cpp", "#include <cstdio>\nconst char* value();\nint main() { std::puts(value()); }\n");
    fs::create_directories(root / "src/experiments");
    fs::create_directories(elsewhere);
  }

  static void put(const fs::path& file, const std::string& text) { sys::write_file(file, text); }

  sys::ProcessResult run(const fs::path& script = "./build-report.sh", const fs::path& from = {},
                         const user::Words& words = {}) const {
    sys::Command command;
    command.arguments = {script.string(), "--no-install"};
    command.arguments.insert(command.arguments.end(), words.begin(), words.end());
    command.directory = from.empty() ? root : from;
    command.environment = environment;
    return sys::run(command);
  }
  std::string says() const {
    const auto finished = run();
    INFO(finished.errors);
    CHECK(finished.status == 0);
    return finished.output;
  }
  /// When the program was last found to be up to date by building it.
  long long stamp() const {
    struct stat info {};
    ::stat((root / "build/.built").c_str(), &info);
    return info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec;
  }
};

/// As a file that was written a year ago.
void make_old(const fs::path& file) {
  fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(24 * 365));
}

}  // namespace

TEST_CASE("the front door compiles what changed, wherever it lies and however it came there, and nothing else") {
  const Project p;
  const fs::path experiment = p.root / "src/experiments/value.cpp";
  p.put(p.elsewhere / "value.cpp", value("one"));
  fs::create_symlink(p.elsewhere / "value.cpp", experiment);
  if (p.run().status == 3) return;  // packages are missing, which is not what is tested here
  REQUIRE(p.says() == "one\n");
  const auto built = p.stamp();
  CHECK(p.says() == "one\n");
  CHECK(p.stamp() == built);

  SECTION("a linked source") {
    p.put(p.elsewhere / "value.cpp", value("two"));
    CHECK(p.says() == "two\n");
  }
  SECTION("a link that is led to another file, which is older than the program") {
    p.put(p.elsewhere / "other.cpp", value("two"));
    make_old(p.elsewhere / "other.cpp");
    fs::remove(experiment);
    fs::create_symlink(p.elsewhere / "other.cpp", experiment);
    CHECK(p.says() == "two\n");
  }
  SECTION("a folder on the way that is a link, led to an older one") {
    p.put(p.elsewhere / "v1/text.hpp", "#define TEXT \"v1\"\n");
    p.put(p.elsewhere / "v2/text.hpp", "#define TEXT \"v2\"\n");
    make_old(p.elsewhere / "v2/text.hpp");
    fs::create_directory_symlink("v1", p.elsewhere / "current");
    p.put(p.elsewhere / "value.cpp",
          "#include \"" + (p.elsewhere / "current/text.hpp").string() + "\"\nconst char* value() { return TEXT; }\n");
    REQUIRE(p.says() == "v1\n");
    fs::remove(p.elsewhere / "current");
    fs::create_directory_symlink("v2", p.elsewhere / "current");
    CHECK(p.says() == "v2\n");
  }
  SECTION("a file that a source includes from elsewhere") {
    p.put(p.elsewhere / "text.hpp", "#define TEXT \"three\"\n");
    fs::remove(experiment);
    p.put(experiment, "#include \"../../../elsewhere/text.hpp\"\nconst char* value() { return TEXT; }\n");
    REQUIRE(p.says() == "three\n");
    const auto again = p.stamp();
    CHECK(p.says() == "three\n");
    CHECK(p.stamp() == again);
    p.put(p.elsewhere / "text.hpp", "#define TEXT \"four\"\n");
    CHECK(p.says() == "four\n");
    p.put(p.elsewhere / "old.hpp", "#define TEXT \"five\"\n");
    make_old(p.elsewhere / "old.hpp");
    fs::rename(p.elsewhere / "old.hpp", p.elsewhere / "text.hpp");
    CHECK(p.says() == "five\n");
    fs::remove(p.elsewhere / "text.hpp");
    CHECK(p.run().status == 2);
  }
  SECTION("a source that is new, or gone") {
    fs::remove(experiment);
    p.put(p.root / "src/experiments/another.cpp", value("six"));
    CHECK(p.says() == "six\n");
  }
  SECTION("a source that is replaced by an older one") {
    p.put(p.elsewhere / "older.cpp", value("seven"));
    make_old(p.elsewhere / "older.cpp");
    fs::remove(experiment);
    fs::rename(p.elsewhere / "older.cpp", experiment);
    CHECK(p.says() == "seven\n");
  }
  SECTION("what only the page looks like") {
    p.put(p.root / "render/theme/report.css", "p {}\n");
    CHECK(p.says() == "one\n");
    CHECK(p.stamp() == built);
  }
}

TEST_CASE("the front door is the same through links, to itself and to its folder") {
  const Project p;
  p.put(p.root / "src/experiments/value.cpp", value("one"));
  if (p.run().status == 3) return;
  const auto built = p.stamp();
  const fs::path here = p.folder / "here";
  fs::create_directories(here / "bin");
  fs::create_symlink(p.root / "build-report.sh", here / "direct.sh");
  fs::create_symlink("../../project/build-report.sh", here / "bin/relative");
  fs::create_symlink("bin/relative", here / "twice");
  fs::create_directory_symlink(p.root, here / "folder");
  for (const char* script : {"./direct.sh", "bin/relative", "./twice", "folder/build-report.sh"}) {
    INFO(script);
    const auto finished = p.run(script, here);
    CHECK(finished.status == 0);
    CHECK(finished.output == "one\n");
    CHECK(p.stamp() == built);
    CHECK_FALSE(fs::exists(here / "build"));
  }
}

TEST_CASE("the front door installs where it is told, with what changed compiled, and says where it may not") {
  Project p;
  p.put(p.root / "src/experiments/value.cpp", value("one"));
  if (p.run().status == 3) return;
  const fs::path script = p.root / "build-report.sh";
  const auto install = [&](const user::Words& words) {
    user::Words all{"install"};
    all.insert(all.end(), words.begin(), words.end());
    return p.run(script, p.elsewhere, all);
  };
  const auto said_by = [](const fs::path& program) {
    sys::Command command;
    command.arguments = {program.string()};
    return sys::run(command).output;
  };
  p.put(p.root / "src/experiments/value.cpp", value("two"));
  const auto installed = install({"--prefix", "relative/prefix"});
  INFO(installed.errors);
  CHECK(installed.status == 0);
  CHECK(installed.output.empty());
  CHECK(contains(installed.errors, "the program is " + (p.elsewhere / "relative/prefix/bin/report").string() + "\n"));
  CHECK(contains(installed.errors, "bin is not on your PATH\n"));
  CHECK(said_by(p.elsewhere / "relative/prefix/bin/report") == "two\n");

  p.environment = {{"DESTDIR", (p.folder / "stage").string()}, {"PATH", "/usr/local/bin:/usr/bin:/bin"}};
  const auto staged = install({});
  CHECK(staged.status == 0);
  CHECK_FALSE(contains(staged.errors, "PATH"));
  CHECK(said_by(p.folder / "stage/usr/local/bin/report") == "two\n");

  p.environment.clear();
  p.put(p.elsewhere / "file", "");  // root may write into any folder, but nobody into a file
  const auto refused = install({"--prefix=file"});
  CHECK(refused.status == 2);
  CHECK(contains(refused.errors,
                 "error: you may not write to " + (p.elsewhere / "file/bin").string() + "; name a folder"));
  CHECK(install({"--prefix"}).status == 2);
  CHECK(install({"--perfix", "x"}).status == 2);
}

}  // namespace front_door_test
