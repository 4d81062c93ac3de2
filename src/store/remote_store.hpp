// A store on a server, as builds keep one: GET, PUT and HEAD of /KIND/KE/KEY, which Bazel, ccache and Gradle speak too.
// A server that is slow, full or gone costs a warning and no build.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.hpp"

namespace httplib {
class Client;
}

namespace store {

struct RemoteOptions {
  std::string address{};  // http(s)://[user:password@]host[:port][/folder]
  bool writes = false;
  std::string token{};  // sent as "Authorization: Bearer TOKEN"; empty: none
  std::string netrc{};  // the text of a netrc file, for hosts without either
  std::string
      secret{};  // entries are signed with it (HMAC-SHA256), and others are not believed; empty: checksums alone
  std::chrono::milliseconds connect_timeout{5000}, read_timeout{30000};
  std::vector<std::chrono::milliseconds> waits{std::chrono::seconds(1),
                                               std::chrono::seconds(4)};  // before PUT's retries
};

class RemoteStore {
 public:
  /// Connects to nothing yet. Throws std::invalid_argument where the address is none.
  explicit RemoteStore(RemoteOptions options);
  RemoteStore(const RemoteStore&) = delete;
  RemoteStore& operator=(const RemoteStore&) = delete;
  ~RemoteStore();

  /// An entry's bytes, if the server has it and it is what was stored. After a failure the server is asked nothing
  /// more.
  std::optional<std::string> get(EntryKind kind, const std::string& key);

  /// Whether the server has an entry.
  bool has(EntryKind kind, const std::string& key);

  /// Whether the server has the entry now. Nothing is sent without leave to write.
  bool put(EntryKind kind, const std::string& key, std::string_view bytes);

  bool writes() const { return options_.writes; }

  /// Without the password.
  std::string address() const;

  /// Who is told, once of each, that something is wrong. From any thread, one at a time. Gives who was told before.
  using Warn = std::function<void(const std::string&)>;
  Warn warn_by(Warn warn);

  /// Asks the server again, and tells again what is wrong; for a process that lives on.
  void wake();

 private:
  struct Answer {
    int status = 0;    // 0: none came
    std::string said;  // why none came
    std::string body{};
  };
  using Call = std::function<Answer(httplib::Client&)>;

  Answer ask(const Call& call);
  std::unique_ptr<httplib::Client> client();
  std::string path(EntryKind kind, const std::string& key) const;
  std::string seal(EntryKind kind, const std::string& key, std::string_view bytes) const;
  void warn(const std::string& message);
  void rest(std::atomic<bool>& resting, const Answer& answer, const std::string& until);

  const RemoteOptions options_;
  std::string origin_, host_, folder_, user_, password_;
  std::atomic<bool> reads_rest_{false}, writes_rest_{false};
  std::mutex telling_, keeping_;
  Warn tell_;
  std::vector<std::string> told_;
  std::vector<std::unique_ptr<httplib::Client>> idle_;  // connections that are open
};

/// User and password for a host in a netrc file's text; nothing where it has none.
std::optional<std::pair<std::string, std::string>> netrc_login(const std::string& netrc, const std::string& host);

}  // namespace store
