// The workshop's parts in the order in which they need each other.
#include "engine/build_context.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdlib>

#include "store/code_fingerprint.hpp"
#include "store/remote_store.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace engine {
namespace {

/// A project without a date gets this one: the clock must not show in the output.
constexpr const char* no_date = "2000-01-01";

/// The report's date as an ISO day: SOURCE_DATE_EPOCH, else the metadata.
std::string report_date(const Metadata& metadata) {
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch && *epoch) {
    char* end = nullptr;
    const long long seconds = std::strtoll(epoch, &end, 10);
    if (*end == '\0' && seconds >= 0) return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(seconds)));
  }
  return metadata.date.empty() ? no_date : metadata.date;
}

/// A drawing holds some of the words.
std::string all_of(const text::Words& words) {
  std::string all;
  for (const auto& [key, said] : words.all()) all += "\n" + key + ": " + said;
  return all;
}

}  // namespace

ServerWarnings::ServerWarnings(store::RemoteStore* server, const Listener& listener)
    : server_(listener ? server : nullptr) {
  if (server) server->wake();
  if (server_)
    before_ = server_->warn_by([listener](const std::string& text) { listener({Event::Kind::warning, "", text}); });
}

ServerWarnings::~ServerWarnings() {
  if (server_) server_->warn_by(std::move(before_));
}

BuildContext::BuildContext(const Project& p, const Settings& s, Listener l, sys::StopFlag flag)
    : project(p),
      settings(s),
      store(s.store()),
      program(store::program_fingerprint()),
      drawing_code(sys::sha256(program + sys::read_file(s.theme() / "fonts.conf") + all_of(p.words))),
      date(report_date(p.metadata)),
      sums(s.scratch() / "sums.json"),
      made(s),
      tools(s.scratch() / "tools.json"),
      datasets(s.data, store, program),
      runner(s, store, datasets, sums, l, flag),
      listener(std::move(l)),
      server_warnings(s.remote.get(), listener),
      stop(flag) {}

void BuildContext::note(Event::Kind kind, std::string message) const {
  if (listener) listener({kind, "", std::move(message)});
}

void get_results(const std::vector<FigureBuild*>& figures, BuildContext& context, Rerun rerun) {
  std::vector<const Request*> requests;
  std::vector<double> seconds;
  for (const FigureBuild* made : figures) {
    requests.push_back(made->request);
    seconds.push_back(made->outcome.seconds);
  }
  auto outcomes = context.runner.run(requests, seconds, rerun);
  for (std::size_t i = 0; i < figures.size(); ++i) figures[i]->outcome = std::move(outcomes[i]);
}

}  // namespace engine
