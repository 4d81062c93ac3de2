// Facts about `watch`, as an author and a browser meet it: the program runs, files change, the page follows.
#include <httplib.h>
#include <signal.h>

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "catch.hpp"
#include "places.hpp"
#include "user.hpp"

namespace watch_test {

using namespace user;
using Json = nlohmann::json;

namespace {

constexpr std::chrono::seconds patience{120};  // of a busy machine

/// `watch` under way, and a page that is open in a browser.
class Watching {
 public:
  explicit Watching(const User& user, const Words& more = {"--port", "0"}) : user_(user) {
    Words words{"sh", "-c", "echo $$ >pid; exec \"$@\" >out 2>err", "sh"};
    Words program = user.arguments({"watch"});
    program.insert(program.end(), more.begin(), more.end());
    words.insert(words.end(), program.begin(), program.end());
    running_ = std::thread([this, words] { finished_ = user_.exec(words); });
    wait_until([&] { return file("out").ends_with("/\n"); });
    const std::string address = file("out");
    REQUIRE(address.starts_with("http://127.0.0.1:"));
    port = std::stoi(address.substr(address.rfind(':') + 1));
    listening_ = std::thread([this] { listen(); });
  }
  ~Watching() {
    if (running_.joinable()) end(SIGKILL);
  }

  std::string page(const std::string& path = "/") const {
    httplib::Client client("127.0.0.1", port);
    const auto answer = client.Get(path);
    return answer ? answer->body : "";
  }

  /// The next state of this kind that the open page hears, after those that it was waited for before.
  Json heard(const std::function<bool(const Json&)>& wanted) {
    std::unique_lock lock(mutex_);
    Json found;
    const bool came = more_.wait_for(lock, patience, [&] {
      while (taken_ < states_.size())
        if (wanted(states_[taken_++])) return found = states_[taken_ - 1], true;
      return false;
    });
    INFO(file("err"));
    REQUIRE(came);
    return found;
  }
  Json heard(const std::string& status) {
    return heard([&](const Json& state) { return state.at("status") == status; });
  }

  int end(int signal) {
    ended_ = true;
    ::kill(std::stoi(file("pid")), signal);
    running_.join();
    listening_.join();
    return finished_.status;
  }

  std::string file(const std::string& name) const {
    return fs::exists(user_.path / name) ? sys::read_file(user_.path / name) : "";
  }

  int port = 0;

 private:
  static void wait_until(const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (!holds() && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    REQUIRE(holds());
  }

  /// As a browser does: when the connection ends, it is made anew.
  void listen() {
    while (!ended_) {
      httplib::Client client("127.0.0.1", port);
      std::string text;
      client.Get("/watch/events", [&](const char* data, std::size_t size) {
        text.append(data, size);
        for (std::size_t end; (end = text.find("\n\n")) != std::string::npos; text.erase(0, end + 2))
          if (const auto at = text.find("data: "); at < end) {
            const std::lock_guard lock(mutex_);
            states_.push_back(Json::parse(text.substr(at + 6, end - at - 6)));
            more_.notify_all();
          }
        return true;
      });
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  const User& user_;
  std::thread running_, listening_;
  sys::ProcessResult finished_;
  std::atomic<bool> ended_{false};
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<Json> states_;
  std::size_t taken_ = 0;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("watch: an edit reaches the open page, a mistake shows and goes, Ctrl-C ends") {
  const User user;
  const std::string text = "# One\n\nThe first sentence.\n\n" + bowl;
  user.chapter(text);
  Watching watch(user);
  const Json first = watch.heard("ready");
  CHECK(contains(watch.page(), "The first sentence."));
  CHECK(contains(watch.page(), "EventSource(\"/watch/events\")"));
  CHECK(watch.page("/figures/bowl.svg") == sys::read_file(user.path / "output/figures/bowl.svg"));
  CHECK_FALSE(contains(sys::read_file(user.path / "output/report.html"), "EventSource"));
  CHECK_FALSE(fs::exists(user.path / "output/report.pdf"));  // only the page was asked for

  user.chapter(replaced(text, "first", "second"));
  const Json second = watch.heard("ready");
  CHECK(second.at("page") != first.at("page"));
  CHECK(contains(watch.page(), "The second sentence."));

  user.chapter(replaced(text, "steps: 20", "stpes: 20"));
  const Json mistake = watch.heard("failed");
  CHECK(mistake.at("page") == second.at("page"));
  CHECK(contains(mistake.at("text"),
                 "chapters/01.md:7:1: error: unknown parameter 'stpes' for experiment 'quadratic-bowl'"));
  CHECK(contains(mistake.at("text"), "did you mean 'steps'?"));
  CHECK(contains(watch.file("err"), "unknown parameter 'stpes'"));
  CHECK(contains(watch.page(), "The second sentence."));

  user.chapter(text + "\n[Never.]{.claim that=\"bowl: 1 > 2\"}\n");
  CHECK(contains(watch.heard("failed").at("text"), "the claim \"Never.\" does not hold"));

  user.chapter(text);
  const Json mended = watch.heard("ready");
  CHECK(mended.at("page") == first.at("page"));
  CHECK(mended.at("text") == "");

  // As vim saves: the old file aside, the new one in its place, the old one away.
  const fs::path chapter = user.path / "chapters" / "01.md";
  fs::rename(chapter, user.path / "chapters" / "01.md~");
  std::ofstream(chapter) << replaced(text, "steps: 20", "steps: 25");
  fs::remove(user.path / "chapters" / "01.md~");
  CHECK(watch.heard("ready").at("page") != first.at("page"));
  CHECK(contains(watch.page(), "A bowl of 25 steps."));

  // Chapters may come and go.
  user.chapter("# Two\n\nAnother chapter.\n", "02.md");
  watch.heard("ready");
  CHECK(contains(watch.page(), "Another chapter."));
  fs::rename(user.path / "chapters", user.path / "away");
  CHECK(contains(watch.heard("failed").at("text"), "there is no chapters folder"));
  fs::rename(user.path / "away", user.path / "chapters");
  watch.heard("ready");

  const auto start = std::chrono::steady_clock::now();
  CHECK(watch.end(SIGINT) == 130);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1500));
}

TEST_CASE("watch compiles an experiment of the document's own, and shows the compiler's mistakes in the page") {
  const User user;
  const std::string code = sys::read_file(build_folder() / "docs/saddle_escape.cpp");
  const fs::path file = user.path / "experiments/saddle_escape.cpp";
  sys::write_file(user.path / "report.yaml", "");
  sys::write_file(file, "#include \"../elsewhere/extra.hpp\"\n" + code);
  sys::write_file(user.path / "elsewhere/extra.hpp", "");
  user.chapter("# One\n\n```{.figure #fig:saddle}\nexperiment: saddle-escape\ncaption: c\nalt: a\n```\n");
  Watching watch(user);
  watch.heard("ready");
  sys::write_file(file, replaced(code, "p.curvature * y;", "p.curvatur * y;"));
  const std::string mistake = watch.heard("failed").at("text");
  CHECK(contains(mistake, "experiments/saddle_escape.cpp:"));
  CHECK(contains(mistake, support::is_clang ? "no member named 'curvatur'" : "has no member named 'curvatur'"));
  CHECK(contains(mistake, "^~~~~~~~"));
  sys::write_file(file, "#include \"../elsewhere/extra.hpp\"\n" + code);
  watch.heard("ready");
  sys::write_file(user.path / "elsewhere/extra.hpp", "#error not yet\n");
  CHECK(contains(watch.heard("failed").at("text"),
                 std::string("elsewhere/extra.hpp:1:2: error: ") + (support::is_clang ? "" : "#error ") + "not yet"));
  CHECK(watch.end(SIGINT) == 130);
}

TEST_CASE("watch follows images, the bibliography and the metadata") {
  const User user;
  sys::write_file(user.path / "images" / "a.svg",
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>");
  user.chapter("# One\n\n![An image.](../images/a.svg)\n");
  Watching watch(user);
  Json last = watch.heard("ready");
  sys::write_file(user.path / "images" / "a.svg",
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"/>");
  const Json image = watch.heard("ready");
  CHECK(image.at("page") != last.at("page"));
  user.chapter("title: A Title of Its Own\n", "metadata.yaml");
  watch.heard("ready");
  CHECK(contains(watch.page(), "A Title of Its Own"));
}

TEST_CASE("watch follows a link that is led elsewhere, and the folder to which it leads") {
  const User user;
  fs::remove_all(user.path / "chapters");
  sys::write_file(user.path / "2024" / "01.md", "# One\n\nThe first sentence.\n");
  sys::write_file(user.path / "2025" / "01.md", "# One\n\nThe second sentence.\n");
  fs::create_directory_symlink("2024", user.path / "chapters");
  Watching watch(user);
  watch.heard("ready");
  CHECK(contains(watch.page(), "The first sentence."));
  fs::create_directory_symlink("2025", user.path / "new");
  fs::rename(user.path / "new", user.path / "chapters");
  watch.heard("ready");
  CHECK(contains(watch.page(), "The second sentence."));
  sys::write_file(user.path / "2025" / "01.md", "# One\n\nThe third sentence.\n");
  watch.heard("ready");
  CHECK(contains(watch.page(), "The third sentence."));
}

TEST_CASE("watch waits for another build, and goes on when that has ended") {
  const User user;
  user.chapter("# One\n\nThe first sentence.\n");
  Watching watch(user);
  watch.heard("ready");
  {
    const sys::FolderLock other(user.path / "output");
    user.chapter("# One\n\nThe second sentence.\n");
    CHECK(
        contains(watch.heard([](const Json& state) { return contains(state.at("text"), "another build"); }).at("text"),
                 "waiting"));
    CHECK(contains(watch.file("err"), "another build is writing to"));
  }
  watch.heard("ready");
  CHECK(contains(watch.page(), "The second sentence."));
}

TEST_CASE("watch gives up a run that the chapters no longer want, and only such a one") {
  const User user;
  const std::string slow =
      "```{.figure #fig:slow}\nexperiment: gradient-depth\ndataset: digits\ndepth: 100\nwidth: 100\nseeds: 100\nalt: "
      "Slow\n```\n";
  user.chapter("# One\n\n" + slow);
  Watching watch(user);
  const auto percent = [&] {
    const std::string note =
        watch.heard([](const Json& state) { return contains(state.at("text"), "running fig:slow: "); }).at("text");
    return std::stoi(note.substr(note.rfind(": ") + 2));
  };
  while (percent() < 2) {
  }
  user.chapter("# Another title\n\n" + slow);
  for (int i = 0; i < 4; ++i) CHECK(percent() >= 2);
  CHECK_FALSE(fs::exists(user.path / "output/report.html"));
  user.chapter("# One\n\n" + bowl);
  watch.heard("ready");
  CHECK(contains(watch.page(), "A bowl of 20 steps."));
}

TEST_CASE(
    "watch has the program compiled anew when a source changes, tells what the compiler says, and goes on at its "
    "port") {
  // A project with a front door of our own, which stands for the compiler.
  User user;
  const fs::path root = user.path / "project";
  fs::create_directories(root / "build");
  fs::create_directories(root / "render");
  fs::create_directory_symlink(source_folder() / "render/theme", root / "render/theme");
  sys::write_file(root / "src/experiments/mine.cpp", "good\n");
  sys::write_file(root / "build-report.sh",
                  "#!/bin/sh\necho compiled >>\"$(dirname \"$0\")/compiled\"\n"
                  "grep -q good \"$(dirname \"$0\")/src/experiments/mine.cpp\" || { echo 'mine.cpp:1: error: no "
                  "good' >&2; exit 2; }\n");
  fs::permissions(root / "build-report.sh", fs::perms::owner_all);
  user.environment.emplace_back("REPORT_ROOT", root.string());
  user.chapter("# One\n\nThe first sentence.\n");
  Watching watch(user);
  watch.heard("ready");
  sys::write_file(root / "src/experiments/mine.cpp", "bad\n");
  const Json refused = watch.heard("failed");
  CHECK(contains(refused.at("text"), "mine.cpp:1: error: no good"));
  CHECK(contains(watch.file("err"), "mine.cpp:1: error: no good"));
  // The text goes on with the program that there is, and the mistake stays shown.
  user.chapter("# One\n\nThe second sentence.\n");
  CHECK(contains(watch.heard("failed").at("text"), "no good"));
  CHECK(contains(watch.page(), "The second sentence."));
  sys::write_file(root / "src/experiments/mine.cpp", "good again\n");
  CHECK(watch.heard("ready").at("text") == "");
  user.chapter("# One\n\nThe third sentence.\n");
  watch.heard("ready");
  CHECK(contains(watch.page(), "The third sentence."));
  CHECK(sys::read_file(root / "compiled") == "compiled\ncompiled\n");
  CHECK(watch.file("out") == "http://127.0.0.1:" + std::to_string(watch.port) + "/\n");
  CHECK(watch.end(SIGTERM) == 130);
}

TEST_CASE("watch refuses what makes no sense, and a port that is taken") {
  const User user;
  user.chapter("# One\n");
  CHECK(user({"watch", "fig:bowl"}).status == 2);
  CHECK(user({"watch", "--port", "70000"}).status == 2);
  CHECK(user({"build", "--port", "8000"}).status == 2);
  httplib::Server other;
  other.set_socket_options([](int) {});
  const int port = other.bind_to_any_port("127.0.0.1");
  std::thread serving([&] { other.listen_after_bind(); });
  const auto refused = user({"watch", "--port", std::to_string(port)});
  while (!other.is_running()) std::this_thread::yield();
  other.stop();
  serving.join();
  CHECK(refused.status == 2);
  CHECK(contains(refused.errors, "port " + std::to_string(port)));
}

}  // namespace watch_test
