// See program.hpp. A program sees copies of the files that it declares, laid out as in the document, and nothing else
// of it: a file that it reads without saying so is not there, so that no result can depend on one.
#include "programs/program.hpp"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <system_error>

#include "programs/answer.hpp"
#include "programs/undeclared.hpp"
#include "system/checksum.hpp"
#include "system/process.hpp"
#include "system/tool_versions.hpp"
#include "text/replace_all.hpp"

namespace programs {
namespace fs = std::filesystem;
namespace {

using experiment::Json;
using experiment::Result;

constexpr std::size_t most_output = std::size_t{256} << 20;  // a million points take 40 MB
constexpr std::size_t most_said = std::size_t{1} << 16;      // of standard error, its end
constexpr std::size_t shown_lines = 12;

/// A folder of one run, gone after it.
class RunFolder {
 public:
  explicit RunFolder(fs::path path) : path_(std::move(path)) {
    remove();
    fs::create_directories(path_);
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;
  ~RunFolder() { remove(); }

  const fs::path& path() const { return path_; }

 private:
  void remove() const {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  fs::path path_;
};

/// What a program writes to its standard error: lines "progress 0.3" tell how far it is, others are kept for the case
/// that it fails.
class Said {
 public:
  /// `copies` is where the document's files lie for the program: what it says of them is told by their own names.
  Said(experiment::Run& run, const fs::path& copies) : run_(run), copies_(copies.string() + "/") {}

  void hear(std::string_view text) {
    pending_ += text;
    for (std::size_t end; (end = pending_.find('\n')) != std::string::npos; pending_.erase(0, end + 1))
      line(std::string_view(pending_).substr(0, end));
    if (pending_.size() > most_said) line(std::exchange(pending_, ""));
    run_.progress(progress_, 1);  // also throws when the run is to stop
  }

  /// The last lines, indented, after a line's end; empty when it said nothing.
  std::string end() const {
    std::vector<std::string> lines;
    std::string all = kept_ + pending_;
    text::replace_all(all, copies_, "");
    std::istringstream in(all);
    for (std::string one; std::getline(in, one);)
      if (!one.empty()) lines.push_back(one);
    std::string text;
    const std::size_t from = lines.size() > shown_lines ? lines.size() - shown_lines : 0;
    for (std::size_t i = from; i < lines.size(); ++i) text += "\n  | " + lines[i];
    return text;
  }

 private:
  void line(std::string_view text) {
    constexpr std::string_view word = "progress ";
    if (text.starts_with(word)) {
      double part = 0;
      const std::string_view number = text.substr(word.size());
      const auto read = std::from_chars(number.data(), number.data() + number.size(), part);
      if (read.ec == std::errc() && part >= 0 && part <= 1) {
        progress_ = part;
        return;
      }
    }
    kept_.append(text).push_back('\n');
    if (kept_.size() > 2 * most_said) kept_.erase(0, kept_.size() - most_said);
  }

  experiment::Run& run_;
  std::string copies_, pending_, kept_;
  double progress_ = 0;
};

void copy_into(const fs::path& folder, const Declaration& declaration, const Surroundings& surroundings) {
  fs::create_directories(folder / surroundings.folder.lexically_relative(surroundings.document));
  for (const fs::path& file : declaration.reads) {
    const fs::path copy = folder / file.lexically_relative(surroundings.document);
    fs::create_directories(copy.parent_path());
    fs::copy_file(file, copy);
  }
}

/// A program that lies in the document and is not among what is read (a virtual environment's) is called where it lies.
std::vector<std::string> command_line(const Declaration& declaration, const Surroundings& surroundings) {
  std::vector<std::string> words = declaration.command;
  const fs::path program = words.front();
  if (program.is_absolute() || program == program.filename()) return words;
  const fs::path file = (surroundings.folder / program).lexically_normal();
  const auto& reads = declaration.reads;
  if (std::find(reads.begin(), reads.end(), file) == reads.end()) words.front() = file.string();
  return words;
}

Json question(const Json& effective, const experiment::Run& run, const Surroundings& surroundings,
              std::vector<fs::path>& readable) {
  Json asked{{"figure", run.figure}, {"seed", run.seed}, {"parameters", effective}, {"dataset", nullptr}};
  const auto name = effective.find("dataset");
  if (name == effective.end() || !name->is_string()) return asked;
  Json files = Json::array();
  for (const fs::path& file : surroundings.dataset_files(name->get<std::string>())) {
    files.push_back(file.string());
    readable.push_back(file);
  }
  asked["dataset"] = {{"name", *name}, {"files", files}};
  return asked;
}

/// Nothing of the author's own settings: what is set here is the same for everyone.
std::vector<std::pair<std::string, std::string>> settings_for_all(const fs::path& temporary) {
  const char* path = std::getenv("PATH");
  return {{"PATH", path ? path : "/usr/local/bin:/usr/bin:/bin"},
          {"HOME", temporary.string()},
          {"TMPDIR", temporary.string()},
          {"LC_ALL", "C.UTF-8"},
          {"TZ", "UTC"},
          {"PYTHONHASHSEED", "0"},
          {"PYTHONDONTWRITEBYTECODE", "1"},
          {"OMP_NUM_THREADS", "1"},
          {"OPENBLAS_NUM_THREADS", "1"}};
}

/// For shell and awk, which read no JSON: PARAMETER_GROWTH_RATE, SEED, FIGURE.
std::vector<std::pair<std::string, std::string>> environment(const fs::path& temporary, const Json& effective,
                                                             const experiment::Run& run) {
  auto all = settings_for_all(temporary);
  for (const auto& [name, value] : effective.items()) {
    std::string variable = "PARAMETER_";
    for (const char c : name)
      variable += std::isalnum(static_cast<unsigned char>(c))
                      ? static_cast<char>(std::toupper(static_cast<unsigned char>(c)))
                      : '_';
    all.emplace_back(variable, value.is_string()   ? value.get<std::string>()
                               : value.is_number() ? experiment::number_text(value.get<double>())
                                                   : value.dump());
  }
  all.emplace_back("SEED", std::to_string(run.seed));
  all.emplace_back("FIGURE", run.figure);
  return all;
}

std::string what_went_wrong(const sys::ProcessResult& finished, const Declaration& declaration) {
  if (finished.timed_out)
    return fmt::format("did not end within {} s; a longer 'timeout' can be declared", declaration.timeout);
  if (finished.printed_too_much) return fmt::format("printed more than {} MB", most_output >> 20);
  if (finished.status != 0) return sys::ending(finished);
  if (finished.left_processes) return "left processes behind, which were ended; it must wait for what it starts";
  return "";
}

/// A file that nobody gave the program is the usual reason why it fails.
std::string missed(const std::string& said, const Declaration& declaration, const Surroundings& surroundings) {
  const fs::path program = declaration.command.size() > 1 ? declaration.command[1] : declaration.command[0];
  const auto names = undeclared_files(said, program, surroundings.folder, surroundings.document, declaration.reads);
  return names.empty()
             ? ""
             : fmt::format("; the document has {}, which it does not declare under 'reads'", fmt::join(names, ", "));
}

/// Of a figure's runs with different parameters several may be under way at once, and each has a folder of its own. The
/// same run has the same one, which its program may tell.
fs::path folder_of(const experiment::Run& run, const Json& effective, const Surroundings& surroundings) {
  const std::string figure = run.figure.substr(run.figure.find(':') + 1);
  const std::string inputs = Json{effective, run.seed}.dump(-1, ' ', false, Json::error_handler_t::replace);
  return surroundings.scratch / fmt::format("{}-{:.12}", figure, sys::sha256(inputs));
}

Result answer_of(const Declaration& declaration, const Surroundings& surroundings, const Json& effective,
                 experiment::Run& run) {
  const RunFolder here(folder_of(run, effective, surroundings));
  const fs::path files = here.path() / "document", temporary = here.path() / "temporary";
  fs::create_directories(temporary);
  copy_into(files, declaration, surroundings);
  std::vector<fs::path> readable{files};
  sys::Command command;
  command.arguments = command_line(declaration, surroundings);
  command.input = question(effective, run, surroundings, readable).dump() + "\n";
  command.directory = files / surroundings.folder.lexically_relative(surroundings.document);
  command.environment = environment(temporary, effective, run);
  command.has_only_that_environment = true;
  command.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(declaration.timeout * 1000));
  command.most_output = most_output;
  command.confinement = sys::Confinement{.readable = readable,
                                         .writable = {temporary},
                                         .memory = static_cast<std::uint64_t>(declaration.memory * (1 << 30)),
                                         .stays_in_group = true};
  Said said(run, files);
  command.on_errors = [&](std::string_view text) { said.hear(text); };
  const std::string program = fmt::format("{}", fmt::join(declaration.command, " "));
  sys::ProcessResult finished;
  try {
    finished = sys::run(command);
  } catch (const sys::NoProgram& missing) {
    throw std::runtime_error(missing.what());
  }
  if (const std::string wrong = what_went_wrong(finished, declaration); !wrong.empty())
    throw std::runtime_error(
        fmt::format("'{}' {}{}{}", program, wrong, missed(said.end(), declaration, surroundings), said.end()));
  try {
    return read_answer(finished.output, declaration);
  } catch (const AnswerError& wrong) {
    throw std::runtime_error(fmt::format("the answer of '{}': {}{}", program, wrong.what(), said.end()));
  }
}

std::vector<experiment::OutputInfo> outputs_of(const Declaration& declaration) {
  std::vector<experiment::OutputInfo> all = declaration.outputs;
  for (const auto& panel : declaration.panels)
    for (const auto& name : panel.series)
      all.push_back({experiment::OutputKind::measured, panel.info.title, name, "", panel.allowed});
  return all;
}

std::vector<experiment::PanelInfo> panels_of(const Declaration& declaration) {
  std::vector<experiment::PanelInfo> all;
  for (const auto& panel : declaration.panels) all.push_back(panel.info);
  return all;
}

/// What is read, and the program itself (python3, Rscript) where it is installed.
std::vector<fs::path> files_of(const Declaration& declaration) {
  std::vector<fs::path> files = declaration.reads;
  const std::string& program = declaration.command.front();
  const fs::path file = program.find('/') == std::string::npos ? sys::program_file(program) : fs::path();
  if (!file.empty()) files.push_back(file);
  return files;
}

}  // namespace

experiment::Experiment experiment_of(const Declaration& declaration, const Surroundings& surroundings) {
  experiment::Experiment e;
  e.name = declaration.name;
  e.title = declaration.title;
  e.summary = declaration.summary;
  e.file = (surroundings.folder / (declaration.name + ".yaml")).lexically_relative(surroundings.document).string();
  e.parameters = declaration.parameters;
  e.check = [](const Json&) { return std::vector<experiment::ParameterError>{}; };
  e.outputs = [all = outputs_of(declaration)](const Json&) { return all; };
  e.run = [declaration, surroundings](const Json& effective, experiment::Run& run) {
    return answer_of(declaration, surroundings, effective, run);
  };
  e.restore = [declaration](const Json&, const Json& stored) { return read_answer(stored.dump(), declaration); };
  e.series_panels = [panels = panels_of(declaration)](const Json&) { return panels; };
  e.panels = [count = declaration.panels.size()](const Json&) { return count; };
  e.files = [files = files_of(declaration)](const Json&) { return files; };
  e.code = sys::sha256(Json(declaration.command).dump());
  e.runs_program = true;
  return e;
}

}  // namespace programs
