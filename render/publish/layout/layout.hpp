// How a document is laid out, apart from its text: paper, class, contents, lists, marks, typefaces.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "publish/layout/paper.hpp"
#include "publish/layout/typefaces.hpp"

namespace publish {

/// The colours of links, as "#004a7c"; empty: the house's.
struct LinkColors {
  std::string light, dark;
};

struct Layout {
  const Paper* paper = &papers().front();
  bool is_article = false;  // without chapters: headings of the first level are sections
  bool has_contents = true;
  std::optional<int> contents;  // levels in the contents; each format has a number of its own
  bool lists_figures = false, lists_tables = false;
  bool numbers_lines = false;  // in print
  bool is_draft = false;
  bool is_withheld = false;  // not all of its figures could be made, since code of its own was not run
  LinkColors links;
  Typefaces typefaces;
};

/// The layout as the theme's filter reads it; also a part of a document's key.
nlohmann::json filter_form(const Layout& layout);

/// The rules that a page needs beside report.css for what it has of a layout; none for the usual one. `theme` is the
/// theme's folder, `dark` asks for those of the dark page. Throws FileError.
std::string page_style(const Layout& layout, const std::string& theme, bool dark);

}  // namespace publish
