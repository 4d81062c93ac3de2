// Text that is not a directive, value, claim or reference reaches Pandoc unchanged: whatever Markdown a chapter is, the
// report holds the tree that Pandoc alone gives for it, and nothing in it is taken for a mistake.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "catch.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/markdown/latex_commands.hpp"
#include "places.hpp"
#include "publish/publish.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"
#include "system/process.hpp"

namespace passes_through_test {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

using support::ScratchFolder;

/// Pandoc's output for files, with our filter or alone.
std::string pandoc(std::vector<std::string> options, const std::vector<fs::path>& files, bool filtered) {
  sys::Command command;
  command.arguments = {"pandoc", "--from=markdown", "--wrap=preserve"};
  command.arguments.insert(command.arguments.end(), options.begin(), options.end());
  if (filtered) command.arguments.push_back("--lua-filter=" + (source_folder() / "render/theme/report.lua").string());
  for (const auto& file : files) command.arguments.push_back(file.string());
  const auto finished = sys::run(command);
  INFO(finished.errors);
  REQUIRE(finished.status == 0);
  return finished.output;
}

/// A piece of Markdown in a file of its own, and in the next file a mark by which its part of a page can be found.
struct Example {
  std::string name, text;
  fs::path file, mark_file;
  std::string mark() const { return "END-OF-" + name; }
};

Example put(const fs::path& folder, const std::string& name, const std::string& text) {
  Example example{name, text, folder / (name + ".md"), folder / (name + "-mark.md")};
  sys::write_file(example.file, text);
  sys::write_file(example.mark_file, "\n\n" + example.mark() + "\n");
  return example;
}

/// The examples of the CommonMark specification, as Debian's golang-github-yuin-goldmark-dev has them.
std::vector<Example> specification(const fs::path& folder) {
  const fs::path file = "/usr/share/gocode/src/github.com/yuin/goldmark/_test/spec.json";
  std::vector<Example> examples;
  if (!fs::exists(file)) {
    WARN("the CommonMark specification is not here (package golang-github-yuin-goldmark-dev); not compared");
    return examples;
  }
  for (const auto& item : Json::parse(sys::read_file(file)))
    examples.push_back(put(folder, "commonmark-" + std::to_string(item.at("example").get<int>()), item.at("markdown")));
  return examples;
}

/// What Pandoc's Markdown has beyond CommonMark, section by section of its manual.
std::vector<Example> beyond_commonmark(const fs::path& folder) {
  const std::string all = sys::read_file(source_folder() / "tests/publish/passes-through/pandoc.txt"),
                    between = "\n%%%\n";
  std::vector<Example> examples;
  for (std::size_t at = 0, end = 0; end != std::string::npos; at = end + between.size()) {
    end = all.find(between, at);
    const bool last = end == std::string::npos;
    examples.push_back(
        put(folder, "pandoc-" + std::to_string(examples.size() + 1), all.substr(at, last ? end : end + 1 - at)));
  }
  return examples;
}

std::vector<Example> all_examples(const fs::path& folder) {
  auto examples = specification(folder);
  for (auto& example : beyond_commonmark(folder)) examples.push_back(std::move(example));
  return examples;
}

std::vector<fs::path> files_of(const std::vector<Example>& examples, bool with_marks = false) {
  std::vector<fs::path> files;
  for (const auto& example : examples) {
    files.push_back(example.file);
    if (with_marks) files.push_back(example.mark_file);
  }
  return files;
}

/// What the examples hold on purpose: links, notes and fences that lead nowhere or do not end,
/// labels that are defined twice.
bool is_meant(const manuscript::Diagnostic& error) {
  for (const char* beginning : {"link to '", "there is no note", "nothing refers to the note", "the label [",
                                "this code block is never closed"})
    if (error.message.starts_with(beginning)) return true;
  return false;
}

/// What we find wrong with a text that is a chapter by itself.
std::string mistakes(const std::string& text) {
  const auto chapter = manuscript::scan({"text.md", text});
  auto errors = chapter.errors;
  for (auto& error : manuscript::check_references({chapter}, {})) errors.push_back(std::move(error));
  std::string all;
  for (const auto& error : errors)
    if (!is_meant(error)) all += manuscript::render(error, false);
  return all;
}

/// Compares what stands before each mark, example by example.
void compare_parts(const std::vector<Example>& examples, const std::string& alone, const std::string& filtered) {
  std::size_t at = 0, at_filtered = 0;
  for (const auto& example : examples) {
    INFO(example.name << "\n" << example.text);
    const auto end = alone.find(example.mark(), at), end_filtered = filtered.find(example.mark(), at_filtered);
    REQUIRE(end != std::string::npos);
    REQUIRE(end_filtered != std::string::npos);
    CHECK(filtered.substr(at_filtered, end_filtered - at_filtered) == alone.substr(at, end - at));
    at = end;
    at_filtered = end_filtered;
  }
}

/// Long documents that people wrote: ours, and what Debian's packages of the tests' programs bring.
std::vector<std::pair<std::string, std::string>> real_documents() {
  std::vector<fs::path> files{source_folder() / "README.md", source_folder() / "CHANGELOG.md",
                              source_folder() / "CONTRIBUTING.md"};
  std::error_code error;
  for (const char* folder : {"/usr/share/doc/catch2/docs", "/usr/share/doc/catch2"})
    for (const auto& item : fs::directory_iterator(folder, error))
      if (item.path().string().ends_with(".md") || item.path().string().ends_with(".md.gz"))
        files.push_back(item.path());
  for (const char* name : {"fs.md", "packages.md", "process.md"})
    for (const char* ending : {"", ".gz"})
      if (const fs::path file = fs::path("/usr/share/doc/nodejs/api") / (std::string(name) + ending); fs::exists(file))
        files.push_back(file);
  std::sort(files.begin(), files.end());
  std::vector<std::pair<std::string, std::string>> documents;
  for (const auto& file : files) {
    sys::Command command;
    command.arguments = {"gzip", "--decompress", "--stdout", "--force", file.string()};
    documents.emplace_back(file.string(), sys::run(command).output);
  }
  return documents;
}

}  // namespace

TEST_CASE("the examples of CommonMark and of Pandoc's manual give Pandoc's own tree, and none is taken for a mistake") {
  const ScratchFolder folder;
  const auto examples = all_examples(folder.path());
  CHECK(examples.size() > 100);
  for (const auto& example : examples) {
    INFO(example.name << "\n" << example.text);
    CHECK(mistakes(example.text) == "");
  }
  // Each read by itself: an open fence ends with its file.
  const auto files = files_of(examples, true);
  const std::string alone = pandoc({"--file-scope", "--to=json"}, files, false),
                    filtered = pandoc({"--file-scope", "--to=json"}, files, true);
  if (alone != filtered) compare_parts(examples, alone, filtered);
  CHECK((alone == filtered));
  std::printf("%zu examples of Markdown\n", examples.size());
}

TEST_CASE("chapters made of all examples give, through the whole way to report.json, Pandoc's own tree") {
  const ScratchFolder folder;
  publish::Publication publication;
  publication.chapters = files_of(all_examples(folder.path()));
  publication.theme = source_folder() / "render" / "theme";
  publication.work = folder.path() / "work";
  publication.date = "2026-01-31";
  CHECK((Json::parse(publish::publish(publication, "json").bytes) ==
         Json::parse(pandoc({"--standalone", "--to=json"}, publication.chapters, false))));
}

TEST_CASE(
    "in the page examples look as Pandoc alone makes them, but for HTML and pictures, which the filter looks at") {
  const ScratchFolder folder;
  auto examples = all_examples(folder.path());
  std::erase_if(examples, [](const auto& example) {
    // Raw HTML and TeX, pictures, addresses with schemes of their own and metadata are another matter:
    // docs/security.md.
    for (const char* part : {"<", "![", "\\)\\:", "{=", "\\begin", "\\newcommand", "\\cite", "---\n", "% A",
                             "key=", "k=", "target=", "\\A"})
      if (example.text.find(part) != std::string::npos) return true;
    // Lists with parentheses around their numbers keep them, by a division of ours.
    if (std::regex_search(example.text, std::regex(R"((^|\n)[ ]*(\(?\w+|\(@\w*)\)[ ])"))) return true;
    // LaTeX in the text is read, where Pandoc alone drops it.
    return std::regex_search(example.text, std::regex(R"(\\[A-Za-z])"));
  });
  CHECK(examples.size() > 60);
  const auto files = files_of(examples, true);
  compare_parts(examples, pandoc({"--file-scope", "--to=html5", "--mathml"}, files, false),
                pandoc({"--file-scope", "--to=html5", "--mathml"}, files, true));
}

TEST_CASE("long documents that people wrote give Pandoc's own tree, and nothing in them is taken for a mistake") {
  const ScratchFolder folder;
  std::size_t bytes = 0;
  std::vector<fs::path> files;
  for (const auto& [name, text] : real_documents()) {
    INFO(name);
    CHECK(mistakes(text) == "");
    bytes += text.size();
    files.push_back(folder.path() / (std::to_string(files.size()) + ".md"));
    sys::write_file(files.back(), text);
  }
  CHECK(files.size() >= 3);
  CHECK((pandoc({"--file-scope", "--to=json"}, files, true) == pandoc({"--file-scope", "--to=json"}, files, false)));
  std::printf("%zu documents of %zu kB\n", files.size(), bytes / 1000);
}

namespace {

/// Commands and environments in the formulas and the raw LaTeX of Pandoc's tree.
void collect_latex(const Json& json, std::set<std::string>& names) {
  if (json.is_object() && json.contains("t") && json.contains("c")) {
    const Json& content = json["c"];
    const bool is_raw =
        (json["t"] == "RawInline" || json["t"] == "RawBlock") && (content[0] == "tex" || content[0] == "latex");
    if (is_raw || json["t"] == "Math")
      for (const auto& name : manuscript::latex_names(content[1].get<std::string>())) names.insert(name.name);
  }
  if (json.is_structured())
    for (const auto& part : json) collect_latex(part, names);
}

}  // namespace

TEST_CASE("no LaTeX is found in examples and long documents that Pandoc does not find there") {
  // What is found is refused before Pandoc is started, if it is not on the list; so none may be found where none is.
  const ScratchFolder folder;
  auto examples = all_examples(folder.path());
  for (const auto& [name, text] : real_documents())
    examples.push_back(put(folder.path(), "document-" + std::to_string(examples.size()), text));
  const Json tree = Json::parse(pandoc({"--file-scope", "--to=json"}, files_of(examples, true), false));
  std::size_t at = 0;
  int found = 0, missed = 0;
  for (const auto& example : examples) {
    std::set<std::string> theirs;
    for (; at < tree["blocks"].size() &&
           tree["blocks"][at].dump().find("\"" + example.mark() + "\"") == std::string::npos;
         ++at)
      collect_latex(tree["blocks"][at], theirs);
    INFO(example.name << "\n" << example.text.substr(0, 1000));
    const auto chapter = manuscript::scan({"text.md", example.text});
    std::set<std::string> ours;
    for (const auto& use : chapter.latex) {
      if (!ours.insert(use.name).second) continue;  // in another context
      if (std::any_of(chapter.macros.begin(), chapter.macros.end(), [&](const auto& m) { return m.name == use.name; }))
        continue;  // Pandoc has put it in place
      INFO(use.name << " in line " << use.place.line);
      CHECK(theirs.erase(use.name) == 1);
      ++found;
    }
    missed += static_cast<int>(theirs.size());
  }
  std::printf("%d uses of LaTeX found, %d seen by the filter only\n", found, missed);
  CHECK(found > 0);
}

}  // namespace passes_through_test
