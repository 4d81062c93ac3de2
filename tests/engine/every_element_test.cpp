// Nothing is lost on the way: every word of the source is found in each format, whatever it stands
// in.
#include "every_element.hpp"

#include <cctype>
#include <regex>
#include <set>
#include <sstream>

#include "manuscript/unicode.hpp"
#include "publish/latex/print_characters.hpp"
#include "support/build_context.hpp"
#include "support/scratch_folder.hpp"
#include "system/process.hpp"

namespace every_element_test {

using namespace support;
using every_element::Words;

namespace {

/// One grey point.
const std::string picture(
    "\211PNG\015\012\032\012\000\000\000\015IHDR\000\000\000\001\000\000\000\001\010\000\000\000"
    "\000:~\233U\000\000\000\012IDATx\332ch\000\000\000\202\000\201\332E\010;"
    "\000\000\000\000IEND\256B`\202",
    67);

std::string output_of(std::vector<std::string> arguments, const std::string& input = "") {
  sys::Command command;
  command.arguments = std::move(arguments);
  const support::ScratchFolder folder;
  const fs::path file = folder / "input";
  if (!input.empty()) {
    sys::write_file(file, input);
    command.arguments.push_back(file.string());
  }
  const auto finished = sys::run(command);
  INFO(finished.errors);
  REQUIRE(finished.status == 0);
  return finished.output;
}

/// What readers see of a text: no markup, and no blanks, hyphens and joiners by which lines are
/// broken.
std::string seen(std::string text) {
  text = std::regex_replace(text, std::regex("\u00AD|\u00A0|\u2060|\u200B"), "");
  std::string kept;
  for (const char c : text)
    if (std::isspace(static_cast<unsigned char>(c)) == 0 && c != '-') kept += c;
  return kept;
}

std::string without_tags(std::string markup) {
  for (const auto& [from, to] :
       {std::pair{"<annotation", "</annotation>"}, {"<script", "</script>"}, {"<style", "</style>"}})
    for (std::size_t at; (at = markup.find(from)) != std::string::npos;)
      markup.erase(at, markup.find(to, at) - at + std::string(to).size());
  // A picture's description is text to those who cannot see it.
  std::string text;
  for (std::size_t at = 0; at < markup.size();) {
    const auto open = std::min(markup.find('<', at), markup.size()),
               close = std::min(markup.find('>', open), markup.size());
    text += markup.substr(at, open - at);
    const std::string tag = markup.substr(open, close - open);
    for (const std::string name : {" alt=\"", " descr=\""})
      if (const auto value = tag.find(name); value != std::string::npos)
        text += tag.substr(value + name.size(), tag.find('"', value + name.size()) - value - name.size());
    at = close + 1;
  }
  return text;
}

/// What is not well-formed in a text of XML as far as tags, attributes and entities go; empty when
/// all is well.
std::string fault_of_xml(const std::string& text) {
  static const std::regex tag(R"(^<(/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>)");
  static const std::regex entity("^&(?:amp|lt|gt|quot|apos|#\\d+|#x[0-9a-fA-F]+);");
  std::vector<std::string> open;
  for (std::size_t at = text.find_first_of("<&"); at != std::string::npos; at = text.find_first_of("<&", at + 1)) {
    const std::string rest = text.substr(at, 2000);
    std::smatch match;
    if (rest[0] == '&' && !std::regex_search(rest, entity)) return "entity: " + rest.substr(0, 40);
    if (rest[0] == '&' || rest.starts_with("<?") || rest.starts_with("<!")) continue;
    if (!std::regex_search(rest, match, tag)) return "tag: " + rest.substr(0, 80);
    if (match[4].length() > 0) continue;
    if (match[1].length() == 0) {
      open.push_back(match[2]);
    } else if (open.empty() || open.back() != match[2].str()) {
      return "closes what is not open: " + rest.substr(0, 80);
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "never closed: " + open.back();
}

bool has_tools() {
  try {
    output_of({"pdflatex", "--version"});
    output_of({"pdftotext", "-v"});
    sys::Command unzip;
    unzip.arguments = {"unzip", "-v"};
    sys::run(unzip);
    return true;
  } catch (const sys::NoProgram&) {
    WARN("pdflatex, pdftotext or unzip is not installed; the formats' words are not counted");
    return false;
  }
}

/// The text of each format.
std::map<std::string, std::string> texts(const Report& r) {
  std::map<std::string, std::string> all;
  const std::string page = r.read("report.html");
  all["html"] = seen(without_tags(page.substr(page.find("<main"), page.find("</main>") - page.find("<main"))));
  all["pdf"] = seen(output_of({"pdftotext", "-layout", (r.settings.output / "report.pdf").string(), "-"}));
  all["docx"] = seen(without_tags(output_of(
      {"unzip", "-p", (r.settings.output / "report.docx").string(), "word/document.xml", "word/footnotes.xml"})));
  all["epub"] = seen(
      without_tags(output_of({"unzip", "-p", (r.settings.output / "report.epub").string(), "EPUB/text/[0-9]*.xhtml"})));
  return all;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

/// Which words are missing, and where: "qaaax pdf (Note in term)".
std::string missing(const Words& words, const std::map<std::string, std::string>& formats,
                    const std::function<bool(const std::string&, const std::string&)>& is_expected) {
  std::string list;
  for (const auto& [word, where] : words.all())
    for (const auto& [format, text] : formats)
      if (is_expected(word, format) && text.find(word) == std::string::npos &&
          text.find(upper(word)) == std::string::npos)
        list += word + " " + format + " (" + where + ")\n";
  return list;
}

bool is_captioned_picture(const every_element::Json& block) {
  if (block.value("t", "") != "Para" || block["c"].size() != 1 || block["c"][0]["t"] != "Image") return false;
  return block["c"][0]["c"][2][1].get<std::string>().starts_with("fig:");
}

/// The descriptions of pictures without a caption, which print does not show.
void collect_descriptions(const every_element::Json& json, std::string& all) {
  if (json.is_object() && is_captioned_picture(json)) return collect_descriptions(json["c"][0]["c"][1], all);
  if (json.is_object() && json.value("t", "") == "Image") all += json.dump();
  if (json.is_structured())
    for (const auto& part : json) collect_descriptions(part, all);
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// Everything of Pandoc's that its Markdown can hold; Pandoc itself writes it.
std::string every_pandoc_element(Words& words) {
  every_element::Json document =
      every_element::Json::parse(output_of({"pandoc", "--from=markdown", "--to=json"}, "x\n"));
  document["blocks"] = every_element::Json::array();
  for (const auto& part : every_element::documents(words))
    document["blocks"].insert(document["blocks"].end(), part.begin(), part.end());
  // Forms of tables that go wrong on their way through definitions are left out, and so are cells too narrow for a
  // command.
  const std::string text = output_of(
      {"pandoc", "--from=json", "--columns=300", "--to=markdown-raw_attribute-multiline_tables-simple_tables"},
      document.dump());
  // Pandoc writes a division in a list right below a line of text, where it reads none.
  return std::regex_replace(text, std::regex("\n( +::: )"), "\n\n$1");
}

}  // namespace

TEST_CASE("every word is in every format, whatever block or inline it stands in") {
  if (!has_tools()) return;
  Report r;
  Words words;
  const std::string text = every_pandoc_element(words);
  sys::write_file(r.settings.chapters / "p.png", picture);
  sys::write_file(r.settings.chapters / "references.bib", "@book{known, author={Known, A.}, title={T}, year=2000}\n");
  r.chapter("# Everything\n\n" + text);
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.build();
  // What Pandoc reads in its own Markdown; a table in a cell, say, is more than that can hold.
  const every_element::Json read =
      every_element::Json::parse(output_of({"pandoc", "--from=markdown", "--to=json"}, text));
  const std::string all = read.dump();
  std::string descriptions;
  collect_descriptions(read, descriptions);
  const auto is_expected = [&](const std::string& word, const std::string& format) {
    if (all.find(word) == std::string::npos) return false;
    return format != "pdf" || descriptions.find(word) == std::string::npos;
  };
  std::size_t expected = 0;
  for (const auto& [word, where] : words.all()) expected += all.find(word) != std::string::npos;
  CHECK(expected > 1350);
  CHECK(missing(words, texts(r), is_expected) == "");
}

namespace {

bool always(const std::string&, const std::string&) { return true; }

/// Our own elements in what Markdown can hold them in; "{}" stands for them.
const std::vector<const char*> text_holders{"{}",
                                            "*{}*",
                                            "**{}**",
                                            "~~{}~~",
                                            "[{}]{.underline}",
                                            "[{}]{.smallcaps}",
                                            "\"{}\"",
                                            "'{}'",
                                            "[{}]{.some}",
                                            "## {}",
                                            "> {}",
                                            "- {}",
                                            "1. {}",
                                            "(a) {}",
                                            "term\n:   {}",
                                            "{}\n:   definition",
                                            "| {}\n| line",
                                            "::: some\n{}\n:::",
                                            "| head |\n|---|\n| {} |",
                                            "| {} |\n|---|\n| cell |",
                                            "| head |\n|---|\n| cell |\n\n: {}",
                                            "note^[{}]"};
const std::vector<const char*> block_holders{"{}", "> {}", "- item\n\n  {}", "1. item\n\n   {}", "::: some\n{}\n:::"};

std::string put_into(std::string holder, const std::string& content) {
  const auto at = holder.find("{}");
  const auto line = holder.rfind('\n', at);
  // What goes over lines is indented, or quoted, as its first line is.
  std::string indent =
      holder.substr(line == std::string::npos ? 0 : line + 1, at - (line == std::string::npos ? 0 : line + 1));
  for (char& c : indent)
    if (c != '>') c = ' ';
  std::string text;
  for (const char c : content) text += c == '\n' ? "\n" + indent : std::string(1, c);
  return holder.replace(at, 2, text) + "\n\n";
}

std::string figure(const std::string& id, const std::string& caption) {
  return "```{.figure #fig:" + id + "}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: |\n  " +
         caption + "\nalt: Paths\n```";
}

}  // namespace

TEST_CASE("figures, values, claims, references and labels are in every format, whatever they stand in") {
  if (!has_tools()) return;
  Report r;
  Words words;
  std::string text = "# Everything\n\n\\newcommand{\\ours}[1]{\\text{#1}}\n\n" +
                     figure("bowl", words.next("caption") + ".") + "\n\n$$ a = b $$ {#eq:first}\n\n";
  for (const char* holder : text_holders) {
    const std::string where = holder;
    text += put_into(holder, words.next(where) + " [" + words.next("claim in " + where) +
                                 " `bowl: steps`{.value}]{.claim that=\"bowl: steps = 20\"}, @fig:bowl and @eq:first " +
                                 words.next(where) + " $\\ours{" + words.next("macro in " + where) + "}$");
  }
  int figures = 0, equations = 0;
  for (const char* holder : block_holders) {
    const std::string id = "held-" + std::to_string(++figures), where = holder;
    text += put_into(holder, figure(id, "**" + words.next("caption in " + where) + "** with [" +
                                            words.next("claim in a caption in " + where) +
                                            "]{.claim that=\"bowl: steps = 20\"} $\\ours{" +
                                            words.next("macro in a caption in " + where) + "}$"));
    text += put_into(holder, words.next(where) + "\n$$ \\ours{" + words.next("equation in " + where) + "} $$ {#eq:e" +
                                 std::to_string(++equations) + "}\n" + words.next(where));
  }
  // A note comes with its figure behind the paragraph.
  text += "A word[^f] " + words.next("before a figure in a note") + ".\n\n[^f]: Note " +
          words.next("note with a figure") + ".\n\n    " +
          put_into("    {}", figure("noted", words.next("caption of a figure in a note"))).substr(4);
  r.chapter(text);
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.build();
  const auto all = texts(r);
  CHECK(missing(words, all, always) == "");
  for (const auto& [format, seen_text] : all) {
    INFO(format);
    CHECK(count(seen_text, "Figure1.1") > text_holders.size());
    CHECK(count(seen_text, "Equation(1.1)") >= text_holders.size() - 1);
    CHECK(seen_text.find("(1." + std::to_string(equations + 1) + ")") != std::string::npos);
  }
}

namespace {

struct LatexEntry {
  std::string name, kind, arguments;
};

std::vector<LatexEntry> latex_list() {
  std::vector<LatexEntry> list;
  std::istringstream lines(sys::read_file(source_folder() / "render" / "theme" / "allowed-latex.txt"));
  std::string kind;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    if (line.starts_with('[')) {
      kind = line.substr(1, line.find(']') - 1);
      continue;
    }
    std::istringstream entries(line);
    for (std::string entry; entries >> entry;) {
      const auto mark = entry.find_first_of(":=");
      list.push_back(
          {entry.substr(0, mark), kind, mark != std::string::npos && entry[mark] == ':' ? entry.substr(mark + 1) : ""});
    }
  }
  return list;
}

/// Arguments that are not words, as the command wants them.
std::string measures(const LatexEntry& entry) {
  if (entry.name == "color") return "{red}";
  std::string text;
  for (const char c : entry.arguments) {
    if (c == 'm') text += entry.name == "cline" || entry.name == "cmidrule" ? "{1-1}" : "{2mm}";
    if (c == 'o' && entry.name.ends_with("box") && text.empty()) text += entry.name == "parbox" ? "[t]" : "[5cm]";
  }
  return text;
}

/// A use in the text that holds two words.
std::string use(const LatexEntry& entry, const std::string& first, const std::string& second) {
  const std::string command = "\\" + entry.name;
  if (entry.name.starts_with('{')) {
    const std::string name = entry.name.substr(1, entry.name.size() - 2);
    std::string begin = "\\begin" + entry.name, end = "\n\\end" + entry.name;
    if (name == "minipage") begin += "{5cm}";
    if (name == "tabular*") begin += "{5cm}";
    if (name.starts_with("tabular") || name == "longtable")
      return begin + "{ll}\n" + first + " & " + second + " \\\\" + end;
    if (name == "itemize" || name == "enumerate") return begin + "\n\\item " + first + "\n\\item " + second + end;
    if (name == "description") return begin + "\n\\item[" + first + "] " + second + end;
    return begin + "\n" + first + " " + second + end;
  }
  if (entry.kind == "style" || entry.kind == "print-style")
    return "\\textrm{" + command + measures(entry) + "{} " + first + "} " + second;
  if (entry.kind == "box") return command + measures(entry) + "{" + first + " $a$} " + second;
  if (entry.kind != "text") return first + command + measures(entry) + "{} " + second;
  static const std::set<std::string> without_words{"AA",
                                                   "aa",
                                                   "AE",
                                                   "ae",
                                                   "copyright",
                                                   "dots",
                                                   "i",
                                                   "j",
                                                   "L",
                                                   "l",
                                                   "LaTeX",
                                                   "ldots",
                                                   "O",
                                                   "o",
                                                   "OE",
                                                   "oe",
                                                   "P",
                                                   "pounds",
                                                   "S",
                                                   "ss",
                                                   "TeX",
                                                   "textasciicircum",
                                                   "textasciitilde",
                                                   "textbackslash",
                                                   "textgreater",
                                                   "textless",
                                                   "textquotedblleft",
                                                   "textquotedblright",
                                                   "textquoteleft",
                                                   "textquoteright"};
  if (without_words.contains(entry.name)) return first + " " + command + "{} " + second;
  if (entry.name.size() == 1) return first + " " + command + "{a} " + second;  // an accent
  return command + (entry.name.ends_with("color") || entry.name == "colorbox" ? "{red}" : "") + "{" + first + "} " +
         second;
}

std::size_t errors_in(const Report& r, const std::string& text) {
  r.chapter(text);
  return r.project().errors.size();
}

}  // namespace

TEST_CASE(
    "each command of the theme's list keeps the words around it in every format, or is refused at "
    "its place") {
  if (!has_tools()) return;
  Report r;
  Words words;
  std::string text = "# LaTeX\n\n";
  std::size_t used = 0;
  for (const auto& entry : latex_list()) {
    if (entry.kind == "formula" || entry.kind == "part" || entry.kind == "reference") continue;
    text += "Text " + words.next(entry.name) + (entry.name.starts_with('{') ? "\n\n" : " ");
    const std::string first = words.next(entry.name);
    text += use(entry, first, words.next(entry.name)) + (entry.name.starts_with('{') ? "\n\n" : " ") +
            words.next(entry.name) + " text.\n\n";
    ++used;
  }
  REQUIRE(used > 130);
  text += "\\begin{tabular}{ll}\n\\toprule\n" + words.next("table") +
          " & b \\\\ \\cmidrule(lr){1-1}\n\\midrule\n\\multicolumn{2}{c}{" + words.next("multicolumn") +
          "} \\\\ \\hline\n\\bottomrule\n\\end{tabular}\n\n";
  r.chapter(text);
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.build();
  CHECK(missing(words, texts(r), always) == "");
}

TEST_CASE("LaTeX that print alone could carry is an error at its place") {
  const Report r;
  for (const auto& entry : latex_list()) {
    if (entry.name == "begin" || entry.name == "end" || entry.name.starts_with('{')) continue;
    const bool holds_alone = entry.kind != "formula" && entry.kind != "style" && entry.kind != "print-style" &&
                             entry.kind != "part" && entry.kind != "reference";
    if (holds_alone) continue;
    INFO(entry.name);
    CHECK(errors_in(r, "Text \\" + entry.name + " word.\n") == 1);
  }
  for (const char* text : {"A {\\bf bold} word.\n", "\\small\n\nText.\n", "See \\ref{law}.\n", "See \\pageref{eq:a}.\n",
                           "$$ a \\label{eq:a} $$\n", "\\emph{\\ref{eq:a}}\n", "\\textbf{`a: b`{.value}}\n",
                           "\\end{center}\n", "\\begin{itemize}\n\\item a\n\n\\item \\alpha\n\\end{itemize}\n"}) {
    INFO(text);
    CHECK(errors_in(r, text) == 1);
  }
  for (const char* text :
       {"\\textsc{Small \\bf caps}\n", "\\begin{center}\\small Text\\end{center}\n", "\\emph{so $\\alpha$ is}\n",
        "\\begin{equation}\\label{eq:a} a \\end{equation}\n\nSee \\eqref{eq:a}.\n", "`\\small`{=latex}\n",
        "\\begin{align}\\alpha &= b\\end{align}\n"}) {
    INFO(text);
    CHECK(errors_in(r, text) == 0);
  }
}

TEST_CASE("print sets each character that its list names, and the scan tells every other at once") {
  Report r;
  r.settings.formats = {"pdf"};
  r.chapter("# One\n\nA \u2603 and \u4e16, \u2603.\n\n<!-- \u2604 -->\n\n```\n\u0435\n```\n");
  r.metadata("# \u2604\ntitle: \u0416\n");
  std::string said;
  for (const auto& error : r.project().errors)
    said += std::to_string(error.place.line) + ":" + std::to_string(error.place.column) + " " + error.message + "\n";
  CHECK(said ==
        "3:3 print has no character \u2603 (U+2603)\n3:9 print has no character \u4e16 "
        "(U+4E16)\n8:1 print has no character \u0435 (U+0435)\n"
        "2:8 print has no character \u0416 (U+0416)\n");
  r.settings.formats = {"html"};
  CHECK(r.project().errors.empty());
  if (!has_tools()) return;
  std::string text = "# \u2500 \u03b1\n\n", code = "```\n";
  int at = 0;
  const auto characters = publish::print_characters(r.settings.theme());
  CHECK(characters.size() > 600);
  for (const char32_t c : characters) {
    text += "x" + manuscript::encode(c) + (++at % 20 == 0 ? "\n" : " ");
    code += "x" + manuscript::encode(c) + (at % 20 == 0 ? "\n" : " ");
  }
  r.metadata("title: One\n");
  r.chapter(text + "\n\n" + code + "\n```\n");
  r.settings.formats = {"pdf"};
  r.build();
  for (const auto& event : r.events) CHECK(event.message.find("has no character") == std::string::npos);
  const std::string pdf = seen(output_of({"pdftotext", "-layout", (r.settings.output / "report.pdf").string(), "-"}));
  for (const char* drawn : {"\u251c", "\u2500", "\u2514", "\u2588", "\u2591", "\u2554"})
    CHECK(pdf.find(drawn) != std::string::npos);
}

TEST_CASE("each font that commands can choose is there, in every weight and shape") {
  if (!has_tools()) return;
  Report r;
  Words words;
  std::string text = "# Fonts\n\n";
  for (const char* family : {"textrm", "textsf", "texttt"})
    for (const char* series : {"textmd", "textbf"})
      for (const char* shape : {"textup", "textit", "textsl", "textsc"}) {
        const std::string where = std::string(family) + " " + series + " " + shape;
        text += std::string("\\") + family + "{\\" + series + "{\\" + shape + "{" + words.next(where) + "}}} ";
        text += std::string("**") + "*\\" + family + "{\\" + shape + "{" + words.next(where) + "}}*** ";
        text += "\\" + std::string(shape) + "{\\" + series + "{\\" + family + "{" + words.next(where) + "}}} $\\" +
                family + "{" + words.next("formula " + where) + "}$\n";
      }
  text += "\nStep size\n:   How **far [" + words.next("small capitals in bold") + "]{.smallcaps}** goes.\n";
  r.chapter(text);
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.build();
  CHECK(missing(words, texts(r), [](const std::string&, const std::string& format) { return format == "pdf"; }) == "");
}

TEST_CASE("every chapter of an EPUB is well-formed, whatever HTML the text holds") {
  if (!has_tools()) return;
  Report r;
  r.chapter(
      "# One\n\n| a | b |\n|---|---|\n| Draw<br/>then<BR>scale | x |\n\nA <b>b, <i>c</b></i>, "
      "H<sub>2</sub>O, <br> <wbr> <hr/> <span title=x>y &nbsp; &copy; z.\n\n"
      "<div>\n\nA<br>\nb\n\n</div>\n\n<hr>\n\n<pre>a &lt; "
      "b</pre>\n\n<ul><li>a<li>b</ul>\n\n<p>c\n");
  r.settings.formats = {"epub", "docx"};
  r.build();
  const std::string epub = (r.settings.output / "report.epub").string();
  std::istringstream names(output_of({"unzip", "-Z1", epub}));
  int chapters = 0;
  for (std::string name; std::getline(names, name);) {
    if (!name.ends_with(".xhtml")) continue;
    INFO(name);
    CHECK(fault_of_xml(output_of({"unzip", "-p", epub, name})) == "");
    ++chapters;
  }
  CHECK(chapters >= 2);
  const std::string word =
      output_of({"pandoc", "--from=docx", "--to=markdown", (r.settings.output / "report.docx").string()});
  CHECK(word.find("H~2~O") != std::string::npos);
}

namespace {

/// Items within items, the next one four columns further in.
std::string nested_items(const std::string& marker, const std::string& word, int levels) {
  std::string text;
  for (int level = 0; level < levels; ++level)
    text += std::string(static_cast<std::size_t>(4 * level), ' ') + marker + " " + word + std::to_string(level) + "x\n";
  return text + "\n";
}

void check_words(const Report& r, const std::vector<std::string>& words) {
  for (const auto& [format, text] : texts(r))
    for (const auto& word : words) {
      INFO(format << ": " << word);
      CHECK(text.find(word) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("lists may lie in lists as deep as authors go, in every format") {
  if (!has_tools()) return;
  Report r;
  r.chapter("# Lists\n\n" + nested_items("-", "item", 10) + "Between.\n\n" + nested_items("1.", "step", 8));
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.build();
  check_words(r, {"item0x", "item4x", "item9x", "step0x", "step4x", "step7x"});
}

TEST_CASE("code that is wider than the page is whole in every format") {
  if (!has_tools()) return;
  Report r;
  const std::string wide = "./run --with " + std::string(150, 'a') + " endofcode";
  std::string many;
  for (int n = 0; n < 40; ++n) many += "word ";
  r.chapter(
      "# Code\n\n```bash\n" + wide + "\n```\n\n```\n" + many + "endoftext\n```\n\n- item\n\n  ```\n  " + many +
      "endofitem\n  ```\n\n" +
      "Call `a.module.of.some.depth.Class.method_with_a_long_name(tolerance=1e-9, maximum=1000, endofcall)` here.\n");
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.build();
  check_words(r, {"endofcode", "endoftext", "endofitem", "endofcall"});
  for (const auto& event : r.events) CHECK(event.kind != engine::Event::Kind::warning);
}

TEST_CASE("a word in angle brackets that is not a tag is text in every format") {
  if (!has_tools()) return;
  Report r;
  r.chapter("# Brackets\n\nUse the <condition> of vector<int>.\n\n<centre>\nin the middle\n</centre>\n");
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.build();
  for (const auto& [format, text] : texts(r)) {
    const std::string less = format == "pdf" ? "<" : "&lt;", greater = format == "pdf" ? ">" : "&gt;";
    INFO(format << ": " << text);
    CHECK((text.find(less + "condition" + greater) != std::string::npos ||
           text.find(less + "condition>") != std::string::npos));
    CHECK((text.find("vector" + less + "int" + greater) != std::string::npos ||
           text.find("vector" + less + "int>") != std::string::npos));
  }
}

TEST_CASE("operators whose names hold spaces are formulas in every format") {
  if (!has_tools()) return;
  Report r;
  r.chapter("# Operators\n\n$$\\operatorname*{arg\\,max}_x f(x) \\quad \\operatorname{ess\\,sup}_y g(y)$$\n");
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.build();
  for (const auto& [format, text] : texts(r)) {
    INFO(format << ": " << text);
    CHECK(text.find("operatorname") == std::string::npos);
    CHECK(text.find("max") != std::string::npos);
    CHECK(text.find("sup") != std::string::npos);
  }
}

}  // namespace every_element_test
