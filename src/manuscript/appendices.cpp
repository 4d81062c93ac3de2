// The classes of a heading stand at the end of its line; its level in the signs before its words, or in the line below.
#include "manuscript/appendices.hpp"

#include <algorithm>
#include <optional>

#include "manuscript/markdown/attributes.hpp"
#include "manuscript/markdown/lines.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::npos;

/// A heading's line, taken apart.
struct Line {
  int level = 1;
  std::size_t brace = 0;  // where its attributes begin
  std::optional<Attributes> attributes;
  bool is_last = false;  // nothing comes after it in its chapter

  bool has(const char* name) const { return attributes && attributes->has_class(name); }
};

Line line_of(const Heading& heading, const Lines& lines) {
  Line found;
  const int number = heading.place.line;
  const std::string_view line = lines.line(number), next = lines.line(number + 1);
  const std::size_t first = line.find_first_not_of(" \t");
  if (first != npos && line[first] == '#')
    found.level = static_cast<int>(std::min(line.find_first_not_of('#', first), line.size()) - first);
  else
    found.level = next.find('=') != npos ? 1 : 2;
  const std::size_t end = line.find_last_not_of(" \t") + 1;
  found.brace = line.rfind('{');
  if (found.brace != npos && line.substr(0, end).ends_with('}'))
    found.attributes = parse_attributes(line.substr(found.brace, end - found.brace));
  const std::size_t behind = std::min(lines.start(number) + line.size(), lines.text().size());
  found.is_last = lines.text().find_first_not_of(" \t\n=-", behind) == npos;
  return found;
}

class HeadingCheck {
 public:
  std::vector<Diagnostic> run(const std::vector<Chapter>& chapters) {
    for (const Chapter& chapter : chapters) {
      if (chapter.headings.empty() || !chapter.source.file.ends_with(".md")) continue;
      const Lines lines(chapter.source);
      for (const Heading& heading : chapter.headings) look_at(heading, lines, &chapter == &chapters.back());
    }
    return std::move(errors_);
  }

 private:
  void look_at(const Heading& heading, const Lines& lines, bool is_last_chapter) {
    const Line line = line_of(heading, lines);
    const auto fail = [&](std::string message, std::string hint) {
      errors_.push_back(lines.error(heading.place, std::move(message), std::move(hint)));
    };
    if (line.attributes) look_for_slips(*line.attributes, line.brace, heading.place.line, lines);
    if (line.has("appendix") && line.level != 1)
      fail("an appendix is a heading of the first level", "write it with one #; what stands below it bears its letter");
    else if (line.has("appendix") && line.has("unnumbered"))
      fail("an appendix bears a letter, but this one is without a number", "remove one of the two classes");
    else if (line.has("appendix"))
      first_ = first_.empty()
                   ? "line " + std::to_string(heading.place.line) + " of " + without_folders(heading.place.file)
                   : first_;
    else if (!first_.empty() && line.level == 1 && !line.has("unnumbered") && !(line.is_last && is_last_chapter))
      fail("this chapter stands behind the appendix in " + first_,
           "make it {.appendix} or {.unnumbered}, or put it before");
  }

  void look_for_slips(const Attributes& attributes, std::size_t brace, int number, const Lines& lines) {
    for (std::size_t k = 0; k < attributes.classes.size(); ++k)
      if (const std::string& name = attributes.classes[k]; is_slip(name, "appendix"))
        errors_.push_back(lines.error(lines.place(number, brace + attributes.class_offsets[k] - 1, name.size() + 1),
                                      "unknown class '." + name + "'", "did you mean '.appendix'?"));
  }

  std::string first_;  // where the first appendix stands
  std::vector<Diagnostic> errors_;
};

}  // namespace

std::vector<Diagnostic> check_appendices(const std::vector<Chapter>& chapters) { return HeadingCheck().run(chapters); }

}  // namespace manuscript
