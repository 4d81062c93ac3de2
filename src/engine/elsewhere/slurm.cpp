// See slurm.hpp. Exit codes and the queue tell when to look and when to stop waiting, and nothing else: a job that was
// cut at its time limit may be told as done, a controller that is down lists nothing, one that was killed has forgotten
// an array whose elements go on.
#include "engine/elsewhere/slurm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "publish/errors.hpp"
#include "system/files.hpp"
#include "text/shell_word.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t most_elements = 200;  // a site's limit of an array is 1000 by default
/// Each start costs a second or so; that many a slot still let a fast slot do a slow one's share.
constexpr std::size_t starts_per_slot = 8;
constexpr milliseconds shortest_pause{200}, longest_pause{5000}, step{50};

constexpr int most_releases = 3;
/// What the queue says of elements that a node could not begin: they wait for ever (Slurm 22.05, 24.11).
constexpr const char* launch_failed = "launch failed requeued held";

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string duration(double time) {
  if (time < 90) return fmt::format("{:.0f} s", time);
  if (time < 5400) return fmt::format("{:.0f} min", time / 60);
  return fmt::format("{:.1f} h", time / 3600);
}

/// The elements of an array for so many jobs on so many slots, as sbatch takes them; 0 slots: nobody knows.
/// SBATCH_ARRAY_INX may ask for others, "0-999" or "0-999%50".
struct Elements {
  std::size_t count = 1;
  std::string text;
};
Elements elements_for(std::size_t jobs, std::size_t slots) {
  std::size_t most = slots == 0 ? most_elements : std::min(most_elements, starts_per_slot * slots);
  std::string limit;
  if (const char* wanted = std::getenv("SBATCH_ARRAY_INX"); wanted && *wanted) {
    static const std::regex form("0-([0-9]{1,6})(%[0-9]{1,6})?");
    std::cmatch part;
    if (!std::regex_match(wanted, part, form))
      throw std::runtime_error(fmt::format(
          "SBATCH_ARRAY_INX is '{}'; here it takes the form 0-999 or 0-999%50 (at most 50 at once)", wanted));
    most = std::stoul(part[1]) + 1;
    limit = part[2];
  }
  const std::size_t count = std::min(jobs, most);
  return {count, fmt::format("0-{}{}", count - 1, limit)};
}

/// How long no value may come after the queue has lost the array: elements that outlive a controller go on, and files
/// of another machine may show late.
class Patience {
 public:
  explicit Patience(std::size_t done) : done_(done) {}

  void see(std::size_t done) {
    const auto now = Clock::now();
    if (done > done_) {
      longest_ = std::max(longest_, now - last_);
      last_ = now;
      done_ = done;
    }
  }
  bool is_over() const {
    const Clock::duration least = seconds(10), most = seconds(300);
    return Clock::now() - last_ > std::clamp(3 * longest_, least, most);
  }
  void begin() { last_ = std::max(last_, Clock::now()); }

 private:
  std::size_t done_;
  Clock::time_point last_ = Clock::now();
  Clock::duration longest_{};
};

/// Sleeps, but for a stop that is asked for.
void pause(Clock::duration length, sys::StopFlag stop) {
  const auto end = Clock::now() + length;
  while (Clock::now() < end && !stop.is_set()) std::this_thread::sleep_for(step);
}

}  // namespace

Slurm::Slurm(SlurmOptions options) : options_(std::move(options)) {}

bool has_slurm_record(const fs::path& record) {
  std::error_code error;
  return fs::exists(record, error);
}

std::optional<std::string> Slurm::under_way() {
  if (!has_slurm_record(options_.record)) return std::nullopt;
  try {
    const Json record = Json::parse(sys::read_file(options_.record));
    array_ = record.at("array").get<std::string>();
    was_submitted_before_ = true;
    if (const auto found = queue({}); found && found->is_empty()) {
      forget();
      return std::nullopt;
    }
    return record.at("sheet").get<std::string>();
  } catch (const std::exception&) {
    forget();
    return std::nullopt;
  }
}

void Slurm::forget() {
  std::error_code error;
  fs::remove(options_.record, error);
}

void Slurm::submit(const std::string& sheet, std::size_t jobs, const Say& say) {
  const Elements elements = elements_for(jobs, slots());
  fs::create_directories(options_.logs);  // where there is none, Slurm runs nothing, and tells it in a node's log alone
  std::string script = "#!/bin/sh\nexec";
  for (const auto& word : options_.program) script += " " + text::shell_word(word);
  script += fmt::format(" work {} \"$SLURM_ARRAY_TASK_ID/{}\" --jobs \"${{SLURM_CPUS_PER_TASK:-1}}\"\n", sheet,
                        elements.count);
  sys::Command command;
  command.arguments = {"sbatch",
                       "--parsable",
                       "--job-name=report",
                       "--array=" + elements.text,
                       "--open-mode=append",
                       "--output=" + (options_.logs / "%A_%a.log").string()};
  command.input = script;
  command.environment = {{"REPORT_CACHE", options_.cache.string()}};
  sys::ProcessResult finished;
  try {
    finished = options_.run(command);
  } catch (const sys::NoProgram&) {
    throw publish::MissingTool(
        "there is no sbatch here: '--executor slurm' is for a machine that submits to Slurm "
        "(Debian: apt-get install slurm-client)");
  }
  array_ = first_line(finished.output).substr(0, first_line(finished.output).find(';'));
  if (!finished.ok() || array_.empty())
    throw std::runtime_error(fmt::format("Slurm takes no jobs: sbatch {}: {}", sys::ending(finished), finished.errors));
  was_submitted_before_ = false;
  sys::write_file(options_.record, Json{{"array", array_}, {"sheet", sheet}}.dump() + "\n");
  if (options_.detaches)
    throw Detached{fmt::format("Slurm has {} jobs in array {}; the next build waits for them, 'scancel {}' ends them",
                               jobs, array_, array_)};
  say(fmt::format("Slurm has {} jobs in array {} of {} elements", jobs, array_, elements.count));
}

std::size_t Slurm::slots() const {
  sys::Command command;
  command.arguments = {"sinfo", "--noheader", "--format=%C"};  // allocated/idle/other/total
  if (const char* partition = std::getenv("SBATCH_PARTITION"); partition && *partition)
    command.arguments.push_back(fmt::format("--partition={}", partition));
  command.timeout = seconds(10);
  std::size_t processors = 0;
  try {
    std::istringstream lines(options_.run(command).output);
    std::size_t allocated = 0, idle = 0;
    char slash = 0;
    for (std::string rest; lines >> allocated >> slash >> idle && std::getline(lines, rest);)
      processors += allocated + idle;
  } catch (const sys::NoProgram&) {
    return 0;
  }
  std::size_t of_each = 1;
  if (const char* text = std::getenv("SBATCH_CPUS_PER_TASK")) of_each = std::max(1ul, std::strtoul(text, nullptr, 10));
  return processors == 0 ? 0 : std::max<std::size_t>(1, processors / of_each);
}

std::optional<Slurm::Queue> Slurm::queue(sys::StopFlag stop) const {
  sys::Command command;
  command.arguments = {"squeue", "--noheader", "--array", "--jobs=" + array_, "--format=%T %r"};
  command.timeout = seconds(30);
  command.stop = stop;
  const auto finished = options_.run(command);
  if (!finished.ok()) {
    if (finished.errors.find("Invalid job id") == std::string::npos) return std::nullopt;
    return Queue{};  // it ended a while ago
  }
  Queue found;
  std::istringstream lines(finished.output);
  for (std::string state, why; lines >> state && std::getline(lines, why);) {
    if (state == "PENDING" || state == "REQUEUED" || state == "REQUEUE_HOLD" || state == "SUSPENDED") {
      ++found.waiting;
      why.erase(0, why.find_first_not_of(' '));
      if (why == launch_failed) ++found.held;
      if (!why.empty() && (why != launch_failed || found.why.empty())) found.why = why;
    } else {
      ++found.running;
    }
  }
  return found;
}

/// Also of an array that a controller forgot: it says then that there is none.
void Slurm::cancel() const { tell({"scancel", array_}); }

void Slurm::release() const { tell({"scontrol", "release", array_}); }

void Slurm::tell(std::vector<std::string> words) const {
  sys::Command command;
  command.arguments = std::move(words);
  command.timeout = seconds(2);
  try {
    options_.run(command);
  } catch (const std::exception&) {
  }
}

void Slurm::wait(const Count& count, const Say& say, sys::StopFlag stop) {
  const auto start = Clock::now();
  const std::size_t before = count().done;
  Patience patience(before);
  bool is_lost = false;  // by the queue
  bool is_deaf = false;  // Slurm does not answer
  int releases = 0;
  for (Clock::duration wait = shortest_pause;; wait = std::min<Clock::duration>(2 * wait, longest_pause)) {
    const auto counting = Clock::now();
    const Standing now = count();
    const auto spent = Clock::now() - counting;
    patience.see(now.done);
    if (now.is_whole()) return forget();
    const auto queued = queue(stop);
    if (stop.is_set()) {
      // What an earlier build left at work goes on; what this one asked for nobody else waits for.
      if (!was_submitted_before_) {
        cancel();
        forget();
      }
      throw sys::Interrupted{};
    }
    const double took = std::chrono::duration<double>(Clock::now() - start).count();
    std::string line = fmt::format("Slurm {}: {} of {} jobs done", array_, now.done, now.all);
    if (!queued) {
      is_deaf = true;
      line += "; Slurm does not answer, so that only the store is looked at";
    } else {
      is_deaf = false;
      if (!queued->is_empty()) {
        is_lost = false;
        line += fmt::format(", {} elements running, {} waiting", queued->running, queued->waiting);
        if (queued->running == 0 && !queued->why.empty()) line += fmt::format(" ({})", queued->why);
        if (queued->is_stuck() && releases < most_releases) {
          // A node that begins nothing is soon drained, and another one does.
          ++releases;
          release();
          line += fmt::format("; {} that Slurm holds are released", queued->held);
        } else if (queued->is_stuck() && queued->held == queued->waiting) {
          cancel();
          return forget();
        }
      } else if (!is_lost) {
        is_lost = true;
        patience.begin();
      }
    }
    Clock::duration until_next = wait;
    if (now.done > before) {
      const double left = took * static_cast<double>(now.all - now.done) / static_cast<double>(now.done - before);
      line += fmt::format("; about {} left", duration(left));
      // The end is seen soon after it came.
      until_next = std::clamp<Clock::duration>(milliseconds(std::lround(250 * left)), shortest_pause, wait);
    }
    if (is_lost && !is_deaf && patience.is_over()) return forget();
    say(line);
    pause(std::max(until_next, 10 * spent), stop);
  }
}

std::string Slurm::what_to_look_at() const {
  return fmt::format(
      "what they said is in {}; sacct or 'scontrol show job {}' tells of time limits and memory, and a "
      "build asks for what is missing again",
      (options_.logs / fmt::format("{}_*.log", array_)).string(), array_);
}

}  // namespace engine
