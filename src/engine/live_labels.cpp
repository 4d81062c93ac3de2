// REPORT_LIVE_LABELS is a list out of the module's sources (live_labels.sh): a line for each command of TeX, each
// escaped sign, "\u2212", and each run of signs beyond ASCII. See live_labels.hpp.
#include "engine/live_labels.hpp"

#include <sstream>
#include <string>
#include <string_view>

#include "manuscript/unicode.hpp"
#include "plot/text/symbol.hpp"

namespace engine {
namespace {

constexpr std::string_view list =
#include REPORT_LIVE_LABELS
    ;
constexpr std::size_t escape_length = 6;  // of "\u2212"

void add(const plot::Symbol& symbol, publish::PageSigns& signs) {
  publish::add_signs(symbol.glyph, signs);
  if (symbol.face != plot::Face::math) return;
  publish::PageSigns glyph;
  publish::add_signs(symbol.glyph, glyph);
  signs.mathematics.merge(glyph.text);
}

void add_command(const std::string& name, publish::PageSigns& signs) {
  if (const plot::Symbol* symbol = plot::find_symbol(name)) add(*symbol, signs);
  if (name != "mathcal") return;
  for (char letter = 'A'; letter <= 'Z'; ++letter) add(plot::script_symbol(letter), signs);
}

}  // namespace

publish::PageSigns signs_of_live_labels() {
  publish::PageSigns signs;
  for (char c = ' '; c <= '~'; ++c) add(plot::character_symbol(std::string(1, c)), signs);
  std::istringstream lines{std::string(list)};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("\\u") && line.size() == escape_length)
      line = manuscript::encode(static_cast<char32_t>(std::stoul(line.substr(2), nullptr, 16)));
    if (line.starts_with("\\"))
      add_command(line.substr(1), signs);
    else
      add({.glyph = line, .plain = line, .face = plot::Face::math}, signs);  // if a formula has it
  }
  return signs;
}

}  // namespace engine
