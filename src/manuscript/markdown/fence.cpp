// Only a look, from one line: whether it is a directive is for the parser of blocks to say.
#include "manuscript/markdown/fence.hpp"

namespace manuscript {
namespace {

bool has_two_words(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  const std::size_t blank = first == std::string_view::npos ? first : text.find_first_of(" \t", first);
  return blank != std::string_view::npos && text.find_first_not_of(" \t", blank) != std::string_view::npos;
}

}  // namespace

bool looks_like_directive(std::string_view text) {
  constexpr auto npos = std::string_view::npos;
  const std::size_t fence = text.find_first_not_of(" \t");
  if (fence == npos || (text[fence] != '`' && text[fence] != '~')) return false;
  const std::size_t after = text.find_first_not_of(text[fence], fence);
  if (after == npos || after - fence < 3) return false;
  const std::size_t open = text.find('{', after);
  if (open == npos || has_two_words(text.substr(after, open - after))) return false;
  const std::string_view inside = text.substr(open, text.find('}', open) - open);
  const std::size_t name = inside.find(".figure");
  const bool has_class =
      name != npos && (name + 7 == inside.size() || inside[name + 7] == ' ' || inside[name + 7] == '\t');
  return has_class || inside.find("#fig:") != npos;
}

std::string_view figure_id_in(std::string_view line) {
  const std::size_t at = line.find("#fig:");
  return at == std::string_view::npos ? std::string_view()
                                      : line.substr(at + 1, line.find_first_of(" \t}\n", at) - at - 1);
}

}  // namespace manuscript
