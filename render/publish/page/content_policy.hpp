// What a page may load and run: the styles and scripts that were put into it, each by its checksum, and nothing else.
// Content Security Policy Level 3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace publish {

/// The policy for a page whose <style> and <script> elements hold these texts, as the element of its head that says so.
/// Style attributes are allowed: drawings bear their inks in them, and they can load nothing. A page that `runs_module`
/// may compile WebAssembly, which its scripts must bring.
std::string content_policy(const std::vector<std::string>& styles, const std::vector<std::string>& scripts,
                           bool runs_module = false);

/// Lets one more script run in a page, and ask the server that the page came from.
void allow_script_with_server(std::string& page, std::string_view script);

}  // namespace publish
