// See kept_page.hpp.
#include "publish/page/kept_page.hpp"

#include <nlohmann/json.hpp>

#include "system/files.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

Json to_json(const PagePart& p) { return {p.text, p.notes, p.code_blocks, p.is_free}; }

PagePart part_from(const Json& json) { return {json.at(0), json.at(1), json.at(2), json.at(3)}; }

}  // namespace

void keep_page(const fs::path& file, const KeptPage& page) {
  Json units = Json::array();
  for (std::size_t k = 0; k < page.units.size(); ++k) {
    const KeptUnit& u = page.units[k];
    units.push_back({u.text, u.names, u.labels, to_json(page.parts.units[k])});
  }
  const auto bytes = Json::to_cbor(
      {page.key, page.is_in_sections, units, page.parts.head, to_json(page.parts.tail), page.parts.ending, page.said});
  sys::write_file(file, std::string(bytes.begin(), bytes.end()));
}

std::optional<KeptPage> kept_page(const fs::path& file) {
  if (!fs::exists(file)) return std::nullopt;
  const Json json = Json::from_cbor(sys::read_file(file), true, false);
  try {
    KeptPage page;
    page.key = json.at(0);
    page.is_in_sections = json.at(1);
    for (const Json& u : json.at(2)) {
      page.units.push_back({u.at(0), u.at(1), u.at(2)});
      page.parts.units.push_back(part_from(u.at(3)));
    }
    page.parts.head = json.at(3);
    page.parts.tail = part_from(json.at(4));
    page.parts.ending = json.at(5);
    page.said = json.at(6).get<std::vector<std::string>>();
    return page;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

}  // namespace publish
