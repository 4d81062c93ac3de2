// See layout.hpp.
#include "publish/layout/layout.hpp"

#include <fmt/format.h>

#include "system/files.hpp"

namespace publish {
namespace {

using Json = nlohmann::json;

/// "117", "215.9": as TeX and CSS take it.
std::string shortest(double millimetres) { return fmt::format("{:.6g}", millimetres); }

Json paper_form(const Paper& paper) {
  return {{"name", paper.name},
          {"left", shortest(paper.left)},
          {"text", shortest(paper.text)},
          {"full", shortest(paper.full)},
          {"top", shortest(paper.top)},
          {"text_height", shortest(paper.text_height)},
          {"has_margin", paper.has_margin()}};
}

}  // namespace

Json filter_form(const Layout& layout) {
  Json form{{"paper", paper_form(*layout.paper)},
            {"article", layout.is_article},
            {"lists_figures", layout.lists_figures},
            {"lists_tables", layout.lists_tables},
            {"numbers_lines", layout.numbers_lines},
            {"draft", layout.is_draft},
            {"withheld", layout.is_withheld},
            {"link_colour", layout.links.light},
            {"link_colour_dark", layout.links.dark},
            {"typefaces", layout.typefaces.are_usual() ? "" : latex_of(layout.typefaces)}};
  form["contents"] = layout.has_contents;
  if (layout.contents) form["levels"] = *layout.contents;
  return form;
}

std::string page_style(const Layout& layout, const std::string& theme, bool dark) {
  std::string css;
  const std::string& link = dark ? layout.links.dark : layout.links.light;
  if (!link.empty()) css += fmt::format(":root {{ --link: {}; }}\n", link);
  if (dark) return css;
  if (!link.empty()) css += fmt::format("@media print {{ :root {{ --link: {}; }} }}\n", link);
  css += css_of(layout.typefaces);
  const auto theme_file = [&](const char* name) { return sys::read_file(theme + "/" + name); };
  if (layout.is_article) css += theme_file("article.css");
  if (layout.lists_figures || layout.lists_tables) css += theme_file("lists.css");
  if (layout.is_draft || layout.is_withheld) css += theme_file("head-note.css");
  if (layout.is_draft) css += theme_file("draft.css");
  if (layout.paper != &papers().front())
    css += fmt::format("@media print {{ @page {{ size: {}mm {}mm; }} }}\n", shortest(layout.paper->width),
                       shortest(layout.paper->height));
  return css;
}

}  // namespace publish
