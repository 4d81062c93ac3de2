// A page's Content-Security-Policy.
// See content_policy.hpp.
#include "publish/page/content_policy.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "publish/base64.hpp"
#include "system/checksum.hpp"

namespace publish {
namespace {

const std::string scripts_begin = "; script-src";

/// How a policy names a text: 'sha256-...'.
std::string source(std::string_view text) {
  std::vector<std::uint8_t> digest;
  const std::string hex = sys::sha256(text);
  for (std::size_t i = 0; i < hex.size(); i += 2)
    digest.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return " 'sha256-" + base64(digest.data(), digest.data() + digest.size()) + "'";
}

std::string sources(const std::vector<std::string>& texts) {
  std::string list;
  for (const auto& text : texts) list += source(text);
  return list;
}

}  // namespace

std::string content_policy(const std::vector<std::string>& styles, const std::vector<std::string>& scripts,
                           bool runs_module) {
  // Browsers that do not tell elements from attributes go by style-src.
  return fmt::format(
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; media-src data:; "
      "font-src data:; "
      "style-src 'unsafe-inline'; style-src-attr 'unsafe-inline'; style-src-elem{}{}{}{}; base-uri 'none'; form-action "
      "'none'\">\n",
      sources(styles), scripts_begin, sources(scripts), runs_module ? " 'wasm-unsafe-eval'" : "");
}

void allow_script_with_server(std::string& page, std::string_view script) {
  const auto policy = page.find("<meta http-equiv=\"Content-Security-Policy\"");
  const auto at = page.find(scripts_begin, policy == std::string::npos ? page.size() : policy);
  if (at != std::string::npos)
    page.replace(at, scripts_begin.size(), "; connect-src 'self'" + scripts_begin + source(script));
}

}  // namespace publish
