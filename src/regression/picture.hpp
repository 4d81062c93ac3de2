// The third layer: the picture, as an eye would compare it. Typefaces and rasterisers differ between machines, so that
// a difference here alone is "rendering only"; but a picture whose ink has gone is wrong whatever the data say.
#pragma once

#include <string>

#include "cairo/picture.hpp"

namespace regression {

struct PictureComparison {
  std::string words;          // what an eye would see; empty: nothing
  std::string missing_ink;    // why the picture cannot show what its scene says; empty: it can
  cairo::Picture difference;  // now in grey, with what is only there in one and what in the other in two colours
};

PictureComparison compare_pictures(const cairo::Picture& now, const cairo::Picture& reference);

}  // namespace regression
