// Facts about whole builds: what lies in output/, what reruns when, what is kept when something goes wrong.
#include <cstdlib>
#include <cstring>
#include <thread>

#include "catch.hpp"
#include "data/error.hpp"
#include "experiment/any_experiment.hpp"
#include "support/build_context.hpp"
#include "support/replaced.hpp"
#include "system/checksum.hpp"

namespace pipeline_test {

using namespace support;
using engine::Event;
using engine::Json;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0, end; (end = text.find('\n', from)) != std::string::npos; from = end + 1)
    lines.push_back(text.substr(from, end - from));
  return lines;
}

std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

/// The number in an attribute of an SVG's first tag, such as width="433.7pt".
double attribute(const std::string& svg, const std::string& name) {
  const auto at = svg.find(" " + name + "=\"");
  REQUIRE(at != std::string::npos);
  return std::strtod(svg.c_str() + at + name.size() + 3, nullptr);
}

/// The quadratic bowl with another way to run.
experiment::Experiment bowl_that(std::function<void(experiment::Run&)> does) {
  experiment::Experiment e = *experiment::find("quadratic-bowl");
  e.run = [does, run = e.run](const Json& parameters, experiment::Run& r) {
    does(r);
    return run(parameters, r);
  };
  return e;
}

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

TEST_CASE("labels belong to their chapter: notes, links, examples") {
  const auto chapter = [](const std::string& n) {
    return "# Chapter " + n +
           "\n\nText.[^1] See [the manual], [it][The Manual] and [the manual][], as (@good) "
           "says.\n\n"
           "+-----------+---------+\n| cell[^11] | other   |\n+-----------+---------+\n\n"
           "(@good) Example " +
           n + ".\n\n> [^1]: Note " + n + ".\n\n[^11]: Cell " + n + ".\n\n[the manual]: https://example.org/" + n +
           " \"title\"\n\n";
  };
  Report r;
  r.chapter(chapter("1") + "[Beyond] and (@other).\n\n(@other) Other.\n");
  r.chapter(chapter("2") + "[beyond]: https://example.org/beyond\n", "02.md");
  r.settings.formats = {"json"};
  r.build();
  for (const auto& event : r.events) CHECK(event.kind != Event::Kind::warning);
  const std::string text = r.read("report.json");
  const auto count = [&](const std::string& part) {
    int found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
  };
  for (const char* n : {"1", "2"}) {
    CHECK(count("\"https://example.org/" + std::string(n) + "\"") == 3);
    CHECK(count("{\"t\":\"Str\",\"c\":\"Note\"},{\"t\":\"Space\"},{\"t\":\"Str\",\"c\":\"" + std::string(n) + ".\"") ==
          1);
    CHECK(count("{\"t\":\"Str\",\"c\":\"Cell\"},{\"t\":\"Space\"},{\"t\":\"Str\",\"c\":\"" + std::string(n) + ".\"") ==
          1);
  }
  CHECK(count("\"t\":\"Note\"") == 4);
  CHECK(count("\"t\":\"Table\"") == 2);
  CHECK(count("https://example.org/beyond") == 1);
  CHECK(count("\"(1)\"") == 1);  // as the examples are counted: good, other, good
  CHECK(count("\"(2).\"") == 1);
  CHECK(count("\"(3)\"") == 1);
}

TEST_CASE("a build leaves every output that is promised, of the promised shape") {
  Report r;
  r.chapter("# One\n\n" + bowl + "\nText.\n\n" + depth, "01.md");
  r.chapter("# Two\n\n" + flow, "02.md");
  const auto summary = r.build();
  CHECK(summary.figures == 3);
  CHECK(summary.ran == 3);
  CHECK(summary.failed == 0);
  CHECK(r.ran() == Ids{"fig:bowl", "fig:depth", "fig:flow"});

  for (const std::string stem : {"bowl", "depth", "flow"}) {
    INFO(stem);
    CHECK(r.read("figures/" + stem + ".pdf").starts_with("%PDF-1."));
    const std::string svg = r.read("figures/" + stem + ".svg"), png = r.read("figures/" + stem + ".png");
    CHECK(svg.find("<svg ") != std::string::npos);
    REQUIRE(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
    // Two pixels for each CSS pixel of 1/96 inch; the picture's size is in points of 1/72 inch.
    CHECK(big_endian(png, 16) == Approx(attribute(svg, "width") * 96 / 72 * 2).margin(2));
    CHECK(big_endian(png, 20) == Approx(attribute(svg, "height") * 96 / 72 * 2).margin(2));

    const Json data = r.json("data/" + stem + ".json");
    CHECK(data.at("figure") == "fig:" + stem);
    CHECK(experiment::find(data.at("experiment").get<std::string>()) != nullptr);
    CHECK(data.at("parameters").is_object());
    CHECK(data.at("seed") == 1);
    CHECK(data.at("values").is_object());
    REQUIRE(data.at("panels").is_array());
    std::size_t points = 0;
    for (const auto& panel : data.at("panels")) {
      CHECK(panel.at("title").is_string());
      for (const char* axis : {"x", "y"}) {
        CHECK(panel.at(axis).at("label").is_string());
        CHECK((panel.at(axis).at("scale") == "linear" || panel.at(axis).at("scale") == "log"));
      }
      for (const auto& s : panel.at("series")) {
        CHECK(s.at("name").is_string());
        CHECK((s.at("kind") == "measured" || s.at("kind") == "theory" || s.at("kind") == "reference"));
        CHECK(s.at("x").size() == s.at("y").size());
        CHECK((s.at("lower").empty() || s.at("lower").size() == s.at("x").size()));
        CHECK(s.at("lower").size() == s.at("upper").size());
        points += s.at("x").size();
      }
    }
    const auto csv = lines_of(r.read("data/" + stem + ".csv"));
    CHECK(csv.front() == "panel,series,x,y,lower,upper");
    CHECK(csv.size() == points + 1);
  }
}

TEST_CASE("the data of a figure holds its effective parameters with their types, and the data set by checksum") {
  Report r;
  r.chapter(depth + "\n" + bowl);
  r.build();
  const Json data = r.json("data/depth.json");
  CHECK(data.at("parameters").dump() ==
        R"({"dataset":"digits","depth":5,"width":20,"networks":["tanh-xavier","relu-he"],"batch":16,"seeds":2})");
  CHECK(data.at("dataset").at("name") == "digits");
  CHECK(data.at("dataset").at("sha256").get<std::string>().size() == 64);
  CHECK(r.json("data/bowl.json").at("dataset").is_null());
  CHECK(r.json("data/bowl.json").at("parameters").at("curvatures").dump() == "[1.0,100.0]");
}

TEST_CASE("the manifest says of every figure what made it, and of every document its checksum") {
  Report r;
  r.metadata("date: 2026-01-31\n");
  r.chapter("# One\n\n" + depth);
  r.build();
  const Json manifest = r.json("manifest.json");
  CHECK(manifest.at("date") == "2026-01-31");
  CHECK(manifest.at("generator").get<std::string>().starts_with("literate-report "));
  CHECK(manifest.at("tools").at("pandoc").get<std::string>().starts_with("pandoc "));
  const Json& entry = manifest.at("figures").at("fig:depth");
  CHECK(entry.at("place").get<std::string>().ends_with("01.md:3"));
  CHECK(entry.at("experiment") == "gradient-depth");
  CHECK(entry.at("parameters") == r.json("data/depth.json").at("parameters"));
  CHECK(entry.at("seed") == 1);
  CHECK(entry.at("dataset") == r.json("data/depth.json").at("dataset"));
  CHECK(entry.at("code").get<std::string>().size() == 64);
  CHECK(entry.at("result").get<std::string>().size() == 64);
  CHECK(entry.at("seconds").get<double>() > 0);
  REQUIRE(entry.at("files").size() == 5);
  for (const auto& [name, checksum] : entry.at("files").items()) CHECK(checksum == sys::sha256(r.read(name)));
  CHECK(manifest.at("documents").at("json").at("sha256") == sys::sha256(r.read("report.json")));
}

TEST_CASE("names in captions and alternative texts are filled in, and a caption names the data set that was used") {
  Report r;
  r.chapter(bowl + "\n" + depth + "\n" + replaced(replaced(depth, "fig:depth", "fig:silent"), "{{dataset}}", "images"));
  const auto project = r.project();
  REQUIRE(project.errors.empty());
  const auto looks = [&](const char* id) { return project.find(id)->looks; };
  CHECK(looks("fig:bowl").caption == "**A bowl.** After 20 steps with seed 1, $\\lambda$ being 1, 100.\n");
  CHECK(looks("fig:bowl").alt == "Paths of 20 steps");
  const std::string title = engine::dataset_title("digits", text::english());
  CHECK(looks("fig:depth").caption.find("on " + title + ", 5 layers.") != std::string::npos);
  CHECK(looks("fig:depth").alt.find(title) != std::string::npos);
  CHECK(looks("fig:silent").caption.find(title) != std::string::npos);
  CHECK(project.find("fig:depth")->dataset == "digits");
}

TEST_CASE("small numbers are powers of ten in captions, in their formulas, in alternative texts and in values") {
  Report r;
  r.settings.formats = {"html"};
  r.chapter(
      "```{.figure #fig:small}\nexperiment: quadratic-bowl\nlearning-rates: [3e-5, 0.001]\nsteps: 2\ndecay-steps: 10\n"
      "caption: \"**Small.** Steps of {{learning-rates}}, $\\\\eta=({{learning-rates}})$, from {{start}}.\"\n"
      "alt: Steps of {{learning-rates}}\nstart: [-0.5, 1]\n```\n\n"
      "The rate is `small: eta-max / 1000`{.value format=\".2e\"}, [small]{.claim that=\"small: eta-max / 1000 < "
      "0.001\"}.\n");
  const auto project = r.project();
  REQUIRE(project.errors.empty());
  const auto& looks = project.find("fig:small")->looks;
  CHECK(looks.caption ==
        "**Small.** Steps of $3 \\times 10^{-5}$, 0.001, $\\eta=(3 \\times 10^{-5}, 0.001)$, from −0.5, 1.");
  CHECK(looks.alt == "Steps of 3 × 10⁻⁵, 0.001");
  r.build();
  const std::string page = r.read("report.html");
  CHECK(page.find("Steps of 3 × 10⁻⁵, 0.001") != std::string::npos);
  CHECK(page.find("2.00 \\times 10^{-5}") != std::string::npos);
}

TEST_CASE("an experiment that can do without a data set has none by default, and a caption then names none") {
  Report r;
  r.metadata("defaults:\n  dataset: digits\n");
  const std::string edge =
      "```{.figure #fig:edge}\nexperiment: edge-of-stability\ncaption: An edge on {{dataset}}.\n```\n";
  r.chapter(edge + "\n" +
            replaced(replaced(edge, "fig:edge", "fig:images"), "stability\n", "stability\ndataset: auto\n"));
  const auto project = r.project();
  REQUIRE(project.errors.empty());
  CHECK(project.find("fig:edge")->dataset.empty());
  CHECK(project.find("fig:edge")->looks.caption == "An edge on none.");
  CHECK(project.find("fig:images")->dataset == "digits");
}

TEST_CASE("a second build runs nothing and rewrites nothing") {
  Report r;
  r.chapter("# One\n\n" + bowl + "\n" + depth);
  r.build();
  const auto before = r.output();
  const auto summary = r.build();
  CHECK(summary.ran == 0);
  CHECK(r.events.empty());
  CHECK(r.output() == before);
}

TEST_CASE("editing text, caption, alternative text, title or width runs nothing") {
  // The last two are drawn, and the text says nothing of them. A drawing says its alternative text.
  const auto [from, to, redraws, retells] = GENERATE(values<std::tuple<std::string, std::string, bool, bool>>({
      {"Text.", "Other text.", false, true},
      {"**A bowl.**", "**Another bowl.**", false, true},
      {"alt: Paths", "alt: Ways", true, true},
      {"alt:", "width: column\nalt:", true, true},
      {"alt:", "title: A title\nalt:", true, false},
      {"alt:", "height: 120\nalt:", true, false},
  }));
  INFO(to);
  Report r;
  const std::string text = "# One\n\nText.\n\n" + bowl;
  r.chapter(text);
  r.build();
  const auto before = r.output();
  r.chapter(replaced(text, from, to));
  const auto summary = r.build();
  CHECK(summary.ran == 0);
  CHECK(r.ran().empty());
  CHECK(r.wrote_a_document());
  CHECK((r.output().at("figures/bowl.svg").bytes != before.at("figures/bowl.svg").bytes) == redraws);
  CHECK(r.output().at("data/bowl.csv") == before.at("data/bowl.csv"));
  CHECK((r.output().at("report.json").bytes != before.at("report.json").bytes) == retells);
}

TEST_CASE("a changed parameter reruns its figure only, and going back runs nothing") {
  Report r;
  const std::string text = bowl + "\n" + flow;
  r.chapter(text);
  r.build();
  const auto before = r.output();
  r.chapter(replaced(text, "steps: 20", "steps: 21"));
  CHECK(r.build().ran == 1);
  CHECK(r.ran() == Ids{"fig:bowl"});
  CHECK(r.output().at("data/bowl.csv").bytes != before.at("data/bowl.csv").bytes);
  CHECK(r.output().at("data/flow.csv") == before.at("data/flow.csv"));
  r.chapter(text);
  CHECK(r.build().ran == 0);
  CHECK(r.output().at("data/bowl.csv").bytes == before.at("data/bowl.csv").bytes);
}

TEST_CASE("what editors hide beside a chapter is not a chapter") {
  Report report;
  report.chapter("# One\n");
  report.chapter("a swap file", ".01.md.swp");
  report.chapter("# Hidden\n", ".02.md");
  fs::create_symlink("author@desk.123:456", report.settings.chapters / ".#01.md");  // Emacs' lock leads nowhere
  const auto project = report.project();
  CHECK(project.errors.empty());
  CHECK(project.chapters.size() == 1);
}

TEST_CASE("a figure that moves to another chapter does not rerun") {
  Report r;
  r.chapter(bowl + "\n" + flow);
  r.build();
  r.chapter(flow);
  r.chapter("# Two\n\n" + bowl, "02.md");
  CHECK(r.build().ran == 0);
  CHECK(r.json("manifest.json").at("figures").at("fig:bowl").at("place").get<std::string>().ends_with("02.md:3"));
}

TEST_CASE("the seed of the metadata reruns figures, but not those with a seed of their own") {
  Report r;
  r.chapter(depth + "\n" + replaced(replaced(depth, "fig:depth", "fig:own"), "seeds: 2", "seeds: 2\nseed: 7"));
  r.build();
  const auto before = r.output();
  r.metadata("defaults: {seed: 2}\n");
  r.build();
  CHECK(r.ran() == Ids{"fig:depth"});
  CHECK(r.json("data/depth.json").at("seed") == 2);
  CHECK(r.json("data/own.json").at("seed") == 7);
  CHECK(r.output().at("data/depth.csv").bytes != before.at("data/depth.csv").bytes);
}

TEST_CASE("a directive that goes takes its files with it") {
  Report r;
  r.chapter(bowl + "\n" + flow);
  r.build();
  r.chapter("# No figures\n\nText.\n\n" + flow);
  r.build();
  for (const char* name :
       {"figures/bowl.pdf", "figures/bowl.svg", "figures/bowl.png", "data/bowl.csv", "data/bowl.json"})
    CHECK_FALSE(r.has(name));
  CHECK(r.has("figures/flow.pdf"));
  CHECK_FALSE(r.json("manifest.json").at("figures").contains("fig:bowl"));
}

TEST_CASE("a failing experiment is reported and never stored, the others go on, and the previous report stays") {
  Report r;
  r.chapter("# One\n\n" + bowl + "\n" + flow);
  r.build();
  const auto before = r.output();
  r.chapter("# One\n\n" + replaced(bowl, "steps: 20", "steps: 30") + "\n" + replaced(flow, "horizon: 1", "horizon: 2"));
  const auto failing = bowl_that([](experiment::Run&) { throw std::runtime_error("the bowl is cracked"); });
  for (int attempt = 1; attempt <= 2; ++attempt) {
    INFO("attempt " << attempt);
    auto project = r.project();
    REQUIRE(project.requests.at(0).id == "fig:bowl");
    project.requests[0].experiment = &failing;
    const auto summary = r.build(project);
    CHECK(summary.figures == 2);
    CHECK(summary.failed == 1);
    REQUIRE(summary.failures.size() == 1);
    CHECK(summary.failures[0].first == "fig:bowl");
    CHECK(summary.failures[0].second == "the bowl is cracked");
    CHECK(summary.written.empty());
    // What failed is tried again at each build; what worked is stored.
    CHECK(r.ran() == (attempt == 1 ? Ids{"fig:bowl", "fig:flow"} : Ids{"fig:bowl"}));
    CHECK(r.figures_of(Event::Kind::failed) == Ids{"fig:bowl"});
    CHECK(r.output().at("report.json") == before.at("report.json"));
    CHECK(r.output().at("data/bowl.csv") == before.at("data/bowl.csv"));
    CHECK(r.output().at("data/flow.csv").bytes != before.at("data/flow.csv").bytes);
  }
  CHECK(r.build().failed == 0);
  CHECK(r.ran() == Ids{"fig:bowl"});
  CHECK(r.output().at("report.json").bytes != before.at("report.json").bytes);
}

TEST_CASE("a figure that ends the run never leaves another's loop with holes in it") {
  Report r;
  r.settings.keep_going = false;
  r.chapter(bowl + "\n" + replaced(bowl, "fig:bowl", "fig:second"));
  std::atomic<bool> begun{false}, loop_ended{false};
  std::atomic<int> rounds{0};
  constexpr int all_rounds = 200;
  const auto loops = bowl_that([&](experiment::Run& run) {
    run.for_each(all_rounds, [&](std::size_t) {
      begun = true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      ++rounds;
    });
    loop_ended = true;
  });
  const auto fails = bowl_that([&](experiment::Run&) {
    while (!begun) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    throw std::runtime_error("the bowl is cracked");
  });
  auto project = r.project();
  project.requests.at(0).experiment = &loops;
  project.requests.at(1).experiment = &fails;
  CHECK_THROWS_WITH(r.build(project), "the bowl is cracked");
  CHECK((!loop_ended || rounds == all_rounds));
  CHECK(rounds < all_rounds);  // the others do not go on in vain either
}

TEST_CASE("an error that is not a std::exception fails its figure like any other") {
  Report r;
  r.chapter(bowl + "\n" + flow);
  const auto failing = bowl_that([](experiment::Run&) { throw 42; });
  auto project = r.project();
  project.requests.at(0).experiment = &failing;
  const auto summary = r.build(project);
  CHECK(summary.failed == 1);
  CHECK(r.has("figures/flow.pdf"));
}

TEST_CASE("a damaged entry of the store is computed again with a warning, and gives the same bytes") {
  Report r;
  r.chapter(bowl);
  r.build();
  const auto before = r.output();
  const bool truncated = GENERATE(true, false);
  std::size_t damaged = 0;
  for (const auto& item : fs::recursive_directory_iterator(r.settings.cache)) {
    if (!item.is_regular_file()) continue;
    std::string bytes = sys::read_file(item.path());
    if (truncated)
      bytes.resize(bytes.size() / 2);
    else
      bytes.back() = static_cast<char>(bytes.back() ^ 1);
    sys::write_file(item.path(), bytes);
    ++damaged;
  }
  REQUIRE(damaged >= 6);  // the result and five drawings
  // A report that stands as it is reads nothing from the store; one that was lost needs everything.
  CHECK(r.build().ran == 0);
  fs::remove_all(r.settings.output);
  CHECK(r.build().ran == 1);
  CHECK(r.figures_of(Event::Kind::warning) == Ids{"fig:bowl"});
  for (const auto& [name, file] : r.output())
    if (name != "manifest.json") CHECK(file.bytes == before.at(name).bytes);
  CHECK(r.build().ran == 0);
  CHECK(r.events.empty());
}

TEST_CASE("an output that was lost or changed by hand is made again, without a run") {
  Report r;
  r.chapter(bowl);
  r.build();
  const auto before = r.output();
  fs::remove(r.settings.output / "figures/bowl.pdf");
  fs::remove(r.settings.output / "report.json");
  sys::write_file(r.settings.output / "data/bowl.csv", "panel\n");
  CHECK(r.build().ran == 0);
  for (const char* name : {"figures/bowl.pdf", "report.json", "data/bowl.csv"})
    CHECK(r.output().at(name).bytes == before.at(name).bytes);
}

TEST_CASE("a manifest that is not a manifest is as good as none") {
  Report r;
  r.chapter(bowl);
  r.build();
  const std::string text =
      GENERATE(as<std::string>{}, "", "{", "[]", "{\"figures\": 3}", "{\"figures\": {\"fig:x\": 3}}",
               "{\"figures\": {}, \"documents\": 3}", "{\"figures\": {\"fig:bowl\": {\"files\": 7}}}");
  INFO(text);
  const std::string before = r.read("manifest.json");
  sys::write_file(r.settings.output / "manifest.json", text);
  CHECK(engine::list(r.project(), r.settings).size() == 1);
  CHECK(r.build().ran == 0);
  Json now = r.json("manifest.json"), then = Json::parse(before);
  now["documents"]["json"].erase("seconds");
  then["documents"]["json"].erase("seconds");
  CHECK(now == then);
}

TEST_CASE("force runs everything, with the same result") {
  Report r;
  r.chapter(bowl + "\n" + flow);
  r.build();
  const auto before = r.output();
  r.settings.force = true;
  CHECK(r.build().ran == 2);
  for (const auto& [name, file] : r.output())
    if (name != "manifest.json") CHECK(file == before.at(name));
}

TEST_CASE("two checkouts that share a store share results") {
  Report one, two;
  two.settings.cache = one.settings.cache;
  one.chapter(bowl);
  two.chapter("# Another text\n\n" + bowl);
  CHECK(one.build().ran == 1);
  CHECK(two.build().ran == 0);
  CHECK(one.read("figures/bowl.pdf") == two.read("figures/bowl.pdf"));
}

TEST_CASE("list says fresh, stale and why, and missing") {
  Report r;
  r.chapter(bowl + "\n" + flow);
  r.build();
  r.chapter(replaced(bowl, "steps: 20", "steps: 21") + "\n" + flow + "\n" + replaced(flow, "fig:flow", "fig:new"));
  const auto project = r.project();
  const auto listed = engine::list(project, r.settings);
  REQUIRE(listed.size() == 3);
  CHECK(listed[0].freshness.state == engine::State::stale);
  CHECK(listed[0].freshness.why == "steps 20 -> 21");
  CHECK(listed[1].freshness.state == engine::State::fresh);
  CHECK(listed[1].freshness.seconds >= 0);
  CHECK(listed[2].freshness.state == engine::State::missing);
}

TEST_CASE("an interrupted build stops within a second, keeps what was finished, and leaves the report alone") {
  Report r;
  r.chapter(bowl);
  r.build();
  const auto before = r.output();
  const bool in_jobs = GENERATE(true, false);
  const auto endless = bowl_that([&](experiment::Run& run) {
    const auto wait = [](std::size_t) { std::this_thread::sleep_for(std::chrono::milliseconds(5)); };
    if (in_jobs) return run.for_each(100000, wait);
    for (int i = 0; i < 100000; ++i) run.progress(i, 100000), wait(0);
  });
  r.chapter(replaced(bowl, "steps: 20", "steps: 40") + "\n" + flow);
  auto project = r.project();
  project.requests.at(0).experiment = &endless;
  // The endless figure comes second, on one thread.
  std::swap(project.requests[0], project.requests[1]);
  r.settings.jobs = 1;
  std::chrono::steady_clock::time_point asked;
  const auto listener = [&](const Event& event) {
    if (event.kind != Event::Kind::started || event.figure != "fig:bowl") return;
    asked = std::chrono::steady_clock::now();
    r.interrupted = true;
  };
  CHECK_THROWS_AS(engine::build(project, r.settings, listener, r.interrupted), sys::Interrupted);
  CHECK(std::chrono::steady_clock::now() - asked < std::chrono::seconds(1));
  CHECK(r.output() == before);
  r.interrupted = false;
  r.build();
  CHECK(r.ran() == Ids{"fig:bowl"});
}

TEST_CASE("a second build into the same folder is refused while the first is at work") {
  Report r;
  r.chapter(bowl);
  const sys::FolderLock lock(r.settings.output);
  CHECK_THROWS_AS(r.build(), sys::FileError);
}

TEST_CASE("a build without figures writes the report, and without a data set it asks for none") {
  Report r;
  r.chapter("# Only text\n\nAnd mathematics, $x$.\n");
  CHECK(r.build().figures == 0);
  CHECK(r.json("report.json").contains("pandoc-api-version"));
}

TEST_CASE("a data set that is asked for by name and missing is found before anything runs") {
  Report r;
  r.chapter(bowl + "\n" + replaced(depth, "depth: 5", "dataset: mnist\ndepth: 5"));
  const auto project = r.project();
  REQUIRE(project.errors.empty());
  CHECK_THROWS_AS(r.build(project), data::DataError);
  CHECK(r.ran().empty());
  CHECK_FALSE(r.has("figures"));
}

TEST_CASE("a figure rerun by name writes its own files and nothing else") {
  Report r;
  r.chapter(bowl + "\n" + flow);
  r.build();
  const auto before = r.output();
  const auto project = engine::read_project(r.settings, {{"steps", "25"}}, {"fig:bowl"});
  REQUIRE(project.errors.empty());
  const auto files = engine::rerun(project, {"fig:bowl"}, r.settings, nullptr, r.interrupted);
  REQUIRE(files.size() == 1);
  CHECK(files[0].error.empty());
  CHECK(files[0].files.size() == 5);
  CHECK(r.json("data/bowl.json").at("parameters").at("steps") == 25);
  CHECK(r.output().at("data/flow.csv") == before.at("data/flow.csv"));
  CHECK(r.output().at("report.json") == before.at("report.json"));
  // The trial is forgotten at the next build, which runs nothing.
  CHECK(r.build().ran == 0);
  CHECK(r.output().at("data/bowl.csv").bytes == before.at("data/bowl.csv").bytes);
}

TEST_CASE("the same sources give the same bytes for any number of jobs, in any folder") {
  Report one, two;
  one.settings.jobs = 1;
  two.settings.jobs = 2;
  for (Report* r : {&one, &two}) {
    r->settings.formats = {"html"};
    if (has_program("pdflatex"))
      r->settings.formats.push_back("pdf");
    else
      WARN("pdflatex is not installed; the printed report is not compared");
    r->metadata("title: A report\ndate: 2026-01-31\n");
    r->chapter("# One\n\nSee @fig:depth.\n\n" + depth + "\n" + bowl);
    r->chapter("# Two\n\n" + flow, "02.md");
    r->build();
  }
  const auto first = one.output(), second = two.output();
  CHECK(first.size() == second.size());
  for (const auto& [name, file] : first) {
    if (name == "manifest.json") continue;
    INFO(name);
    REQUIRE(second.contains(name));
    CHECK(second.at(name).bytes == file.bytes);
    CHECK(file.bytes.find(one.path.string()) == std::string::npos);
  }
}

TEST_CASE("SOURCE_DATE_EPOCH is the report's date") {
  Report r;
  r.metadata("date: 2026-01-31\n");
  r.chapter(bowl);
  ::setenv("SOURCE_DATE_EPOCH", "86400", 1);
  r.build();
  ::unsetenv("SOURCE_DATE_EPOCH");
  CHECK(r.json("manifest.json").at("date") == "1970-01-02");
}

}  // namespace pipeline_test
