// Fonts as pages carry them (W3C, WOFF File Format 2.0).
#pragma once

#include <string>

namespace publish {

/// An OpenType font whose outlines are PostScript's (CFF), compressed. It must be well formed.
std::string woff2(std::string font);

}  // namespace publish
