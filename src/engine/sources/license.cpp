// The SPDX License List (https://spdx.org/licenses/): those that texts, data and code of reports are published under.
// The licences of Creative Commons are made of their elements; which versions there are, and which of these were ported
// to countries, is from https://creativecommons.org/licenses/list.en.
#include "engine/sources/license.hpp"

#include <algorithm>
#include <regex>

#include "manuscript/diagnostic.hpp"
#include "text/characters.hpp"

namespace engine {
namespace {

const std::vector<std::string>& others() {
  static const std::vector<std::string> ids{"0BSD",
                                            "AFL-3.0",
                                            "AGPL-3.0-only",
                                            "AGPL-3.0-or-later",
                                            "Apache-2.0",
                                            "Artistic-2.0",
                                            "BSD-2-Clause",
                                            "BSD-3-Clause",
                                            "BSL-1.0",
                                            "CDLA-Permissive-2.0",
                                            "CDLA-Sharing-1.0",
                                            "CECILL-2.1",
                                            "ECL-2.0",
                                            "EPL-2.0",
                                            "EUPL-1.2",
                                            "FSFAP",
                                            "GFDL-1.3-only",
                                            "GFDL-1.3-or-later",
                                            "GPL-2.0-only",
                                            "GPL-2.0-or-later",
                                            "GPL-3.0-only",
                                            "GPL-3.0-or-later",
                                            "ISC",
                                            "LAL-1.3",
                                            "LGPL-2.1-only",
                                            "LGPL-2.1-or-later",
                                            "LGPL-3.0-only",
                                            "LGPL-3.0-or-later",
                                            "LPPL-1.3c",
                                            "MIT",
                                            "MIT-0",
                                            "MPL-2.0",
                                            "MS-PL",
                                            "NCSA",
                                            "O-UDA-1.0",
                                            "ODC-By-1.0",
                                            "ODbL-1.0",
                                            "OFL-1.1",
                                            "OGL-UK-3.0",
                                            "OSL-3.0",
                                            "PDDL-1.0",
                                            "PSF-2.0",
                                            "Unlicense",
                                            "UPL-1.0",
                                            "WTFPL",
                                            "Zlib",
                                            "etalab-2.0"};
  return ids;
}

const std::vector<std::string>& creative_commons() {
  static const std::vector<std::string> ids = [] {
    std::vector<std::string> list{"CC0-1.0", "CC-PDM-1.0"};
    for (const char* elements : {"BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND"})
      for (const char* version : {"4.0", "3.0", "2.5", "2.0", "1.0"})
        list.push_back(std::string("CC-") + elements + "-" + version);
    return list;
  }();
  return ids;
}

/// "CC-BY-NC-4.0" as its address, and as readers know it.
License described(const std::string& id) {
  const std::string version = id.substr(id.rfind('-') + 1), elements = id.substr(0, id.rfind('-'));
  if (elements == "CC0")
    return {id, "CC0 " + version, "https://creativecommons.org/publicdomain/zero/" + version + "/"};
  if (elements == "CC-PDM")
    return {id, "Public Domain Mark " + version, "https://creativecommons.org/publicdomain/mark/" + version + "/"};
  return {id, "CC " + elements.substr(3) + " " + version,
          "https://creativecommons.org/licenses/" + text::lowercase(elements.substr(3)) + "/" + version + "/"};
}

/// The identifier that a name or an address of Creative Commons' stands for, in small letters; other texts as they are.
std::string creative_commons_id(const std::string& text) {
  static const std::regex address(
      "https?://(?:www\\.)?creativecommons\\.org/(licenses|publicdomain)/([a-z-]+)/([0-9.]+)(?:/"
      "(?:(?:deed|legalcode)(?:\\.[a-z]+)?)?)?");
  static const std::regex name("cc[ -]*(0|(?:by(?:[ -](?:nc|nd|sa))*))[ -]+([0-9.]+)(?: international| universal)?");
  std::smatch part;
  if (std::regex_match(text, part, address)) {
    if (part[1] == "licenses") return "cc-" + part[2].str() + "-" + part[3].str();
    return (part[2] == "zero" ? "cc0-" : "cc-pdm-") + part[3].str();
  }
  if (!std::regex_match(text, part, name)) return text;
  std::string elements = part[1];
  std::replace(elements.begin(), elements.end(), ' ', '-');
  return (elements == "0" ? "cc0-" : "cc-" + elements + "-") + part[2].str();
}

}  // namespace

const std::vector<std::string>& license_ids() {
  static const std::vector<std::string> ids = [] {
    std::vector<std::string> list = creative_commons();
    list.insert(list.end(), others().begin(), others().end());
    return list;
  }();
  return ids;
}

std::string license_meant(const std::string& text) {
  std::string beginning = text::lowercase(text) + "-";
  std::replace(beginning.begin(), beginning.end(), ' ', '-');
  std::vector<std::string> going_on;
  for (const auto& id : license_ids())
    if (text::lowercase(id).starts_with(beginning)) going_on.push_back(id);
  if (going_on.empty()) return manuscript::did_you_mean(text, license_ids());
  const bool is_choice = going_on.size() == 2;
  return "did you mean '" + going_on[0] + (is_choice ? "' or '" + going_on[1] : "") + "'?";
}

std::optional<License> license_of(const std::string& text) {
  const std::string wanted = creative_commons_id(text::lowercase(text));
  for (const auto& id : creative_commons())
    if (text::lowercase(id) == wanted) return described(id);
  for (const auto& id : others())
    if (text::lowercase(id) == wanted) return License{id, id, "https://spdx.org/licenses/" + id + ".html"};
  return std::nullopt;
}

}  // namespace engine
