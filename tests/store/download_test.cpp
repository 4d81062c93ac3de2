// Downloads, tried against a server on the loopback.
#include "store/download.hpp"

#include <arpa/inet.h>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <thread>

#include "catch.hpp"
#include "data/error.hpp"
#include "support/scratch_folder.hpp"
#include "system/checksum.hpp"

namespace download_test {

namespace fs = std::filesystem;
using store::Outcome;
using namespace std::chrono_literals;

namespace {

const std::string content = [] {
  std::string text;
  for (int i = 0; i < 50000; ++i) text += static_cast<char>(1L * i * i % 251);
  return text;
}();

std::string sha256(const std::string& text) {
  return sys::sha256({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

const data::PublishedFile published{"images.gz", content.size(), sha256(content), "", {}};

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// An empty folder for one test.
struct Folder {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path();
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
};

/// A mirror with one folder for every way of going wrong.
class Mirror {
 public:
  Mirror() {
    const auto send = [](const std::string& body) {
      return [body](const httplib::Request&, httplib::Response& response) {
        response.set_content(body, "application/gzip");
      };
    };
    server_.Get("/good/.*", send(content));
    std::string changed = content;
    changed[1234] ^= 1;
    server_.Get("/changed/.*", send(changed));
    server_.Get("/large/.*", send(content + "x"));
    server_.Get("/short/.*", send(content.substr(0, 20000)));
    server_.Get("/moved/.*", [](const httplib::Request&, httplib::Response& r) { r.set_redirect("/good/images.gz"); });
    server_.Get("/circle/.*", [](const httplib::Request&, httplib::Response& r) { r.set_redirect("/circle/again"); });
    server_.Get("/broken/.*", [](const httplib::Request&, httplib::Response& response) {
      response.set_content_provider(content.size(), "application/gzip",
                                    [](std::size_t offset, std::size_t, httplib::DataSink& sink) {
                                      if (offset >= 30000) return false;  // closes the connection
                                      return sink.write(content.data() + offset, 10000);
                                    });
    });
    server_.Get("/endless/.*", [this](const httplib::Request&, httplib::Response& response) {
      response.set_chunked_content_provider("application/gzip", [this](std::size_t, httplib::DataSink& sink) {
        endless_bytes += 10000;
        return sink.write(content.data(), 10000);
      });
    });
    server_.Get("/silent/.*", [](const httplib::Request&, httplib::Response&) { std::this_thread::sleep_for(600ms); });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::sleep_for(1ms);
  }
  ~Mirror() {
    server_.stop();
    thread_.join();
  }
  std::string at(const std::string& folder) const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/" + folder + "/";
  }
  std::atomic<std::size_t> endless_bytes{0};

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

/// A port on which nobody listens: bound, so that no one else takes it, but never listened on.
class ClosedPort {
 public:
  ClosedPort() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    base = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/";
  }
  ~ClosedPort() { ::close(socket_); }
  std::string base;

 private:
  int socket_;
};

struct Environment {
  explicit Environment(const char* value) { ::setenv("REPORT_MIRROR", value, 1); }
  ~Environment() { ::unsetenv("REPORT_MIRROR"); }
};

}  // namespace

TEST_CASE("a file that matches its checksum is put in place, also after a redirect") {
  const Mirror mirror;
  for (const char* folder : {"good", "moved"}) {
    CAPTURE(folder);
    const Folder folder_on_disk;
    std::size_t last = 0;
    store::FetchOptions options;
    options.progress = [&](const std::string& name, std::size_t received, std::size_t total) {
      CHECK(name == "images.gz");
      CHECK(total == content.size());
      last = received;
    };
    const fs::path deeper = folder_on_disk.path / "a" / "b";
    const auto file = store::fetch_file(published, deeper, {mirror.at(folder)}, options);
    REQUIRE(file.attempts.size() == 1);
    CAPTURE(file.attempts[0].message);
    CHECK(file.in_place);
    CHECK(file.attempts[0].outcome == Outcome::verified);
    CHECK(last == content.size());
    CHECK(read(deeper / "images.gz") == content);
  }
}

TEST_CASE("whatever is not the file is refused, named, and leaves nothing behind") {
  Mirror mirror;
  struct Case {
    const char* folder;
    Outcome outcome;
    std::string says;
  };
  const std::string actual = [] {
    std::string changed = content;
    changed[1234] ^= 1;
    return sha256(changed);
  }();
  const auto expected = GENERATE_COPY(Case{"changed", Outcome::wrong_checksum, actual},
                                      Case{"large", Outcome::too_large, "more than the file's 50000 bytes"},
                                      Case{"endless", Outcome::too_large, "more than the file's 50000 bytes"},
                                      Case{"short", Outcome::broken_off, "only 20000 of 50000 bytes"},
                                      Case{"broken", Outcome::broken_off, "only 30000 of 50000 bytes"},
                                      Case{"absent", Outcome::refused, "status 404"},
                                      Case{"circle", Outcome::refused, "redirects without end"},
                                      Case{"silent", Outcome::timed_out, "silent after 0 of 50000 bytes"});
  CAPTURE(expected.folder);
  const Folder folder;
  store::FetchOptions options;
  options.read_timeout = 200ms;
  const auto file = store::fetch_file(published, folder.path, {mirror.at(expected.folder)}, options);
  REQUIRE(file.attempts.size() == 1);
  CHECK_FALSE(file.in_place);
  CAPTURE(file.attempts[0].message);
  CHECK(file.attempts[0].outcome == expected.outcome);
  CHECK(contains(file.attempts[0].message, expected.says));
  CHECK(folder.entries() == 0);
  CHECK(mirror.endless_bytes < 100 * content.size());  // it was cut off, not read to some far end
}

TEST_CASE("mirrors are tried in order until one has the file") {
  const Mirror mirror;
  const ClosedPort closed;
  const Folder folder;
  const auto file = store::fetch_file(published, folder.path,
                                      {closed.base, mirror.at("absent"), mirror.at("good"), mirror.at("changed")});
  REQUIRE(file.attempts.size() == 3);
  CHECK(file.attempts[0].outcome == Outcome::unreachable);
  CHECK(contains(file.attempts[0].message, "refused"));
  CHECK(file.attempts[1].outcome == Outcome::refused);
  CHECK(file.attempts[2].outcome == Outcome::verified);
  CHECK(file.attempts[2].address == mirror.at("good") + "images.gz");
  CHECK(read(folder.path / "images.gz") == content);
}

TEST_CASE("a verified file is kept, a damaged one is replaced only by a verified one") {
  const Mirror mirror;
  const Folder folder;
  std::ofstream(folder.path / "images.gz") << "damaged";
  CHECK_FALSE(store::fetch_file(published, folder.path, {mirror.at("changed")}).in_place);
  CHECK(read(folder.path / "images.gz") == "damaged");
  CHECK(store::fetch_file(published, folder.path, {mirror.at("good")}).in_place);
  CHECK(read(folder.path / "images.gz") == content);
  const auto again = store::fetch_file(published, folder.path, {mirror.at("absent")});
  CHECK(again.in_place);
  CHECK(again.attempts.empty());
}

TEST_CASE("two fetches of the same file at once each have a file of their own on the way") {
  const Mirror mirror;
  const Folder folder;
  std::vector<std::thread> fetches;
  std::atomic<int> good{0};
  for (int i = 0; i < 4; ++i)
    fetches.emplace_back([&] { good += store::fetch_file(published, folder.path, {mirror.at("good")}).in_place; });
  for (auto& fetch : fetches) fetch.join();
  CHECK(good == 4);
  CHECK(read(folder.path / "images.gz") == content);
  CHECK(folder.entries() == 1);
}

TEST_CASE("a name without an address is told from a server that is down") {
  const Folder folder;
  // RFC 6761 reserves .invalid: it never resolves.
  const auto file = store::fetch_file(published, folder.path, {"http://mirror.invalid/", "https://mirror.invalid/"});
  REQUIRE(file.attempts.size() == 2);
  for (const auto& attempt : file.attempts) {
    CHECK(attempt.outcome == Outcome::unresolved);
    CHECK(contains(attempt.message, "mirror.invalid could not be resolved"));
  }
}

TEST_CASE("an address that is none, and a folder that cannot be written, are named") {
  const Mirror mirror;
  const Folder folder;
  const auto strange = store::fetch_file(published, folder.path, {"ftp://example.org/"});
  CHECK(strange.attempts.at(0).outcome == Outcome::bad_address);
  std::ofstream(folder.path / "file") << "not a folder";
  const auto blocked = store::fetch_file(published, folder.path / "file", {mirror.at("good")});
  REQUIRE(blocked.attempts.size() == 1);
  CHECK(blocked.attempts[0].outcome == Outcome::not_written);
}

TEST_CASE("without any reachable mirror the report says that there seems to be no network") {
  const ClosedPort closed;
  const Folder folder;
  const auto report = store::fetch("mnist", folder.path, {closed.base, "http://mirror.invalid"});
  CHECK_FALSE(report.complete());
  CHECK(report.no_network());
  CHECK(report.files.size() == 2);
  CHECK(report.files[0].place == folder.path / "mnist" / "train-images-idx3-ubyte.gz");
  const std::string text = report.text();
  CAPTURE(text);
  CHECK(contains(text, "there seems to be no network"));
  CHECK(contains(text, closed.base + "train-labels-idx1-ubyte.gz: no connection"));
  CHECK(contains(text, "mirror.invalid/train-labels-idx1-ubyte.gz: the name"));
}

TEST_CASE("a mirror that answers, but has not the file, is no missing network") {
  const Mirror mirror;
  const Folder folder;
  const auto report = store::fetch("fashion-mnist", folder.path, {mirror.at("good")});
  CHECK_FALSE(report.complete());
  CHECK_FALSE(report.no_network());
  CHECK(contains(report.text(), "Fashion-MNIST was not fetched completely"));
}

TEST_CASE("the built-in set needs no fetching, an unknown one cannot be fetched") {
  const Folder folder;
  const auto digits = store::fetch("digits", folder.path, {});
  CHECK(digits.complete());
  CHECK_FALSE(digits.no_network());
  CHECK(contains(digits.text(), "built in"));
  CHECK_THROWS_AS(store::fetch("minst", folder.path, {}), data::DataError);
}

TEST_CASE("REPORT_MIRROR takes the place of the public mirrors") {
  const auto& mnist = data::known_set("mnist");
  CHECK(store::mirrors_of(mnist) == mnist.mirrors);
  const Environment chosen("http://127.0.0.1:1/data");
  CHECK(store::mirrors_of(mnist) == std::vector<std::string>{"http://127.0.0.1:1/data"});
}

TEST_CASE("MNIST is fetched from a mirror and verified") {
  const char* at_hand = std::getenv("REPORT_DATA");
  const auto found = data::find({at_hand ? fs::path(at_hand) : fs::path()}, "mnist");
  if (!at_hand || !found.complete() || found.files[0].extension() != ".gz") {
    WARN("skipped: REPORT_DATA names no folder with MNIST's .gz files");
    return;
  }
  httplib::Server server;
  server.set_mount_point("/", found.folder.string());
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread thread([&] { server.listen_after_bind(); });
  const Folder folder;
  const auto report = store::fetch("mnist", folder.path, {"http://127.0.0.1:" + std::to_string(port)});
  server.stop();
  thread.join();
  CAPTURE(report.text());
  CHECK(report.complete());
  CHECK(data::load({folder.path}, "mnist").images.cols() == 60000);
}

}  // namespace download_test
