// What the codes of a PDF's simple fonts mean, by their ToUnicode maps (ISO 32000-1, 9.10.3), as pdfTeX writes them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

class QPDFObjectHandle;

namespace publish::tags {

/// The maps of a document's fonts, each read once.
class GlyphText {
 public:
  /// A shown string in UTF-8; codes that the font's map does not have are left out.
  std::string text(const QPDFObjectHandle& font, const std::string& codes);

 private:
  using Map = std::map<unsigned char, std::string>;
  std::map<std::pair<int, int>, Map> maps_;  // by a font's object
};

/// A map's text: lines of bfchar and bfrange for codes of one byte, what they mean in UTF-16.
std::map<unsigned char, std::string> read_code_map(const std::string& cmap);

}  // namespace publish::tags
