// Facts about the page's server: what it serves, to whom, and what open pages hear.
#include "live/page_server.hpp"

#include <httplib.h>
#include <unistd.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "catch.hpp"
#include "live/page_script.hpp"
#include "support/scratch_folder.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace page_server_test {

namespace {

namespace fs = std::filesystem;
using live::Status;
using sys::write_file;

const std::string page = "<!DOCTYPE html>\n<html><body><p>Text.</p></body></html>\n";

struct Output {
  support::ScratchFolder scratch;
  const fs::path path = scratch / "output";
  Output() {
    write_file(path / "report.html", page);
    write_file(path / "figures" / "bowl.svg", "<svg/>");
    write_file(path / "data" / "bowl.csv", "panel,series\n");
    write_file(path / "manifest.json", "{}");
    write_file(path / ".work" / "sums.json", "{}");
    write_file(path / "notes.txt", "mine");
    write_file(path.parent_path() / "secret", "secret");
    fs::create_symlink(path.parent_path() / "secret", path / "data" / "link");
  }
};

struct Browser {
  httplib::Client client;
  explicit Browser(const live::PageServer& server) : client("127.0.0.1", server.port()) {}
  httplib::Response get(const std::string& path, const httplib::Headers& headers = {}) {
    auto result = client.Get(path, headers);
    REQUIRE(result);
    return *result;
  }
};

/// The first events of the stream, as many as asked for.
std::vector<nlohmann::json> events(live::PageServer& server, std::size_t count,
                                   const std::function<void(std::size_t)>& after_each) {
  Browser browser(server);
  std::vector<nlohmann::json> list;
  std::string text;
  browser.client.Get("/watch/events", [&](const char* data, std::size_t size) {
    text.append(data, size);
    for (std::size_t end; (end = text.find("\n\n")) != std::string::npos; text.erase(0, end + 2)) {
      const auto at = text.find("data: ");
      if (at > end) continue;
      list.push_back(nlohmann::json::parse(text.substr(at + 6, end - at - 6)));
      after_each(list.size());
    }
    return list.size() < count;
  });
  return list;
}

std::string page_with(const std::string& title, const std::string& text) {
  return "<html><head><title>" + title + "</title></head><body><main id=\"text\">" + text + "</main></body></html>";
}

}  // namespace

TEST_CASE("the page is served with a script that the file does not have, and with it what belongs to the report") {
  const Output output;
  live::PageServer server(output.path, 0);
  CHECK(server.address() == "http://127.0.0.1:" + std::to_string(server.port()) + "/");
  Browser browser(server);
  for (const char* path : {"/", "/report.html"}) {
    const auto served = browser.get(path);
    CHECK(served.status == 200);
    CHECK(served.get_header_value("Content-Type") == "text/html; charset=utf-8");
    CHECK(served.get_header_value("Cache-Control") == "no-store");
    CHECK(served.body.find("<p>Text.</p><script data-version=\"" + sys::sha256(page) + "\" data-frame=\"") !=
          std::string::npos);
    CHECK(served.body.ends_with("</script>\n</body></html>\n"));
  }
  CHECK(sys::read_file(output.path / "report.html") == page);
  CHECK(browser.get("/figures/bowl.svg").body == "<svg/>");
  CHECK(browser.get("/figures/bowl.svg").get_header_value("Content-Type") == "image/svg+xml");
  CHECK(browser.get("/data/bowl.csv").body == "panel,series\n");
  CHECK(browser.get("/manifest.json").body == "{}");
  const auto head = browser.client.Head("/data/bowl.csv");
  REQUIRE(head);
  CHECK(head->status == 200);
  CHECK(head->body.empty());
  fs::remove(output.path / "report.html");
  CHECK(browser.get("/").body.find("not written yet") != std::string::npos);
}

TEST_CASE("a page as large as a report's is sent at once, whatever the browser can unpack") {
  const Output output;
  std::string large = "<!DOCTYPE html>\n<html><body><main>";
  for (int i = 0; i < 200000; ++i) large += std::to_string(i * 7919 % 104729) + " ";
  large += "</main></body></html>\n";
  write_file(output.path / "report.html", large);
  live::PageServer server(output.path, 0);
  Browser browser(server);
  const auto begin = std::clock();
  const auto served = browser.get("/", {{"Accept-Encoding", "gzip, deflate, br"}});
  CHECK(served.body.size() > large.size());
  CHECK(served.get_header_value("Content-Encoding").empty());
  CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 0.5);  // 2.6 when it was packed
}

TEST_CASE("pages that differ in their texts alone have one frame") {
  const auto version = live::version_of(page_with("A", "<p>One.</p>"));
  CHECK(live::version_of(page_with("A", "<p>Two.</p>")).frame == version.frame);
  CHECK(live::version_of(page_with("A", "<p>Two.</p>")).page != version.page);
  CHECK(live::version_of(page_with("B", "<p>One.</p>")).frame != version.frame);
  CHECK(live::version_of("no page").frame == live::version_of("no page").page);
}

TEST_CASE("nothing else is served: no other files, no way out of the folder, no folders") {
  const Output output;
  live::PageServer server(output.path, 0);
  Browser browser(server);
  for (const std::string path :
       {"/.work/sums.json", "/.lock", "/notes.txt", "/figures", "/figures/", "/data/none.csv", "/../secret",
        "/data/../../secret", "/figures/%2e%2e/%2e%2e/secret", "/figures/..%2f..%2fsecret", "/data/bowl.csv%00.png",
        "//etc/passwd", "/data/link", "/data//etc/passwd", "/watch/nothing"}) {
    INFO(path);
    const auto refused = browser.get(path);
    CHECK(refused.status == 404);
    CHECK(refused.body.find("secret\n") != 0);
  }
  CHECK(browser.get("/" + std::string(3000, 'a')).status == 404);
  const auto posted = browser.client.Post("/", "x", "text/plain");
  CHECK((!posted || posted->status >= 400));
}

TEST_CASE("only requests to our own address from our own pages are answered") {
  const Output output;
  live::PageServer server(output.path, 0);
  Browser browser(server);
  const std::string port = std::to_string(server.port());
  for (const std::string& host : {"127.0.0.1:" + port, "localhost:" + port}) {
    CHECK(browser.get("/", {{"Host", host}}).status == 200);
    CHECK(browser.get("/", {{"Origin", "http://" + host}}).status == 200);
  }
  // Names that lead to this machine through another's name server.
  for (const std::string& host : {"evil.example:" + port, std::string("evil.example"), std::string("127.0.0.1"),
                                  "127.0.0.1:" + port + ".evil.example"}) {
    INFO(host);
    for (const char* path : {"/", "/watch/events", "/data/bowl.csv"}) {
      CHECK(browser.get(path, {{"Host", host}}).status == 403);
      CHECK(browser.get(path, {{"Origin", "http://" + host}}).status == 403);
    }
  }
  CHECK(browser.get("/", {{"Origin", "null"}}).status == 403);
  CHECK(browser.get("/").get_header_value("Access-Control-Allow-Origin").empty());
  CHECK(browser.get("/").get_header_value("Cross-Origin-Resource-Policy") == "same-origin");
}

TEST_CASE("open pages hear how the report stands, at once and when it changes") {
  const Output output;
  live::PageServer server(output.path, 0);
  server.tell(Status::ready, "");
  const auto heard = events(server, 3, [&](std::size_t so_far) {
    if (so_far == 1) server.tell(Status::failed, "a \"mistake\"\nin <two> lines");
    if (so_far == 2) {
      write_file(output.path / "report.html", page + "<!-- other -->");
      server.tell(Status::ready, "");
    }
  });
  REQUIRE(heard.size() == 3);
  const auto state = [](const std::string& shown, const char* status, const char* text) {
    return nlohmann::json{
        {"page", sys::sha256(shown)}, {"frame", sys::sha256(shown)}, {"status", status}, {"text", text}};
  };
  CHECK(heard[0] == state(page, "ready", ""));
  CHECK(heard[1] == state(page, "failed", "a \"mistake\"\nin <two> lines"));
  CHECK(heard[2] == state(page + "<!-- other -->", "ready", ""));
}

TEST_CASE("an open page hears which of its children changed, and since which page") {
  const Output output;
  const std::string before = page_with("A", "<p>One.</p><p>Two.</p>"), now = page_with("A", "<p>One.</p><p>More.</p>");
  write_file(output.path / "report.html", before);
  live::PageServer server(output.path, 0);
  server.tell(Status::ready, "");
  const auto heard = events(server, 3, [&](std::size_t so_far) {
    if (so_far == 1) {
      write_file(output.path / "report.html", now);
      server.tell(Status::ready, "");
    }
    if (so_far == 2) server.tell(Status::working, "building ...");
  });
  REQUIRE(heard.size() == 3);
  CHECK_FALSE(heard[0].contains("change"));
  const nlohmann::json change{{"since", live::version_of(before).page},
                              {"before", 2},
                              {"first", 1},
                              {"last", 0},
                              {"put", 1},
                              {"html", "<p>More.</p>"}};
  CHECK(heard[1].at("change") == change);
  CHECK(heard[2].at("change") == change);  // for who did not hear the state before
}

TEST_CASE("a port that another holds is refused, and an end with open pages is quick") {
  const Output output;
  auto server = std::make_unique<live::PageServer>(output.path, 0);
  CHECK_THROWS_AS(live::PageServer(output.path, server->port()), live::ServeError);
  std::thread page_open([&, port = server->port()] {
    httplib::Client client("127.0.0.1", port);
    client.Get("/watch/events", [](const char*, std::size_t) { return true; });
  });
  Browser(*server).get("/");
  const auto start = std::chrono::steady_clock::now();
  server.reset();
  page_open.join();
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
}

}  // namespace page_server_test
