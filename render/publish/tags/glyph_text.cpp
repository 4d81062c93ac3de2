#include "publish/tags/glyph_text.hpp"

#include <sstream>
#include <vector>

#include "publish/tags/qpdf.hpp"

namespace publish::tags {
namespace {

/// "<0066>" -> the bytes.
std::string bytes_of(const std::string& token) {
  return token.size() < 2 ? "" : QUtil::hex_decode(token.substr(1, token.size() - 2));
}

std::string utf8_of(const std::string& utf16) { return QUtil::utf16_to_utf8("\xFE\xFF" + utf16); }

unsigned char code_of(const std::string& token) {
  const std::string bytes = bytes_of(token);
  return bytes.empty() ? '\0' : static_cast<unsigned char>(bytes.back());
}

/// The tokens of a map, of which "<0041><0042>" is two.
std::vector<std::string> tokens_of(const std::string& text) {
  std::string spaced;
  for (const char sign : text) {
    if (sign == '<' || sign == '[' || sign == ']') spaced += ' ';
    spaced += sign;
    if (sign == '>' || sign == '[' || sign == ']') spaced += ' ';
  }
  std::istringstream stream(spaced);
  std::vector<std::string> tokens;
  for (std::string token; stream >> token;) tokens.push_back(token);
  return tokens;
}

/// A UTF-16 text whose last unit is moved on.
std::string moved_on(std::string utf16, int by) {
  if (utf16.size() < 2) return utf16;
  const auto unit = [&](std::size_t at) { return static_cast<unsigned char>(utf16[at]); };
  const int last = unit(utf16.size() - 2) * 256 + unit(utf16.size() - 1) + by;
  utf16[utf16.size() - 2] = static_cast<char>(last / 256 % 256);
  utf16[utf16.size() - 1] = static_cast<char>(last % 256);
  return utf16;
}

}  // namespace

std::map<unsigned char, std::string> read_code_map(const std::string& cmap) {
  std::map<unsigned char, std::string> map;
  const auto tokens = tokens_of(cmap);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at] == "beginbfchar") {
      for (++at; at + 1 < tokens.size() && tokens[at] != "endbfchar"; at += 2)
        map[code_of(tokens[at])] = utf8_of(bytes_of(tokens[at + 1]));
    } else if (tokens[at] == "beginbfrange") {
      for (++at; at + 2 < tokens.size() && tokens[at] != "endbfrange";) {
        const int first = code_of(tokens[at]), last = code_of(tokens[at + 1]);
        at += 2;
        const bool each = tokens[at] == "[";
        if (each) ++at;
        for (int code = first; code <= last && at < tokens.size(); ++code)
          map[static_cast<unsigned char>(code)] =
              utf8_of(each ? bytes_of(tokens[at++]) : moved_on(bytes_of(tokens[at]), code - first));
        ++at;
      }
    }
  }
  return map;
}

std::string GlyphText::text(const QPDFObjectHandle& given, const std::string& codes) {
  QPDFObjectHandle font = given;
  const auto object = font.getObjGen();
  const auto [found, is_new] = maps_.try_emplace({object.getObj(), object.getGen()});
  if (is_new && font.isDictionary() && font.getKey("/ToUnicode").isStream()) {
    const auto data = font.getKey("/ToUnicode").getStreamData();
    found->second = read_code_map({reinterpret_cast<const char*>(data->getBuffer()), data->getSize()});
  }
  std::string text;
  for (const char code : codes)
    if (const auto meant = found->second.find(static_cast<unsigned char>(code)); meant != found->second.end())
      text += meant->second;
  return text;
}

}  // namespace publish::tags
