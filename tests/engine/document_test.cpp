// The report in chapters/: its sources are right, its claims hold, and a wrong number in any of them is found.
#include <fmt/format.h>

#include <cstdlib>
#include <set>

#include "catch.hpp"
#include "engine/runs/drawings.hpp"
#include "engine/runs/runner.hpp"
#include "engine/sources/project.hpp"
#include "engine/sources/verdicts.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/numerals.hpp"
#include "places.hpp"
#include "scene_faults.hpp"
#include "store/code_fingerprint.hpp"
#include "support/build_context.hpp"
#include "support/scratch_folder.hpp"

namespace document_test {

using namespace engine;
using namespace store;
using namespace sys;
namespace fs = std::filesystem;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// Results are taken from the store that builds use too, so that after a build nothing runs here.
fs::path store_of_builds() {
  if (const std::string own = environment("REPORT_CACHE"); !own.empty()) return own;
  if (const std::string home = environment("HOME"); !home.empty()) return fs::path(home) / ".cache" / "literate-report";
  return build_folder() / "cache";
}

/// The chapters and everything that their experiments gave.
struct Document {
  support::ScratchFolder scratch;
  Settings settings;
  Project project;
  std::vector<RunOutcome> outcomes;
  std::map<std::string, const experiment::Result*> results;

  Document() {
    settings.root = source_folder();
    settings.document = settings.root;
    settings.chapters = settings.root / "chapters";
    settings.output = scratch / "output";
    settings.cache = store_of_builds();
    settings.data = {settings.root / "data"};
    settings.jobs = 2;
    project = read_project(settings);
    for (const auto& error : project.errors) UNSCOPED_INFO(manuscript::render(error, false));
    REQUIRE(project.errors.empty());
    std::vector<const Request*> requests;
    for (const auto& request : project.requests) requests.push_back(&request);
    const std::atomic<bool> never{false};
    const Store store(settings.cache);
    Datasets datasets(settings.data, store, program_fingerprint());
    sys::FileSums sums(settings.cache / "sums.json");
    outcomes = Runner(settings, store, datasets, sums, nullptr, never)
                   .run(requests, std::vector<double>(requests.size(), -1), engine::Rerun::nothing);
    for (std::size_t i = 0; i < requests.size(); ++i) {
      INFO(requests[i]->id << ": " << outcomes[i].error);
      REQUIRE(outcomes[i].has_result());
      results.emplace(requests[i]->id, &outcomes[i].result);
    }
  }

  Judgement judge_chapters(const std::vector<manuscript::Chapter>& chapters) const {
    const auto statements = read_statements(chapters, project.requests);
    for (const auto& error : statements.errors) UNSCOPED_INFO(manuscript::render(error, false));
    REQUIRE(statements.errors.empty());
    std::map<FigureIds, std::vector<StatementVerdict>> verdicts;
    for (const auto& [figures, its] : by_figures(statements))
      verdicts.emplace(figures, judge(its, results, text::number_marks("en")));
    return judgement(statements, verdicts);
  }
};

const Document& the_document() {
  static const Document document;
  return document;
}

struct Literal {
  std::size_t at, length;
  double value;
};

/// The numbers that a condition compares with: no indices, no parts of names.
std::vector<Literal> literals(const std::string& condition) {
  std::vector<Literal> found;
  for (std::size_t i = condition.find(':') + 1; i + 1 < condition.size(); ++i) {
    if (condition[i] != ' ') continue;
    const char* begin = condition.c_str() + i + 1;
    char* end = nullptr;
    const double value = std::strtod(begin, &end);
    if (end != begin && !std::isalpha(static_cast<unsigned char>(*begin)))
      found.push_back({i + 1, static_cast<std::size_t>(end - begin), value});
  }
  return found;
}

/// What becomes of a condition when one of its numbers is another, or one of its comparisons turned round.
std::vector<std::string> falsified(const std::string& condition) {
  std::vector<std::string> all;
  const auto replace = [&](std::size_t at, std::size_t length, const std::string& by) {
    all.push_back(std::string(condition).replace(at, length, by));
  };
  for (const Literal& literal : literals(condition)) {
    const bool is_tolerance = literal.at >= 7 && condition.compare(literal.at - 7, 7, "within ") == 0;
    const double x = literal.value;
    for (const double wrong :
         is_tolerance ? std::vector{x / 1e6} : std::vector{x * 1.5, x / 1.5, x + 1, x * 100, x / 100})
      replace(literal.at, literal.length, fmt::format("{}", wrong));
  }
  for (const auto& [is, turned] : {std::pair{" < ", " > "}, std::pair{" > ", " < "}})
    if (const auto at = condition.find(is); at != std::string::npos) replace(at, 3, turned);
  return all;
}

}  // namespace

TEST_CASE("the report's chapters are right, and every claim in them holds") {
  const Document& d = the_document();
  const auto judgement = d.judge_chapters(d.project.chapters);
  for (const auto& error : judgement.errors) UNSCOPED_INFO(manuscript::render(error, false));
  CHECK(judgement.errors.empty());
  CHECK(judgement.claims.size() >= 60);
  std::set<std::string> spoken_of;
  for (const auto& claim : judgement.claims) spoken_of.insert(claim.figures.begin(), claim.figures.end());
  for (const auto& request : d.project.requests) {
    INFO(request.id << " has no claim");
    CHECK(spoken_of.contains(request.id));
  }
}

TEST_CASE("the words of a claim and its condition name the same numbers") {
  for (const auto& chapter : the_document().project.chapters)
    for (const auto& doubt : manuscript::doubtful_claims(chapter)) FAIL_CHECK(manuscript::render(doubt, false));
}

TEST_CASE("a wrong number in the words of a claim is doubted at its line") {
  const Document& d = the_document();
  for (const auto& chapter : d.project.chapters) {
    int wrong = 0;
    for (std::size_t i = 0; i < chapter.claims.size(); ++i) {
      auto changed = chapter;
      const auto numbers = manuscript::numerals(chapter.claims[i].text);
      if (numbers.empty()) continue;
      auto& text = changed.claims[i].text;
      text.replace(text.find(numbers[0].text), numbers[0].text.size(), "123456");
      const auto doubts = manuscript::doubtful_claims(changed);
      INFO(text);
      REQUIRE(doubts.size() == 1);
      CHECK(doubts[0].place.line == chapter.claims[i].place.line);
      CHECK(doubts[0].message.find("123456") != std::string::npos);
      ++wrong;
    }
    INFO(chapter.source.file);
    CHECK((wrong > 0 || chapter.claims.empty()));
  }
}

TEST_CASE("every experiment has a figure, with a message in bold at the head of its caption") {
  std::set<std::string> used;
  for (const auto& request : the_document().project.requests) {
    used.insert(request.experiment->name);
    INFO(request.id);
    CHECK(request.looks.caption.starts_with("**"));
    CHECK(request.looks.alt.size() > 40);
  }
  for (const auto& experiment : experiment::registry())
    if (experiment.name != "saddle-escape") {  // of the walk in docs/new-experiment.md
      INFO(experiment.name);
      CHECK(used.contains(experiment.name));
    }
}

TEST_CASE("a wrong number in any claim is found, and no other claim is blamed") {
  const Document& d = the_document();
  for (std::size_t i = 0; i < d.project.chapters.size(); ++i) {
    for (std::size_t k = 0; k < d.project.chapters[i].claims.size(); ++k) {
      manuscript::Chapter chapter = d.project.chapters[i];
      const manuscript::ClaimSite original = chapter.claims[k];
      chapter.claims = {original};
      chapter.values.clear();
      bool found = false;
      for (const std::string& wrong : falsified(original.condition)) {
        chapter.claims[0].condition = wrong;
        const auto judgement = d.judge_chapters({chapter});
        if (judgement.errors.empty()) continue;
        found = true;
        CHECK(judgement.errors[0].place.line == original.condition_place.line);
        break;
      }
      INFO(original.place.file << ":" << original.place.line << ": [" << original.text << "] that "
                               << original.condition);
      CHECK(found);
    }
  }
}

TEST_CASE("a wrong number put into one sentence of each chapter is found at its line") {
  const Document& d = the_document();
  for (std::size_t i = 0; i < d.project.chapters.size(); ++i) {
    const auto& chapter = d.project.chapters[i];
    if (chapter.claims.empty()) continue;
    INFO(chapter.source.file);
    bool found = false;
    for (const auto& claim : chapter.claims) {
      for (const Literal& literal : literals(claim.condition)) {
        manuscript::Source source = chapter.source;
        const std::string is = claim.condition.substr(literal.at - 1, literal.length + 1), wrong = " 12345";
        const std::size_t condition = source.text.find(claim.condition.substr(0, literal.at - 1));
        if (condition == std::string::npos || source.text.compare(condition + literal.at - 1, is.size(), is) != 0)
          continue;
        source.text.replace(condition + literal.at - 1, is.size(), wrong);
        auto chapters = d.project.chapters;
        chapters[i] = manuscript::scan(source);
        const auto judgement = d.judge_chapters(chapters);
        if (judgement.errors.size() != 1) continue;
        CHECK(judgement.errors[0].place.file == chapter.source.file);
        CHECK(judgement.errors[0].place.line == claim.condition_place.line);
        CHECK(judgement.errors[0].message.find(claim.text) != std::string::npos);
        found = true;
        break;
      }
      if (found) break;
    }
    CHECK(found);
  }
}

TEST_CASE(
    "no text of the report's figures lies on another, on a frame or on data, is cut, or is set under 7 points, at any "
    "width") {
  cairo::use_fonts((source_folder() / "render/theme/fonts.conf").string());
  const Document& d = the_document();
  for (std::size_t i = 0; i < d.project.requests.size(); ++i) {
    Request request = d.project.requests[i];
    for (const char* width : {"", "margin", "column", "full"}) {  // first as its chapter has it
      if (*width) request.looks.width = width;
      const plot::Figure figure = figure_of(request, d.outcomes[i].result);
      for (const std::string& fault : scene_faults::faults(figure, cairo::text_measure()))
        FAIL_CHECK(request.id << " " << width << ": " << fault);
    }
  }
}

}  // namespace document_test
