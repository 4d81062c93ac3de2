// Passes are repeated until the auxiliary files no longer change. The log is written without line breaks.
#include "publish/latex/latex.hpp"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <sstream>
#include <string_view>

#include "publish/errors.hpp"
#include "publish/latex/preamble.hpp"
#include "publish/latex/tex_engine.hpp"
#include "publish/tags/tagged.hpp"
#include "system/checksum.hpp"
#include "system/file_sums.hpp"
#include "system/files.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

constexpr int most_passes = 4;

std::string read_if_there(const fs::path& file) { return fs::exists(file) ? sys::read_file(file) : std::string(); }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Everything that the PDF is made from.
std::string stamp(const Typesetting& job) {
  std::string text = job.date + "\n" + sys::sha256(job.tex) + "\n";
  for (const auto& name : job.included) text += name + " " + sys::sha256_of_file(job.folder / name) + "\n";
  return sys::sha256(text);
}

std::string auxiliary_state(const fs::path& folder) {
  return read_if_there(folder / "report.aux") + read_if_there(folder / "report.toc") +
         read_if_there(folder / "report.out");
}

void forget(const fs::path& folder) {
  for (const char* name : {"report.aux", "report.toc", "report.out", "report.stamp", "report.pdf", "preamble.stamp"})
    fs::remove(folder / name);
}

/// The engine's arguments for a pass over this document: from the precompiled preamble where it can be had.
std::vector<std::string> pass_arguments(const Typesetting& job, const TexEngine& engine) {
  const TexParts parts = parts_of(job.tex);
  if (!parts.body.empty() && precompile(parts.preamble, engine)) {
    sys::write_file(job.folder / "body.tex", parts.body);
    return {"-fmt=preamble", "-jobname=report", "body.tex"};
  }
  return {"report.tex"};
}

/// Runs until the auxiliary files stand still; the number of passes, or nothing when one failed.
int passes(const Typesetting& job) {
  const TexEngine engine{job.folder, job.date, job.stop, job.timeout};
  auto arguments = pass_arguments(job, engine);
  for (int count = 1;; ++count) {
    const std::string before = auxiliary_state(job.folder);
    // Without auxiliary files the first pass cannot be the last, and need not write pages.
    const bool draft = count == 1 && before.empty();
    if (draft) arguments.insert(arguments.begin(), "-draftmode");
    if (!engine.run(arguments).ok()) return 0;
    if (draft) arguments.erase(arguments.begin());
    if (auxiliary_state(job.folder) == before || count == most_passes) return count;
  }
}

/// The Debian package that has a file which LaTeX did not find.
std::string package_of(const std::string& file) {
  static const std::map<std::string, std::string> known{{"tgpagella.sty", "tex-gyre"},
                                                        {"lmodern.sty", "lmodern"},
                                                        {"mathpazo.sty", "texlive-latex-base"},
                                                        {"microtype.sty", "texlive-latex-recommended"},
                                                        {"booktabs.sty", "texlive-latex-recommended"},
                                                        {"scrreprt.cls", "texlive-latex-recommended"},
                                                        {"footnotehyper.sty", "texlive-latex-recommended"},
                                                        {"bookmark.sty", "texlive-latex-recommended"},
                                                        {"caption.sty", "texlive-latex-recommended"},
                                                        {"etoolbox.sty", "texlive-latex-recommended"},
                                                        {"xcolor.sty", "texlive-latex-recommended"}};
  const auto found = known.find(file);
  if (found != known.end()) return "install the Debian package " + found->second;
  return "install the Debian packages texlive-latex-base and texlive-latex-recommended; if they are there, the one "
         "that has it "
         "('apt-file search " +
         file + "' names it)";
}

std::string trimmed(std::string text, std::size_t most) {
  text = std::regex_replace(text, std::regex("\\s+"), " ");
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most) + "…";
}

/// The text around the place where LaTeX stopped: its line "l.123 ..." and the rest of that line, which comes next.
std::string context(const std::vector<std::string>& lines, std::size_t error) {
  for (std::size_t i = error + 1; i < lines.size() && i < error + 40; ++i) {
    if (!std::regex_search(lines[i], std::regex("^l\\.[0-9]+ "))) continue;
    const std::string before = lines[i].substr(lines[i].find(' ') + 1);
    const std::string after =
        i + 1 < lines.size() ? lines[i + 1].substr(std::min(lines[i + 1].find_first_not_of(' '), lines[i + 1].size()))
                             : "";
    const std::string near = trimmed(
        (before.size() > 80 ? "…" + before.substr(before.find(' ', before.size() - 80) + 1) : before) + after, 160);
    return near.empty() ? "" : fmt::format("; near: {}", near);
  }
  return "";
}

constexpr const char* font_packages = "tex-gyre, lmodern and texlive-fonts-recommended";

/// The alternative that matched.
std::string first_of(const std::smatch& match) {
  for (std::size_t i = 1; i < match.size(); ++i)
    if (match[i].matched) return match[i];
  return "";
}

/// A PDF ends by saying so; one that does not was cut off when its program, or the machine, died.
bool is_whole_pdf(const fs::path& file) {
  if (!fs::exists(file)) return false;
  const std::string bytes = sys::read_file(file);
  const auto last = bytes.find_last_not_of("\r\n");
  return last != std::string::npos && std::string_view(bytes).substr(0, last + 1).ends_with("%%EOF");
}

/// Text of a line that is too long, without the names of fonts that TeX mixes into it.
std::string plain_text(const std::string& line) {
  return trimmed(std::regex_replace(line, std::regex("\\\\[A-Z0-9]+/\\S+ |\\[\\]|\\$"), ""), 90);
}

}  // namespace

void throw_log_error(const std::string& log) {
  const auto lines = lines_of(log);
  std::smatch match;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!std::regex_match(lines[i], match, std::regex("(?:! ?|\\./report\\.tex:[0-9]+: |[^ ]+:[0-9]+: )(.*)")))
      continue;
    const std::string message = match[1];
    if (std::regex_search(message, match, std::regex("File `([^']+\\.(?:sty|cls|def|fd|tfm))' not found")))
      throw MissingTool(fmt::format("LaTeX misses {}: {}", match[1].str(), package_of(match[1])));
    if (std::regex_search(
            message, match,
            std::regex("Font .*=(\\S+) .*not loadable|Font (\\S+) at [0-9]+ not found|\\(file (\\S+)\\): cannot open")))
      throw MissingTool(
          fmt::format("LaTeX misses the font {}: install the Debian packages {}", first_of(match), font_packages));
    if (message.find("only possible with scalable fonts") != std::string::npos)
      throw MissingTool(
          fmt::format("LaTeX finds no map of its fonts: install the Debian packages {}; if they are there, "
                      "'updmap-sys' makes the map anew",
                      font_packages));
    if (std::regex_search(message, match, std::regex("no hyphenation patterns of (\\w+): (\\S+?)\\.?$")))
      throw MissingPackage(
          fmt::format("LaTeX cannot hyphenate this document's language ('{}'): install the Debian package {}",
                      match[1].str(), match[2].str()),
          match[2].str());
    if (message.find("No driver specified") != std::string::npos)
      throw MissingTool("LaTeX is not complete: install the Debian package texlive-latex-base");
    if (std::regex_search(message, match, std::regex("Unicode character (\\S+) \\(U\\+([0-9A-F]+)\\)")))
      throw Error(fmt::format("the PDF's fonts have no character {} (U+{}){}", match[1].str(), match[2].str(),
                              context(lines, i)));
    throw Error(fmt::format("LaTeX: {}{}", message, context(lines, i)));
  }
  throw Error("LaTeX failed without saying why; its log is report.log in the work folder");
}

std::vector<std::string> log_warnings(const std::string& log) {
  static const std::regex overfull(R"(^Overfull \\([hv])box \(([0-9.]+)pt too (?:wide|high)\).*)");
  static const std::regex missing(R"(^Missing character: There is no (.+) in font (.+)!$)");
  static const std::regex warning(R"(^(?:LaTeX|Package hyperref) Warning: )"
                                  R"(((?:Reference|Citation|Hyper reference) .*undefined.*|Float too large.*))");
  static const std::regex dangling(R"(^pdfTeX warning.*(?:name\{(.+)\}) has been referenced but does not exist.*)");
  std::vector<std::string> warnings;
  const auto lines = lines_of(log);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch match;
    const std::string& line = lines[i];
    if (std::regex_match(line, match, overfull)) {
      if (std::stod(match[2]) <= 1) continue;
      const bool wide = match[1] == "h";
      const std::string text = wide && i + 1 < lines.size() ? plain_text(lines[i + 1]) : "";
      warnings.push_back(fmt::format("in the PDF, {} is {} pt too {}{}", wide ? "a line" : "a page", match[2].str(),
                                     wide ? "long" : "high", text.empty() ? "" : ": " + text));
    } else if (std::regex_match(line, match, missing)) {
      warnings.push_back(fmt::format("the PDF's font {} has no character {}", match[2].str(), match[1].str()));
    } else if (std::regex_match(line, match, warning)) {
      warnings.push_back("in the PDF: " + match[1].str());
    } else if (std::regex_match(line, match, dangling)) {
      warnings.push_back("in the PDF, a link leads nowhere: " + match[1].str());
    }
  }
  return warnings;
}

Typeset typeset(const Typesetting& job) {
  const fs::path pdf = job.folder / "report.pdf", log = job.folder / "report.log";
  const std::string now = stamp(job);
  Typeset result;
  if (read_if_there(job.folder / "report.stamp") != now || !is_whole_pdf(pdf) || !fs::exists(log)) {
    fs::remove(job.folder / "report.stamp");
    fs::remove(log);  // what it says now is of another run
    sys::write_file(job.folder / "report.tex", job.tex);
    const bool resumed = !auxiliary_state(job.folder).empty() || fs::exists(job.folder / "preamble.stamp");
    result.passes = passes(job);
    if (result.passes == 0 && resumed) {
      // What an interrupted or older run left may be at fault, or damaged; without it the error is the document's own.
      forget(job.folder);
      result.passes = passes(job);
    }
    if (result.passes == 0) {
      const std::string said = read_if_there(log);
      forget(job.folder);
      throw_log_error(said);
    }
    if (!is_whole_pdf(pdf)) {
      forget(job.folder);
      throw Error("LaTeX ended well but left no whole PDF; 'doctor' says which LaTeX it is");
    }
    sys::write_file(job.folder / "report.stamp", now);
  }
  sys::write_file(job.folder / "report.tags", job.structure);
  result.pdf = tags::tagged(sys::read_file(pdf), job.structure);
  result.warnings = log_warnings(sys::read_file(log));
  return result;
}

}  // namespace publish
