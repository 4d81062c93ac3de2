// See filter_table.hpp.
#include "publish/filter_table.hpp"

#include <cstdlib>
#include <sstream>

#include "manuscript/markdown/latex_commands.hpp"
#include "manuscript/pandoc_text.hpp"
#include "publish/words.hpp"
#include "text/number.hpp"

namespace publish {
namespace {

using Json = nlohmann::json;

/// As the filter sets them.
Json pieces(const std::vector<text::TextPiece>& all) {
  Json list = Json::array();
  for (const auto& piece : all) list.push_back({{piece.is_formula ? "formula" : "words", piece.content}});
  return list;
}

/// Of a plain text the powers of ten are mathematics.
Json pieces(const std::string& plain) { return pieces(text::pieces(plain)); }

/// A table as the filter makes one of it: numbers in pieces, other cells as texts.
Json table_of(const DocumentTable& made) {
  Json table{{"id", made.id}, {"caption", made.caption}, {"columns", Json::array()}, {"rows", Json::array()}};
  for (const auto& c : made.columns)
    table["columns"].push_back(
        {{"header", c.header}, {"is_markdown", c.is_markdown}, {"unit", c.unit}, {"align", c.align}});
  for (const auto& row : made.rows) {
    Json& cells = table["rows"].emplace_back(Json::array());
    for (const auto& cell : row)
      cells.push_back(cell.is_number && !cell.text.empty() ? pieces(cell.text) : Json(cell.text));
  }
  return table;
}

/// A short caption as the filter sets it: words, and formulas between its dollars.
Json short_pieces(const std::string& text) {
  Json list = Json::array();
  std::size_t at = 0;
  const auto words = [&](std::size_t end) {
    if (end > at) list.push_back({{"words", text.substr(at, end - at)}});
  };
  for (const auto& [begin, end] : manuscript::formulas_in(text)) {
    words(begin);
    list.push_back({{"formula", text.substr(begin + 1, end - begin - 2)}});
    at = end;
  }
  words(text.size());
  return list;
}

/// What a figure was made of, in a line.
std::string settings(const DocumentFigure& figure) {
  std::string line;
  for (const auto& [name, value] : figure.facts) line += (line.empty() ? "" : "; ") + name + " " + value;
  return line + ".";
}

/// "2026-01-31" as "31 January 2026".
std::string long_date(const std::string& day, const text::Words& words) {
  if (day.size() != 10) return day;
  const int month = std::atoi(day.substr(5, 2).c_str()), number = std::atoi(day.substr(8, 2).c_str());
  std::istringstream months(words["months"]);
  std::string name;
  for (int i = 0; i < month; ++i) months >> name;
  if (!months || month < 1) return day;
  return words.say({"date",
                    {{"day", number == 1 ? words["first_day"] : std::to_string(number)},
                     {"month", name},
                     {"year", day.substr(0, 4)}}});
}

/// Whether the words are of the document's language.
bool speaks_language(const Publication& publication) {
  const std::string tag = language_of(publication.metadata);
  return tag.empty() || has_words(publication.theme, tag);
}

}  // namespace

Json filter_table(const Publication& publication, const text::Words& words, const std::string& format,
                  const FigurePart& picture, const FigurePart& reading, const FigurePart& live) {
  Json table{{"format", format},
             {"date", publication.date},
             {"long_date", speaks_language(publication) ? long_date(publication.date, words) : publication.date},
             {"words", words.all()},
             {"metadata", publication.metadata},
             {"text_width", publication.layout.paper->word_text},
             {"layout", filter_form(publication.layout)},
             {"figures", Json::array()},
             {"values", Json::array()},
             {"value_blocks", publication.value_blocks},
             {"claims", Json::array()},
             {"tables", Json::array()}};
  table["links"] = publication.links.empty() ? Json::object() : Json(publication.links);
  for (const auto& f : publication.figures)
    table["figures"].push_back({{"id", f.id},
                                {"caption", f.caption},
                                {"short", short_pieces(f.short_caption)},
                                {"alt", f.alt},
                                {"title", f.title},
                                {"picture", picture(f)},
                                {"width", f.width_mm},
                                {"height", f.height_mm},
                                {"csv", f.csv_href},
                                {"json", f.json_href},
                                {"png", f.png_href},
                                {"facts", f.facts},
                                {"settings", pieces(settings(f))},
                                {"rerun", f.rerun},
                                {"reading", reading(f)},
                                {"live", live(f)}});
  for (const auto& v : publication.values)
    table["values"].push_back({{"class", manuscript::class_of_statement(v.number)},
                               {"expression", v.expression},
                               {"command", manuscript::command_of_value(v.number)},
                               {"pieces", pieces(v.pieces)},
                               {"formula", v.formula},
                               {"place", v.place}});
  for (const auto& c : publication.claims)
    table["claims"].push_back({{"class", manuscript::class_of_statement(c.number)},
                               {"condition", c.condition},
                               {"pieces", pieces(c.numbers)},
                               {"judged", c.is_judged},
                               {"holds", c.holds},
                               {"place", c.place},
                               {"figures", c.figures},
                               {"values", c.values}});
  for (const auto& t : publication.tables) table["tables"].push_back(table_of(t));
  return table;
}

}  // namespace publish
