// What a served page has in addition to the one on disk: it hears of changes, reloads, and shows mistakes over the
// text.
#pragma once

#include <string>
#include <string_view>

namespace live {

/// The page with the script in it. `version` is the page's own, to be compared with that of the events.
std::string with_script(std::string page, const std::string& version);

/// What is served as long as there is no page.
std::string waiting_page();

}  // namespace live
