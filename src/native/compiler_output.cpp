// See compiler_output.hpp.
#include "native/compiler_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <sstream>

#include "manuscript/markdown/lines.hpp"
#include "system/files.hpp"

namespace native {
namespace fs = std::filesystem;
namespace {

using manuscript::Diagnostic;
using manuscript::Severity;

constexpr std::size_t longest_hint = 160;

struct Place {
  std::string file;
  int line = 0, column = 1;
};

/// The files that complaints show lines of.
class Sources {
 public:
  explicit Sources(fs::path folder) : folder_(std::move(folder)) {}

  Diagnostic complaint(const Place& place, std::size_t bytes, Severity severity, std::string message) {
    const manuscript::Lines* lines = place.line > 0 ? lines_of(place.file) : nullptr;
    if (!lines || place.line > lines->count()) return {severity, {place.file, 0, 0, 1}, std::move(message), "", ""};
    const auto byte = static_cast<std::size_t>(std::max(place.column, 1) - 1);
    Diagnostic d = lines->error(lines->place(place.line, byte, bytes), std::move(message));
    d.severity = severity;
    return d;
  }

 private:
  struct Read {
    manuscript::Source source;
    std::optional<manuscript::Lines> lines;
  };

  const manuscript::Lines* lines_of(const std::string& file) {
    auto& read = files_[file];
    if (!read) try {
        read = std::make_unique<Read>();
        read->source = {file, sys::read_file(folder_ / file)};
        read->lines.emplace(read->source);
      } catch (const sys::FileError&) {
      }
    return read->lines ? &*read->lines : nullptr;
  }

  const fs::path folder_;
  std::map<std::string, std::unique_ptr<Read>> files_;
};

/// As many columns as the compiler marks from its caret on.
std::size_t marked(const std::string& line) {
  const auto caret = line.find('^');
  if (caret == std::string::npos || line.find_first_not_of(" |^~+-0123456789") != std::string::npos) return 0;
  const auto end = line.find_first_not_of("^~", caret);
  return (end == std::string::npos ? line.size() : end) - caret;
}

std::string shortened(std::string text) {
  if (text.size() > longest_hint) text = text.substr(0, longest_hint) + " ...";
  return text;
}

class Reader {
 public:
  explicit Reader(const Reading& reading) : reading_(reading), sources_(reading.folder) {}

  std::vector<Diagnostic> read(const std::string& said) {
    std::istringstream in(said);
    for (std::string one; std::getline(in, one);) line(one);
    end();
    return std::move(all_);
  }

 private:
  void line(const std::string& text) {
    static const std::regex statement(
        R"((.+?):(\d+):(?:(\d+):)? (fatal error|error|warning|note|sorry, unimplemented): (.*))");
    static const std::regex on_the_way(
        R"((?:In file included from|\s+from|)\s*(.+?):(\d+)(?::(\d+))?[:,](?:   (?:recursively )?required .*)?)");
    static const std::regex of_no_place(
        R"((?:cc1plus|g\+\+|clang|clang\+\+|c\+\+)[^:]*: (?:fatal error|error|internal compiler error): (.*))");
    std::smatch match;
    if (std::regex_match(text, match, statement)) {
      const Place place{match[1], std::stoi(match[2]), match[3].matched ? std::stoi(match[3]) : 1};
      if (match[4] == "note") return note(place, match[5]);
      end();
      begin(place, match[4] == "warning" ? Severity::warning : Severity::error, match[5]);
    } else if (std::regex_match(text, match, of_no_place)) {
      end();
      begin({reading_.source, 0, 1}, Severity::error, match[1]);
    } else if (const std::size_t bytes = marked(text); bytes > 0 && current_ && !has_note_ && current_->bytes == 0) {
      current_->bytes = bytes;
    } else if (std::regex_match(text, match, on_the_way)) {
      end();
      way_.push_back({match[1], std::stoi(match[2]), match[3].matched ? std::stoi(match[3]) : 1});
    }
  }

  void begin(const Place& place, Severity severity, const std::string& message) {
    current_ = Current{place, severity, message, 0, ""};
    has_note_ = false;
    if (!reading_.is_foreign(place.file)) return;
    // Where the document's code led there, if it did; else the file as a whole.
    current_->hint = fmt::format("in {}, line {}", fs::path(place.file).filename().string(), place.line);
    current_->place = {reading_.source, 0, 1};
    current_->bytes = 1;  // what is marked there is another line
    for (const Place& step : way_)
      if (!reading_.is_foreign(step.file)) {
        current_->place = step;
        break;
      }
  }

  void note(const Place& place, const std::string& text) {
    has_note_ = true;
    if (!current_ || !current_->hint.empty()) return;
    current_->hint = reading_.is_foreign(place.file)
                         ? shortened(text)
                         : fmt::format("{} ({}:{})", shortened(text), place.file, place.line);
  }

  void end() {
    if (!current_) return;
    Diagnostic d = sources_.complaint(current_->place, std::max<std::size_t>(current_->bytes, 1), current_->severity,
                                      current_->message);
    d.hint = current_->hint;
    all_.push_back(std::move(d));
    current_.reset();
    way_.clear();
  }

  struct Current {
    Place place;
    Severity severity;
    std::string message;
    std::size_t bytes;
    std::string hint;
  };

  const Reading& reading_;
  Sources sources_;
  std::vector<Place> way_;  // of includes and instantiations that lead to the next statement
  std::optional<Current> current_;
  bool has_note_ = false;
  std::vector<Diagnostic> all_;
};

}  // namespace

std::vector<Diagnostic> complaints_in(const std::string& said, const Reading& reading) {
  return Reader(reading).read(said);
}

}  // namespace native
