// See unit_heads.hpp.
#include "publish/page/unit_heads.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

namespace publish {
namespace {

struct Head {
  std::string_view ids, macros;
};

std::vector<Head> read_heads(std::string_view text) {
  std::vector<Head> heads;
  while (!text.empty()) {
    std::size_t size = 0;
    const std::size_t end = text.find('\n');
    const auto read = std::from_chars(text.data(), text.data() + text.size(), size);
    if (end == text.npos || read.ec != std::errc() || size + 1 > text.size() - end - 1) break;
    const auto digits = static_cast<std::size_t>(read.ptr - text.data());
    heads.push_back({text.substr(digits, end - digits), text.substr(end + 1, size)});
    text.remove_prefix(end + 1 + size + 1);
  }
  return heads;
}

template <class Each>
void each_id(std::string_view ids, const Each& each) {
  while (!ids.empty()) {
    ids.remove_prefix(std::min(ids.find_first_not_of(' '), ids.size()));
    const std::string_view id = ids.substr(0, ids.find(' '));
    if (!id.empty()) each(id);
    ids.remove_prefix(id.size());
  }
}

/// An ID without the numbers with which Pandoc tells headings of the same words apart, and whatever looks like them.
std::string_view stem(std::string_view id) {
  while (true) {
    const auto last = id.find_last_not_of("0123456789");
    if (last == id.npos || last + 1 == id.size() || id[last] != '-') return id;
    id = id.substr(0, last);
  }
}

}  // namespace

std::string text_before(std::string_view text, std::size_t first, std::size_t count, const std::string& words) {
  const auto heads = read_heads(text);
  std::set<std::string_view> stems;
  for (std::size_t k = first; k < first + count && k < heads.size(); ++k)
    each_id(heads[k].ids, [&](std::string_view id) { stems.insert(stem(id)); });
  std::string before;
  for (std::size_t k = 0; k < first && k < heads.size(); ++k) {
    if (!heads[k].macros.empty()) before.append(heads[k].macros).append("\n\n");
    each_id(heads[k].ids, [&](std::string_view id) {
      if (stems.contains(stem(id))) before.append("# ").append(words).append(" {#").append(id).append("}\n\n");
    });
  }
  return before;
}

}  // namespace publish
