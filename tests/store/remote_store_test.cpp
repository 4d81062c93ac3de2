// A store on a server: what it takes for right, and what a server that is slow, full or gone costs. The server is
// cpp-httplib's; tests/cluster/ has nginx.
#include "store/remote_store.hpp"

#include <httplib.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "catch.hpp"
#include "store/store.hpp"
#include "support/scratch_folder.hpp"
#include "system/checksum.hpp"

namespace remote_store_test {

using store::EntryKind;
using store::RemoteOptions;
using store::RemoteStore;
using namespace std::chrono_literals;

namespace {

const std::string key = sys::sha256("key");

/// Keeps what is put, and goes wrong as it is told to.
class Server {
 public:
  struct Held {
    std::map<std::string, std::string> entries;
    std::string authorization;  // of the last put
  };

  /// What `use` makes of what is held, while no request is answered.
  template <class Use>
  auto with(Use use) {
    const std::lock_guard lock(mutex_);
    return use(held_);
  }

  Server() {
    server_.Put(".*", [this](const httplib::Request& request, httplib::Response& response) {
      ++puts;
      with([&](Held& held) { held.authorization = request.get_header_value("Authorization"); });
      if (refuse_puts > 0) {
        if (--refuse_puts >= 0) response.status = refusal;
        return;
      }
      with([&](Held& held) { held.entries[request.path] = request.body; });
      response.status = 201;
    });
    server_.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
      ++gets;
      std::this_thread::sleep_for(delay.load());
      if (refuse_gets) {
        response.status = refusal;
        return;
      }
      with([&](Held& held) {
        const auto at = held.entries.find(request.path);
        if (at == held.entries.end())
          response.status = 404;
        else
          response.set_content(at->second, "application/octet-stream");
      });
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::sleep_for(1ms);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() { stop(); }

  void stop() {
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

  std::string address(const std::string& user = "") const {
    return "http://" + user + "127.0.0.1:" + std::to_string(port_) + "/a/store/";
  }

  std::atomic<int> puts{0}, gets{0}, refuse_puts{0}, refusal{500};
  std::atomic<bool> refuse_gets{false};
  std::atomic<std::chrono::milliseconds> delay{0ms};

 private:
  httplib::Server server_;
  std::mutex mutex_;
  Held held_;
  int port_ = 0;
  std::thread thread_;
};

/// A client with short waits, and what it warned of.
struct Client {
  explicit Client(const Server& server, RemoteOptions options = {}) : Client(server.address(), std::move(options)) {}
  Client(const std::string& address, RemoteOptions options) {
    options.address = address;
    options.writes = true;
    options.read_timeout = 200ms;
    options.waits = {1ms, 1ms};
    store = std::make_shared<RemoteStore>(options);
    store->warn_by([this](const std::string& text) { warnings.push_back(text); });
  }
  std::shared_ptr<RemoteStore> store;
  std::vector<std::string> warnings;
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a server gives back what was put, under the kind's name and the key") {
  Server server;
  Client client(server);
  CHECK_FALSE(client.store->get(EntryKind::results, key));
  CHECK_FALSE(client.store->has(EntryKind::results, key));
  const std::string bytes("with\0zero\nand newline", 21);
  CHECK(client.store->put(EntryKind::results, key, bytes));
  CHECK(client.store->get(EntryKind::results, key) == bytes);
  CHECK(client.store->has(EntryKind::results, key));
  CHECK_FALSE(client.store->get(EntryKind::jobs, key));
  const std::string place = "/a/store/results/" + key.substr(0, 2) + "/" + key;
  CHECK(server.with([&](Server::Held& held) { return held.entries.contains(place); }));
  CHECK(client.warnings.empty());
}

TEST_CASE("an entry that is damaged counts for nothing, and is warned of once") {
  Server server;
  Client client(server);
  client.store->put(EntryKind::results, key, "a result");
  server.with([](Server::Held& held) {
    for (auto& [path, bytes] : held.entries) bytes.back() ^= 1;
  });
  CHECK_FALSE(client.store->get(EntryKind::results, key));
  CHECK_FALSE(client.store->get(EntryKind::results, key));
  REQUIRE(client.warnings.size() == 1);
  CHECK(contains(client.warnings[0], "are damaged"));
}

TEST_CASE("with a secret, an entry is believed that was signed with it, of its own kind and key alone") {
  Server server;
  Client signer(server, {.secret = "open"}), other(server, {.secret = "shut"}), without(server);
  signer.store->put(EntryKind::results, key, "a result");
  CHECK(signer.store->get(EntryKind::results, key) == "a result");
  CHECK_FALSE(other.store->get(EntryKind::results, key));
  CHECK_FALSE(without.store->get(EntryKind::results, key));
  REQUIRE(other.warnings.size() == 1);
  CHECK(contains(other.warnings[0], "not signed with this secret"));
  const std::string foreign = sys::sha256("another key");
  const auto path = [](const std::string& kind, const std::string& k) {
    return "/a/store/" + kind + "/" + k.substr(0, 2) + "/" + k;
  };
  server.with([&](Server::Held& held) {
    held.entries[path("results", foreign)] = held.entries[path("results", key)];
    held.entries[path("jobs", key)] = held.entries[path("results", key)];
  });
  CHECK_FALSE(signer.store->get(EntryKind::results, foreign));
  CHECK_FALSE(signer.store->get(EntryKind::jobs, key));
}

TEST_CASE("a put is tried three times, and no more where another try cannot help") {
  Server server;
  Client client(server);
  server.refuse_puts = 2;
  CHECK(client.store->put(EntryKind::results, key, "x"));
  CHECK(server.puts == 3);
  server.refuse_puts = 100;
  server.refusal = 413;
  CHECK_FALSE(client.store->put(EntryKind::results, key, "x"));
  CHECK(server.puts == 4);
  REQUIRE(client.warnings.size() == 1);
  CHECK(contains(client.warnings[0], "client_max_body_size"));
  server.refusal = 401;
  CHECK_FALSE(client.store->put(EntryKind::results, key, "x"));
  CHECK(server.puts == 5);
  CHECK(contains(client.warnings.back(), "asks for a token"));
}

TEST_CASE("after a failure a server is left alone, until it is woken") {
  Server server;
  Client client(server);
  client.store->put(EntryKind::results, key, "x");
  server.refuse_gets = true;
  for (int i = 0; i < 5; ++i) CHECK_FALSE(client.store->get(EntryKind::results, key));
  CHECK(server.gets == 1);
  CHECK(client.warnings.size() == 1);
  server.refuse_gets = false;
  client.store->wake();
  CHECK(client.store->get(EntryKind::results, key) == "x");
}

TEST_CASE("a server that is slow or gone costs its time-out once") {
  Server server;
  server.delay = 1000ms;
  Client client(server);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 5; ++i) CHECK_FALSE(client.store->get(EntryKind::results, key));
  CHECK(std::chrono::steady_clock::now() - start < 3s);
  REQUIRE(client.warnings.size() == 1);
  CHECK(contains(client.warnings[0], "did not answer within 200 ms"));
  server.delay = 0ms;
  server.stop();
  Client late(server);
  CHECK_FALSE(late.store->get(EntryKind::results, key));
  CHECK_FALSE(late.store->put(EntryKind::results, key, "x"));
  REQUIRE(late.warnings.size() == 2);
  CHECK(contains(late.warnings[0], "cannot be reached"));
}

TEST_CASE("nothing is sent without leave to write") {
  Server server;
  RemoteStore reader({.address = server.address()});
  CHECK_FALSE(reader.put(EntryKind::results, key, "x"));
  CHECK(server.puts == 0);
}

TEST_CASE("who asks is told by a token, by the address, or by netrc") {
  Server server;
  const auto sent = [&](const std::string& address, RemoteOptions options) {
    Client client(address, std::move(options));
    client.store->put(EntryKind::results, key, "x");
    CHECK(client.store->address() == server.address().substr(0, server.address().size() - 1));
    return server.with([](Server::Held& held) { return held.authorization; });
  };
  CHECK(sent(server.address(), {.token = "sesame"}) == "Bearer sesame");
  CHECK(sent(server.address("ann:secret@"), {}) == "Basic YW5uOnNlY3JldA==");
  CHECK(sent(server.address(), {.netrc = "machine other.org login x password y\nmachine 127.0.0.1\n"
                                         "  login ann password secret\ndefault login z password z\n"}) ==
        "Basic YW5uOnNlY3JldA==");
  CHECK(sent(server.address(), {}).empty());
}

TEST_CASE("an address that is none is refused, without its password") {
  for (const char* address : {"", "ftp://host", "http://", "http://host:port", "http://ann:secret@host/a?b"}) {
    INFO(address);
    try {
      RemoteStore store({.address = address});
      FAIL();
    } catch (const std::invalid_argument& error) {
      CHECK_FALSE(contains(error.what(), "secret"));
    }
  }
}

TEST_CASE("the folder comes first, and keeps what the server has, but for the values of jobs") {
  Server server;
  Client client(server);
  const support::ScratchFolder one, two;
  const store::Store writer(one.path(), client.store), reader(two.path(), client.store);
  writer.put(EntryKind::results, key, "a result");
  writer.put(EntryKind::jobs, key, "a value");
  writer.put(EntryKind::drawing_pdf, key, "a drawing");
  CHECK(server.with([](Server::Held& held) { return held.entries.size(); }) == 2);
  CHECK(reader.get(EntryKind::results, key).bytes == "a result");
  CHECK(reader.get(EntryKind::jobs, key).bytes == "a value");
  CHECK_FALSE(reader.get(EntryKind::drawing_pdf, key).bytes);
  server.with([](Server::Held& held) { held.entries.clear(); });
  CHECK(reader.get(EntryKind::results, key).bytes == "a result");
  CHECK_FALSE(reader.get(EntryKind::jobs, key).bytes);
  CHECK(writer.has(EntryKind::jobs, key));
  writer.remove(EntryKind::jobs, key);
  CHECK_FALSE(writer.has(EntryKind::jobs, key));
}

TEST_CASE("several threads ask a server at once") {
  Server server;
  Client client(server);
  std::vector<std::thread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        const std::string own = sys::sha256(std::to_string(100 * t + i));
        client.store->put(EntryKind::jobs, own, own);
        right += client.store->get(EntryKind::jobs, own) == own;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(right == 100);
}

}  // namespace remote_store_test
