// What a document says of all its drawings: what room its paper has for them, and in which colours they are.
#pragma once

#include <nlohmann/json.hpp>

#include "cairo/inks.hpp"

namespace engine {

struct DocumentLooks {
  bool has_margin = true;  // else no figure is wider than the text's column
  cairo::Inks inks = cairo::house_inks();
};

/// What a drawing depends on of these.
nlohmann::ordered_json key_form(const DocumentLooks& looks);

}  // namespace engine
