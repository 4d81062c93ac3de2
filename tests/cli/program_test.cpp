// Facts about the program as users meet it: what it prints where, and its exit codes.
#include <httplib.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "catch.hpp"
#include "user.hpp"

namespace program_test {

using namespace user;
using Json = nlohmann::ordered_json;

namespace {

/// Those that the report cannot do without; a new experiment is its one file, and changes nothing here.
const std::vector<std::string> experiment_names{"effective-time", "flow-versus-descent", "gradient-depth",
                                                "quadratic-bowl", "training-loss"};

bool has_control_characters(const std::string& text) {
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 32 && c != '\n') || c == 127) return true;
  return false;
}

}  // namespace

TEST_CASE("help lists every command, and each has its own help") {
  const User run;
  const auto help = run({"help"});
  CHECK(help.status == 0);
  CHECK(help.errors.empty());
  for (const std::string command :
       {"new",   "build", "figure", "watch",  "list",  "explain",    "describe", "check",   "bless", "jobs", "work",
        "audit", "store", "data",   "doctor", "clean", "completion", "install",  "package", "test",  "help"}) {
    INFO(command);
    CHECK(contains(help.output, "\n  " + command + " "));
    const auto own = run({"help", command});
    CHECK(own.status == 0);
    CHECK(own.output.starts_with("usage: ./build-report.sh " + command));
    CHECK(run({command, "--help"}).status == 0);
  }
  CHECK(contains(run({"help", "figure"}).output, "--set NAME=VALUE"));
  CHECK(run({"--help"}).output == help.output);
  CHECK(run({"help", "figur"}).status == 2);
}

TEST_CASE("what the script of a checkout does, the program leaves to it") {
  const User run;
  for (const std::string command : {"install", "package", "test"}) {
    const auto refused = run({command});
    CHECK(refused.status == 2);
    CHECK(contains(refused.errors, "error: '" + command + "' is done by the script of a checkout: ./build-report.sh " +
                                       command + "\n"));
  }
}

TEST_CASE("the version is one line") {
  const auto version = User()({"--version"});
  CHECK(version.status == 0);
  CHECK(version.output == "literate-report " REPORT_VERSION "\n");
}

TEST_CASE("describe shows every experiment with its parameters, as text, JSON and Markdown") {
  const User run;
  const auto text = run({"describe"});
  CHECK(text.status == 0);
  for (const auto& name : experiment_names) CHECK(contains(text.output, name + ": "));

  const auto json = run({"describe", "--json"});
  CHECK(json.status == 0);
  const Json all = Json::parse(json.output);
  std::vector<std::string> names;
  for (const Json& experiment : all) names.push_back(experiment.at("name"));
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(std::includes(names.begin(), names.end(), experiment_names.begin(), experiment_names.end()));
  for (std::size_t i = 0; i < all.size(); ++i) {
    INFO(names[i]);
    CHECK(!all[i].at("parameters").empty());
    for (const auto& parameter : all[i].at("parameters"))
      for (const char* key : {"name", "type", "unit", "default", "minimum", "maximum", "choices", "range", "meaning"})
        CHECK(parameter.contains(key));
    CHECK(!all[i].at("exports").empty());
  }

  const auto one = run({"describe", "gradient-depth"});
  for (const char* parameter : {"dataset", "depth", "width", "networks", "batch", "seeds"})
    CHECK(contains(one.output, std::string("    ") + parameter + " ("));
  CHECK(contains(one.output, "default 50; in the range 2 to 1000"));

  const auto markdown = run({"describe", "gradient-depth", "--markdown"});
  CHECK(contains(markdown.output, "| parameter | type | unit | default | range | meaning |"));
  CHECK(contains(markdown.output, "| `depth` | whole number |"));

  const auto unknown = run({"describe", "gradient-deth"});
  CHECK(unknown.status == 2);
  CHECK(contains(unknown.errors, "did you mean 'gradient-depth'?"));
}

TEST_CASE("what the command line does not know is refused with a hint") {
  const User run;
  const auto refused = [&](const Words& words) {
    const auto finished = run(words);
    INFO(words.front());
    CHECK(finished.status == 2);
    CHECK(finished.output.empty());
    CHECK(finished.errors.starts_with("error: "));
    CHECK_FALSE(run.has_output());
    return finished.errors;
  };
  CHECK(contains(refused({"biuld"}), "did you mean 'build'?"));
  CHECK(contains(refused({"build", "--jbos", "2"}), "did you mean '--jobs'?"));
  CHECK(contains(refused({"build", "--jobs", "0"}), "--jobs takes a whole number from 1 to 1024"));
  CHECK(contains(refused({"build", "--jobs", "many"}), "--jobs"));
  CHECK(contains(refused({"build", "--jobs", "99999999999"}), "--jobs"));
  CHECK(contains(refused({"build", "--format", "pfd"}), "did you mean 'pdf'?"));
  CHECK(contains(refused({"build", "--format", ""}), "--format"));
  CHECK(contains(refused({"build", "--color", "sometimes"}), "auto, always or never"));
  CHECK(contains(refused({"build", "fig:bowl"}), "figure fig:bowl"));
  CHECK(contains(refused({"build", "--set", "depth=3"}), "'figure'"));
  CHECK(contains(refused({"figure", "bowl", "--set", "depth"}), "NAME=VALUE"));
  CHECK(contains(refused({"figure"}), "'list' shows them"));
  CHECK(contains(refused({"data", "minst"}), "did you mean 'mnist'?"));
  CHECK(contains(refused({"clean", "all"}), "takes no arguments"));
  CHECK(contains(refused({"list", "bowl"}), "takes no arguments"));
  CHECK(contains(refused({"doctor", "now"}), "takes no arguments"));
  CHECK(contains(refused({"describe", "--output"}), "--output"));
}

TEST_CASE("a missing chapters folder is named") {
  const User run;
  const auto none = run.exec({REPORT_PROGRAM, "build", "--chapters", "none", "--output", "output"});
  CHECK(none.status == 2);
  CHECK(contains(none.errors, "there is no chapters folder"));
  CHECK_FALSE(run.has_output());
}

TEST_CASE("a bad chapter is exit code 2 with all mistakes, and nothing is written") {
  const User run;
  run.chapter("# One\n\n```{.figure #fig:a}\nexperiment: quadratic-bowl\nstepps: 3\nstart: 1\n```\n");
  for (const char* command : {"build", "list"}) {
    const auto bad = run({command});
    CHECK(bad.status == 2);
    CHECK(bad.output.empty());
    CHECK(contains(bad.errors,
                   "chapters/01.md:5:1: error: unknown parameter 'stepps' for experiment 'quadratic-bowl'\n"
                   "    5 | stepps: 3\n"
                   "      | ^~~~~~ did you mean 'steps'?"));
    CHECK(contains(bad.errors, "chapters/01.md:6:8: error: "));
    CHECK(contains(bad.errors, "2 errors"));
    CHECK_FALSE(has_control_characters(bad.errors));
    CHECK_FALSE(run.has_output());
  }
  CHECK(has_control_characters(run({"build", "--color", "always"}).errors));
}

TEST_CASE("bad input leaves every byte of an earlier report alone") {
  const User run;
  run.chapter(bowl);
  REQUIRE(run({"build", "--format", "html"}).status == 0);
  const auto state = [&] {
    std::string text;
    for (const auto& item : fs::recursive_directory_iterator(run.path / "output"))
      if (item.is_regular_file() && !item.is_symlink())  // the folder of work links to the chapters
        text += item.path().string() + " " + std::to_string(item.last_write_time().time_since_epoch().count()) + "\n";
    return text;
  };
  const std::string before = state();
  run.chapter(bowl + "\nSee @fig:blow.\n");
  const auto bad = run({"build"});
  CHECK(bad.status == 2);
  CHECK(contains(bad.errors, "fig:blow"));
  CHECK(state() == before);
}

TEST_CASE("a build prints its files on standard output and plain progress on standard error") {
  const User run;
  run.chapter("# One\n\n" + bowl);
  const auto built = run({"build", "--format", "html"});
  CHECK(built.status == 0);
  CHECK(built.output == "output/report.html\n");
  CHECK(contains(built.errors, "fig:bowl"));
  CHECK(contains(built.errors, "1 figure, 1 run, 0 failed"));
  CHECK_FALSE(has_control_characters(built.errors));

  const auto again = run({"--format", "html"});  // no command is build
  CHECK(again.status == 0);
  CHECK(again.output == built.output);
  CHECK(contains(again.errors, "0 run"));
  CHECK(run({"--format", "html", "--quiet"}).errors.empty());
  CHECK(contains(run({"--format", "html", "--force"}).errors, "1 run"));

  const auto listed = run({"list"});
  CHECK(listed.status == 0);
  CHECK(contains(listed.output, "fig:bowl  chapters/01.md:3  quadratic-bowl  fresh"));
  const Json json = Json::parse(run({"list", "--json"}).output);
  REQUIRE(json.size() == 1);
  CHECK(json[0].at("id") == "fig:bowl");
  CHECK(json[0].at("place") == "chapters/01.md:3");
  CHECK(json[0].at("state") == "fresh");
  CHECK(json[0].at("seconds").is_number());

  const auto cleaned = run({"clean"});
  CHECK(cleaned.status == 0);
  for (const auto& item : fs::directory_iterator(run.path / "output")) CHECK(item.path().filename() == ".lock");
  CHECK(contains(run({"list"}).output, "missing"));
  CHECK(contains(run({"--format", "html"}).errors, "0 run"));  // the results were still stored
  CHECK(run({"clean", "--cache"}).status == 0);
  CHECK_FALSE(fs::exists(run.path / "cache" / "results"));
}

TEST_CASE("figure reruns what it is told, and says which parameters it tried") {
  const User run;
  run.chapter(bowl);
  const auto tried = run({"figure", "bowl", "--set", "steps=7", "--set", "learning-rates=[0.01, 0.02]"});
  CHECK(tried.status == 0);
  for (const char* file :
       {"figures/bowl.pdf", "figures/bowl.svg", "figures/bowl.png", "data/bowl.csv", "data/bowl.json"})
    CHECK(contains(tried.output, std::string("output/") + file + "\n"));
  CHECK(contains(tried.output, "fig:bowl: "));
  CHECK(contains(tried.errors, "steps = 7"));
  CHECK(contains(tried.errors, "learning-rates = [0.01, 0.02]"));
  const Json data = Json::parse(sys::read_file(run.path / "output/data/bowl.json"));
  CHECK(data.at("parameters").at("steps") == 7);
  CHECK(data.at("parameters").at("learning-rates").dump() == "[0.01,0.02]");

  const auto unknown = run({"figure", "fig:blow"});
  CHECK(unknown.status == 2);
  CHECK(contains(unknown.errors, "there is no figure 'fig:blow'. did you mean 'fig:bowl'?"));
  const auto bad = run({"figure", "bowl", "--set", "steps=none"});
  CHECK(bad.status == 2);
  CHECK(contains(bad.errors, "parameter 'steps' must be a whole number, but this is 'none'"));
  CHECK(run({"figure", "bowl", "--set", "stepps=3"}).status == 2);
}

TEST_CASE("a data set that a chapter names and this machine lacks is exit code 3, with the way to get it") {
  const User run;
  run.chapter("```{.figure #fig:a}\nexperiment: gradient-depth\ndataset: mnist\n```\n");
  const auto lacking = run({"build"});
  CHECK(lacking.status == 3);
  CHECK(contains(lacking.errors, "MNIST"));
  CHECK(contains(lacking.errors, "data mnist' fetches it"));
  CHECK_FALSE(fs::exists(run.path / "output" / "report.html"));
}

TEST_CASE("data lists the sets and says where it looked") {
  const User run;
  const auto listed = run({"data"});
  CHECK(listed.status == 0);
  for (const char* name : {"mnist", "fashion-mnist", "cifar-10", "digits"}) CHECK(contains(listed.output, name));
  CHECK(contains(listed.output, "built in"));
  CHECK(contains(listed.output, (run.path / "data").string()));
  CHECK(run({"data", "digits"}).status == 0);
}

TEST_CASE("data NAME says plainly what a mirror answered, and leaves nothing half-done") {
  httplib::Server server;
  const int port = server.bind_to_any_port("127.0.0.1");
  REQUIRE(port > 0);
  std::thread serving([&] { server.listen_after_bind(); });
  User run;
  run.environment.emplace_back("REPORT_MIRROR", "http://127.0.0.1:" + std::to_string(port) + "/");
  const auto answered = run({"data", "mnist"});
  server.stop();
  serving.join();
  CHECK(answered.status == 3);
  CHECK(contains(answered.output + answered.errors, "404"));
  const auto silent = run({"data", "mnist"});
  CHECK(silent.status == 3);
  CHECK_FALSE(has_control_characters(answered.output + silent.output));
  if (fs::exists(run.path / "data"))
    for (const auto& item : fs::recursive_directory_iterator(run.path / "data")) CHECK_FALSE(item.is_regular_file());
}

TEST_CASE("doctor names tools, fonts, data sets and folders") {
  const User run;
  const auto doctor = run({"doctor"});
  CHECK((doctor.status == 0 || doctor.status == 3));
  for (const char* what : {"pandoc", "pdflatex", "fonts", "TeX Gyre Pagella", "mnist", "digits", "cache", "confinement",
                           "Landlock", "seccomp"})
    CHECK(contains(doctor.output, what));
  CHECK(contains(doctor.output, doctor.status == 0 ? "all that is needed is there" : "install the package"));
}

TEST_CASE("an unchanged build starts no program, an edit to the page one, and to the print one more pass of LaTeX") {
  User run;
  for (const std::string program : {"pandoc", "pdflatex"}) {
    const fs::path file = run.path / "bin" / program;
    // Programs start where they may write: in their folder of work.
    sys::write_file(file, "#!/bin/sh\necho " + program + " >>calls\nexec /usr/bin/" + program + " \"$@\"\n");
    fs::permissions(file, fs::perms::owner_all);
  }
  run.environment.emplace_back("PATH", (run.path / "bin").string() + ":/usr/bin:/bin");
  const auto calls = [&](const std::string& formats) {
    const fs::path work = run.path / "output" / ".work";
    const std::vector<fs::path> logs{run.path / "calls", work / "html" / "calls", work / "latex" / "calls"};
    for (const auto& log : logs) fs::remove(log);
    REQUIRE(run({"build", "--format", formats}).status == 0);
    std::string all;
    for (const auto& log : logs) all += fs::exists(log) ? sys::read_file(log) : "";
    return all;
  };
  run.chapter("# One {#sec:one}\n\nA sentence. See @sec:one.\n\n" + bowl);
  CHECK_FALSE(calls("html,pdf").empty());
  CHECK(calls("html,pdf") == "");
  run.chapter("# One {#sec:one}\n\nAnother sentence. See @sec:one.\n\n" + bowl);
  CHECK(calls("html") == "pandoc\n");
  CHECK(calls("html") == "");
  CHECK(calls("html,pdf") == "pandoc\npdflatex\n");
  CHECK(calls("html,pdf") == "");
}

TEST_CASE("an interrupt ends a build with exit code 130 within a second") {
  const User run;
  run.chapter(
      "```{.figure #fig:long}\nexperiment: gradient-depth\ndataset: digits\ndepth: 400\nwidth: 400\nseeds: 100\n```\n");
  Words words{"timeout", "--preserve-status", "--signal=INT", "1.5"};
  const Words program = run.arguments({"build", "--format", "html"});
  words.insert(words.end(), program.begin(), program.end());
  const auto start = std::chrono::steady_clock::now();
  const auto stopped = run.exec(words);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(2500));
  CHECK(stopped.status == 130);
  CHECK(contains(stopped.errors, "interrupted"));
  CHECK_FALSE(fs::exists(run.path / "output" / "report.html"));
}

}  // namespace program_test
