// What the labels of live figures are written with.
#pragma once

#include "publish/page/page_signs.hpp"

namespace engine {

/// Every sign that a drawing of the page's module may show, whatever values a reader chooses, beside its document's own
/// words: those of ASCII, and what the sources of the module write, as mathematics shows them.
publish::PageSigns signs_of_live_labels();

}  // namespace engine
