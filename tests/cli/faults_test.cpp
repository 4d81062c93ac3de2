// Facts about builds that something stops or hinders: killed, without room, without the right to write.
#include "faults.hpp"

#include <cstdio>
#include <cstdlib>
#include <random>

#include "catch.hpp"

namespace faults_test {

using namespace user;
using namespace faults;

namespace {

int kills() {
  const char* asked = std::getenv("REPORT_KILLS");
  return asked ? std::atoi(asked) : 3;
}

std::string program(const std::string& output) {
  return std::string(REPORT_PROGRAM) + " build --format html --chapters chapters --output " + output;
}

}  // namespace

TEST_CASE("after a build killed at any moment no output is wrong, and the next build is right") {
  const auto right = right_outputs();
  REQUIRE(right[0].at("report.html") != right[1].at("report.html"));

  const User user;
  double whole = 0;  // seconds of a build
  for (int state : {1, 0}) {
    user.chapter(text_of(state));
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(user({"build", "--format", "pdf,html"}).status == 0);
    whole = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

  const unsigned seed = std::random_device{}();
  INFO("seed " << seed);
  std::mt19937 random(seed);
  int killed = 0;
  for (int i = 1; i <= kills(); ++i) {
    const std::size_t state = static_cast<std::size_t>(i % 2);
    INFO("build " << i);
    user.chapter(text_of(static_cast<int>(state)));
    if (i % 3 == 0) fs::remove_all(user.path / "cache");  // so that experiments are killed too
    Words words{"timeout", "--signal=KILL",
                std::to_string(std::uniform_real_distribution<>(0.001, 0.9 * whole)(random))};
    for (const auto& word : user.arguments({"build", "--format", "pdf,html"})) words.push_back(word);
    killed += user.exec(words).status != 0;
    for (const auto& [name, bytes] : outputs(user.path / "output")) {
      if (name.find("/.") != std::string::npos || name.front() == '.')
        continue;  // half a file that has not got its name
      INFO(name);
      CHECK(((right[0].contains(name) && right[0].at(name) == bytes) ||
             (right[1].contains(name) && right[1].at(name) == bytes)));
    }
    for (const auto& [name, bytes] : right[0]) CHECK(fs::exists(user.path / "output" / name));
    CHECK(user({"build", "--format", "pdf,html"}).status == 0);
    const auto now = outputs(user.path / "output");
    for (const auto& [name, bytes] : right[state]) {
      INFO(name);
      REQUIRE(now.contains(name));
      CHECK((now.at(name) == bytes));
    }
    CHECK(now.size() == right[state].size());  // nothing is left over
  }
  CHECK(killed > 0);
  std::printf("%d of %d builds killed\n", killed, kills());
}

TEST_CASE("a full disk is named, what was there stays whole, and with room again the build goes on") {
  const User user;
  user.chapter(text_of(0));
  sys::write_file(user.path / "next" / "01.md", text_of(1));
  const std::string build = program("disk/output");
  const auto finished = with_mount(
      user, disk("size=8m"),
      build +
          " >/dev/null 2>&1; echo $?; cp -r disk/output before; cp next/01.md chapters/01.md\n"
          "head -c 9000000 /dev/zero >disk/filler 2>/dev/null\n" +
          build +
          " 2>said >/dev/null; echo $?\n"
          // The list of what was made is ahead of what is written; what stood on it stands.
          "cmp -s -n $(wc -c <before/.work/made) before/.work/made disk/output/.work/made || echo the list changed\n"
          "(cd before && find . -type f ! -path ./.work/made | while read -r file; do cmp -s $file "
          "../disk/output/$file || echo $file changed; done)\n"
          "find disk -name '*.part'; rm disk/filler\n" +
          build + " >/dev/null 2>&1; echo $?");
  if (!finished) return;
  CHECK(finished->output == "0\n2\n0\n");
  const std::string said = sys::read_file(user.path / "said");
  INFO(said);
  CHECK(contains(said, "error: cannot write " + (user.path / "disk/output/").string()));
  CHECK(contains(said, "No space left on device"));
}

TEST_CASE("a full disk under the cache is named, and the report stays as it was") {
  const User user;
  user.chapter(text_of(0));
  REQUIRE(user({"build", "--format", "html"}).status == 0);
  const auto before = outputs(user.path / "output");
  user.chapter(text_of(1));
  const auto finished =
      with_mount(user, disk("size=64k"), "REPORT_CACHE=disk/cache " + program("output") + "; echo $?");
  if (!finished) return;
  CHECK(finished->output == "2\n");
  CHECK(contains(finished->errors, "No space left on device"));
  for (const auto& [name, bytes] : before) CHECK((outputs(user.path / "output").at(name) == bytes));
}

TEST_CASE("folders that cannot be written are named") {
  const User user;
  user.chapter(text_of(0));
  const auto output = with_mount(user, disk("ro"), program("disk/output"));
  if (!output) return;
  CHECK(output->status == 2);
  CHECK(contains(output->errors,
                 "cannot make the folder " + (user.path / "disk/output").string() + ": Read-only file system"));
  const auto cache = with_mount(user, disk("ro"), "REPORT_CACHE=disk/cache " + program("output"));
  CHECK(cache->status == 2);
  CHECK(contains(cache->errors, "disk/cache"));
  CHECK_FALSE(fs::exists(user.path / "output" / "report.html"));
  CHECK(user({"build", "--format", "html"}).status == 0);
}

TEST_CASE("a file where a folder should be is named") {
  const User user;
  user.chapter(text_of(0));
  sys::write_file(user.path / "output", "not a folder\n");
  const auto finished = user({"build", "--format", "html"});
  CHECK(finished.status == 2);
  CHECK(contains(finished.errors, "output"));
  CHECK(sys::read_file(user.path / "output") == "not a folder\n");
}

TEST_CASE("of two builds at once the second is told to wait") {
  const User user;
  user.chapter(text_of(0));
  const sys::FolderLock first(user.path / "output");
  const auto second = user({"build", "--format", "html"});
  CHECK(second.status == 2);
  CHECK(contains(second.errors, "another build is writing to " + (user.path / "output").string() + ""));
  CHECK(outputs(user.path / "output").empty());
}

TEST_CASE("a tool that dies, fails, writes nothing or writes rubbish leaves the last report, and is named") {
  User user;
  user.chapter(text_of(0));
  REQUIRE(user({"build", "--format", "pdf,html"}).status == 0);
  const auto before = outputs(user.path / "output");
  // The other programs that a build may start lie beside the faulty one; it alone is what it should not be.
  user.environment.emplace_back("PATH", (user.path / "bin").string() + ":/usr/bin:/bin");
  struct Fault {
    const char *format, *program, *script, *says;
    int status;
  };
  const std::vector<Fault> faults{{"html", "pandoc", "kill -9 $$", "pandoc was ended by signal 9", 2},
                                  {"html", "pandoc", "exit 0", "pandoc ended well but wrote no whole page", 2},
                                  {"html", "pandoc", "echo rubbish", "pandoc ended well but wrote no whole page", 2},
                                  {"html", "pandoc", "echo Stack overflow >&2; exit 251", "Stack overflow", 2},
                                  {"html", "pandoc", "exit 83", "pandoc failed with status 83", 2},
                                  {"pdf", "pdflatex", "kill -9 $$", "pdflatex was ended by signal 9", 2},
                                  {"pdf", "pdflatex", "exit 1", "LaTeX", 2},
                                  {"pdf", "pandoc", "exit 0", "pandoc ended well but wrote no whole text for LaTeX", 2},
                                  {"pdf", "pandoc", "kill -SEGV $$", "pandoc", 2}};
  int injected = 0;
  user.chapter(text_of(1));
  for (const auto& fault : faults) {
    INFO(fault.program << ": " << fault.script);
    const fs::path file = user.path / "bin" / fault.program;
    fs::remove_all(user.path / "bin");
    sys::write_file(file, std::string("#!/bin/sh\n[ \"$1\" = --version ] && exec /usr/bin/") + fault.program +
                              " \"$@\"\n" + fault.script + "\n");
    fs::permissions(file, fs::perms::owner_all);
    const auto finished = user({"build", "--format", fault.format});
    INFO(finished.errors);
    CHECK(finished.status == fault.status);
    CHECK(contains(finished.errors, fault.says));
    for (const char* name : {"report.html", "report.pdf"})
      CHECK((outputs(user.path / "output").at(name) == before.at(name)));
    ++injected;
  }
  std::printf("%d faulty tools\n", injected);
  fs::remove_all(user.path / "bin");
  CHECK(user({"build", "--format", "pdf,html"}).status == 0);
}

TEST_CASE("a damaged store is told or mended, and the report comes out the same") {
  const User user;
  user.chapter(text_of(0));
  REQUIRE(user({"build", "--format", "html"}).status == 0);
  const auto right = outputs(user.path / "output");
  const fs::path pristine = user.path / "pristine";
  fs::rename(user.path / "cache", pristine);
  const std::vector<void (*)(const fs::path&)> damages{
      [](const fs::path& f) { fs::resize_file(f, fs::file_size(f) / 2); },
      [](const fs::path& f) { fs::resize_file(f, 0); },
      [](const fs::path& f) {
        std::string bytes = sys::read_file(f);
        for (std::size_t at = bytes.size() / 3; at < bytes.size(); at += 97)
          bytes[at] = static_cast<char>(bytes[at] ^ 0x20);
        sys::write_file(f, bytes);
      },
      [](const fs::path& f) {
        fs::remove(f);
        fs::create_directories(f / "x");
      }};
  int injected = 0;
  for (const auto& item : fs::directory_iterator(pristine)) {  // each kind of entry
    for (std::size_t kind = 0; kind < damages.size(); ++kind) {
      INFO(item.path().filename().string() << ", damage " << kind);
      fs::remove_all(user.path / "cache");
      fs::remove_all(user.path / "output");
      fs::copy(pristine, user.path / "cache", fs::copy_options::recursive);
      std::vector<fs::path> entries;
      const fs::path place = user.path / "cache" / item.path().filename();
      if (fs::is_directory(place)) {
        for (const auto& entry : fs::recursive_directory_iterator(place))
          if (entry.is_regular_file()) entries.push_back(entry.path());
      } else {
        entries.push_back(place);
      }
      for (const auto& entry : entries) damages[kind](entry);
      injected += static_cast<int>(entries.size());
      const auto finished = user({"build", "--format", "html"});
      INFO(finished.errors);
      CHECK(finished.status == 0);
      CHECK(outputs(user.path / "output") == right);
    }
  }
  std::printf("%d entries damaged\n", injected);
  CHECK(injected >= 8);
}

TEST_CASE("damaged files of work are made anew, and the report comes out the same") {
  const User user, clean;
  clean.chapter(text_of(1));
  REQUIRE(clean({"build", "--format", "pdf,html"}).status == 0);
  user.chapter(text_of(0));
  REQUIRE(user({"build", "--format", "pdf,html"}).status == 0);
  user.chapter(text_of(1));
  const fs::path pristine = user.path / "pristine";
  fs::rename(user.path / "output", pristine);
  for (const double part : {0.0, 0.5}) {
    INFO("cut to " << part);
    fs::remove_all(user.path / "output");
    fs::copy(pristine, user.path / "output", fs::copy_options::recursive);
    int injected = 0;
    for (const auto& item : fs::recursive_directory_iterator(user.path / "output" / ".work"))
      if (item.is_regular_file()) {
        fs::resize_file(item.path(), static_cast<std::uintmax_t>(part * static_cast<double>(item.file_size())));
        ++injected;
      }
    CHECK(injected > 10);
    const auto finished = user({"build", "--format", "pdf,html"});
    INFO(finished.errors);
    CHECK(finished.status == 0);
    CHECK(outputs(user.path / "output") == outputs(clean.path / "output"));
  }
}

TEST_CASE("a clock that went back, and files from the future, change nothing") {
  const User user;
  user.chapter(text_of(0));
  REQUIRE(user({"build", "--format", "html"}).status == 0);
  const auto right = outputs(user.path / "output");
  const auto future = fs::file_time_type::clock::now() + std::chrono::hours(24 * 400);
  for (const auto& item : fs::recursive_directory_iterator(user.path))
    if (item.is_regular_file()) fs::last_write_time(item.path(), future);
  CHECK(user({"build", "--format", "html"}).status == 0);
  CHECK(outputs(user.path / "output") == right);
  // A chapter whose time says that it is older than what was made of it, and yet is another.
  user.chapter(text_of(1));
  fs::last_write_time(user.path / "chapters" / "01.md",
                      fs::file_time_type::clock::now() - std::chrono::hours(24 * 400));
  CHECK(user({"build", "--format", "html"}).status == 0);
  CHECK(outputs(user.path / "output").at("report.html") != right.at("report.html"));
  user.chapter(text_of(0));
  CHECK(user({"build", "--format", "html"}).status == 0);
  CHECK(outputs(user.path / "output") == right);
}

}  // namespace faults_test
