// Only a look, from one line: whether it is a directive is for the parser of blocks to say.
#include "manuscript/markdown/fence.hpp"

#include "text/characters.hpp"

namespace manuscript {
namespace {

bool has_two_words(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  const std::size_t blank = first == std::string_view::npos ? first : text.find_first_of(" \t", first);
  return blank != std::string_view::npos && text.find_first_not_of(" \t", blank) != std::string_view::npos;
}

/// Whether attributes, which may not end, hold a class.
bool has_class(std::string_view inside, std::string_view name) {
  for (std::size_t at = inside.find(name); at != std::string_view::npos; at = inside.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool ends = end == inside.size() || std::string_view(" \t}").find(inside[end]) != std::string_view::npos;
    if (at > 0 && inside[at - 1] == '.' && ends) return true;
  }
  return false;
}

std::size_t find_id(std::string_view text, const DirectiveKind& kind) {
  for (std::size_t at = text.find(kind.prefix); at != std::string_view::npos; at = text.find(kind.prefix, at + 1))
    if (at > 0 && text[at - 1] == '#') return at - 1;
  return std::string_view::npos;
}

bool belongs_to(std::string_view inside, const DirectiveKind& kind) {
  return has_class(inside, kind.name) || find_id(inside, kind) != std::string_view::npos;
}

}  // namespace

bool looks_like_directive(std::string_view text) {
  using text::npos;
  const std::size_t fence = text.find_first_not_of(" \t");
  if (fence == npos || (text[fence] != '`' && text[fence] != '~')) return false;
  const std::size_t after = text.find_first_not_of(text[fence], fence);
  if (after == npos || after - fence < 3) return false;
  const std::size_t open = text.find('{', after);
  if (open == npos || has_two_words(text.substr(after, open - after))) return false;
  const std::string_view inside = text.substr(open, text.find('}', open) - open);
  return belongs_to(inside, figure_directive) || belongs_to(inside, table_directive);
}

const DirectiveKind& kind_in(std::string_view text) {
  const std::size_t open = text.find('{');
  const std::string_view inside = open == std::string_view::npos ? text : text.substr(open);
  return belongs_to(inside, table_directive) && !has_class(inside, figure_directive.name) ? table_directive
                                                                                          : figure_directive;
}

std::string_view directive_id_in(std::string_view line) {
  for (const auto* kind : {&figure_directive, &table_directive})
    if (const std::size_t at = find_id(line, *kind); at != std::string_view::npos)
      return line.substr(at + 1, line.find_first_of(" \t}\n", at) - at - 1);
  return {};
}

}  // namespace manuscript
