// HTTP and HTTPS by cpp-httplib; a short look at the socket itself tells why a connection failed.
#include "store/download.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <regex>
#include <system_error>

#include "data/error.hpp"
#include "data/gzip.hpp"
#include "store/no_broken_pipe.hpp"
#include "system/checksum.hpp"
#include "system/descriptor.hpp"
#include "system/files.hpp"

namespace store {
namespace {

namespace fs = std::filesystem;

struct Address {
  std::string origin;  // "https://host:port"
  std::string host;
  std::string port;
  std::string path;
};

std::optional<Address> split(const std::string& address) {
  static const std::regex pattern(R"((https?)://([A-Za-z0-9.-]+)(?::([0-9]{1,5}))?(/.*)?)");
  std::smatch part;
  if (!std::regex_match(address, part, pattern)) return std::nullopt;
  const std::string usual_port = part[1] == "https" ? "443" : "80";
  const std::string port = part[3].matched ? part[3].str() : usual_port;
  return Address{fmt::format("{}://{}:{}", part[1].str(), part[2].str(), port), part[2], port,
                 part[4].matched ? part[4].str() : "/"};
}

/// The error of a plain connection to one address, 0 when it succeeds.
int connection_error(const addrinfo& to, std::chrono::milliseconds timeout) {
  const sys::Descriptor socket(::socket(to.ai_family, to.ai_socktype, to.ai_protocol));
  if (!socket.is_open()) return errno;
  const timeval limit{timeout.count() / 1000, (timeout.count() % 1000) * 1000};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  return ::connect(socket.get(), to.ai_addr, to.ai_addrlen) == 0 ? 0 : errno;
}

Attempt no_answer(const Address& from, std::chrono::milliseconds timeout) {
  return {"", Outcome::unreachable, fmt::format("{} did not answer within {} ms", from.host, timeout.count())};
}

/// httplib does not tell a name without an address from a refused connection: ask again, by hand.
Attempt explain_no_connection(const Address& to, std::chrono::milliseconds timeout) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int status = ::getaddrinfo(to.host.c_str(), to.port.c_str(), &hints, &found); status != 0)
    return {"", Outcome::unresolved,
            fmt::format("the name {} could not be resolved ({})", to.host, gai_strerror(status))};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, &::freeaddrinfo);
  const int error = connection_error(*found, timeout);
  if (error == 0)  // the server is up after all
    return {"", Outcome::broken_off, fmt::format("{} sends on to a server that cannot be reached", to.host)};
  if (error == EINPROGRESS || error == EAGAIN || error == ETIMEDOUT) return no_answer(to, timeout);
  return {"", Outcome::unreachable,
          fmt::format("no connection to {} port {} ({})", to.host, to.port, std::generic_category().message(error))};
}

/// A file on its way: written beside its final place under another name, and removed unless it is
/// accepted.
class PartialFile {
 public:
  explicit PartialFile(const fs::path& place)
      : place_(place), path_(sys::name_beside(place)), out_(path_, std::ios::binary | std::ios::trunc) {}
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile() {
    out_.close();
    std::error_code ignored;
    fs::remove(path_, ignored);
  }

  bool good() const { return out_.good(); }
  std::size_t size() const { return size_; }
  bool append(const char* bytes, std::size_t length) {
    hash_.add({reinterpret_cast<const std::uint8_t*>(bytes), length});
    size_ += length;
    return static_cast<bool>(out_.write(bytes, static_cast<std::streamsize>(length)));
  }
  std::string sha256() { return hash_.hex(); }
  bool accept() {
    out_.close();
    std::error_code error;
    if (out_.good()) fs::rename(path_, place_, error);
    return out_.good() && !error;
  }

 private:
  fs::path place_;
  fs::path path_;
  std::ofstream out_;
  sys::Sha256 hash_;
  std::size_t size_ = 0;
};

struct Transfer {
  httplib::Error error = httplib::Error::Success;
  int status = 0;
  bool too_large = false;
  bool disk_failed = false;
};

Transfer receive(const Address& from, const data::PublishedFile& file, PartialFile& part, const FetchOptions& options) {
  const NoBrokenPipe guard;
  httplib::Client client(from.origin);
  client.set_connection_timeout(options.connect_timeout);
  client.set_read_timeout(options.read_timeout);
  client.set_follow_location(true);
  client.set_decompress(false);  // the checksum is that of the file as published

  Transfer transfer;
  const auto on_header = [&](const httplib::Response& response) {
    transfer.status = response.status;
    return response.status == 200;
  };
  const auto on_piece = [&](const char* bytes, std::size_t count) {
    transfer.too_large = part.size() + count > file.bytes;
    if (transfer.too_large) return false;
    transfer.disk_failed = !part.append(bytes, count);
    if (options.progress) options.progress(file.name, part.size(), file.bytes);
    return !transfer.disk_failed;
  };
  const auto result = client.Get(from.path, httplib::Headers{{"Accept-Encoding", "identity"}}, on_header, on_piece);
  transfer.error = result.error();
  if (result) transfer.status = result->status;
  return transfer;
}

Attempt explain_failure(const Transfer& transfer, const Address& from, const FetchOptions& options) {
  using httplib::Error;
  switch (transfer.error) {
    case Error::ConnectionTimeout:
      return no_answer(from, options.connect_timeout);
    case Error::Connection:
      return explain_no_connection(from, options.connect_timeout);
    case Error::SSLConnection:
    case Error::SSLLoadingCerts:
    case Error::SSLServerVerification:
      return {"", Outcome::untrusted, fmt::format("no trusted TLS connection to {} came about", from.host)};
    case Error::ExceedRedirectCount:
      return {"", Outcome::refused, "the server redirects without end"};
    default:
      return {"", Outcome::unreachable, "the transfer failed: " + httplib::to_string(transfer.error)};
  }
}

Attempt explain_break(const data::PublishedFile& file, std::size_t received, bool waited) {
  if (waited)
    return {"", Outcome::timed_out, fmt::format("the server went silent after {} of {} bytes", received, file.bytes)};
  return {"", Outcome::broken_off, fmt::format("only {} of {} bytes arrived", received, file.bytes)};
}

Attempt try_mirror(const data::PublishedFile& file, const fs::path& place, const Address& from,
                   const FetchOptions& options) {
  PartialFile part(place);
  if (!part.good())
    return {"", Outcome::not_written, fmt::format("{} cannot be written to", place.parent_path().string())};

  const auto begun = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_piece = begun;
  FetchOptions watched = options;
  watched.progress = [&](const std::string& name, std::size_t received, std::size_t total) {
    last_piece = std::chrono::steady_clock::now();
    if (options.progress) options.progress(name, received, total);
  };
  const Transfer transfer = receive(from, file, part, watched);
  const bool waited = std::chrono::steady_clock::now() - last_piece >= options.read_timeout;

  if (transfer.disk_failed)
    return {"", Outcome::not_written, fmt::format("{} cannot be written (disk full?)", place.string())};
  if (transfer.too_large)
    return {"", Outcome::too_large, fmt::format("more than the file's {} bytes arrived; stopped there", file.bytes)};
  if (transfer.status != 0 && transfer.status != 200)
    return {"", Outcome::refused, fmt::format("the server answered with status {}", transfer.status)};
  if (transfer.error == httplib::Error::Read) return explain_break(file, part.size(), waited);
  if (transfer.error != httplib::Error::Success) return explain_failure(transfer, from, options);
  if (part.size() < file.bytes) return explain_break(file, part.size(), false);
  if (const std::string actual = part.sha256(); actual != file.sha256)
    return {"", Outcome::wrong_checksum, fmt::format("its SHA-256 is {} instead of {}", actual, file.sha256)};
  if (!part.accept()) return {"", Outcome::not_written, fmt::format("{} cannot be written", place.string())};
  return {"", Outcome::verified, fmt::format("{} bytes, SHA-256 verified", file.bytes)};
}

bool is_in_place(const data::PublishedFile& file, const fs::path& place) {
  try {
    return sys::sha256(data::read_file(place)) == file.sha256;
  } catch (const data::DataError&) {
    return false;  // missing or unreadable: fetching it replaces it, or says why it cannot
  }
}

std::string joined(const std::string& mirror, const std::string& name) {
  return mirror.empty() || mirror.back() == '/' ? mirror + name : mirror + "/" + name;
}

}  // namespace

std::vector<std::string> mirrors_of(const data::KnownSet& set) {
  const char* chosen = std::getenv("REPORT_MIRROR");
  if (chosen && *chosen) return {chosen};
  return set.mirrors;
}

FetchedFile fetch_file(const data::PublishedFile& file, const fs::path& directory,
                       const std::vector<std::string>& mirrors, const FetchOptions& options) {
  FetchedFile result{file.name, directory / file.name, false, {}};
  result.in_place = is_in_place(file, result.place);
  if (result.in_place) return result;
  std::error_code ignored;  // a folder that cannot be made is found out when the file is opened
  fs::create_directories(directory, ignored);
  for (const std::string& mirror : mirrors) {
    const std::string address = joined(mirror, file.name);
    const auto from = split(address);
    Attempt attempt = from ? try_mirror(file, result.place, *from, options)
                           : Attempt{"", Outcome::bad_address, "is not an address of the form http(s)://host/folder/"};
    attempt.address = address;
    result.attempts.push_back(attempt);
    result.in_place = attempt.outcome == Outcome::verified;
    if (result.in_place || attempt.outcome == Outcome::not_written) break;
  }
  return result;
}

FetchReport fetch(const std::string& name, const fs::path& directory, const std::vector<std::string>& mirrors,
                  const FetchOptions& options) {
  const data::KnownSet& set = data::known_set(name);
  FetchReport report{set.title, {}};
  for (const data::PublishedFile& file : set.files)
    report.files.push_back(fetch_file(file, directory / name, mirrors, options));
  return report;
}

bool FetchReport::complete() const {
  return std::all_of(files.begin(), files.end(), [](const FetchedFile& file) { return file.in_place; });
}

bool FetchReport::no_network() const {
  bool tried = false;
  for (const FetchedFile& file : files)
    for (const Attempt& attempt : file.attempts) {
      tried = true;
      if (attempt.outcome != Outcome::unresolved && attempt.outcome != Outcome::unreachable) return false;
    }
  return tried;
}

std::string FetchReport::text() const {
  if (files.empty()) return fmt::format("{}: built in, there is nothing to fetch\n", title);
  std::string text;
  for (const FetchedFile& file : files) {
    text += fmt::format("{}: {}\n", file.place.string(),
                        !file.in_place          ? "not fetched"
                        : file.attempts.empty() ? "already there, SHA-256 verified"
                                                : "fetched");
    for (const Attempt& attempt : file.attempts) text += fmt::format("  {}: {}\n", attempt.address, attempt.message);
  }
  if (no_network())
    text += fmt::format(
        "{} was not fetched: none of its mirrors can be reached, so there seems to be no network "
        "here.\n",
        title);
  else if (!complete())
    text += fmt::format("{} was not fetched completely.\n", title);
  return text;
}

}  // namespace store
