// cpp-httplib on the loopback. Open pages hear of changes through server-sent events, each on a thread of the pool.
#include "live/page_server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <thread>
#include <utility>

#include "live/page_script.hpp"
#include "live/page_text.hpp"
#include "system/files.hpp"

namespace live {
namespace fs = std::filesystem;
namespace {

constexpr const char* loopback = "127.0.0.1";
constexpr int most_listeners = 24, threads = 32;
constexpr std::chrono::seconds heartbeat{5};  // after which a page that has gone is noticed

const char* name_of(Status status) {
  switch (status) {
    case Status::ready:
      return "ready";
    case Status::working:
      return "working";
    case Status::failed:
      return "failed";
  }
  return "";
}

const char* type_of(const fs::path& file) {
  static const std::map<std::string, const char*> types{
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".pdf", "application/pdf"},
      {".json", "application/json"},
      {".csv", "text/csv; charset=utf-8"},
      {".xml", "application/xml"},
      {".epub", "application/epub+zip"},
      {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}};
  const auto known = types.find(file.extension().string());
  return known == types.end() ? "application/octet-stream" : known->second;
}

/// What a report consists of, by its first name below the output folder.
bool is_of_the_report(const std::string& name) {
  static const std::set<std::string> names{"report.html",   "report.pdf",  "report.epub", "report.docx", "report.json",
                                           "manifest.json", "claims.json", "figures",     "data",        "check"};
  return names.contains(name);
}

/// The file that a request's path names, if it is one of the report's.
std::optional<fs::path> file_of(const fs::path& output, const std::string& path) {
  std::vector<std::string> names;
  std::istringstream parts(path);
  for (std::string name; std::getline(parts, name, '/');)
    if (!name.empty()) names.push_back(name);
  if (names.empty() || !is_of_the_report(names.front())) return std::nullopt;
  fs::path file = output;
  for (const auto& name : names) {
    if (name.front() == '.' || name.find('\0') != std::string::npos) return std::nullopt;
    file /= name;
  }
  std::error_code error;
  const fs::path real = fs::canonical(file, error), inside = fs::canonical(output, error);
  // A link may not lead out either.
  if (error || !fs::is_regular_file(real, error)) return std::nullopt;
  const bool below = std::mismatch(inside.begin(), inside.end(), real.begin(), real.end()).first == inside.end();
  return below ? std::optional(real) : std::nullopt;
}

void refuse(httplib::Response& response, int status, const std::string& why) {
  response.status = status;
  response.set_content(why + "\n", "text/plain; charset=utf-8");
}

/// Sent as it is: the library compresses a body that it holds, with Brotli at its highest level where the browser takes
/// that, which is two seconds for a page and saves nothing on the loopback (cpp-httplib 0.11).
void give(httplib::Response& response, std::string bytes, const std::string& type) {
  response.status = 200;
  const auto held = std::make_shared<const std::string>(std::move(bytes));
  if (held->empty()) return response.set_content("", type);
  response.set_content_provider(held->size(), type,
                                [held](std::size_t from, std::size_t length, httplib::DataSink& sink) {
                                  return sink.write(held->data() + from, length);
                                });
}

}  // namespace

struct PageServer::Server {
  fs::path output;
  int port = 0;
  httplib::Server http;
  std::thread serving;

  std::mutex mutex;
  std::condition_variable changed;
  PageVersion version;    // empty when there is no page, or when nobody knows yet
  std::string seen;       // the page of this version
  nlohmann::json change;  // of its text since the version before; null where that cannot be told
  std::string state;      // as JSON
  unsigned number = 0;    // of the state; events bear it
  int listeners = 0;
  bool ending = false;

  void set_up() {
    http.new_task_queue = [] { return new httplib::ThreadPool(threads); };
    // Not shared with another process, as the library would have it, and not left to the programs that we start.
    http.set_socket_options([](int socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
      ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    });
    http.set_keep_alive_max_count(1);  // an idle connection would keep a thread
    http.set_read_timeout(2);
    http.set_payload_max_length(0);
    http.set_default_headers({{"Cache-Control", "no-store"},
                              {"X-Content-Type-Options", "nosniff"},
                              {"Cross-Origin-Resource-Policy", "same-origin"},
                              {"Referrer-Policy", "no-referrer"},
                              {"Content-Security-Policy", "frame-ancestors 'none'"}});
    http.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      answer(request, response);
      return httplib::Server::HandlerResponse::Handled;
    });
  }

  bool is_ours(const std::string& host) const {
    return host == fmt::format("{}:{}", loopback, port) || host == fmt::format("localhost:{}", port);
  }

  void answer(const httplib::Request& request, httplib::Response& response) {
    if (request.get_header_value_count("Host") != 1 || !is_ours(request.get_header_value("Host")))
      return refuse(response, 403, "this server is for its own address only");
    const std::string origin = request.get_header_value("Origin"), http_prefix = "http://";
    if (request.has_header("Origin") &&
        !(origin.starts_with(http_prefix) && is_ours(origin.substr(http_prefix.size()))))
      return refuse(response, 403, "this server answers no other site's pages");
    if (request.method != "GET" && request.method != "HEAD")
      return refuse(response, 405, "only GET and HEAD are answered");
    if (request.path == "/watch/events") return events(response);
    if (request.path == "/" || request.path == "/report.html") return page(response);
    const auto file = file_of(output, request.path);
    if (!file) return refuse(response, 404, "the report has no such file");
    try {
      give(response, sys::read_file(*file), type_of(*file));
    } catch (const sys::FileError& error) {
      refuse(response, 404, error.what());
    }
  }

  void page(httplib::Response& response) const {
    const std::string bytes = page_bytes();
    give(response, bytes.empty() ? waiting_page() : with_script(bytes, version_of(bytes)), "text/html; charset=utf-8");
  }

  std::string page_bytes() const {
    std::error_code error;
    const fs::path file = output / "report.html";
    try {
      return fs::exists(file, error) ? sys::read_file(file) : "";
    } catch (const sys::FileError&) {
      return "";
    }
  }

  /// Takes note of the page, and of what of its text is another than before.
  void look_at_page() {
    std::string now = page_bytes();
    if (now == seen) return;
    const PageVersion before = std::exchange(version, now.empty() ? PageVersion{} : version_of(now));
    change = nullptr;
    if (const auto differs = text_change(seen, now))
      change = {{"since", before.page},  {"before", differs->before}, {"first", differs->first},
                {"last", differs->last}, {"put", differs->put},       {"html", differs->html}};
    seen = std::move(now);
  }

  void events(httplib::Response& response) {
    {
      const std::lock_guard lock(mutex);
      if (listeners >= most_listeners) return refuse(response, 503, "too many pages are open");
      ++listeners;
    }
    response.status = 200;
    response.set_chunked_content_provider(
        "text/event-stream",
        [this, told = 0u](std::size_t, httplib::DataSink& sink) mutable { return tell_next(sink, told); },
        [this](bool) {
          const std::lock_guard lock(mutex);
          --listeners;
        });
  }

  /// Waits for a state that this page was not told, and tells it; false ends the connection.
  bool tell_next(httplib::DataSink& sink, unsigned& told) {
    std::string event = ": still here\n\n";
    {
      std::unique_lock lock(mutex);
      changed.wait_for(lock, heartbeat, [&] { return ending || told != number; });
      if (ending) {
        sink.done();
        return true;
      }
      if (told != number) event = fmt::format("{}id: {}\ndata: {}\n\n", told == 0 ? "retry: 300\n" : "", number, state);
      told = number;
    }
    return sink.write(event.data(), event.size());
  }
};

PageServer::PageServer(fs::path output, int port) : server_(std::make_unique<Server>()) {
  server_->output = std::move(output);
  server_->set_up();
  server_->port = port == 0                                    ? server_->http.bind_to_any_port(loopback)
                  : server_->http.bind_to_port(loopback, port) ? port
                                                               : -1;
  if (server_->port <= 0)
    throw ServeError(
        fmt::format("port {} of {} cannot be had: another program listens there, or it is reserved", port, loopback));
  tell(Status::working, "");
  server_->serving = std::thread([this] { server_->http.listen_after_bind(); });
  // One that has not begun cannot be stopped.
  while (!server_->http.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

PageServer::~PageServer() {
  {
    const std::lock_guard lock(server_->mutex);
    server_->ending = true;
  }
  server_->changed.notify_all();
  server_->http.stop();
  if (server_->serving.joinable()) server_->serving.join();
}

int PageServer::port() const { return server_->port; }

std::string PageServer::address() const { return fmt::format("http://{}:{}/", loopback, server_->port); }

void PageServer::tell(Status status, const std::string& text) {
  {
    const std::lock_guard lock(server_->mutex);
    if (status != Status::working) server_->look_at_page();  // while we work, it is what it was
    nlohmann::json state{{"page", server_->version.page},
                         {"frame", server_->version.frame},
                         {"status", name_of(status)},
                         {"text", text}};
    if (!server_->change.is_null()) state["change"] = server_->change;
    server_->state = state.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    ++server_->number;
  }
  server_->changed.notify_all();
}

}  // namespace live
