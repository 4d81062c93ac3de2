// docs/start.md as a new author follows it: every file is written, every command typed.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "user.hpp"

namespace start_page_test {

using namespace user;

namespace {

struct Block {
  std::string language, text;
  std::string file;  // the last name between backquotes before it; without one, that of the last file
};

/// The page's fenced blocks, in order, each with the last file's name before it.
std::vector<Block> blocks_of(const std::string& page) {
  std::vector<Block> blocks;
  std::string last_file;
  std::size_t at = 0, before = 0;
  while ((at = page.find("\n```", at)) != std::string::npos) {
    const std::size_t fence_end = page.find_first_not_of('`', at + 1), line_end = page.find('\n', fence_end);
    const std::string fence = page.substr(at + 1, fence_end - at - 1);
    const std::size_t close = page.find("\n" + fence + "\n", line_end);
    const std::string said = page.substr(before, at - before);
    Block block{page.substr(fence_end, line_end - fence_end), page.substr(line_end + 1, close - line_end), last_file};
    if (const std::size_t end = said.rfind('`'); end != std::string::npos) {
      const std::size_t begin = said.rfind('`', end - 1) + 1;
      block.file = said.substr(begin, end - begin);
    }
    if (block.language != "sh") last_file = block.file;
    blocks.push_back(block);
    at = before = close + fence.size() + 1;
  }
  return blocks;
}

int lines_of(const Block& block) { return static_cast<int>(std::count(block.text.begin(), block.text.end(), '\n')); }

/// A new author, whose shell knows the program as `report`.
struct Newcomer {
  User user;
  fs::path here = user.path;

  Newcomer() {
    fs::remove_all(user.path / "chapters");
    fs::create_directories(user.path / "bin");
    fs::create_symlink(REPORT_PROGRAM, user.path / "bin/report");
  }

  void type(const std::string& command) {
    sys::Command shell;
    shell.arguments = {"sh", "-ec", "PATH=$1:$PATH; cd -- \"$2\"; " + command + "pwd", "sh", user.path / "bin", here};
    shell.environment = user.environment;
    shell.directory = user.path;
    shell.timeout = std::chrono::minutes(2);
    const auto result = sys::run(shell);
    INFO(command << result.errors);
    REQUIRE(result.status == 0);
    const std::string said = "\n" + result.output.substr(0, result.output.size() - 1);
    here = said.substr(said.rfind('\n') + 1);
  }

  std::string page() const { return sys::read_file(here / "output/report.html"); }
};

}  // namespace

TEST_CASE("docs/start.md can be followed line by line, and is as short as it says") {
  const auto blocks = blocks_of(sys::read_file(source_folder() / "docs/start.md"));
  Newcomer newcomer;
  int typed = 0, builds = 0;
  for (const Block& block : blocks) {
    if (block.text == "report watch --open\n") continue;  // watch has tests of its own
    if (block.language == "csv") {
      sys::write_file(newcomer.here / block.file, block.text);  // the author has it already
      continue;
    }
    typed += lines_of(block);
    if (block.language != "sh") {
      const fs::path file = newcomer.here / block.file;
      const std::string before = fs::exists(file) ? sys::read_file(file) + "\n" : "";
      sys::write_file(file, before + block.text);
      continue;
    }
    newcomer.type(block.text);
    if (block.text != "report\n") continue;
    if (++builds == 1) {
      CHECK(typed <= 10);
      CHECK(contains(newcomer.page(), ">14</span> voles"));
    } else {
      CHECK(typed <= 20 + 1);  // and the claim
      CHECK(contains(newcomer.page(), "more voles in the north than in the south"));
    }
    typed = 0;
  }
  CHECK(builds == 2);
  const auto claims = nlohmann::json::parse(sys::read_file(newcomer.here / "output/claims.json"));
  CHECK(claims.size() == 1);
}

}  // namespace start_page_test
