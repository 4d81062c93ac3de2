// Facts about running programs: streams, large output, arguments that no shell sees, time-outs, interruption.
#include "system/process.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "catch.hpp"
#include "support/scratch_folder.hpp"

namespace process_test {

using sys::Command;
using sys::run;

namespace {

Command shell(const std::string& script) {
  Command command;
  command.arguments = {"sh", "-c", script};
  return command;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("output, errors and exit status of a program are kept apart") {
  const auto finished = run(shell("echo out; echo err >&2; exit 7"));
  CHECK(finished.output == "out\n");
  CHECK(finished.errors == "err\n");
  CHECK(finished.status == 7);
  CHECK_FALSE(finished.ok());
}

TEST_CASE("arguments reach the program as they are, whatever a shell would make of them") {
  Command command;
  command.arguments = {"printf", "%s|", "$HOME", "a b", "`id`", "\"'\\", ""};
  CHECK(run(command).output == "$HOME|a b|`id`|\"'\\||");
}

TEST_CASE("megabytes go through in both directions without a deadlock") {
  Command command;
  command.arguments = {"cat"};
  for (int i = 0; i < 500000; ++i) command.input += "0123456789";
  const auto finished = run(command);
  CHECK(finished.output.size() == command.input.size());
  CHECK((finished.output == command.input));
  // Both outputs full at once, more than any pipe holds.
  const auto both = run(shell("head -c 1000000 /dev/zero >&2 & head -c 1000000 /dev/zero; wait"));
  CHECK(both.output.size() == 1000000);
  CHECK(both.errors.size() == 1000000);
}

TEST_CASE("a program that does not read its input does no harm") {
  Command command = shell("exit 0");
  command.input.assign(1000000, 'x');
  CHECK(run(command).ok());
}

TEST_CASE("the environment is added to and the directory is set") {
  Command command = shell("echo $COLOUR; test -n \"$PATH\" && pwd");
  command.environment = {{"COLOUR", "blue"}};
  command.directory = "/";
  CHECK(run(command).output == "blue\n/\n");
}

TEST_CASE("a program that does not exist is named") {
  Command command;
  command.arguments = {"no-such-program-anywhere"};
  CHECK_THROWS_AS(run(command), sys::NoProgram);
}

TEST_CASE("a time-out kills the program and what it started") {
  Command command = shell("sleep 60 & sleep 60");
  command.timeout = std::chrono::milliseconds(200);
  const auto start = std::chrono::steady_clock::now();
  const auto finished = run(command);
  CHECK(finished.timed_out);
  CHECK(finished.status == 128 + 9);
  CHECK(seconds_since(start) < 10);
}

TEST_CASE("an interruption kills the program within a second") {
  std::atomic<bool> interrupted{false};
  Command command = shell("sleep 60 & sleep 60");
  command.stop = interrupted;
  std::thread later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    interrupted = true;
  });
  const auto start = std::chrono::steady_clock::now();
  const auto finished = run(command);
  later.join();
  CHECK(finished.interrupted);
  CHECK_FALSE(finished.ok());
  CHECK(seconds_since(start) < 5);
}

TEST_CASE("a signal that ends a program shows in its status") { CHECK(run(shell("kill -TERM $$")).status == 128 + 15); }

TEST_CASE("a program dies with the one that started it") {
  const support::ScratchFolder folder;
  const auto file = folder / "process";
  const pid_t starter = fork();
  REQUIRE(starter >= 0);
  if (starter == 0) {
    try {
      run(shell("echo $$ > '" + file.string() + "'; exec sleep 60"));
    } catch (...) {
    }
    _exit(0);
  }
  pid_t orphan = 0;
  for (int i = 0; i < 500 && orphan == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::ifstream(file) >> orphan;
  }
  REQUIRE(orphan > 0);
  kill(starter, SIGKILL);
  waitpid(starter, nullptr, 0);
  // Who inherits it may leave it as a zombie for a while; then it has no command line any more.
  const auto lives = [&] {
    std::string line;
    std::getline(std::ifstream("/proc/" + std::to_string(orphan) + "/cmdline"), line);
    return !line.empty();
  };
  for (int i = 0; i < 500 && lives(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK_FALSE(lives());
}

TEST_CASE("a confined program reads and writes what it was given, and nothing else") {
  namespace fs = std::filesystem;
  const support::ScratchFolder folder;
  for (const char* name : {"given", "work", "other"}) fs::create_directories(folder / name);
  for (const char* name : {"given/text", "other/secret"}) std::ofstream(folder / name) << name << "\n";
  fs::create_symlink(folder / "other" / "secret", folder / "given" / "link");
  if (sys::enforceable_confinement().landlock == 0) {
    WARN("this kernel cannot confine programs to files; this is not tested");
    return;
  }
  const auto status = [&](const std::string& script) {
    Command command = shell(script);
    command.directory = folder / "work";
    command.confinement = sys::Confinement{{folder / "given"}, {folder / "work"}};
    return run(command).status;
  };
  CHECK(status("cat ../given/text && echo x >new && echo y >>new && mkdir deeper && mv new deeper/ && rm -r deeper") ==
        0);
  for (const char* script :
       {"cat ../other/secret", "cat ../given/link", "ls ../other", "cat /etc/passwd", "cat /proc/self/environ",
        "ls /tmp", "ls /home", "echo x >../given/text", "echo x >../given/new", "echo x >../other/secret",
        "rm ../given/text", "mv ../given/text .", "ln ../other/secret here", ": >../other/secret", "echo x >/dev/shm/x",
        "mkdir ../more", "ln -s ../other/secret here && cat here"}) {
    INFO(script);
    CHECK(status(script) != 0);
  }
  CHECK(fs::file_size(folder / "other" / "secret") == 13);
  CHECK(fs::file_size(folder / "given" / "text") == 11);
}

TEST_CASE("a confined program has no network, bounded memory and bounded files") {
  namespace fs = std::filesystem;
  const support::ScratchFolder folder;
  const auto confined = [&](std::vector<std::string> words) {
    Command command;
    command.arguments = std::move(words);
    command.directory = folder.path();
    command.confinement = sys::Confinement{{}, {folder.path()}, std::uint64_t{200} << 20, std::uint64_t{1} << 20};
    return run(command);
  };
  CHECK(confined({"sh", "-c", "head -c 1000000 /dev/zero >file"}).ok());
  CHECK_FALSE(confined({"sh", "-c", "head -c 2000000 /dev/zero >file"}).ok());
  CHECK(fs::file_size(folder / "file") <= 1 << 20);
  const std::string allocate = "exit(length('x' x $ARGV[0]) == $ARGV[0] ? 0 : 1)";
  CHECK(confined({"perl", "-e", allocate, "50000000"}).ok());
  CHECK_FALSE(confined({"perl", "-e", allocate, "500000000"}).ok());
  if (!sys::enforceable_confinement().seccomp) {
    WARN("this kernel cannot keep programs off the network; this is not tested");
  } else {
    const std::string connect = "use Socket; exit(socket(my $s, $ARGV[0], $ARGV[1], 0) ? 0 : 1)";
    for (const char* domain : {"1", "2", "10"})  // of this machine, IPv4, IPv6
      for (const char* type : {"1", "2"}) {      // streams, datagrams
        INFO(domain << " " << type);
        Command free;
        free.arguments = {"perl", "-e", connect, domain, type};
        CHECK(run(free).ok());
        CHECK(confined(free.arguments).status == 1);
      }
  }
}

}  // namespace process_test
