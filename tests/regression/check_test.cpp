// check and bless on whole reports: every kind of verdict, what is left to look at, and what acceptance refuses.
#include "regression/check.hpp"

#include "catch.hpp"
#include "regression/bless.hpp"
#include "regression/review.hpp"
#include "support/build_context.hpp"
#include "support/replaced.hpp"

namespace check_test {

using namespace regression;
using support::bowl;
using support::depth;

using support::replaced;

namespace {

/// A report with references of its own.
struct Checked : support::Report {
  std::filesystem::path references = path / "golden";

  CheckSummary check(const std::vector<std::string>& ids = {}) { return check_project(project(), ids); }
  CheckSummary check_project(const engine::Project& read, const std::vector<std::string>& ids = {}) {
    REQUIRE(read.errors.empty());
    events.clear();
    return regression::check(
        read, ids, settings, references, [this](const engine::Event& event) { events.push_back(event); }, interrupted);
  }
  std::vector<std::string> bless(const std::vector<std::string>& ids = {}) {
    std::vector<std::string> texts;
    for (const auto& blessed : regression::bless(project(), ids, settings, references)) texts.push_back(blessed.text);
    return texts;
  }
  void accept() {
    check();
    bless();
  }
  Json reference(const std::string& file) const { return Json::parse(sys::read_file(references / file)); }
};

FigureVerdict verdict_of(const CheckSummary& summary, const std::string& id) {
  for (const auto& f : summary.figures)
    if (f.name.figure == id) return f.verdict;
  FAIL("no figure " + id);
  return FigureVerdict::failed;
}

}  // namespace

TEST_CASE("figures are new until they are accepted, and then the same") {
  Checked r;
  r.chapter(bowl + "\n" + depth);
  const auto first = r.check();
  CHECK(!first.all_pass());
  CHECK(verdict_of(first, "fig:bowl") == FigureVerdict::added);
  CHECK(r.has("check/index.html"));
  CHECK(r.has("check/now/bowl.json"));
  CHECK(r.has("check/now/digits/depth.png"));
  const auto blessed = r.bless();
  REQUIRE(blessed.size() == 2);
  CHECK(blessed[0].starts_with("fig:bowl: new reference "));
  CHECK(std::filesystem::exists(r.references / "bowl.json"));
  CHECK(std::filesystem::exists(r.references / "digits" / "depth.png"));
  const auto second = r.check();
  CHECK(second.all_pass());
  CHECK(verdict_of(second, "fig:depth") == FigureVerdict::same);
  CHECK(r.ran().empty());  // the store proves that nothing changed
  CHECK(r.bless().empty());
}

TEST_CASE("a check computes what is not stored, and everything when forced, and the verdict is the same") {
  Checked r;
  r.chapter(bowl + "\n" + depth);
  r.accept();
  std::filesystem::remove_all(r.settings.cache);
  CHECK(r.check().all_pass());
  CHECK(r.ran() == support::Ids{"fig:bowl", "fig:depth"});
  r.settings.force = true;
  r.settings.jobs = 1;
  CHECK(r.check().all_pass());
  CHECK(r.ran() == support::Ids{"fig:bowl", "fig:depth"});
}

TEST_CASE("a caption or a comment is not a difference") {
  Checked r;
  r.chapter(bowl);
  r.accept();
  r.chapter("Text.\n\n" + replaced(bowl, "**A bowl.**", "**Another bowl.**"));
  CHECK(r.check().all_pass());
}

TEST_CASE("a changed parameter is a difference with its cause, and acceptance names the checksum that it replaces") {
  Checked r;
  r.chapter(bowl + "\n" + depth);
  r.accept();
  const auto before = read_reference(r.references, {"fig:bowl", ""})->checksum;
  r.chapter(replaced(bowl, "steps: 20", "steps: 19") + "\n" + depth);
  const auto summary = r.check();
  CHECK(verdict_of(summary, "fig:bowl") == FigureVerdict::differs);
  CHECK(verdict_of(summary, "fig:depth") == FigureVerdict::same);
  const auto& figure = summary.figures[0];
  CHECK(figure.cause().find("has 20 numbers, the reference 21") != std::string::npos);
  REQUIRE(figure.changes.size() == 1);
  CHECK(engine::text(figure.changes[0], "quadratic-bowl") == "steps 20 -> 19");
  const std::string page = r.read("check/index.html");
  CHECK(page.find("steps 20 -&gt; 19") != std::string::npos);
  CHECK(page.find("before/bowl.png") != std::string::npos);
  CHECK(page.find("now/bowl.png") != std::string::npos);
  CHECK(r.has("check/before/bowl.png"));
  const auto blessed = r.bless({"fig:bowl"});
  REQUIRE(blessed.size() == 1);
  CHECK(blessed[0].find("fig:bowl: " + before.substr(0, 12) + " replaced by ") == 0);
  CHECK(blessed[0].find("has 20 numbers, the reference 21") != std::string::npos);
  CHECK(r.reference("bowl.json").at("replaces") == before);
  CHECK(r.check().all_pass());
}

TEST_CASE("the largest deviation is ringed in the pictures") {
  Checked r;
  r.chapter(bowl);
  r.accept();
  r.chapter(replaced(bowl, "steps: 20", "steps: 20\ncurvatures: [1, 99.99]"));
  const auto summary = r.check();
  REQUIRE(summary.figures[0].worst_spot);
  CHECK(!summary.figures[0].worst->series.panel.empty());
  const Spot spot = *summary.figures[0].worst_spot;
  CHECK((spot.x > 0 && spot.x < 1 && spot.y > 0 && spot.y < 1));
  CHECK(r.read("check/index.html").find("class=\"ring\"") != std::string::npos);
}

TEST_CASE("a figure that is gone is a difference until its reference is, too") {
  Checked r;
  r.chapter(bowl + "\n" + depth);
  r.accept();
  r.chapter(depth);
  const auto summary = r.check();
  CHECK(verdict_of(summary, "fig:bowl") == FigureVerdict::deleted);
  CHECK(!summary.all_pass());
  CHECK(r.bless().at(0).find("fig:bowl: reference ") == 0);
  CHECK(!std::filesystem::exists(r.references / "bowl.json"));
  CHECK(!std::filesystem::exists(r.references / "bowl.png"));
  CHECK(r.check().all_pass());
}

TEST_CASE("references belong to the data set that they were accepted on") {
  Checked r;
  r.chapter(depth);
  r.accept();
  CHECK(r.reference("digits/depth.json").at("dataset").at("name") == "digits");
  CHECK(all_references(r.references) == std::vector<ReferenceName>{{"fig:depth", "digits"}});
}

TEST_CASE("an experiment that fails is a difference, and nothing of it can be accepted") {
  Checked r;
  r.chapter(bowl);
  r.accept();
  std::filesystem::remove_all(r.settings.cache);
  auto project = r.project();
  experiment::Experiment broken = *experiment::find("quadratic-bowl");
  broken.run = [](const Json&, experiment::Run&) -> experiment::Result { throw std::runtime_error("no bowl today"); };
  project.requests[0].experiment = &broken;
  const auto summary = r.check_project(project);
  CHECK(verdict_of(summary, "fig:bowl") == FigureVerdict::failed);
  CHECK(summary.figures[0].cause() == "the experiment failed: no bowl today");
  CHECK_THROWS_AS(r.bless(), BlessError);
}

TEST_CASE("nothing is accepted that was not shown") {
  Checked r;
  r.chapter(bowl + "\n" + depth);
  CHECK_THROWS_AS(r.bless(), BlessError);  // no check yet
  r.check({"fig:bowl"});
  CHECK_THROWS_AS(r.bless({"fig:depth"}), BlessError);
  r.chapter(replaced(bowl, "steps: 20", "steps: 19") + "\n" + depth);
  CHECK_THROWS_AS(r.bless({"fig:bowl"}), BlessError);  // the chapter changed since
  r.chapter(bowl + "\n" + depth);
  CHECK(r.bless({"fig:bowl"}).size() == 1);
  r.chapter(replaced(bowl, "steps: 20", "steps: 19") + "\n" + depth);
  r.check();
  sys::write_file(r.references / "bowl.json", "{}");
  CHECK_THROWS_AS(r.bless({"fig:bowl"}), BlessError);  // so did the reference
}

TEST_CASE("a reference that was damaged is a difference") {
  Checked r;
  r.chapter(bowl);
  r.accept();
  sys::write_file(r.references / "bowl.json", "{\"data\": ");
  const auto summary = r.check();
  CHECK(verdict_of(summary, "fig:bowl") == FigureVerdict::differs);
  CHECK(summary.figures[0].cause().find("cannot be read") != std::string::npos);
}

TEST_CASE("what one check left the next one takes away") {
  Checked r;
  r.chapter(bowl + "\n" + depth);
  r.check();
  r.check({"fig:bowl"});
  CHECK(r.has("check/now/bowl.json"));
  CHECK(!r.has("check/now/digits/depth.json"));
  CHECK(!r.has(".work/check"));
}

TEST_CASE("a project's references stay small") {
  Checked r;
  r.chapter(bowl + "\n" + depth);
  r.accept();
  for (const auto& item : std::filesystem::recursive_directory_iterator(r.references))
    if (item.is_regular_file()) CHECK(item.file_size() < 100000);
}

TEST_CASE("JUnit's XML and GitHub's annotations say the same, escaped") {
  CheckSummary summary;
  engine::Request request;
  experiment::Experiment experiment;
  experiment.name = "quadratic-bowl";
  request.experiment = &experiment;
  request.place = {"chapters/03, stability.md", 70, 1, 1};
  CheckedFigure same, differing, other, failed, smooth;
  same.name = {"fig:a", ""};
  same.request = &request;
  differing.name = {"fig:b", "digits"};
  differing.request = &request;
  differing.verdict = FigureVerdict::differs;
  differing.differences = {{ComparisonLayer::scene, "\"x < y\" & 5 %"},
                           {ComparisonLayer::picture, "the picture is blank"}};
  other.name = {"fig:c", ""};
  other.verdict = FigureVerdict::deleted;
  other.differences = {{ComparisonLayer::figure, "gone"}};
  failed.name = {"fig:d", ""};
  failed.request = &request;
  failed.verdict = FigureVerdict::failed;
  failed.ran = true;
  failed.seconds = 1.25;
  failed.differences = {{ComparisonLayer::figure, "it throws"}};
  smooth.name = {"fig:e", ""};
  smooth.request = &request;
  smooth.verdict = FigureVerdict::rendering_only;
  smooth.rendering = "3 pixels < 1 %";
  summary.figures = {same, differing, other, failed, smooth};
  CHECK(junit_xml(summary, "2026-11-30T20:10:26") ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuite name=\"figures\" tests=\"5\" failures=\"2\" errors=\"1\" time=\"1.250\" "
        "timestamp=\"2026-11-30T20:10:26\" hostname=\"localhost\">\n"
        "  <properties>\n    <property name=\"version\" value=\"" REPORT_VERSION
        "\"/>\n  </properties>\n"
        "  <testcase classname=\"quadratic-bowl\" name=\"fig:a\" time=\"0.000\" file=\"chapters/03, stability.md\" "
        "line=\"70\">\n"
        "  </testcase>\n"
        "  <testcase classname=\"quadratic-bowl\" name=\"fig:b\" time=\"0.000\" file=\"chapters/03, stability.md\" "
        "line=\"70\">\n"
        "    <failure type=\"differs\" message=\"scene: &quot;x &lt; y&quot; &amp; 5 %; and 1 more\">scene: &quot;x "
        "&lt; y&quot; &amp; 5 %&#10;picture: "
        "the picture is blank</failure>\n"
        "  </testcase>\n"
        "  <testcase classname=\"no experiment\" name=\"fig:c\" time=\"0.000\">\n"
        "    <failure type=\"deleted\" message=\"gone\">figure: gone</failure>\n"
        "  </testcase>\n"
        "  <testcase classname=\"quadratic-bowl\" name=\"fig:d\" time=\"1.250\" file=\"chapters/03, stability.md\" "
        "line=\"70\">\n"
        "    <error type=\"failed\" message=\"it throws\">figure: it throws</error>\n"
        "  </testcase>\n"
        "  <testcase classname=\"quadratic-bowl\" name=\"fig:e\" time=\"0.000\" file=\"chapters/03, stability.md\" "
        "line=\"70\">\n"
        "  </testcase>\n"
        "  <system-out>fig:e: rendering only: 3 pixels &lt; 1 %</system-out>\n"
        "  <system-err/>\n"
        "</testsuite>\n");
  summary.figures = {same, differing, other};
  CHECK(github_annotations(summary, [](const std::string& file) { return file; }) ==
        "::error file=chapters/03%2C stability.md,line=70,title=fig%3Ab%3A differs::scene: \"x < y\" & 5 "
        "%25%0Apicture: the picture is blank\n"
        "::error title=fig%3Ac%3A deleted::figure: gone\n");
}

}  // namespace check_test
