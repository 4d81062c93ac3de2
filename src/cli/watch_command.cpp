// watch: a build whenever files change, one at a time on a thread of its own; open pages and the terminal are told.
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <future>
#include <mutex>
#include <optional>
#include <set>
#include <system_error>

#include "cairo/drawing.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/sources.hpp"
#include "cli/viewer.hpp"
#include "engine/build.hpp"
#include "engine/sources/document_file.hpp"
#include "live/file_watch.hpp"
#include "live/page_server.hpp"
#include "publish/page/kept_pandoc.hpp"
#include "system/descriptor.hpp"
#include "system/files.hpp"
#include "system/process.hpp"

namespace cli {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds settling{30};           // what an editor does to files is over after this time
constexpr milliseconds settling_whole{5};      // and after this one, once the last of them is there as it was saved
constexpr milliseconds longest_settling{500};  // something that writes all the time is not waited for
constexpr milliseconds busy_retry{300};        // another build is at work in our output
constexpr milliseconds between_notes{250};
constexpr int ports_tried = 20;

/// Ctrl-C comes to the main thread, and only while it waits.
class SignalsWhileWaiting {
 public:
  SignalsWhileWaiting() {
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ours, &before_);
  }
  SignalsWhileWaiting(const SignalsWhileWaiting&) = delete;
  SignalsWhileWaiting& operator=(const SignalsWhileWaiting&) = delete;
  ~SignalsWhileWaiting() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  const sigset_t& waiting() const { return before_; }

 private:
  sigset_t before_{};
};

std::unique_ptr<live::PageServer> server_of(const Options& o) {
  if (o.port_given) return std::make_unique<live::PageServer>(o.settings.output, o.port);
  for (int port = usual_port; port < usual_port + ports_tried; ++port) try {
      return std::make_unique<live::PageServer>(o.settings.output, port);
    } catch (const live::ServeError&) {
    }
  return std::make_unique<live::PageServer>(o.settings.output, 0);
}

engine::Settings settings_of(const Options& o, publish::KeptPandoc& pandoc) {
  engine::Settings settings = o.settings;
  settings.pandoc = &pandoc;
  auto& formats = settings.formats;
  if (std::find(formats.begin(), formats.end(), "html") == formats.end()) formats.insert(formats.begin(), "html");
  for (fs::path* folder : {&settings.output, &settings.cache}) *folder = fs::weakly_canonical(*folder);
  return settings;
}

/// Links in a path; who leads one elsewhere changes what lies there.
std::vector<fs::path> links_on_the_way(const fs::path& path) {
  std::vector<fs::path> links;
  std::error_code error;
  for (fs::path part = path; part != part.parent_path(); part = part.parent_path())
    if (fs::is_symlink(part, error)) links.push_back(part);
  return links;
}

/// Sources outside of the project, which build-report.sh lists: links in src/ lead to them, or files there include
/// them.
std::vector<fs::path> compiled_from_elsewhere(const engine::Settings& settings) {
  std::vector<fs::path> files;
  std::ifstream list(settings.root / "build" / ".elsewhere-leads-to");
  for (std::string line; std::getline(list, line);) files.emplace_back(line);
  return files;
}

/// How a build or a compilation ended: what is wrong, as the page shows it; empty when nothing is.
struct BuildEnd {
  std::string mistakes;
  bool compiled = false;
  bool busy = false;
};

/// What a document brings along is read anew each time.
bool are_alike(const experiment::Experiment& a, const experiment::Experiment& b) {
  return a.name == b.name && a.code == b.code && a.object == b.object;
}

bool runs_alike(const engine::Request& a, const engine::Request& b) {
  return a.experiment && b.experiment && are_alike(*a.experiment, *b.experiment) && a.parameters == b.parameters &&
         a.dataset == b.dataset && a.seed == b.seed;
}

class Watch {
 public:
  explicit Watch(const Options& o)
      : options_(o),
        pandoc_(std::make_unique<publish::KeptPandoc>()),
        settings_(settings_of(o, *pandoc_)),
        program_(fs::read_symlink("/proc/self/exe")),
        server_(server_of(o)),
        files_({settings_.output, settings_.cache, settings_.root / "build"}),
        done_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!done_.is_open()) throw std::system_error(errno, std::generic_category(), "watch cannot wait for builds");
  }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;
  ~Watch() {
    stop_ = true;
    if (work_.valid()) work_.wait();
  }

  [[noreturn]] void run() {
    if (!options_.restarted) fmt::print("{}\n", server_->address());
    std::fflush(stdout);
    ready_pandoc();
    begin_build();
    if (options_.open && !options_.restarted) show(server_->address());
    while (true) {
      const bool ended = wait();
      if (interrupt_requested) throw sys::Interrupted{};
      notice(files_.changes());
      if (ended) finish(work_.get());
      if (retry_ && Clock::now() >= *retry_) begin_build();
      if (settled()) act();
    }
  }

 private:
  // Changes ---------------------------------------------------------------------------------------------------------

  std::vector<live::Folder> folders() const {
    using live::ChangeKind;
    std::vector<live::Folder> list{{fs::weakly_canonical(settings_.chapters), ChangeKind::text, true, ""},
                                   {settings_.document, ChangeKind::text, false, engine::document_file_name},
                                   {settings_.theme(), ChangeKind::text, true, ""}};
    if (fs::exists(settings_.root / "build-report.sh")) {  // what is installed has no sources
      list.push_back({settings_.root, ChangeKind::code, false, "CMakeLists.txt"});
      for (const char* folder : {"src", "render/plot", "render/cairo"})
        list.push_back({settings_.root / folder, ChangeKind::code, true, ""});
    }
    if (fs::weakly_canonical(settings_.experiments) != fs::weakly_canonical(settings_.root / "src/experiments"))
      list.push_back({settings_.experiments, ChangeKind::text, true, ""});
    for (const auto& file : compiled_from_elsewhere(settings_))
      list.push_back({file.parent_path(), ChangeKind::code, false, file.filename().string()});
    for (const auto& link : links_on_the_way(settings_.chapters))
      list.push_back({link.parent_path(), ChangeKind::text, false, link.filename().string()});
    for (const auto& folder : settings_.data) list.push_back({folder, ChangeKind::text, false, ""});
    std::set<fs::path> elsewhere;
    for (const auto& file : project_.included) {
      elsewhere.insert(fs::weakly_canonical(settings_.document / file).parent_path());
      for (const auto& link : links_on_the_way(file))
        list.push_back({link.parent_path(), ChangeKind::text, false, link.filename().string()});
    }
    for (const auto& chapter : project_.chapters)
      for (const auto& image : chapter.images)
        if (!image.path.starts_with("data:"))
          elsewhere.insert(fs::weakly_canonical(settings_.chapters / image.path).parent_path());
    for (const auto& request : project_.requests)
      if (request.bound && request.experiment->files)
        for (const auto& file : request.experiment->files(request.parameters)) elsewhere.insert(file.parent_path());
    for (const auto& table : project_.tables)
      if (!table.file.empty()) elsewhere.insert(table.file.parent_path());
    for (const auto& file : project_.chapter_files)
      if (fs::is_symlink(file)) elsewhere.insert(fs::weakly_canonical(file).parent_path());
    for (const auto& folder : elsewhere) list.push_back({folder, ChangeKind::text, false, ""});
    return list;
  }

  void notice(const std::vector<live::FileChange>& changes) {
    if (changes.empty()) return;
    last_change_ = Clock::now();
    if (!text_changed_ && !code_changed_) first_change_ = last_change_;
    weighed_ = false;
    settling_ = changes.back().is_whole ? settling_whole : settling;
    for (const auto& change : changes)
      document_changed_ = document_changed_ || change.file == settings_.document / engine::document_file_name;
    // The fonts' configuration is read once in a program's life.
    for (const auto& change : changes)
      (change.kind == live::ChangeKind::code || change.file == settings_.theme() / "fonts.conf" ? code_changed_
                                                                                                : text_changed_) = true;
  }

  bool settled() const {
    if (!text_changed_ && !code_changed_) return false;
    return Clock::now() - last_change_ >= settling_ || Clock::now() - first_change_ >= longest_settling;
  }

  /// Until files change, the work ends (true) or it is time for something.
  bool wait() {
    std::optional<milliseconds> patience;
    if ((text_changed_ || code_changed_) && !(work_.valid() && weighed_)) patience = settling_;
    if (retry_) patience = busy_retry;
    timespec time{};
    if (patience) time.tv_nsec = std::chrono::nanoseconds(*patience).count();
    pollfd polls[] = {{files_.descriptor(), POLLIN, 0}, {done_.get(), POLLIN, 0}};
    ::ppoll(polls, 2, patience ? &time : nullptr, &signals_.waiting());
    eventfd_t count = 0;
    return ::eventfd_read(done_.get(), &count) == 0;
  }

  void act() {
    if (!work_.valid()) return code_changed_ ? begin_compilation() : begin_build();
    if (weighed_) return;
    weighed_ = true;
    // What is under way goes on, unless nobody wants its result any more.
    if (code_changed_ || is_outdated()) stop_ = true;
  }

  /// True when an experiment is running of which the chapters now want something else.
  bool is_outdated() {
    try {
      const auto now = engine::read_project(settings_);
      if (has_errors(now)) return false;
      const std::lock_guard lock(telling_);
      return std::any_of(running_.begin(), running_.end(), [&](const std::string& id) {
        const auto *was = project_.find(id), *is = now.find(id);
        return was && (!is || !runs_alike(*was, *is));
      });
    } catch (const std::exception&) {
      return false;
    }
  }

  // Builds ----------------------------------------------------------------------------------------------------------

  void begin(std::function<BuildEnd()> what) {
    stop_ = false;
    work_ = std::async(std::launch::async, [this, what = std::move(what)] {
      BuildEnd ended;
      try {
        ended = what();
      } catch (const sys::FolderBusy& other) {
        ended = {other.what(), false, true};
      } catch (...) {
        const Failure failure = failure_of(std::current_exception());
        if (failure.code != interrupted) ended.mistakes = fmt::format("error: {}\n", failure.message);
        if (failure.code != interrupted) fmt::print(stderr, "{}", ended.mistakes);
      }
      ::eventfd_write(done_.get(), 1);
      return ended;
    });
  }

  void begin_build() {
    text_changed_ = false;
    retry_.reset();
    files_.look_at(folders());
    if (document_changed_) {
      document_changed_ = false;
      std::string mistakes;
      for (const auto& error : engine::read_document_file(settings_.document).errors)
        mistakes += manuscript::render(error, false);
      fmt::print(stderr, "{}", mistakes);
      return mistakes.empty() ? restart() : finish({mistakes});
    }
    try {
      engine::Settings settings = settings_;
      settings.on_compiling = [this](const std::string& file) {
        if (settings_.on_compiling) settings_.on_compiling(file);
        server_->tell(live::Status::working, fmt::format("compiling {} ...", file));
      };
      project_ = engine::read_project(settings);
    } catch (const std::exception& error) {
      fmt::print(stderr, "error: {}\n", error.what());
      return finish({fmt::format("error: {}\n", error.what())});
    }
    files_.look_at(folders());
    print_diagnostics(project_, options_);
    if (has_errors(project_)) return finish({diagnostics_text(project_, false)});
    server_->tell(live::Status::working, "building ...");
    begin([this] { return build(); });
  }

  BuildEnd build() {
    ProgressLine progress(isatty(STDERR_FILENO) != 0, use_color(options_), options_.quiet);
    const auto summary = engine::build(
        project_, settings_,
        [&](const engine::Event& event) {
          progress(event);
          follow(event);
        },
        stop_);
    progress.clear();
    if (!options_.quiet) fmt::print(stderr, "{}\n", counts_text(summary));
    fmt::print(stderr, "{}", untrue_text(project_, summary, use_color(options_)));
    std::string mistakes;
    for (const auto& [id, why] : summary.failures) mistakes += fmt::format("error: {}: {}\n", id, why);
    return {mistakes + untrue_text(project_, summary, false)};
  }

  /// Keeps in mind what runs, and lets the page show how far it is.
  void follow(const engine::Event& event) {
    using Kind = engine::Event::Kind;
    const std::lock_guard lock(telling_);
    if (event.kind == Kind::started) running_.insert(event.figure);
    if (event.kind == Kind::finished || event.kind == Kind::failed) running_.erase(event.figure);
    if (event.kind != Kind::progress || Clock::now() - last_note_ < between_notes) return;
    last_note_ = Clock::now();
    const double part = event.total > 0 ? event.done / event.total : 0;
    server_->tell(live::Status::working, fmt::format("running {}: {:.0f} %", event.figure, 100 * part));
  }

  /// For the next edit, before it comes.
  void ready_pandoc() { pandoc_->make_ready(settings_.theme(), settings_.scratch() / "html"); }

  void finish(const BuildEnd& ended) {
    running_.clear();
    if (ended.compiled) return restart();
    if (ended.busy) {
      if (!busy_) fmt::print(stderr, "{}\n", ended.mistakes);
      server_->tell(live::Status::working, "waiting for another build ...");
      retry_ = Clock::now() + busy_retry;
    } else if (!text_changed_ && !code_changed_) {
      const std::string all = uncompiled_ + ended.mistakes;
      server_->tell(all.empty() ? live::Status::ready : live::Status::failed, all);
    }
    busy_ = ended.busy;
    ready_pandoc();
  }

  // The program itself ----------------------------------------------------------------------------------------------

  void begin_compilation() {
    code_changed_ = false;
    if (!options_.quiet) fmt::print(stderr, "the program's sources changed\n");
    server_->tell(live::Status::working, "compiling ...");
    begin([this] {
      sys::Command command;
      command.arguments = {(settings_.root / "build-report.sh").string(), "--no-install", "--version"};
      command.timeout = std::chrono::hours(1);
      command.stop = stop_;
      const auto finished = sys::run(command);
      if (finished.interrupted) throw sys::Interrupted{};
      uncompiled_ = finished.ok()
                        ? ""
                        : "the program could not be built anew; this is what its last sources gave\n" + finished.errors;
      if (!finished.ok()) fmt::print(stderr, "{}", finished.errors);
      return BuildEnd{"", finished.ok()};
    });
  }

  /// The new program, or this one with the folders that report.yaml now names, goes on in our place at the same port.
  void restart() {
    notice(files_.changes());
    if (code_changed_) return;
    const std::string port = std::to_string(server_->port());
    std::vector<std::string> words = sys::own_command_line();
    std::vector<char*> arguments = sys::pointers_to(words);
    server_.reset();
    pandoc_.reset();
    ::setenv(restart_variable, port.c_str(), 1);
    ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    pthread_sigmask(SIG_SETMASK, &signals_.waiting(), nullptr);
    ::execv(program_.c_str(), arguments.data());
    throw std::system_error(errno, std::generic_category(), "cannot start " + program_.string());
  }

  const Options& options_;
  std::unique_ptr<publish::KeptPandoc> pandoc_;
  const engine::Settings settings_;
  const fs::path program_;
  const SignalsWhileWaiting signals_;  // before any thread
  std::unique_ptr<live::PageServer> server_;
  live::FileWatch files_;
  const sys::Descriptor done_;  // written to when the work has ended
  engine::Project project_;     // of the build that is under way, or the last one

  bool text_changed_ = false, code_changed_ = false, document_changed_ = false;
  bool weighed_ = false;  // whether the changes stop what is under way
  Clock::time_point first_change_{}, last_change_{};
  milliseconds settling_ = settling;
  std::optional<Clock::time_point> retry_;
  bool busy_ = false;

  std::string uncompiled_;  // what the compiler said of the sources that it refused last
  std::atomic<bool> stop_{false};
  std::mutex telling_;
  std::set<std::string> running_;  // figures
  Clock::time_point last_note_{};
  std::future<BuildEnd> work_;
};

}  // namespace

int watch(const Options& o) {
  if (!o.arguments.empty()) throw UsageError("'watch' takes no figures; it keeps the whole report up to date");
  cairo::use_fonts((o.settings.theme() / "fonts.conf").string());
  Watch(o).run();
}

}  // namespace cli
