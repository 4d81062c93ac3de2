// See load.hpp.
#include "native/load.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <set>
#include <system_error>

#include "experiment/collect.hpp"
#include "experiment/figure_keys.hpp"
#include "manuscript/markdown/lines.hpp"
#include "system/demangled.hpp"
#include "system/descriptor.hpp"

namespace native {
namespace fs = std::filesystem;
namespace {

using experiment::Experiment;
using manuscript::Diagnostic;
using manuscript::Severity;

/// A file in memory: what was checked is what is loaded, and nothing can change it.
sys::Descriptor in_memory(const std::string& name, const std::string& bytes) {
  sys::Descriptor file(::memfd_create(name.c_str(), MFD_CLOEXEC));
  for (std::size_t at = 0; file.is_open() && at < bytes.size();) {
    const auto written = ::write(file.get(), bytes.data() + at, bytes.size() - at);
    if (written <= 0) throw std::system_error(errno, std::generic_category(), "memory for " + name);
    at += static_cast<std::size_t>(written);
  }
  if (!file.is_open()) throw std::system_error(errno, std::generic_category(), "memory for " + name);
  return file;
}

/// The loader takes objects of one name for one object, also when the first is closed; slashes make another name.
std::string unused_name(const sys::Descriptor& file) {
  static std::atomic<std::size_t> count{0};
  constexpr std::size_t most = 2000;
  return "/proc/self/fd" + std::string(1 + count++ % most, '/') + std::to_string(file.get());
}

std::string what_is_missing() {
  const char* said = ::dlerror();
  const std::string text = said ? said : "the loader does not say why";
  const std::string mark = "undefined symbol: ";
  const auto at = text.find(mark);
  if (at == std::string::npos) return text;
  const std::string symbol = text.substr(at + mark.size());
  return fmt::format("it uses {}, which neither it nor the program defines",
                     sys::demangled(symbol.substr(0, symbol.find_first_of(", "))));
}

bool is_name(const std::string& text) {
  return !text.empty() && std::islower(static_cast<unsigned char>(text[0])) &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

/// Errors at what a source says, as it says it.
class Complaints {
 public:
  explicit Complaints(const manuscript::Source& source) : source_(source), lines_(source) {}

  /// At the string literal; at the file when there is none.
  void at_text(const std::string& text, std::string message, std::string hint = "") {
    const std::string literal = '"' + text + '"';
    const auto at = lines_.text().find(literal);
    if (at == std::string::npos) return at_file(std::move(message), std::move(hint));
    const int line = lines_.line_at(at);
    const auto place = lines_.place(line, at - lines_.start(line), literal.size());
    all.push_back(lines_.error(place, std::move(message), std::move(hint)));
  }
  void at_file(std::string message, std::string hint) {
    all.push_back({Severity::error, {source_.file, 0, 0, 1}, std::move(message), "", std::move(hint)});
  }

  std::vector<Diagnostic> all;

 private:
  const manuscript::Source& source_;
  const manuscript::Lines lines_;
};

void check_parameters(const Experiment& e, Complaints& complaints) {
  std::set<std::string> names;
  for (const auto& parameter : e.parameters) {
    const std::string& name = parameter.name;
    if (!is_name(name))
      complaints.at_text(name, fmt::format("'{}' cannot be a parameter's name", name),
                         "names are small letters, digits and '-', and begin with a letter");
    if (experiment::is_figure_key(name))
      complaints.at_text(name,
                         fmt::format("every figure has a key '{}', so that no parameter can have this name", name));
    if (!names.insert(name).second) complaints.at_text(name, fmt::format("the parameter '{}' is declared twice", name));
    for (const auto& error : experiment::check(parameter, parameter.default_value).errors)
      complaints.at_text(name, fmt::format("the default of '{}': {}", name, error.message));
  }
}

}  // namespace

std::vector<Experiment> load(const std::string& name, const std::string& object) {
  const sys::Descriptor file = in_memory(name, object);
  bool loaded = false;
  auto registered =
      experiment::collect([&] { loaded = ::dlopen(unused_name(file).c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr; });
  if (!loaded) throw LoadError(what_is_missing());
  return registered;
}

std::string experiment_name(const std::string& file) {
  std::string name = fs::path(file).stem().string();
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::vector<Diagnostic> declaration_errors(const manuscript::Source& source,
                                           const std::vector<Experiment>& registered) {
  Complaints complaints(source);
  const std::string wanted = experiment_name(source.file);
  const std::string as_in = fmt::format("as in: const bool registered = add(\"{}\", ...);", wanted);
  if (!is_name(wanted))
    complaints.at_file(fmt::format("'{}' cannot be an experiment's name", wanted),
                       "names are small letters, digits, '-' and '_', and begin with a letter");
  else if (registered.empty())
    complaints.at_file("it registers no experiment", as_in);
  else if (registered.size() > 1)
    complaints.at_text(registered[1].name, fmt::format("it registers a second experiment, '{}'", registered[1].name),
                       "a file holds one");
  else if (registered.front().name != wanted)
    complaints.at_text(
        registered.front().name,
        fmt::format("the experiment of this file is '{}', but it registers '{}'", wanted, registered.front().name),
        "rename one of them");
  else
    check_parameters(registered.front(), complaints);
  return std::move(complaints.all);
}

}  // namespace native
