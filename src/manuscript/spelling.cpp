// What was meant by a misspelt name: the nearest one by the restricted Damerau-Levenshtein distance (insertions,
// deletions, substitutions and exchanges of neighbours each cost one).
#include <algorithm>
#include <limits>

#include "manuscript/diagnostic.hpp"
#include "manuscript/unicode.hpp"

namespace manuscript {
namespace {

constexpr std::size_t longest_name = 200;  // longer ones are not slips of the finger

std::u32string letters_of(const std::string& text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    letters += c.value >= 'A' && c.value <= 'Z' ? c.value + ('a' - 'A') : c.value;
    at += c.bytes;
  }
  return letters;
}

std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      next[j] = std::min({row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] != b[j - 1])});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) next[j] = std::min(next[j], before[j - 2] + 1);
    }
    std::swap(before, row);
    std::swap(row, next);
  }
  return row[b.size()];
}

}  // namespace

std::string nearest(const std::string& name, const std::vector<std::string>& candidates) {
  if (name.empty() || name.size() > longest_name) return "";
  const std::u32string meant = letters_of(name);
  std::size_t least = std::max<std::size_t>(1, (meant.size() + 1) / 3) + 1;
  std::string best;
  for (const auto& candidate : candidates) {
    if (candidate.size() > longest_name || candidate == name) continue;
    const std::u32string letters = letters_of(candidate);
    const std::size_t lengths_apart =
        letters.size() > meant.size() ? letters.size() - meant.size() : meant.size() - letters.size();
    if (lengths_apart >= least) continue;
    const std::size_t distance = edit_distance(meant, letters);
    // A distance of all letters would call any two short names alike.
    if (distance < least && distance < std::max(meant.size(), letters.size())) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

bool is_slip(const std::string& given, const std::string& name) {
  if (given == name || given.size() > longest_name) return false;
  return edit_distance(letters_of(given), letters_of(name)) <= 1;
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& candidates) {
  const std::string best = nearest(name, candidates);
  return best.empty() ? "" : "did you mean '" + best + "'?";
}

}  // namespace manuscript
