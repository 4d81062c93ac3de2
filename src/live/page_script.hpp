// What a served page has in addition to the one on disk: it hears of changes, puts what changed in the place of what it
// was, and shows mistakes over the text.
#pragma once

#include <string>
#include <string_view>

namespace live {

/// What tells a page from others, and what stands around its text: pages that differ in their texts alone need not be
/// loaded anew.
struct PageVersion {
  std::string page, frame;  // empty: there is no page
};
PageVersion version_of(std::string_view page);

/// The page with the script in it. `version` is the page's own, to be compared with that of the events.
std::string with_script(std::string page, const PageVersion& version);

/// What is served as long as there is no page.
std::string waiting_page();

}  // namespace live
