// The report's page over HTTP on the loopback, with a script that reloads it and shows what is wrong.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace live {

/// How the report stands, as an open page is told.
enum class Status { ready, working, failed };

/// The server cannot be had: its port is taken.
struct ServeError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Serves the files of a report from `output`, and nothing else, to this machine alone. A request is answered only when
/// it names us as its host and comes from no foreign page: a page of the network that the author reads meanwhile must
/// not be able to read this one.
class PageServer {
 public:
  /// Port 0: any that is free. Throws ServeError.
  PageServer(std::filesystem::path output, int port);
  ~PageServer();
  PageServer(const PageServer&) = delete;
  PageServer& operator=(const PageServer&) = delete;

  int port() const;
  std::string address() const;  // "http://127.0.0.1:8017/"

  /// Tells all open pages; those that show another page than the one in `output` reload.
  void tell(Status status, const std::string& text);

 private:
  struct Server;
  std::unique_ptr<Server> server_;
};

}  // namespace live
