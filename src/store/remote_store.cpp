// See remote_store.hpp. HTTP and HTTPS by cpp-httplib.
#include "store/remote_store.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "store/no_broken_pipe.hpp"
#include "system/checksum.hpp"

namespace store {
namespace {

constexpr std::size_t seal_length = 64;
constexpr int ok = 200, missing = 404, too_large = 413;

bool is_well(int status) { return status >= 200 && status < 300; }

/// What another attempt cannot change.
bool is_final(int status) { return status >= 400 && status < 500 && status != 408 && status != 429; }

/// What is wrong, for people.
std::string text_of(int status, const std::string& said) {
  switch (status) {
    case 0:
      return said;
    case 401:
    case 403:
      return fmt::format("refuses with {}: it asks for a token or a password, or for another", status);
    case too_large:
      return "takes no entry of this size (413; nginx: client_max_body_size)";
    case 507:
      return "is full (507)";
    default:
      return fmt::format("answers with {}", status);
  }
}

}  // namespace

std::optional<std::pair<std::string, std::string>> netrc_login(const std::string& netrc, const std::string& host) {
  std::istringstream words(netrc);
  std::pair<std::string, std::string> login;
  bool is_host = false, was_host = false;
  for (std::string word; words >> word;) {
    if (word == "machine" || word == "default") {
      if (is_host) break;
      std::string name;
      if (word == "machine") words >> name;
      is_host = word == "default" || name == host;
      was_host = was_host || is_host;
    } else if (is_host && word == "login") {
      words >> login.first;
    } else if (is_host && word == "password") {
      words >> login.second;
    }
  }
  if (!was_host || login.first.empty()) return std::nullopt;
  return login;
}

RemoteStore::RemoteStore(RemoteOptions options) : options_(std::move(options)) {
  static const std::regex form(
      R"((https?)://(?:([^:@/]+)(?::([^@/]*))?@)?([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?(/[^?#]*)?)");
  std::smatch part;
  if (!std::regex_match(options_.address, part, form))
    throw std::invalid_argument(fmt::format("'{}' is not an address of the form https://host[:port][/folder]",
                                            std::regex_replace(options_.address, std::regex("//.*@"), "//")));
  origin_ = part[1].str() + "://" + part[4].str() + part[5].str();
  host_ = part[4];
  user_ = part[2];
  password_ = part[3];
  folder_ = part[6];
  while (folder_.ends_with('/')) folder_.pop_back();
  if (!user_.empty() || !options_.token.empty()) return;
  if (const auto login = netrc_login(options_.netrc, host_)) std::tie(user_, password_) = *login;
}

RemoteStore::~RemoteStore() = default;

std::string RemoteStore::address() const { return origin_ + folder_; }

RemoteStore::Warn RemoteStore::warn_by(Warn warn) {
  const std::lock_guard lock(telling_);
  return std::exchange(tell_, std::move(warn));
}

void RemoteStore::wake() {
  const std::lock_guard lock(telling_);
  reads_rest_ = writes_rest_ = false;
  told_.clear();
}

void RemoteStore::warn(const std::string& message) {
  const std::lock_guard lock(telling_);
  if (!tell_ || std::find(told_.begin(), told_.end(), message) != told_.end()) return;
  told_.push_back(message);
  tell_(message);
}

void RemoteStore::rest(std::atomic<bool>& resting, const Answer& answer, const std::string& until) {
  resting = true;
  warn(fmt::format("the store at {} {}; {}", address(), text_of(answer.status, answer.said), until));
}

std::string RemoteStore::path(EntryKind kind, const std::string& key) const {
  return fmt::format("{}/{}/{}/{}", folder_, name_of(kind), key.substr(0, 2), key);
}

std::string RemoteStore::seal(EntryKind kind, const std::string& key, std::string_view bytes) const {
  if (options_.secret.empty()) return sys::sha256(bytes);
  return sys::hmac_sha256(options_.secret, fmt::format("{}/{}\n{}", name_of(kind), key, bytes));
}

std::unique_ptr<httplib::Client> RemoteStore::client() {
  {
    const std::lock_guard lock(keeping_);
    if (!idle_.empty()) {
      auto open = std::move(idle_.back());
      idle_.pop_back();
      return open;
    }
  }
  auto fresh = std::make_unique<httplib::Client>(origin_);
  fresh->set_keep_alive(true);
  fresh->set_tcp_nodelay(true);  // else each PUT waits 40 ms for a delayed acknowledgement
  fresh->set_connection_timeout(options_.connect_timeout);
  fresh->set_read_timeout(options_.read_timeout);
  fresh->set_write_timeout(options_.read_timeout);
  if (!options_.token.empty())
    fresh->set_bearer_token_auth(options_.token);
  else if (!user_.empty())
    fresh->set_basic_auth(user_, password_);
  return fresh;
}

/// Once more where a connection that was kept open was not any longer.
RemoteStore::Answer RemoteStore::ask(const Call& call) {
  const NoBrokenPipe guard;
  Answer answer;
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto open = client();
    answer = call(*open);
    if (answer.status != 0) {
      const std::lock_guard lock(keeping_);
      idle_.push_back(std::move(open));
      return answer;
    }
    const std::lock_guard lock(keeping_);
    idle_.clear();
  }
  return answer;
}

namespace {

template <class Answer>
Answer answer_of(const httplib::Result& result, std::chrono::milliseconds limit) {
  if (result) return {result->status, "", std::move(const_cast<httplib::Response&>(*result).body)};
  switch (result.error()) {
    case httplib::Error::Connection:
      return {0, "cannot be reached"};
    case httplib::Error::Read:
    case httplib::Error::Write:
      return {0, fmt::format("broke off, or did not answer within {} ms", limit.count())};
    case httplib::Error::SSLServerVerification:
      return {0, "has no certificate that this machine trusts"};
    default:
      return {0, fmt::format("does not answer ({})", httplib::to_string(result.error()))};
  }
}

}  // namespace

std::optional<std::string> RemoteStore::get(EntryKind kind, const std::string& key) {
  if (reads_rest_) return std::nullopt;
  Answer answer =
      ask([&](httplib::Client& c) { return answer_of<Answer>(c.Get(path(kind, key)), options_.read_timeout); });
  if (answer.status == missing) return std::nullopt;
  if (answer.status != ok) {
    rest(reads_rest_, answer, "what it holds is computed here");
    return std::nullopt;
  }
  const std::string& entry = answer.body;
  if (entry.size() <= seal_length || entry[seal_length] != '\n' ||
      entry.compare(0, seal_length, seal(kind, key, std::string_view(entry).substr(seal_length + 1))) != 0) {
    warn(fmt::format("the store at {} has entries that {}; they count for nothing", address(),
                     options_.secret.empty() ? "are damaged" : "are damaged, or not signed with this secret"));
    return std::nullopt;
  }
  return entry.substr(seal_length + 1);
}

bool RemoteStore::has(EntryKind kind, const std::string& key) {
  if (reads_rest_) return false;
  const Answer answer =
      ask([&](httplib::Client& c) { return answer_of<Answer>(c.Head(path(kind, key)), options_.read_timeout); });
  if (answer.status != ok && answer.status != missing) rest(reads_rest_, answer, "what it holds is computed here");
  return answer.status == ok;
}

bool RemoteStore::put(EntryKind kind, const std::string& key, std::string_view bytes) {
  if (!options_.writes || writes_rest_) return false;
  const std::string entry = fmt::format("{}\n{}", seal(kind, key, bytes), bytes);
  Answer answer;
  for (std::size_t attempt = 0; attempt <= options_.waits.size(); ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(options_.waits[attempt - 1]);
    answer = ask([&](httplib::Client& c) {
      return answer_of<Answer>(c.Put(path(kind, key), entry, "application/octet-stream"), options_.read_timeout);
    });
    if (is_well(answer.status)) return true;
    if (is_final(answer.status)) break;
  }
  if (answer.status == too_large)
    warn(fmt::format("the store at {} {}", address(), text_of(answer.status, "")));
  else
    rest(writes_rest_, answer, "results are kept on this machine alone");
  return false;
}

}  // namespace store
