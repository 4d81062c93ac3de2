// docs/authoring.md is kept true: its examples are a chapter that builds, its messages are the program's.
#include <regex>

#include "bad_input.hpp"
#include "catch.hpp"
#include "places.hpp"
#include "support/build_context.hpp"

namespace authoring_test {

using namespace support;

namespace {

std::string guide() { return sys::read_file(source_folder() / "docs" / "authoring.md"); }

/// The examples in their order: blocks fenced by four backticks.
std::string examples() {
  const std::string text = guide(), open = "\n````markdown\n", close = "\n````\n";
  std::string all;
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    const auto end = text.find(close, at);
    REQUIRE(end != std::string::npos);
    all += text.substr(at, end - at) + "\n\n";
  }
  return all;
}

/// First column of the table of messages, without the backticks and without Markdown's escapes.
std::vector<std::string> messages() {
  const std::string text = guide();
  std::vector<std::string> list;
  const std::regex row("\n\\| `([^`]+)` \\| [^|]+\\|(?=\n)");
  const auto table = text.substr(text.find("| it says |"));
  for (std::sregex_iterator at(table.begin(), table.end(), row), end; at != end; ++at) list.push_back((*at)[1]);
  return list;
}

}  // namespace

TEST_CASE("the examples of the authors' guide are a chapter that builds, and its claims hold") {
  Report r;
  r.chapter(examples());
  const auto summary = r.build();
  for (const auto& error : summary.untrue) UNSCOPED_INFO(manuscript::render(error, false));
  CHECK(summary.untrue.empty());
  CHECK(r.json("claims.json").size() == 3);
  CHECK(r.read("report.json").find("6905") != std::string::npos);
}

TEST_CASE("the metadata of the authors' guide name authors, subject, keywords and language in the page") {
  const std::string text = guide(), open = "\n```yaml\n";
  const auto from = text.find(open, text.find("\n## A chapter\n")) + open.size();
  Report r;
  r.metadata(text.substr(from, text.find("```\n", from) - from));
  r.chapter("# One\n");
  r.settings.formats = {"html"};
  r.build();
  const std::string page = r.read("report.html");
  for (const char* line :
       {"<html lang=\"en-GB\"", "<title>Bowls</title>", "<meta name=\"author\" content=\"Ada Lovelace\">",
        "<meta name=\"author\" content=\"Charles Babbage\">", "<span>Charles Babbage</span>",
        "<meta name=\"keywords\" content=\"gradient descent, stability\">",
        "<meta name=\"description\" content=\"Gradient descent on quadratic losses\">"}) {
    INFO(line);
    CHECK(page.find(line) != std::string::npos);
  }
}

TEST_CASE("every message that the authors' guide quotes is one that the program gives") {
  std::string said;
  for (const char* room : {"binding", "document", "metadata", "tables", "panels"})
    for (const auto& file : bad_input::files(room, ".expected")) said += sys::read_file(file);
  const auto quoted = messages();
  REQUIRE(quoted.size() >= 15);
  for (const auto& message : quoted) {
    INFO(message);
    CHECK(said.find(message) != std::string::npos);
  }
}

}  // namespace authoring_test
