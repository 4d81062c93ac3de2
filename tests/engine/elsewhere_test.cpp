// Jobs that are kept from build to build, and jobs that others do.
#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "catch.hpp"
#include "engine/audit.hpp"
#include "engine/elsewhere/open_jobs.hpp"
#include "engine/elsewhere/worker.hpp"
#include "experiment/any_experiment.hpp"
#include "store/survey.hpp"
#include "support/build_context.hpp"
#include "support/replaced.hpp"
#include "system/checksum.hpp"

namespace elsewhere_test {

using namespace support;
using engine::Event;
using store::EntryKind;

namespace {

const std::string training =
    "```{.figure #fig:training}\n"
    "experiment: training-loss\n"
    "dataset: digits\n"
    "depth: 3\n"
    "width: 8\n"
    "networks: [tanh-xavier, relu-he]\n"
    "epochs: 1\n"
    "seeds: 2\n"
    "caption: Losses.\n"
    "alt: Curves\n"
    "```\n";

/// The quadratic bowl after jobs of 60 ms, which are counted.
experiment::Experiment bowl_after_jobs(
    std::atomic<int>& done, int jobs, const std::function<void(int)>& before = [](int) {}) {
  experiment::Experiment e = *experiment::find("quadratic-bowl");
  e.run = [&done, jobs, before, run = e.run](const engine::Json& parameters, experiment::Run& r) {
    std::vector<int> items(static_cast<std::size_t>(jobs));
    for (int i = 0; i < jobs; ++i) items[static_cast<std::size_t>(i)] = i;
    const auto values = r.each(items, [&](int i) {
      before(i);
      ++done;
      std::this_thread::sleep_for(std::chrono::milliseconds(60));
      return 0.1 * i;
    });
    for (int i = 0; i < jobs; ++i)
      if (values[static_cast<std::size_t>(i)] != 0.1 * i) throw std::runtime_error("a value is another");
    return run(parameters, r);
  };
  return e;
}

std::size_t entries(const Report& r, EntryKind kind) { return store::entry_files(r.settings.cache, kind).size(); }

/// Does shares in this process, but for those that get lost.
class InThisProcess : public engine::Executor {
 public:
  explicit InThisProcess(const Report& r, std::size_t shares = 3) : report_(r), shares_(shares) {}

  std::set<std::size_t> lost;     // shares that nobody does
  std::vector<std::size_t> jobs;  // of each list
  std::vector<std::string> sheets, faults;
  bool takes_lists = true;

  std::optional<std::string> under_way() override { return left_at_work_; }
  bool submits() const override { return takes_lists; }
  void submit(const std::string& sheet, std::size_t count, const Say&) override {
    jobs.push_back(count);
    sheets.push_back(sheet);
    if (detaches) {
      left_at_work_ = sheet;
      throw engine::Detached{"later"};
    }
    work(sheet);
  }
  void wait(const Count& count, const Say&, sys::StopFlag) override {
    if (left_at_work_) work(*left_at_work_);
    left_at_work_.reset();
    last = count();
  }
  std::string what_to_look_at() const override { return "look at the logs"; }

  bool detaches = false;
  Standing last;

 private:
  void work(const std::string& sheet) {
    for (std::size_t i = 0; i < shares_; ++i) {
      if (lost.contains(i)) continue;
      const auto summary = engine::do_share({sheet, i, shares_}, report_.settings, nullptr, {});
      faults.insert(faults.end(), summary.faults.begin(), summary.faults.end());
    }
  }

  const Report& report_;
  std::size_t shares_;
  std::optional<std::string> left_at_work_;
};

/// Everything in the output folder but what tells of the machine and the time that a run took.
std::map<std::string, std::string> files_of(const Report& r) {
  std::map<std::string, std::string> files;
  for (const auto& item : fs::recursive_directory_iterator(r.settings.output)) {
    const std::string name = item.path().lexically_relative(r.settings.output).string();
    if (!item.is_regular_file() || name.starts_with(".") || name == "manifest.json") continue;
    files[name] = sys::read_file(item.path());
  }
  return files;
}

const std::string several = bowl + "\n" + depth + "\n" + flow + "\n" + training;

}  // namespace

TEST_CASE("a run that was stopped goes on where it was") {
  Report r;
  r.chapter(bowl);
  r.settings.jobs = 1;
  std::atomic<int> done{0};
  const auto stopped = bowl_after_jobs(done, 6, [&](int) {
    if (done == 3) r.interrupted = true;
  });
  auto project = r.project();
  project.requests.at(0).experiment = &stopped;
  CHECK_THROWS_AS(engine::build(project, r.settings, nullptr, r.interrupted), sys::Interrupted);
  const int before = done;
  CHECK(before < 6);
  r.interrupted = false;
  const auto whole = bowl_after_jobs(done, 6);
  project.requests.at(0).experiment = &whole;
  r.build(project);
  // The one that was stopped as it began may be done twice.
  CHECK(done <= 7);
  CHECK(entries(r, EntryKind::results) == 1);
  CHECK(entries(r, EntryKind::jobs) == 0);
}

TEST_CASE("a job that fails takes none of those that were done with it") {
  Report r;
  r.chapter(bowl);
  r.settings.jobs = 1;
  std::atomic<int> done{0};
  const auto failing = bowl_after_jobs(done, 5, [&](int i) {
    if (i == 4) throw std::runtime_error("no more");
  });
  auto project = r.project();
  project.requests.at(0).experiment = &failing;
  CHECK(r.build(project).failed == 1);
  CHECK(entries(r, EntryKind::jobs) == 4);
  const auto whole = bowl_after_jobs(done, 5);
  project.requests.at(0).experiment = &whole;
  r.build(project);
  CHECK(done == 5);
}

TEST_CASE("a forced run does all of its jobs again") {
  Report r;
  r.chapter(bowl);
  std::atomic<int> done{0};
  const auto failing = bowl_after_jobs(done, 3, [&](int i) {
    if (i == 2) throw std::runtime_error("no more");
  });
  auto project = r.project();
  project.requests.at(0).experiment = &failing;
  r.settings.jobs = 1;
  r.build(project);
  const auto whole = bowl_after_jobs(done, 3);
  project.requests.at(0).experiment = &whole;
  r.settings.force = true;
  done = 0;
  r.build(project);
  CHECK(done == 3);
}

TEST_CASE("what others did is what would have been done here, to the last byte") {
  Report here, there;
  here.chapter(several);
  here.build();
  there.chapter(several);
  InThisProcess executor(there);
  there.settings.executor = &executor;
  there.build();
  CHECK(files_of(there) == files_of(here));
  CHECK(executor.faults.empty());
  // gradient-depth has two loops, and the second is listed when the first is done.
  REQUIRE(executor.jobs.size() == 2);
  CHECK(executor.last.is_whole());
  CHECK(entries(there, EntryKind::results) == 4);
}

TEST_CASE("jobs that got lost fail their figure with a word, and the next build asks for them alone") {
  Report r;
  r.chapter(training);
  InThisProcess executor(r, 4);
  executor.lost = {1};
  r.settings.executor = &executor;
  r.build();
  REQUIRE(r.events.back().kind != Event::Kind::finished);
  const auto failed =
      std::find_if(r.events.begin(), r.events.end(), [](const Event& e) { return e.kind == Event::Kind::failed; });
  REQUIRE(failed != r.events.end());
  CHECK(failed->message == "1 of its jobs got no value elsewhere; look at the logs");
  executor.lost.clear();
  CHECK(r.build().failed == 0);
  CHECK(executor.jobs == std::vector<std::size_t>{4, 1});
}

TEST_CASE("seeds that are added are the only ones that are computed") {
  Report r;
  r.chapter(training);
  InThisProcess executor(r);
  r.settings.executor = &executor;
  r.build();
  r.chapter(replaced(training, "seeds: 2", "seeds: 3"));
  r.build();
  r.chapter(replaced(replaced(training, "seeds: 2", "seeds: 3"), "[tanh-xavier, relu-he]", "[relu-he, sigmoid-he]"));
  r.build();
  CHECK(executor.jobs == std::vector<std::size_t>{4, 2, 3});
  r.chapter(replaced(training, "epochs: 1", "epochs: 2"));
  r.build();
  CHECK(executor.jobs.back() == 4);
}

TEST_CASE("forced jobs are done again elsewhere too") {
  Report r;
  r.chapter(training);
  InThisProcess executor(r);
  r.settings.executor = &executor;
  r.build();
  r.settings.force = true;
  r.build();
  r.build();
  CHECK(executor.jobs == std::vector<std::size_t>{4, 4, 4});
}

TEST_CASE("a build that leaves its jobs to others is gathered by the next") {
  Report r;
  r.chapter(training);
  InThisProcess executor(r);
  executor.detaches = true;
  r.settings.executor = &executor;
  CHECK_THROWS_AS(r.build(), engine::Detached);
  CHECK(entries(r, EntryKind::results) == 0);
  executor.takes_lists = false;
  CHECK(r.build().failed == 0);
  CHECK(executor.jobs.size() == 1);
  CHECK(entries(r, EntryKind::results) == 1);
}

TEST_CASE("what nobody takes is computed here") {
  Report r;
  r.chapter(training);
  InThisProcess executor(r);
  executor.takes_lists = false;
  r.settings.executor = &executor;
  CHECK(r.build().failed == 0);
  CHECK(executor.jobs.empty());
}

TEST_CASE("what is quickly done is not given away, and the rest of a long loop is") {
  Report r;
  r.chapter(bowl);
  r.settings.jobs = 1;
  InThisProcess executor(r);
  r.settings.executor = &executor;
  std::atomic<int> done{0};
  const auto jobs = bowl_after_jobs(done, 10);
  auto project = r.project();
  project.requests.at(0).experiment = &jobs;
  r.settings.done_here = std::chrono::milliseconds(200);  // three or four of 60 ms
  r.build(project);                                       // in another process it would be known
  REQUIRE(executor.jobs.size() == 1);
  CHECK(executor.jobs[0] >= 5);
  CHECK(executor.jobs[0] < 10);
  r.settings.done_here = std::chrono::minutes(1);
  CHECK(r.build(project).failed == 0);
  CHECK(executor.jobs.size() == 1);
  CHECK(done == 10);
}

TEST_CASE("missing jobs are listed, done in shares, and then there are none") {
  Report r;
  r.chapter(several);
  int rounds = 0;
  std::size_t jobs = 0;
  for (;; ++rounds) {
    const auto project = r.project();
    const auto open = engine::open_jobs(project, r.settings, nullptr, {});
    if (open.jobs == 0) break;
    jobs += open.jobs;
    std::size_t seen = 0;
    for (std::size_t i = 0; i < 5; ++i) {
      const auto summary = engine::do_share({open.sheet, i, 5}, r.settings, nullptr, {});
      CHECK(summary.done == summary.jobs);
      seen += summary.jobs;
    }
    CHECK(seen == open.jobs);
  }
  CHECK(rounds == 2);
  CHECK(jobs > 8);
  r.build();
  CHECK(r.ran().empty());
}

TEST_CASE("a machine that would compute something else refuses, and says what differs") {
  Report r;
  r.chapter(training);
  const auto open = engine::open_jobs(r.project(), r.settings, nullptr, {});
  const store::Store store = r.settings.store();
  auto sheet = engine::Json::parse(*store.get(EntryKind::sheets, open.sheet).bytes);
  auto& run = sheet.at("runs").at(0);
  run["provenance"]["arithmetic"] = "fused-0000000000000000";
  run["key"] = sys::sha256(run.at("provenance").dump());
  const std::string text = sheet.dump(), key = sys::sha256(text);
  store.put(EntryKind::sheets, key, text);
  const auto summary = engine::do_share({key, 0, 1}, r.settings, nullptr, {});
  CHECK(summary.done == 0);
  REQUIRE(summary.faults.size() == 1);
  CHECK(summary.faults[0].find("fig:training: this machine would compute something else: ") == 0);
  CHECK(summary.faults[0].find("arithmetic") != std::string::npos);
}

TEST_CASE("a list that the store does not have is told") {
  Report r;
  CHECK_THROWS_WITH(engine::do_share({sys::sha256("nothing"), 0, 1}, r.settings, nullptr, {}),
                    ContainsSubstring("need one store"));
}

TEST_CASE("why a job has no value elsewhere is what its figure fails with") {
  Report r;
  r.chapter(bowl);
  InThisProcess executor(r);
  r.settings.executor = &executor;
  std::atomic<int> done{0};
  auto newer = bowl_after_jobs(done, 4);
  newer.name = "quadratic-bowl-2";
  auto project = r.project();
  project.requests.at(0).experiment = &newer;
  CHECK(r.build(project).failed == 1);
  CHECK(executor.jobs == std::vector<std::size_t>{4});
  CHECK(done == 0);
  const auto failed =
      std::find_if(r.events.begin(), r.events.end(), [](const Event& e) { return e.kind == Event::Kind::failed; });
  REQUIRE(failed != r.events.end());
  CHECK(failed->message.find("this program has no experiment 'quadratic-bowl-2'") == 0);
}

TEST_CASE("an audit finds a result that was changed together with its checksum") {
  Report r;
  r.chapter(bowl);
  r.build();
  CHECK(engine::audit(r.project(), 1, r.settings, nullptr, {}).contradictions.empty());
  const auto files = store::entry_files(r.settings.cache, EntryKind::results);
  REQUIRE(files.size() == 1);
  const store::Store store = r.settings.store();
  const std::string key = files.front().filename().string();
  auto entry = engine::Json::parse(*store.get(EntryKind::results, key).bytes);
  std::string text = entry.at("result").dump();
  const auto digit = text.find_last_of("12345678");
  text[digit] = static_cast<char>(text[digit] + 1);
  entry["result"] = engine::Json::parse(text);
  store.put(EntryKind::results, key, entry.dump());
  const auto audit = engine::audit(r.project(), 0.01, r.settings, nullptr, {});
  CHECK(audit.runs == 1);
  REQUIRE(audit.contradictions.size() == 1);
  CHECK(audit.contradictions[0].find("fig:bowl: the store has another result") == 0);
}

TEST_CASE("an audit finds a job's value that was changed") {
  Report r;
  r.chapter(training);
  const auto open = engine::open_jobs(r.project(), r.settings, nullptr, {});
  engine::do_share({open.sheet, 0, 1}, r.settings, nullptr, {});
  CHECK(engine::audit(r.project(), 1, r.settings, nullptr, {}).jobs == 4);
  const store::Store store = r.settings.store();
  const std::string key = store::entry_files(r.settings.cache, EntryKind::jobs).front().filename().string();
  auto losses = engine::Json::parse(*store.get(EntryKind::jobs, key).bytes);
  losses.at(0) = losses.at(0).get<double>() * 0.5;
  store.put(EntryKind::jobs, key, losses.dump());
  CHECK(engine::audit(r.project(), 1, r.settings, nullptr, {}).contradictions.size() == 1);
}

}  // namespace elsewhere_test
