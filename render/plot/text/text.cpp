// Labels put on paper: aligned, broken into lines, with the box that they cover.
// See text.hpp.
#include "plot/text/text.hpp"

#include "plot/style.hpp"

namespace plot {

namespace {

/// Words of one line: runs without a space outside dollar signs.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  bool mathematics = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool escaped = i > 0 && line[i - 1] == '\\';
    if (c == '$' && !escaped) mathematics = !mathematics;
    if (c == ' ' && !mathematics) {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  if (words.size() > 1 && words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

TextItem write(const SetLabel& label, PaperPoint origin, Ink ink, bool halo) {
  TextItem item;
  item.origin = origin;
  item.runs = label.runs;
  item.ink = ink;
  item.halo = halo;
  return item;
}

TextItem write(const SetLabel& label, PaperPoint origin, Anchor anchor, Ink ink, bool halo) {
  if (anchor == Anchor::centre) origin.x -= label.width / 2;
  if (anchor == Anchor::right) origin.x -= label.width;
  return write(label, origin, ink, halo);
}

Box text_box(PaperPoint origin, double width, double size) {
  return {origin.x, origin.y - 0.8 * size, origin.x + width, origin.y + descender * size};
}

std::vector<std::string> break_lines(std::string_view label, double width, double size, const Measure& measure) {
  std::vector<std::string> lines;
  while (!label.empty()) {
    const std::size_t feed = std::min(label.find('\n'), label.size());
    const std::string_view given = label.substr(0, feed);
    label.remove_prefix(std::min(feed + 1, label.size()));
    if (set_label(given, size, measure).width <= width) {
      lines.emplace_back(given);  // with its own spaces
      continue;
    }
    std::string line;
    for (const std::string& word : words_of(given)) {
      const std::string longer = line.empty() ? word : line + " " + word;
      if (!line.empty() && set_label(longer, size, measure).width > width) {
        lines.push_back(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace plot
