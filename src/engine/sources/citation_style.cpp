// Markup is looked at as far as it takes to know that every element ends; what the elements say is citeproc's affair.
#include "engine/sources/citation_style.hpp"

#include <fmt/format.h>

#include <string_view>

#include "manuscript/markdown/lines.hpp"
#include "publish/images/images.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

using manuscript::Diagnostic;

constexpr std::string_view blanks = " \t\r\n";
constexpr const char* as_in = "a style begins with <style xmlns=\"http://purl.org/net/xbiblio/csl\" ...>";

/// Goes over the markup once, and remembers which elements are open.
class Markup {
 public:
  explicit Markup(const manuscript::Source& source) : lines_(source), text_(lines_.text()) {}

  std::vector<Diagnostic> run() {
    for (std::size_t at = text_.find('<'); at != npos && errors_.empty(); at = text_.find('<', at)) at = tag(at);
    if (errors_.empty() && !open_.empty())
      fail(open_.back().at, open_.back().name.size() + 1, fmt::format("<{}> is never closed", open_.back().name),
           fmt::format("a line </{}> is missing, or the file is cut off", open_.back().name));
    if (errors_.empty() && root_ != "style") fail(0, 1, "this is not a style of citations (CSL)", as_in);
    if (errors_.empty() && !has_citation_)
      fail(
          root_at_, root_.size() + 1,
          depends_ ? "this style only names another one, which is not at hand" : "this style says nothing of citations",
          depends_ ? "take the style itself, which its link 'independent-parent' names"
                   : "it has no element <citation>");
    return std::move(errors_);
  }

 private:
  static constexpr std::size_t npos = std::string_view::npos;
  struct Open {
    std::string name;
    std::size_t at;
  };

  void fail(std::size_t at, std::size_t bytes, std::string message, std::string hint) {
    const int line = lines_.line_at(at);
    errors_.push_back(
        lines_.error(lines_.place(line, at - lines_.start(line), bytes), std::move(message), std::move(hint)));
  }

  /// Behind what begins here and ends with `end`.
  std::size_t behind(std::size_t at, std::string_view end) {
    const auto found = text_.find(end, at);
    if (found != npos) return found + end.size();
    fail(at, 1, "this markup is never ended", fmt::format("'{}' is missing", end));
    return text_.size();
  }

  std::size_t tag(std::size_t at) {
    const std::string_view rest = text_.substr(at);
    if (rest.starts_with("<!--")) return behind(at, "-->");
    if (rest.starts_with("<?")) return behind(at, "?>");
    if (rest.starts_with("<![CDATA[")) return behind(at, "]]>");
    if (rest.starts_with("<!")) {
      fail(at, 2, "a style has no declarations of its own", "remove <!DOCTYPE ...>");
      return text_.size();
    }
    const std::size_t end = end_of_tag(at);
    if (end == npos) return text_.size();
    const std::string_view inside = text_.substr(at + 1, end - at - 1);
    const bool closes = inside.starts_with('/');
    const std::string_view named = inside.substr(closes ? 1 : 0);
    const std::string name(named.substr(0, named.find_first_of(" \t\r\n/")));
    if (closes)
      close(name, at, end);
    else
      open(name, inside, at);
    return end + 1;
  }

  /// The '>' outside of quotes.
  std::size_t end_of_tag(std::size_t at) {
    for (std::size_t k = at + 1; k < text_.size(); ++k) {
      if (text_[k] == '>') return k;
      if (text_[k] == '<') break;
      if (text_[k] != '"' && text_[k] != '\'') continue;
      k = text_.find(text_[k], k + 1);
      if (k == npos) break;
    }
    fail(at, 1, "this tag is never ended", "'>' is missing, or a quote is open");
    return npos;
  }

  void open(const std::string& name, std::string_view inside, std::size_t at) {
    if (name.empty() || blanks.find(inside.front()) != npos)
      return fail(at, 1, "a '<' that begins no element", "write &lt; for the character");
    if (root_.empty()) {
      root_ = name;
      root_at_ = at;
    } else if (open_.empty()) {
      return fail(at, name.size() + 1, fmt::format("<{}> stands behind the end of the style", name), "remove it");
    }
    has_citation_ = has_citation_ || name == "citation";
    depends_ = depends_ || (name == "link" && inside.find("independent-parent") != npos);
    if (!inside.ends_with('/')) open_.push_back({name, at});
  }

  void close(const std::string& name, std::size_t at, std::size_t end) {
    if (!open_.empty() && open_.back().name == name) return open_.pop_back();
    fail(at, end - at + 1, fmt::format("</{}> closes nothing that is open here", name),
         open_.empty() ? "remove it" : fmt::format("<{}> is open", open_.back().name));
  }

  const manuscript::Lines lines_;
  const std::string_view text_;
  std::vector<Open> open_;
  std::string root_;
  std::size_t root_at_ = 0;
  bool has_citation_ = false, depends_ = false;
  std::vector<Diagnostic> errors_;
};

/// Why a path that the metadata names may not be read; empty when it may.
std::string refusal_of(const fs::path& file, const fs::path& project, const fs::path& document) {
  constexpr std::uintmax_t most_bytes = 1'000'000;
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return "is not a file";
  if (!publish::is_within(file, project) && !publish::is_within(file, fs::weakly_canonical(document, error)))
    return "lies outside of the project";
  if (fs::file_size(file, error) > most_bytes) return "is too large for a style";
  return "";
}

}  // namespace

std::vector<Diagnostic> faults_of_style(const manuscript::Source& style) { return Markup(style).run(); }

CitationStyle find_style(const NamedFile& named, const fs::path& chapters, const fs::path& document) {
  CitationStyle style;
  if (named.name.empty()) return style;
  const auto fail = [&](std::string message, std::string hint) {
    style.errors.push_back(manuscript::error_at(named.source, named.place, std::move(message), std::move(hint)));
    return style;
  };
  const fs::path project = publish::project_folder(chapters);
  if (fs::path(named.name).is_absolute())
    return fail(fmt::format("the style '{}' is named by its whole path", named.name),
                "put the file beside the chapters, and name it alone");
  fs::path file = chapters / named.name;
  std::error_code error;
  if (!fs::exists(file, error)) file = document / named.name;
  if (!fs::exists(file, error))
    return fail(fmt::format("there is no style '{}'", named.name),
                "a style is a file beside the chapters or beside report.yaml");
  if (const std::string why = refusal_of(file, project, document); !why.empty())
    return fail(fmt::format("'{}' {}", named.name, why), "a style is a file beside the chapters or beside report.yaml");
  const manuscript::Source source{
      (sys::named_folder(file.parent_path()) / file.filename()).lexically_relative(document).string(),
      sys::read_file(file)};
  style.errors = faults_of_style(source);
  if (style.errors.empty()) style.file = file;
  return style;
}

}  // namespace engine
