// What a document is made of: chapters, figures, values and claims, as plain values.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "publish/layout/layout.hpp"
#include "publish/page/page_signs.hpp"
#include "store/store.hpp"
#include "system/stop_flag.hpp"
#include "text/number.hpp"

namespace publish {

/// A figure as the document shows it.
struct DocumentFigure {
  std::string id;       // "fig:bowl"
  std::string caption;  // Pandoc Markdown, parameters filled in
  std::string alt, title;
  std::string short_caption;  // plain text, with formulas between dollars; empty: what the caption says first
  std::filesystem::path pdf;  // absolute; a .png of the same stem beside it serves the formats without vectors
  std::string inline_svg;
  std::string book_svg;       // for screens that may be dark; empty: the .png serves
  std::string reading;        // JSON for the page's script; may be empty
  std::string live;           // JSON of what readers may move on the page; may be empty
  std::string frames;         // JSON of what they then see, where the page does not run the figure
  bool runs_in_page = false;  // by the module of live figures
  double width_mm = 0, height_mm = 0;
  std::string csv_href, json_href, png_href;               // relative to the page; may be empty
  std::vector<std::pair<std::string, std::string>> facts;  // experiment, parameters, data set, seed
  std::string rerun;                                       // "./build-report.sh figure fig:bowl"
};

/// A value of the text and what stands for it, in running text and in a formula. In the chapters it bears its number in
/// place of its class, or of the command \value (manuscript/pandoc_text.hpp).
struct Value {
  std::size_t number = 0;
  std::string expression;
  std::vector<text::TextPiece> pieces;
  std::string formula;
  std::string place;  // "chapters/01.md:12"
};

/// A span of class `claim`, with both sides' numbers and the verdict; it bears its number as a value does.
struct Claim {
  std::size_t number = 0;
  std::string condition, numbers;
  bool holds = false;
  std::string place;                 // "chapters/01.md:12"
  std::vector<std::string> figures;  // the IDs of those whose numbers these are
  std::vector<std::string> values;   // what the condition names: "limit = bowl: eta-max"
  bool is_judged = true;             // else its words stand in the text as any others do
};

/// A table that was made of a file, or of a figure's run; its block in the text is replaced by it.
struct DocumentTable {
  struct Column {
    std::string header;        // Markdown, or plain text
    bool is_markdown = false;  // the header
    std::string unit;          // Markdown
    std::string align;         // "left", "right", "center"
  };
  struct Cell {
    std::string text;  // empty: missing
    bool is_number = false;
  };
  std::string id;       // "tbl:voles"
  std::string caption;  // Pandoc Markdown
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
};

/// What a book's cover says, as plain text.
struct CoverWords {
  std::string title, subtitle;
  std::vector<std::string> authors;
};

struct Cover {
  std::string extension;                                // "png", "jpg"
  std::string alt;                                      // empty: that it is the cover, and the title
  std::function<std::string(const CoverWords&)> bytes;  // the picture
};

class KeptPandoc;

struct Publication {
  std::vector<std::filesystem::path> chapters;  // in order
  std::filesystem::path chapters_folder;        // what paths in the chapters start from, when they lie
                                                // elsewhere; may be empty
  std::map<std::string, std::string> links;     // to chapters: where they lead, by how they are written
  nlohmann::ordered_json metadata = nlohmann::ordered_json::array();  // fields, as engine/sources/metadata.hpp has them
  Layout layout;
  std::filesystem::path bibliography;    // may be empty
  std::filesystem::path citation_style;  // the document's own; may be empty
  std::filesystem::path theme;
  std::filesystem::path work;  // scratch directory, kept between builds
  std::vector<DocumentFigure> figures;
  std::vector<Value> values;
  int value_blocks = 0;  // of the class `values`, which are not printed
  std::vector<Claim> claims;
  std::vector<DocumentTable> tables;
  std::map<std::string, std::map<std::string, std::filesystem::path>>
      pictures;                         // by format, and by their paths in the text
  std::string date;                     // ISO 8601 day
  std::string ink_css, dark_ink_css;    // the figures' colours
  PageSigns live_signs;                 // what live figures may show beside what stands in the page
  const store::Store* store = nullptr;  // of what takes a moment to make; none: it is made each time
  bool in_units = true;                 // of the page, what did not change is taken from the last one; it is the same
  KeptPandoc* pandoc = nullptr;         // that is at hand for sections, between builds; none: one is started
  sys::StopFlag stop;
  std::optional<Cover> cover;  // a book's
  // What Pandoc, or one pass of LaTeX, may take; a book of a thousand pages takes a few seconds.
  std::chrono::milliseconds timeout{std::chrono::minutes(3)};
};

/// A document and what is not quite right with it: overfull lines, missing glyphs, Pandoc's warnings.
struct Document {
  std::string bytes;
  std::map<std::string, std::string> files;  // beside it in its folder, by their names from there
  std::vector<std::string> warnings;
};

/// Seconds from 1970 to the day's start (UTC), as SOURCE_DATE_EPOCH has it.
long long epoch_of_day(const std::string& day);

}  // namespace publish
