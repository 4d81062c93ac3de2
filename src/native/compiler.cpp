// See compiler.hpp. Reading the headers takes most of the time of a compilation; they are read once for each
// installation and compiler, and every experiment begins with them.
#include "native/compiler.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <regex>
#include <system_error>
#include <thread>

#include "fingerprint/experiment.hpp"
#include "native/compiler_output.hpp"
#include "store/code_fingerprint.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"
#include "system/process.hpp"
#include "system/tool_versions.hpp"

namespace native {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;
using manuscript::Diagnostic;
using manuscript::Severity;

constexpr const char* header_name = "experiment.hpp";
constexpr const char* header_text = "#include \"experiment/experiment.hpp\"\n";
constexpr std::chrono::minutes longest{10};
constexpr std::chrono::milliseconds between_looks{50};

/// Of a compilation's files, gone after it. It lies in the store as an entry does, so that what a killed one leaves
/// goes with the rest.
class WorkFolder {
 public:
  explicit WorkFolder(const store::Store& store) : path_(store.place(store::EntryKind::headers, unused_key())) {
    fs::create_directories(path_);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  fs::path operator/(const fs::path& name) const { return path_ / name; }
  const fs::path& path() const { return path_; }

 private:
  static std::string unused_key() {
    static std::atomic<unsigned> count{0};
    return sys::sha256(fmt::format("{} {} {}", ::getpid(), count++, Inputs::now_ns()));
  }
  fs::path path_;
};

/// Of the author's settings none that leads a compiler to other headers.
sys::ProcessResult run(std::vector<std::string> words, const fs::path& folder, const fs::path& temporary) {
  sys::Command command;
  command.arguments = std::move(words);
  command.directory = folder;
  command.has_only_that_environment = true;
  command.environment = {{"LC_ALL", "C"}, {"TMPDIR", temporary.string()}};
  for (const char* name : {"PATH", "HOME", "CCACHE_DIR", "CCACHE_DISABLE"})
    if (const char* value = std::getenv(name)) command.environment.emplace_back(name, value);
  command.timeout = longest;
  return sys::run(command);
}

Json to_json(const Diagnostic& d) {
  return {d.severity == Severity::error,
          d.place.file,
          d.place.line,
          d.place.column,
          d.place.length,
          d.message,
          d.source_line,
          d.hint,
          d.skipped};
}

Diagnostic diagnostic_from(const Json& j) {
  return {j[0] ? Severity::error : Severity::warning, {j[1], j[2], j[3], j[4]}, j[5], j[6], j[7], j[8]};
}

/// What is kept: a line of JSON, and the object.
std::string stored_form(const Compiled& compiled) {
  Json json{{"code", compiled.code}, {"complaints", Json::array()}};
  for (const auto& d : compiled.complaints) json["complaints"].push_back(to_json(d));
  return json.dump() + "\n" + compiled.object;
}

std::optional<Compiled> from_stored(const std::string& bytes) {
  const auto end = bytes.find('\n');
  const Json json = Json::parse(bytes.substr(0, end), nullptr, false);
  if (end == std::string::npos || !json.is_object()) return std::nullopt;
  Compiled compiled;
  compiled.code = json.at("code");
  for (const auto& d : json.at("complaints")) compiled.complaints.push_back(diagnostic_from(d));
  compiled.object = bytes.substr(end + 1);
  return compiled;
}

/// What is compiled for an experiment and is none of its source: a header that is not there belongs to a package.
void must_have_headers(const std::string& said, const Toolchain& chain) {
  static const std::regex missing("fatal error: '?([^ ']+)'?(: No such file or directory| file not found)");
  std::smatch match;
  if (!std::regex_search(said, match, missing)) return;
  if (const std::string package = package_of(match[1]); !package.empty())
    throw Lacking(fmt::format("a document's experiments in C++ need {}, which is not there: install the package {}",
                              match[1].str(), package));
  if (match[1].str().starts_with("experiment/"))
    throw Lacking(
        fmt::format("the headers of this program are not in {}; install it again", chain.folders.front().string()));
}

/// The fingerprints of what an experiment can call in this program.
fingerprint::Beyond beyond_of(const Json& symbols) {
  fingerprint::Beyond beyond;
  for (const auto& [symbol, about] : symbols.items()) beyond[symbol] = about.at(0).get<std::string>();
  return beyond;
}

}  // namespace

Compiler::Compiler(const fs::path& root, fs::path document, const store::Store& store)
    : chain_(read_toolchain(root)), root_(root), document_(std::move(document)), store_(store) {
  headers_ = headers_hash().value_or("");
}

std::vector<std::string> Compiler::command(const std::vector<std::string>& more) const {
  std::vector<std::string> words = chain_.compiler;
  words.insert(words.end(), chain_.options.begin(), chain_.options.end());
  // What the clock says is no input. A drawing names what it sets and leaves the rest to defaults.
  words.insert(words.end(), {"-fPIC", "-fdiagnostics-color=never", "-Wall", "-Wextra",
                             "-Wno-missing-field-initializers", "-Werror=date-time"});
  for (const auto& folder : chain_.folders) words.insert(words.end(), {"-isystem", folder.string()});
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// What all experiments include ----------------------------------------------------------------------------------------

fs::path Compiler::header() const { return store_.place(store::EntryKind::headers, headers_) / header_name; }

std::optional<std::string> Compiler::headers_hash() const {
  const std::string key = sys::sha256(Json{chain_.compiler_file.string(), command({})}.dump());
  return Inputs(store_, key, root_).hash();
}

void Compiler::prepare() {
  const auto is_there = [&] { return !headers_.empty() && fs::exists(header().string() + ".gch"); };
  const fs::path folder = store_.place(store::EntryKind::headers, "").parent_path();
  while (!is_there()) try {
      const sys::FolderLock lock(folder);
      headers_ = headers_hash().value_or("");
      if (!is_there()) compile_headers();
      lock.remove();
      return;
    } catch (const sys::FolderBusy&) {
      std::this_thread::sleep_for(between_looks);
      headers_ = headers_hash().value_or("");
    }
}

void Compiler::compile_headers() {
  const WorkFolder work(store_);
  const std::int64_t began = Inputs::now_ns();
  sys::write_file(work / header_name, header_text);
  const auto made = run(command({"-x", "c++-header", (work / header_name).string(), "-o", (work / "made.gch").string(),
                                 "-MD", "-MF", (work / "rule").string()}),
                        root_, work.path());
  if (!made.ok()) return must_have_headers(made.errors, chain_);
  auto names = read_by_compiler(work / "rule");
  std::erase(names, (work / header_name).string());
  const std::string key = sys::sha256(Json{chain_.compiler_file.string(), command({})}.dump());
  headers_ = Inputs(store_, key, root_).put(names, began).value_or("");
  if (headers_.empty()) return;
  const fs::path place = header().parent_path();
  const fs::path beside = sys::name_beside(place);
  fs::create_directories(beside);
  fs::copy_file(work / header_name, beside / header_name);
  fs::copy_file(work / "made.gch", beside / (std::string(header_name) + ".gch"));
  std::error_code error;
  fs::remove_all(place, error);
  fs::rename(beside, place, error);
  if (error) fs::remove_all(beside, error);
}

// One experiment ------------------------------------------------------------------------------------------------------

bool Compiler::is_foreign(const std::string& file) const {
  const auto is_below = [&](const fs::path& folder) { return file.starts_with(folder.string() + "/"); };
  return file.starts_with('<') || is_below("/usr") ||
         is_below(store_.place(store::EntryKind::headers, "").parent_path()) ||
         std::any_of(chain_.folders.begin(), chain_.folders.end(), is_below) || file == chain_.compiler_file;
}

std::vector<fs::path> Compiler::included(const Inputs& inputs) const {
  std::vector<fs::path> files;
  for (const auto& name : inputs.names())
    if (!is_foreign(name)) files.push_back((document_ / name).lexically_normal());
  return files;
}

/// The compiler is what it reads, too.
std::vector<std::string> Compiler::read_by_compiler(const fs::path& rule) const {
  auto names = names_in_rule(sys::read_file(rule));
  names.push_back(chain_.compiler_file.string());
  for (const char* part : {"cc1plus", "as"}) {
    auto words = chain_.compiler;
    words.push_back(std::string("-print-prog-name=") + part);
    std::string file = run(words, document_, rule.parent_path()).output;
    file = file.substr(0, file.find('\n'));
    if (file.find('/') == std::string::npos) file = sys::program_file(file).string();
    if (!file.empty()) names.push_back(file);
  }
  return names;
}

/// Of the command, the experiment's name and text, and the program that is to load it.
std::string Compiler::key_of(const fs::path& source) const {
  std::string text;
  try {
    text = sys::read_file(source);
  } catch (const sys::FileError&) {  // told when it is compiled
  }
  return sys::sha256(Json{chain_.compiler_file.string(), command({}), headers_, store::program_fingerprint(),
                          source.lexically_relative(document_).string(), sys::sha256(text)}
                         .dump());
}

std::optional<Compiled> Compiler::known(const fs::path& source) const {
  if (headers_.empty()) return std::nullopt;
  Inputs inputs(store_, key_of(source), document_);
  const auto hash = inputs.hash();
  if (!hash) return std::nullopt;
  const auto found = store_.get(store::EntryKind::compiled, *hash);
  auto compiled = found.bytes ? from_stored(*found.bytes) : std::nullopt;
  if (compiled) compiled->included = included(inputs);
  return compiled;
}

/// A compiler that refuses a source does not say what that includes: it is asked for that alone, which works unless a
/// header is what is wrong.
std::vector<fs::path> Compiler::included_in_vain(const fs::path& source, const std::vector<Diagnostic>& complaints,
                                                 const fs::path& temporary) const {
  auto names =
      names_in_rule(run(command({"-MM", source.lexically_relative(document_).string()}), document_, temporary).output);
  for (const auto& d : complaints) names.push_back(d.place.file);
  std::vector<fs::path> files{source};
  for (const auto& name : names)
    if (!is_foreign(name)) files.push_back((document_ / name).lexically_normal());
  return files;
}

Compiled Compiler::compile(const fs::path& source) const {
  const WorkFolder work(store_);
  const std::int64_t began = Inputs::now_ns();
  const std::string name = source.lexically_relative(document_).string();
  const fs::path object = work / (source.stem().string() + ".o");  // its name is told where code is compared
  const fs::path shared = work / "object.so", rule = work / "rule";
  sys::read_file(source);  // says better than a compiler why it cannot be read
  std::vector<std::string> more{"-fmax-errors=20", "-MD", "-MF", rule.string(), "-o", object.string(), "-c", name};
  if (name.starts_with('-')) more.back().insert(0, "./");
  auto with_headers = more;
  if (!headers_.empty()) with_headers.insert(with_headers.begin(), {"-include", header().string()});
  auto made = run(command(with_headers), document_, work.path());
  const Reading reading{document_, name, [this](const std::string& file) { return is_foreign(file); }};
  Compiled compiled;
  compiled.complaints = complaints_in(made.errors, reading);
  if (!made.ok() && compiled.complaints.empty()) {  // headers that cannot be used, in a damaged cache
    made = run(command(more), document_, work.path());
    compiled.complaints = complaints_in(made.errors, reading);
  }
  if (!made.ok()) {
    must_have_headers(made.errors, chain_);
    if (std::none_of(compiled.complaints.begin(), compiled.complaints.end(),
                     [](const auto& d) { return d.severity == Severity::error; }))
      compiled.complaints.push_back({Severity::error,
                                     {name, 0, 0, 1},
                                     fmt::format("{} {}", chain_.compiler.front(), sys::ending(made)),
                                     "",
                                     made.errors.substr(0, made.errors.find('\n'))});
    compiled.included = included_in_vain(source, compiled.complaints, work.path());
    return compiled;
  }
  std::vector<std::string> link =
      command({"-shared", "-s", "-Wl,-Bsymbolic-functions", "-o", shared.string(), object.string()});
  if (const auto linked = run(link, document_, work.path()); !linked.ok()) {
    compiled.complaints.push_back({Severity::error,
                                   {name, 0, 0, 1},
                                   fmt::format("linking it {}", sys::ending(linked)),
                                   "",
                                   linked.errors.substr(0, linked.errors.find('\n'))});
    return compiled;
  }
  Compiled whole = finished(object, shared);
  whole.complaints = std::move(compiled.complaints);
  auto names = read_by_compiler(rule);
  std::erase_if(names,
                [&](const std::string& file) { return file.starts_with(header().parent_path().string() + "/"); });
  Inputs inputs(store_, key_of(source), document_);
  if (const auto hash = inputs.put(names, began); hash && !headers_.empty())
    store_.put(store::EntryKind::compiled, *hash, stored_form(whole));
  whole.included = included(inputs);
  return whole;
}

/// Without a function `run` at its place all of the object counts, and all of the program.
Compiled Compiler::finished(const fs::path& object, const fs::path& shared) const {
  Compiled compiled;
  compiled.object = sys::read_file(shared);
  const Json symbols = store::program_symbols(root_);
  const std::vector<fingerprint::Object> objects{fingerprint::read_object(object, 0)};
  const auto print =
      fingerprint::fingerprint(fingerprint::Linked(objects), 0, fingerprint::run_function, beyond_of(symbols));
  if (print.hash.empty() || symbols.empty()) {
    compiled.code = sys::sha256(compiled.object + store::program_fingerprint());
    return compiled;
  }
  compiled.code = print.hash;
  Json parts = fingerprint::parts_by_source(objects, print.parts);
  for (const auto& symbol : print.beyond)
    if (const auto known = symbols.find(symbol); known != symbols.end())
      parts[known->at(2).get<std::string>()][known->at(1).get<std::string>()] =
          known->at(0).get<std::string>().substr(0, 16);
  store_.put(store::EntryKind::code, compiled.code, parts.dump());
  return compiled;
}

}  // namespace native
