// Facts about explanations: each input of a key that changes is named with its old and its new value.
#include "engine/explain.hpp"

#include "store/code_fingerprint.hpp"
#include "support/build_context.hpp"
#include "support/replaced.hpp"

namespace explain_test {

using namespace support;
using engine::Change;
using engine::Freshness;
using engine::Json;
using engine::State;

namespace {

/// A report with one built figure.
struct Built : Report {
  explicit Built(const std::string& text) {
    chapter(text);
    build();
  }
  Freshness now() const {
    const auto read = project();
    REQUIRE(read.errors.empty());
    return engine::list(read, settings).at(0).freshness;
  }
  Freshness after(const std::string& text) const {
    chapter(text);
    return now();
  }
};

std::vector<Change::Kind> kinds(const Freshness& f) {
  std::vector<Change::Kind> list;
  for (const auto& c : f.changes) list.push_back(c.kind);
  return list;
}

using Kinds = std::vector<Change::Kind>;

}  // namespace

TEST_CASE("a fresh figure has its key, its stored result and no changes") {
  const Built r(depth);
  const Freshness f = r.now();
  CHECK(f.state == State::fresh);
  CHECK(f.why.empty());
  CHECK(f.changes.empty());
  CHECK(f.key == r.json("manifest.json").at("figures").at("fig:depth").at("result").get<std::string>());
  CHECK(f.provenance.code.size() == 64);
  CHECK(f.provenance.data_sha256.size() == 64);
  CHECK(f.stored);
  CHECK(fs::is_regular_file(f.result));
  CHECK(f.seconds >= 0);
}

TEST_CASE("text, captions and looks are no reason to run") {
  const Built r(bowl);
  CHECK(r.after("# Another text\n\n" + replaced(bowl, "**A bowl.**", "**Another bowl.**")).state == State::fresh);
  CHECK(r.after(bowl + "\nMore text.\n").state == State::fresh);
}

TEST_CASE("a changed parameter, seed and experiment are named with what they were and are") {
  const Built r(bowl);
  const Freshness steps = r.after(replaced(bowl, "steps: 20", "steps: 21"));
  CHECK(steps.state == State::stale);
  REQUIRE(kinds(steps) == Kinds{Change::Kind::parameter});
  CHECK(steps.changes[0].name == "steps");
  CHECK(steps.changes[0].before == 20);
  CHECK(steps.changes[0].now == 21);
  CHECK(steps.why == "steps 20 -> 21");
  CHECK_FALSE(steps.stored);
  CHECK_FALSE(fs::exists(steps.result));
  CHECK(steps.seconds >= 0);  // of the run before

  const Freshness both =
      r.after(replaced(replaced(bowl, "steps: 20", "steps: 21"), "quadratic-bowl\n", "quadratic-bowl\nseed: 7\n"));
  CHECK(kinds(both) == Kinds{Change::Kind::parameter, Change::Kind::seed});
  CHECK(both.why == "steps 20 -> 21; seed 1 -> 7");

  const Freshness other = r.after(replaced(flow, "fig:flow", "fig:bowl"));
  CHECK(kinds(other) == Kinds{Change::Kind::experiment});
  CHECK(other.why == "experiment quadratic-bowl -> flow-versus-descent");
}

TEST_CASE("a result that another report stored fits without a run, and the change is still told") {
  Built r(bowl);
  r.chapter(replaced(bowl, "steps: 20", "steps: 21"));
  r.build();
  const Freshness back = r.after(bowl);
  CHECK(back.state == State::stale);
  CHECK(back.stored);
  CHECK(back.why == "steps 21 -> 20 (a stored result fits)");
}

TEST_CASE("a result that is gone from the store, and a figure that was never made, say so") {
  const Built r(bowl);
  fs::remove_all(r.settings.cache);
  CHECK(kinds(r.now()) == Kinds{Change::Kind::lost});
  CHECK(r.now().why == "its stored result is gone");
  const Freshness missing = r.after(replaced(bowl, "fig:bowl", "fig:new"));
  CHECK(missing.state == State::missing);
  CHECK(missing.changes.empty());
}

TEST_CASE("changed content of a data set is told, unless the figure asks for another set") {
  Built r(depth);
  Json manifest = r.json("manifest.json");
  manifest["figures"]["fig:depth"]["dataset"]["sha256"] = "another";
  sys::write_file(r.settings.output / "manifest.json", manifest.dump());
  fs::remove_all(r.settings.cache / "results");
  const Freshness f = r.now();
  REQUIRE(kinds(f) == Kinds{Change::Kind::dataset});
  CHECK(f.why == "content of the data set digits changed");
  CHECK(f.changes[0].now == f.provenance.data_sha256);

  manifest["figures"]["fig:depth"]["dataset"]["name"] = "mnist";
  manifest["figures"]["fig:depth"]["parameters"]["dataset"] = "mnist";
  sys::write_file(r.settings.output / "manifest.json", manifest.dump());
  CHECK(r.now().why == "dataset \"mnist\" -> \"digits\"");
}

TEST_CASE("changed code is told by function and source file, as far as its parts were kept") {
  Report r;
  r.chapter(depth);
  // With a table of parts of its own.
  fs::create_directories(r.path / "render");
  fs::create_directory_symlink(r.settings.theme(), r.path / "render/theme");
  r.settings.root = r.path;
  const auto project = r.project();
  REQUIRE(project.errors.empty());
  const engine::Request& request = project.requests[0];
  engine::RunOutcome old;
  old.provenance = {.experiment = request.experiment->name,
                    .figure = request.id,
                    .parameters = request.parameters,
                    .seed = request.seed,
                    .dataset = request.dataset,
                    .data_sha256 = "",
                    .code = "old code",
                    .reads = {},
                    .arithmetic = ""};
  engine::RunOutcome outcome = old;
  outcome.key = std::string(64, 'a');
  outcome.provenance.code = "new code";
  const Json before = engine::manifest_entry(request, old, "drawing", Json::object());
  const Json manifest{{"figures", {{"fig:depth", before}}}};
  const auto explained = [&] { return freshness(request, outcome, manifest, r.settings); };

  CHECK(explained().why == "the code of gradient-depth changed");

  const Json old_parts{
      {"src/numerics/linear/norm.cpp", {{"numerics::norm", "1"}, {"numerics::scale", "1"}}},
      {"src/experiments/gradient_depth.cpp", {{"experiment::run", "1"}, {"library code and constants", "1"}}}};
  const Json new_parts{
      {"src/numerics/linear/norm.cpp", {{"numerics::norm", "2"}, {"numerics::rescale", "1"}}},
      {"src/experiments/gradient_depth.cpp", {{"experiment::run", "1"}, {"library code and constants", "2"}}}};
  store::Store(r.settings.cache).put(store::EntryKind::code, "old code", old_parts.dump());
  sys::write_file(r.path / "build" / "fingerprints" / "gradient-depth.json", new_parts.dump());
  const Freshness f = explained();
  REQUIRE(kinds(f) == Kinds{Change::Kind::code});
  CHECK(f.changes[0].before == "old code");
  CHECK(f.changes[0].now == "new code");
  CHECK(f.changes[0].where == std::vector<std::string>{"numerics::norm in src/numerics/linear/norm.cpp",
                                                       "numerics::rescale in src/numerics/linear/norm.cpp (new)",
                                                       "numerics::scale in src/numerics/linear/norm.cpp (gone)"});
  CHECK(f.why ==
        "the code of gradient-depth changed (numerics::norm in src/numerics/linear/norm.cpp, numerics::rescale in "
        "src/numerics/linear/norm.cpp (new), numerics::scale in src/numerics/linear/norm.cpp (gone))");
}

TEST_CASE("a run keeps the parts of its code") {
  const Built r(bowl);
  const std::string code = r.json("manifest.json").at("figures").at("fig:bowl").at("code");
  const Json parts = store::code_parts(r.settings.root, "quadratic-bowl");
  CHECK(store::code_parts(store::Store(r.settings.cache), code) == parts);
}

}  // namespace explain_test
