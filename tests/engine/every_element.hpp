// A document in which every block and inline of Pandoc stands within every other that can hold it,
// each with a word of its own, by which a test finds it again in every format.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace every_element {

using Json = nlohmann::json;

/// Words that stand nowhere else: "qaaax", "qaabx" and so on.
class Words {
 public:
  /// The next word; `where` says what it stands in.
  std::string next(const std::string& where) {
    std::string word = "q";
    for (std::size_t rest = list_.size(), k = 0; k < 3; ++k, rest /= 20) word += letters[rest % 20];
    word += "x";
    list_.emplace_back(word, where);
    return word;
  }
  const std::vector<std::pair<std::string, std::string>>& all() const { return list_; }

 private:
  static constexpr std::string_view letters =
      "abcdefghijklmnoprstu";  // none that ligatures, hyphens or formulas change
  std::vector<std::pair<std::string, std::string>> list_;
};

inline Json element(const char* type) { return {{"t", type}}; }
inline Json element(const char* type, Json content) { return {{"t", type}, {"c", std::move(content)}}; }
inline Json list(std::initializer_list<Json> items) { return Json(Json::array_t(items)); }
inline Json attributes(const char* id = "", Json classes = Json::array()) {
  return list({id, std::move(classes), Json::array()});
}
inline Json str(const std::string& text) { return element("Str", text); }
inline Json para(Json inlines) { return element("Para", std::move(inlines)); }
inline Json plain(Json inlines) { return element("Plain", std::move(inlines)); }

/// A word, or words, in one kind of inline.
struct Leaf {
  std::string name;
  std::function<Json(Words&, const std::string& where)> make;  // inlines
};

/// An inline or a block around inlines, or around blocks.
struct Holder {
  std::string name;
  std::function<Json(Json content)> around;  // inlines from inlines, or blocks
};

inline std::vector<Leaf> inline_leaves() {
  const auto one = [](auto make) {
    return [make](Words& words, const std::string& where) { return list({make(words.next(where))}); };
  };
  const auto between = [](Json middle) {
    return [middle](Words& words, const std::string& where) {
      return list({str(words.next(where)), middle, str(words.next(where))});
    };
  };
  return {
      {"Str", one([](const std::string& w) { return str(w); })},
      {"Space", between(element("Space"))},
      {"SoftBreak", between(element("SoftBreak"))},
      {"LineBreak", between(element("LineBreak"))},
      {"Code", one([](const std::string& w) {
         return element("Code", list({attributes(), w + " {_^~%#&$}"}));
       })},
      {"Math", one([](const std::string& w) {
         return element("Math", list({element("InlineMath"), "\\text{" + w + "}^2"}));
       })},
      {"RawInline tex", one([](const std::string& w) {
         return element("RawInline", list({"tex", "\\textsc{\\textbf{" + w + "}}"}));
       })},
      {"RawInline html",
       [](Words& words, const std::string& where) {
         return list({element("RawInline", list({"html", "<b>"})), str(words.next(where)),
                      element("RawInline", list({"html", "</b>"}))});
       }},
      {"Image", one([](const std::string& w) {
         return element("Image", list({attributes(), list({str(w)}), list({"p.png", ""})}));
       })},
  };
}

inline std::vector<Leaf> more_leaves() {
  return {
      {"DisplayMath",
       [](Words& words, const std::string& where) {
         return list({element("Math", list({element("DisplayMath"), "a = \\text{" + words.next(where) + "}"}))});
       }},
      {"Note",
       [](Words& words, const std::string& where) {
         return list({str(words.next(where)), element("Note", list({para(list({str(words.next(where))})),
                                                                    para(list({str(words.next(where))}))}))});
       }},
  };
}

inline std::vector<Holder> inline_holders() {
  const auto simple = [](const char* type) {
    return Holder{type, [type](Json content) { return list({element(type, std::move(content))}); }};
  };
  // Pandoc writes a superscript at the beginning of brackets as "[^x^]", and reads a note; struck-out subscripts at the
  // beginning of a line as "~~~x~~~", and reads code. A letter stands before them.
  const auto behind_letter = [](Json content) {
    content.insert(content.begin(), str("w"));
    return content;
  };
  const auto marked = [behind_letter](const char* type) {
    return Holder{type, [=](Json content) { return list({element(type, behind_letter(std::move(content)))}); }};
  };
  return {
      simple("Emph"),
      marked("Underline"),
      simple("Strong"),
      marked("Strikeout"),
      simple("Superscript"),
      marked("Subscript"),
      marked("SmallCaps"),
      {"SingleQuote",
       [](Json content) {
         return list({element("Quoted", list({element("SingleQuote"), std::move(content)}))});
       }},
      {"DoubleQuote",
       [](Json content) {
         return list({element("Quoted", list({element("DoubleQuote"), std::move(content)}))});
       }},
      {"Link",
       [behind_letter](Json content) {
         return list({element(
             "Link", list({attributes(), behind_letter(std::move(content)), list({"https://example.org/a_b", ""})}))});
       }},
      {"Span",
       [behind_letter](Json content) {
         return list({element("Span", list({attributes("", list({"some"})), behind_letter(std::move(content))}))});
       }},
      {"Cite",
       [](Json content) {
         const Json citation{{"citationId", "known"},
                             {"citationPrefix", std::move(content)},
                             {"citationSuffix", Json::array()},
                             {"citationMode", element("NormalCitation")},
                             {"citationNoteNum", 1},
                             {"citationHash", 0}};
         return list({element("Cite", list({list({citation}), list({str("x")})}))});
       }},
  };
}

inline Json cell(Json blocks, const char* alignment = "AlignDefault", int rows = 1, int columns = 1) {
  return list({attributes(), element(alignment), rows, columns, std::move(blocks)});
}
inline Json row(Json cells) { return list({attributes(), std::move(cells)}); }

/// One row below a heading row (or none), under a caption.
inline Json table(Json caption, Json heads, Json rows, const std::vector<const char*>& alignments, bool is_wide) {
  Json columns = Json::array();
  for (const char* alignment : alignments)
    columns.push_back(
        list({element(alignment), is_wide ? element("ColWidth", 0.9 / static_cast<double>(alignments.size()))
                                          : element("ColWidthDefault")}));
  return element(
      "Table",
      list({attributes(), list({nullptr, std::move(caption)}), columns, list({attributes(), std::move(heads)}),
            list({list({attributes(), 0, Json::array(), std::move(rows)})}), list({attributes(), Json::array()})}));
}

/// Blocks around inlines.
inline std::vector<Holder> paragraph_holders() {
  const auto heading = [](int level) {
    return [level](Json content) { return list({element("Header", list({level, attributes(), std::move(content)}))}); };
  };
  return {
      {"Para", [](Json content) { return list({para(std::move(content))}); }},
      {"Header 2", heading(2)},
      {"Header 5", heading(5)},
      {"LineBlock",
       [](Json content) {
         return list({element("LineBlock", list({content, list({str("x")})}))});
       }},
      {"term",
       [](Json content) {
         return list(
             {element("DefinitionList", list({list({std::move(content), list({list({para(list({str("x")}))})})})}))});
       }},
      {"item", [](Json content) { return list({element("BulletList", list({list({plain(std::move(content))})}))}); }},
      {"cell",
       [](Json content) {
         return list(
             {table(Json::array(),
                    list({row(list({cell(list({plain(list({str("h")}))})), cell(list({plain(list({str("h")}))}))}))}),
                    list({row(list({cell(list({plain(std::move(content))})), cell(list({plain(list({str("x")}))}))}))}),
                    {"AlignDefault", "AlignLeft"}, false)});
       }},
      {"head of a table",
       [](Json content) {
         return list(
             {table(Json::array(),
                    list({row(list({cell(list({plain(std::move(content))})), cell(list({plain(list({str("h")}))}))}))}),
                    list({row(list({cell(list({plain(list({str("x")}))})), cell(list({plain(list({str("x")}))}))}))}),
                    {"AlignDefault", "AlignLeft"}, false)});
       }},
      {"caption",
       [](Json content) {
         return list(
             {table(list({plain(std::move(content))}), list({row(list({cell(list({plain(list({str("h")}))}))}))}),
                    list({row(list({cell(list({plain(list({str("x")}))}))}))}), {"AlignDefault"}, false)});
       }},
      {"caption of a picture",
       [](Json content) {
         return list(
             {para(list({element("Image", list({attributes(), std::move(content), list({"p.png", "fig:"})}))}))});
       }},
  };
}

inline std::vector<Leaf> block_leaves() {
  const auto text = [](Words& words, const std::string& where) { return para(list({str(words.next(where))})); };
  const auto code = [](Json classes) {
    return [classes](Words& words, const std::string& where) {
      return list(
          {element("CodeBlock", list({attributes("", classes), "if x:\n    " + words.next(where) +
                                                                   "  # {_^~%#&$\\}\n\n├── " + words.next(where)}))});
    };
  };
  const auto numbered = [text](int start, const char* style, const char* delimiter) {
    return [=](Words& words, const std::string& where) {
      return list({element("OrderedList", list({list({start, element(style), element(delimiter)}),
                                                list({list({text(words, where)}), list({text(words, where)})})}))});
    };
  };
  std::vector<Leaf> leaves{
      {"Para",
       [text](Words& words, const std::string& where) {
         return list({text(words, where), text(words, where)});
       }},
      {"LineBlock",
       [](Words& words, const std::string& where) {
         return list({element("LineBlock", list({list({str(words.next(where))}), list({str(words.next(where))})}))});
       }},
      {"CodeBlock", code(Json::array())},
      {"CodeBlock python", code(list({"python"}))},
      {"RawBlock tex",
       [](Words& words, const std::string& where) {
         return list({element("RawBlock", list({"tex", "\\begin{center}\n" + words.next(where) + "\n\\end{center}"}))});
       }},
      {"RawBlock equation",
       [](Words& words, const std::string& where) {
         return list({element("RawBlock", list({"tex", "\\begin{align}\na &= \\text{" + words.next(where) +
                                                           "} \\\\\nb &= c\n\\end{align}"}))});
       }},
      {"BlockQuote",
       [text](Words& words, const std::string& where) {
         return list({element("BlockQuote", list({text(words, where)}))});
       }},
      {"BulletList",
       [text](Words& words, const std::string& where) {
         return list({element("BulletList",
                              list({list({text(words, where), text(words, where)}), list({text(words, where)})}))});
       }},
      {"tight BulletList",
       [](Words& words, const std::string& where) {
         return list({element("BulletList", list({list({plain(list({str(words.next(where))}))}),
                                                  list({plain(list({str(words.next(where))}))})}))});
       }},
      {"task list",
       [](Words& words, const std::string& where) {
         return list({element("BulletList",
                              list({list({plain(list({str("\u2612"), element("Space"), str(words.next(where))}))})}))});
       }},
      {"DefinitionList",
       [text](Words& words, const std::string& where) {
         const Json term = list({str(words.next(where))});
         return list({element("DefinitionList", list({list({term, list({list({text(words, where), text(words, where)}),
                                                                        list({text(words, where)})})})}))});
       }},
      {"Header 3",
       [](Words& words, const std::string& where) {
         return list({element("Header", list({3, attributes(), list({str(words.next(where))})}))});
       }},
      {"HorizontalRule",
       [text](Words& words, const std::string& where) {
         return list({text(words, where), element("HorizontalRule"), text(words, where)});
       }},
      {"Div",
       [text](Words& words, const std::string& where) {
         return list({element("Div", list({attributes("", list({"some"})), list({text(words, where)})}))});
       }},
      {"DisplayMath",
       [](Words& words, const std::string& where) {
         return list(
             {para(list({str(words.next(where)), element("SoftBreak"),
                         element("Math", list({element("DisplayMath"), "a = \\text{" + words.next(where) + "}"}))}))});
       }},
      {"picture",
       [](Words& words, const std::string& where) {
         return list({para(
             list({element("Image", list({attributes(), list({str(words.next(where))}), list({"p.png", "fig:"})}))}))});
       }},
      {"Note",
       [text](Words& words, const std::string& where) {
         const Json note = element("Note", list({text(words, where), text(words, where)}));
         return list({para(list({str(words.next(where)), note}))});
       }},
  };
  int start = 1;
  for (const char* style : {"Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman"})
    for (const char* delimiter : {"Period", "OneParen", "TwoParens"})
      leaves.push_back(
          {std::string("OrderedList ") + style + " " + delimiter, numbered(start++ % 5 + 1, style, delimiter)});
  for (const bool is_wide : {false, true})
    for (const bool has_head : {false, true})
      leaves.push_back({std::string("Table") + (is_wide ? " wide" : "") + (has_head ? "" : " without heads"),
                        [=](Words& words, const std::string& where) {
                          Json heads = Json::array(), cells = Json::array();
                          for (int k = 0; k < 4; ++k) {
                            if (has_head) heads.push_back(cell(list({plain(list({str(words.next(where))}))})));
                            cells.push_back(cell(list({plain(list({str(words.next(where))}))})));
                          }
                          return list({table(list({plain(list({str(words.next(where))}))}),
                                             has_head ? list({row(heads)}) : Json::array(), list({row(cells)}),
                                             {"AlignDefault", "AlignLeft", "AlignRight", "AlignCenter"}, is_wide)});
                        }});
  return leaves;
}

/// A table whose cells go over rows and columns. Pandoc's Markdown has none, so that it comes as
/// HTML.
inline Json spanning_table(Words& words) {
  const auto word = [&](const char* alignment, int rows, int columns) {
    return cell(list({plain(list({str(words.next("cell over rows and columns"))}))}), alignment, rows, columns);
  };
  return table(Json::array(), list({row(list({word("AlignDefault", 1, 2), word("AlignRight", 1, 1)}))}),
               list({row(list({word("AlignDefault", 2, 1), word("AlignCenter", 1, 2)})),
                     row(list({word("AlignDefault", 1, 1), word("AlignLeft", 1, 1)}))}),
               {"AlignDefault", "AlignLeft", "AlignRight"}, false);
}

/// Blocks around blocks.
inline std::vector<Holder> block_holders() {
  const auto listed = [](const char* style, const char* delimiter) {
    return [=](Json content) {
      return list(
          {element("OrderedList", list({list({1, element(style), element(delimiter)}), list({std::move(content)})}))});
    };
  };
  return {
      {"top", [](Json content) { return content; }},
      {"BlockQuote", [](Json content) { return list({element("BlockQuote", std::move(content))}); }},
      {"BulletList", [](Json content) { return list({element("BulletList", list({std::move(content)}))}); }},
      {"OrderedList", listed("Decimal", "Period")},
      {"OrderedList LowerRoman", listed("LowerRoman", "TwoParens")},
      {"definition",
       [](Json content) {
         return list({element("DefinitionList", list({list({list({str("x")}), list({std::move(content)})})}))});
       }},
      {"Div",
       [](Json content) {
         return list({element("Div", list({attributes("", list({"some"})), std::move(content)}))});
       }},
      {"Note",
       [](Json content) {
         return list({para(list({str("x"), element("Note", std::move(content))}))});
       }},
      {"cell",
       [](Json content) {
         return list({table(Json::array(), Json::array(),
                            list({row(list({cell(std::move(content)), cell(list({plain(list({str("x")}))}))}))}),
                            {"AlignDefault", "AlignLeft"}, true)});
       }},
  };
}

/// The document's blocks, in parts that a chapter can bear.
inline std::vector<Json> documents(Words& words) {
  const auto append = [](Json& blocks, const Json& more) { blocks.insert(blocks.end(), more.begin(), more.end()); };
  std::vector<Json> parts;
  auto leaves = inline_leaves();
  for (const auto& holder : paragraph_holders()) {
    Json blocks = Json::array();
    for (const auto& leaf : leaves) append(blocks, holder.around(leaf.make(words, leaf.name + " in " + holder.name)));
    for (const auto& inner : inline_holders())
      append(blocks, holder.around(inner.around(inline_leaves()[0].make(words, inner.name + " in " + holder.name))));
    for (const auto& leaf : more_leaves())
      if (leaf.name == "Note" && holder.name != "caption of a picture")  // Pandoc reads none there
        append(blocks, holder.around(leaf.make(words, leaf.name + " in " + holder.name)));
    parts.push_back(std::move(blocks));
  }
  Json blocks = Json::array();
  const auto more = more_leaves();
  leaves.insert(leaves.end(), more.begin(), more.end());
  for (const auto& holder : inline_holders()) {
    for (const auto& leaf : leaves)
      if (!(holder.name == "Link" && leaf.name == "Note"))
        blocks.push_back(para(holder.around(leaf.make(words, leaf.name + " in " + holder.name))));
    for (const auto& inner : inline_holders())
      if (!(holder.name == "Link" && inner.name == "Link"))
        blocks.push_back(para(holder.around(inner.around(leaves[0].make(words, inner.name + " in " + holder.name)))));
  }
  parts.push_back(std::move(blocks));
  for (const auto& holder : block_holders()) {
    Json held = Json::array();
    for (const auto& leaf : block_leaves())
      if (!(holder.name == "Note" && leaf.name == "Note"))
        append(held, holder.around(leaf.make(words, leaf.name + " in " + holder.name)));
    parts.push_back(std::move(held));
  }
  parts.back().push_back(spanning_table(words));
  return parts;
}

}  // namespace every_element
