// What a build makes of what Slurm says, Slurm being scripted; a real one is in tests/cluster/slurm.sh.
#include "engine/elsewhere/slurm.hpp"

#include "catch.hpp"
#include "support/scratch_folder.hpp"

namespace slurm_test {

using namespace support;
using engine::Slurm;
namespace fs = std::filesystem;

namespace {

/// Answers each squeue with the next of some queues, the last one for ever, and notes what else is asked.
struct Script {
  std::vector<std::string> queues;
  std::vector<std::string> asked;
  std::string processors;  // of the cluster: allocated/idle/other/total, a line or several

  sys::ProcessResult operator()(const sys::Command& command) {
    sys::ProcessResult result;
    const std::string& program = command.arguments.front();
    if (program == "sbatch") {
      result.output = "7\n";
    } else if (program == "sinfo") {
      result.output = processors;
    } else if (program == "squeue") {
      result.output = queues.front();
      if (queues.size() > 1) queues.erase(queues.begin());
    } else {
      std::string words;
      for (const auto& word : command.arguments) words += (words.empty() ? "" : " ") + word;
      asked.push_back(words);
    }
    return result;
  }
};

engine::SlurmOptions options_in(const fs::path& folder, Script& script) {
  engine::SlurmOptions options;
  options.record = folder / "array.json";
  options.logs = folder / "logs";
  options.run = std::ref(script);
  return options;
}

const std::string held = "PENDING launch failed requeued held\n";

}  // namespace

TEST_CASE("elements that a node could not begin are released, and the build goes on") {
  const ScratchFolder folder;
  Script script{{held + held, held + "RUNNING None\n", ""}, {}, {}};
  Slurm slurm(options_in(folder.path(), script));
  std::vector<std::string> said;
  const auto say = [&](const std::string& line) { said.push_back(line); };
  slurm.submit("sheet", 2, say);
  slurm.wait([&] { return engine::Executor::Standing{said.size() < 4 ? 0u : 2u, 2}; }, say, {});
  CHECK(script.asked == std::vector<std::string>{"scontrol release 7"});
  REQUIRE(said.size() >= 2);
  CHECK(said[1] ==
        "Slurm 7: 0 of 2 jobs done, 0 elements running, 2 waiting (launch failed requeued held); 2 that Slurm holds "
        "are released");
}

TEST_CASE("elements that no node begins are given up after some releases") {
  const ScratchFolder folder;
  Script script{{held}, {}, {}};
  Slurm slurm(options_in(folder.path(), script));
  slurm.submit("sheet", 1, [](const std::string&) {});
  slurm.wait([] { return engine::Executor::Standing{0, 1}; }, [](const std::string&) {}, {});
  CHECK(script.asked ==
        std::vector<std::string>{"scontrol release 7", "scontrol release 7", "scontrol release 7", "scancel 7"});
  CHECK(!engine::has_slurm_record(folder.path() / "array.json"));
}

TEST_CASE("what keeps the others is said beside elements that are held") {
  const ScratchFolder folder;
  Script script{{"PENDING Resources\n" + held, ""}, {}, {}};
  Slurm slurm(options_in(folder.path(), script));
  std::vector<std::string> said;
  const auto say = [&](const std::string& line) { said.push_back(line); };
  slurm.submit("sheet", 2, say);
  slurm.wait([&] { return engine::Executor::Standing{said.size() < 2 ? 0u : 2u, 2}; }, say, {});
  REQUIRE(said.size() == 2);
  CHECK(said[1] ==
        "Slurm 7: 0 of 2 jobs done, 0 elements running, 2 waiting (Resources); 1 that Slurm holds are released");
}

TEST_CASE("elements that somebody holds are waited for") {
  const ScratchFolder folder;
  Script script{{"PENDING JobHeldUser\n"}, {}, {}};
  Slurm slurm(options_in(folder.path(), script));
  int looks = 0;
  slurm.submit("sheet", 1, [](const std::string&) {});
  slurm.wait([&] { return engine::Executor::Standing{++looks > 4 ? 1u : 0u, 1}; }, [](const std::string&) {}, {});
  CHECK(script.asked.empty());
}

TEST_CASE("an array has eight elements a slot, and never more than 200 or than jobs") {
  const auto elements = [](const std::string& processors, std::size_t jobs) {
    const ScratchFolder folder;
    Script script{{""}, {}, processors};
    Slurm slurm(options_in(folder.path(), script));
    std::string said;
    slurm.submit("sheet", jobs, [&](const std::string& line) { said = line; });
    return said;
  };
  const std::string of_thousand = "Slurm has 1000 jobs in array 7 of ";
  CHECK(elements("0/8/0/8\n", 1000) == of_thousand + "64 elements");
  CHECK(elements("6/2/0/8\n", 1000) == of_thousand + "64 elements");    // others' jobs end
  CHECK(elements("0/8/24/32\n", 1000) == of_thousand + "64 elements");  // nodes that are down start nothing
  CHECK(elements("2/2/0/4\n0/4/0/4\n", 1000) == of_thousand + "64 elements");
  CHECK(elements("0/4000/0/4000\n", 1000) == of_thousand + "200 elements");
  CHECK(elements("", 1000) == of_thousand + "200 elements");
  CHECK(elements("0/8/0/8\n", 5) == "Slurm has 5 jobs in array 7 of 5 elements");
  CHECK(elements("0/1/0/1\n", 1000) == of_thousand + "8 elements");
}

TEST_CASE("an element of several cores takes as many of the cluster's") {
  ::setenv("SBATCH_CPUS_PER_TASK", "4", 1);
  const ScratchFolder folder;
  Script script{{""}, {}, "0/16/0/16\n"};
  Slurm slurm(options_in(folder.path(), script));
  std::string said;
  slurm.submit("sheet", 1000, [&](const std::string& line) { said = line; });
  ::unsetenv("SBATCH_CPUS_PER_TASK");
  CHECK(said == "Slurm has 1000 jobs in array 7 of 32 elements");
}

}  // namespace slurm_test
