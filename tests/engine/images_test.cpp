// Facts about pictures of the text: each kind gets into each format, upright and whole, or is told of.
#include <map>
#include <regex>
#include <set>

#include "publish/archive.hpp"
#include "publish/images/image_bytes.hpp"
#include "publish/images/image_forms.hpp"
#include "publish/publish.hpp"
#include "store/store.hpp"
#include "support/build_context.hpp"
#include "system/process.hpp"

namespace images_test {

using namespace support;
using publish::ImageKind;

namespace {

fs::path picture_folder() { return source_folder() / "tests" / "engine" / "images"; }
std::string picture(const std::string& name) { return sys::read_file(picture_folder() / name); }

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

int count(const std::string& text, const std::string& part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

/// What rsvg-convert draws of an SVG document, as PNG.
std::string drawn(const std::string& svg) {
  sys::Command command;
  command.arguments = {"rsvg-convert", "--format=png"};
  command.input = svg;
  const auto finished = sys::run(command);
  REQUIRE(finished.ok());
  return finished.output;
}

std::string part_of_archive(const std::string& archive, const std::string& name) {
  std::string part;
  publish::with_entries(archive, "2000-01-01", [&](const std::string& entry, const std::string& content) {
    if (entry.ends_with(name)) part = content;
    return content;
  });
  return part;
}

const std::vector<std::string> all_pictures{"upright.png", "turned.png", "upright.jpg", "turned.jpg",  "odd.jpg",
                                            "moving.gif",  "still.webp", "moving.webp", "drawing.svg", "drawing.pdf"};

std::string everything(const std::string& caption = "") {
  std::string text = "# Pictures\n\n";
  for (const auto& name : all_pictures) text += "Before ![" + caption + name + "](" + name + ") and after.\n\n";
  return text;
}

struct Pictures : Report {
  Pictures() {
    for (const auto& name : all_pictures) sys::write_file(settings.chapters / name, picture(name));
  }
  std::string said(const std::string& text) {
    chapter(text);
    std::string all;
    for (const auto& error : project().errors) all += manuscript::render(error, false);
    return all;
  }
};

}  // namespace

TEST_CASE("a picture's bytes say of which kind it is, and how it lies") {
  const std::map<std::string, std::pair<ImageKind, int>> known{
      {"upright.png", {ImageKind::png, 1}},  {"turned.png", {ImageKind::png, 6}},
      {"upright.jpg", {ImageKind::jpeg, 1}}, {"turned.jpg", {ImageKind::jpeg, 6}},
      {"odd.jpg", {ImageKind::jpeg, 8}},     {"moving.gif", {ImageKind::gif, 1}},
      {"still.webp", {ImageKind::webp, 1}},  {"moving.webp", {ImageKind::webp, 1}},
      {"drawing.svg", {ImageKind::svg, 1}},  {"drawing.pdf", {ImageKind::pdf, 1}}};
  for (const auto& [name, expected] : known) {
    INFO(name);
    CHECK(publish::kind_of(picture(name)) == expected.first);
    CHECK(publish::orientation_of(picture(name)) == expected.second);
    CHECK_FALSE(publish::fault_of(picture(name)));
  }
  CHECK(publish::pixel_size(picture("upright.png")) == publish::PixelSize{48, 32});
  CHECK(publish::pixel_size(picture("odd.jpg")) == publish::PixelSize{45, 30});
  CHECK(publish::pixel_size(picture("moving.gif")) == publish::PixelSize{48, 32});
  CHECK(publish::first_frame(picture("moving.webp")).canvas == publish::PixelSize{48, 32});
  CHECK(publish::natural_width_mm(picture("upright.png")) == Approx(48 * 25.4 / 96));
  CHECK(publish::kind_of("GIF") == ImageKind::none);
}

TEST_CASE("every beginning of a picture is read without harm, and none that is cut off is taken for whole") {
  for (const std::string name :
       {"upright.png", "turned.png", "turned.jpg", "moving.gif", "still.webp", "moving.webp"}) {
    const std::string whole = picture(name);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const std::string part = whole.substr(0, size);
      publish::orientation_of(part);
      publish::pixel_size(part);
      publish::first_frame(part);
      publish::natural_width_mm(part);
      // JPEG's end is found wherever it stands.
      const bool may_pass = publish::kind_of(part) == ImageKind::none || size + 2 >= whole.size();
      INFO(name << " " << size);
      CHECK((may_pass || publish::fault_of(part)));
    }
  }
}

TEST_CASE("every kind of picture has a form for every format, the same each time") {
  const Report r;
  const store::Store store(r.settings.cache), empty(r.path / "other");
  const std::map<std::string, std::set<ImageKind>> taken{
      {"html", {ImageKind::png, ImageKind::jpeg, ImageKind::gif, ImageKind::webp, ImageKind::svg}},
      {"epub", {ImageKind::png, ImageKind::jpeg, ImageKind::gif, ImageKind::svg}},
      {"docx", {ImageKind::png, ImageKind::jpeg, ImageKind::gif}},
      {"pdf", {ImageKind::png, ImageKind::jpeg, ImageKind::pdf}}};
  for (const auto& name : all_pictures)
    for (const auto& [format, kinds] : taken) {
      INFO(name << " for " << format);
      const auto form = publish::image_form(picture(name), format, store);
      CHECK(kinds.contains(publish::kind_of(form.bytes)));
      CHECK(publish::extension_of(publish::kind_of(form.bytes)) == form.extension);
      CHECK(publish::orientation_of(form.bytes) == 1);
      CHECK(publish::image_form(picture(name), format, store).bytes == form.bytes);
      CHECK(publish::image_form(picture(name), format, empty).bytes == form.bytes);
    }
}

TEST_CASE("a picture that lies on its side is set upright, point by point") {
  const Report r;
  const store::Store store(r.settings.cache);
  const auto png = publish::image_form(picture("turned.png"), "pdf", store),
             jpg = publish::image_form(picture("turned.jpg"), "pdf", store);
  CHECK(publish::pixel_size(png.bytes) == publish::PixelSize{32, 48});
  CHECK(jpg.extension == "jpg");  // without loss
  CHECK(publish::pixel_size(jpg.bytes) == publish::PixelSize{32, 48});
  const auto odd = publish::image_form(picture("odd.jpg"), "pdf", store);
  CHECK(publish::pixel_size(odd.bytes) == publish::PixelSize{30, 45});
  // The red quarter has come to the upper right, the blue one to the lower left.
  CHECK(png.bytes == drawn("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"32\" height=\"48\"><rect width=\"32\" "
                           "height=\"48\" fill=\"white\"/>"
                           "<rect x=\"16\" width=\"16\" height=\"24\" fill=\"red\"/><rect y=\"24\" width=\"16\" "
                           "height=\"24\" fill=\"blue\"/></svg>"));
}

TEST_CASE("pictures of every kind stand in page, print, EPUB and Word") {
  Pictures r;
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.chapter(everything("A picture "));
  r.build();
  for (const auto& event : r.events) CHECK(event.kind != engine::Event::Kind::warning);
  const std::string page = r.read("report.html");
  CHECK(count(page, "src=\"data:image/") == static_cast<int>(all_pictures.size()));
  for (const char* type : {"svg+xml", "png", "jpeg", "gif", "webp"})
    CHECK(contains(page, std::string("data:image/") + type + ";"));
  CHECK(count(sys::read_file(r.settings.scratch() / "latex" / "report.tex"), "\\includegraphics[alt={A picture ") ==
        static_cast<int>(all_pictures.size()));
  CHECK(count(part_of_archive(r.read("report.docx"), "document.xml"), "<pic:pic") ==
        static_cast<int>(all_pictures.size()));
  CHECK(count(part_of_archive(r.read("report.docx"), "document.xml"), "docPr descr=\"A picture ") ==
        static_cast<int>(all_pictures.size()));
  CHECK(count(part_of_archive(r.read("report.epub"), "/01-pictures.xhtml"), "<img") ==
        static_cast<int>(all_pictures.size()));
  const auto bytes = r.output();
  fs::remove_all(r.settings.output);
  fs::remove_all(r.settings.cache);
  r.build();
  for (const std::string name : {"report.html", "report.pdf", "report.epub", "report.docx"}) {
    INFO(name);
    CHECK(bytes.at(name).bytes == r.read(name));
  }
}

TEST_CASE("another content of a picture makes the report anew") {
  Pictures r;
  r.settings.formats = {"html"};
  r.chapter("# A\n\n![a](drawing.svg)\n");
  r.build();
  const std::string before = r.read("report.html");
  sys::write_file(r.settings.chapters / "drawing.svg", picture("drawing.svg") + "<!-- new -->\n");
  r.build();
  CHECK(r.read("report.html") != before);
}

TEST_CASE("a picture that cannot be shown is told at its place, by the name that the author wrote") {
  Pictures r;
  r.settings.formats = {"html", "pdf"};
  const auto put = [&](const std::string& name, const std::string& bytes) {
    sys::write_file(r.settings.chapters / name, bytes);
  };
  const std::string svg =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" "
      "height=\"9\">";
  put("cut.png", picture("upright.png").substr(0, 100));
  put("cut.jpg", picture("upright.jpg").substr(0, 300));
  put("cut.gif", picture("moving.gif").substr(0, 250));
  put("cut.webp", picture("still.webp").substr(0, 40));
  put("cut.pdf", "%PDF-1.4\nnothing\n");
  put("open.svg", svg + "<g>");
  put("loads.svg", svg + "<image xlink:href=\"upright.png\" width=\"9\" height=\"9\"/></svg>");
  put("page.svg", svg +
                      "<foreignObject width=\"9\" height=\"9\"><p "
                      "xmlns=\"http://www.w3.org/1999/xhtml\">x</p></foreignObject></svg>");
  for (const auto& [name, expected] :
       std::map<std::string, std::string>{{"cut.png", "is damaged: the file is cut off"},
                                          {"cut.jpg", "is damaged"},
                                          {"cut.gif", "is damaged"},
                                          {"cut.webp", "is damaged"},
                                          {"cut.pdf", "cannot be converted: pdfinfo"},
                                          {"open.svg", "cannot be converted: rsvg-convert"},
                                          {"loads.svg", "loads 'upright.png', and a picture must stand alone"},
                                          {"page.svg", "holds HTML (<foreignObject>)"}}) {
    const std::string said = r.said("# A\n\nSee ![x](" + name + ").\n");
    INFO(said);
    CHECK(contains(said, "01.md:3:10: error: image '" + name + "' " + expected));
    CHECK_FALSE(contains(said, "/tmp"));
  }
  put("offered.svg",
      svg + "<switch><foreignObject width=\"9\" height=\"9\"/><text>x</text></switch><use xlink:href=\"#a\"/></svg>");
  CHECK(r.said("# A\n\n![x](offered.svg) and ![y](drawing.svg)\n").empty());
}

// ------------------------------------------------------------------------------------------------ figures made of
// pictures

namespace {

const std::string figures =
    "# Method\n\n"
    "![The *set-up*, drawn by hand.](upright.png){#fig:setup width=50% alt=\"Two coloured quarters\"}\n\n" +
    bowl +
    "\n@fig:setup and @fig:bowl, then @fig:both with @fig:left, @tbl:scan and @tbl:small.\n\n"
    "::: {#fig:both}\n![The left one.](drawing.svg){#fig:left}\n\n![](upright.jpg)\n\nTwo **pictures**.\n:::\n\n"
    "::: {#tbl:scan}\n![](drawing.pdf)\n\nA table that was scanned.\n:::\n\n"
    "::: {#tbl:small}\n| a | b |\n|---|---|\n| 1 | 2 |\n\nA table within a division.\n:::\n";

const std::string numbers = "Figure 1.1 and Figure 1.2, then Figure 1.3 with Figure 1.3a, Table 1.1 and Table 1.2.";

std::string without_tags(std::string text) {
  text = std::regex_replace(text, std::regex("<[^>]*>"), "");
  text = std::regex_replace(text, std::regex("\u00A0"), " ");
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

std::string text_of_pdf(const fs::path& file) {
  sys::Command command;
  command.arguments = {"pdftotext", "-layout", file.string(), "-"};
  return std::regex_replace(sys::run(command).output, std::regex("\\s+"), " ");
}

}  // namespace

TEST_CASE("pictures and divisions with IDs are figures and tables, numbered in every format with the computed ones") {
  Pictures r;
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  r.chapter(figures);
  r.build();
  const std::string page = r.read("report.html"), epub = part_of_archive(r.read("report.epub"), "/01-method.xhtml");
  const std::string word = part_of_archive(r.read("report.docx"), "word/document.xml");
  CHECK_THAT(without_tags(page), ContainsSubstring(numbers));
  CHECK_THAT(without_tags(epub), ContainsSubstring(numbers));
  CHECK_THAT(without_tags(word), ContainsSubstring(numbers));
  CHECK_THAT(text_of_pdf(r.settings.output / "report.pdf"), ContainsSubstring(numbers));
  for (const auto& [id, caption] :
       std::map<std::string, std::string>{{"fig:setup", "Figure 1.1 The set-up, drawn by hand."},
                                          {"fig:both", "Figure 1.3 Two pictures."},
                                          {"fig:left", "(a) The left one."},
                                          {"tbl:scan", "Table 1.1 A table that was scanned."},
                                          {"tbl:small", "Table 1.2 A table within a division."}}) {
    INFO(id);
    CHECK(count(page, "id=\"" + id + "\"") == 1);
    CHECK(count(epub, "id=\"" + id + "\"") == 1);
    CHECK(contains(word, "w:name=\"" + id + "\""));
    CHECK_THAT(without_tags(page), ContainsSubstring(caption));
    CHECK_THAT(without_tags(epub), ContainsSubstring(caption));
    CHECK_THAT(without_tags(word), ContainsSubstring(caption.substr(caption.find(". ") + 1)));
    CHECK_THAT(text_of_pdf(r.settings.output / "report.pdf"), ContainsSubstring(caption));
  }
  CHECK(contains(page, "alt=\"Two coloured quarters\""));
  CHECK(contains(epub, "alt=\"Two coloured quarters\""));
  CHECK(contains(word, "docPr descr=\"Two coloured quarters\""));
  CHECK(contains(sys::read_file(r.settings.scratch() / "latex" / "report.tex"),
                 "\\includegraphics[width=0.5\\linewidth,height=\\textheight,alt={Two coloured quarters}]"));
}

TEST_CASE("a caption of two paragraphs stays two paragraphs, and the picture's description is the author's") {
  Report r;
  r.settings.formats = {"html", "epub", "docx", "json"};
  r.chapter(
      "# A bowl\n\n```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\ncaption: |\n  "
      "**One.** The first.\n\n"
      "  The second.\nalt: What a reader needs.\n```\n");
  r.build();
  const std::string epub = part_of_archive(r.read("report.epub"), "/01-a-bowl.xhtml"),
                    word = part_of_archive(r.read("report.docx"), "word/document.xml");
  for (const std::string& text : {epub, word, r.read("report.json"), r.read("report.html")})
    CHECK_FALSE(contains(text, "\u00B6"));
  CHECK(count(epub, "alt=\"What a reader needs.\"") == 1);
  CHECK(count(word, "docPr descr=\"What a reader needs.\"") == 1);
  CHECK(count(epub, "The second.") == 1);
  CHECK(count(word, "<w:pStyle w:val=\"ImageCaption\"") == 2);
  CHECK(count(word, "<w:pStyle w:val=\"CaptionedFigure\"") == 1);
  CHECK(contains(r.read("report.json"), "\"second.\""));
}

TEST_CASE("columns stand side by side, and figures in them where they are written") {
  Pictures r;
  r.settings.formats = {"html", "pdf", "docx"};
  const auto margin = [](const std::string& id) {
    return "```{.figure #fig:" + id +
           "}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 50\nwidth: margin\ncaption: Of " + id +
           ".\nalt: x\n```\n";
  };
  r.chapter("# Side by side\n\n:::: {.columns}\n::: {.column width=\"30%\"}\n" + margin("left") +
            "\n![A picture.](upright.png){#fig:p width=100%}\n:::\n"
            "::: {.column width=\"70%\"}\n" +
            margin("right") + "\nWords[^n].\n:::\n::::\n\n[^n]: The note.\n\nText after.\n");
  r.build();
  for (const auto& event : r.events) CHECK(event.kind != engine::Event::Kind::warning);
  const std::string tex = sys::read_file(r.settings.scratch() / "latex" / "report.tex");
  CHECK_FALSE(contains(tex, "\\begin{marginfigure}"));
  CHECK(contains(tex, "\\begin{reportcolumn}{0.3000}{1}{1}"));
  CHECK(contains(tex, "\\begin{reportcolumn}{0.7000}{1}{2}"));
  const std::string layout = text_of_pdf(r.settings.output / "report.pdf");
  CHECK_THAT(layout, ContainsSubstring("Figure 1.1 Of left."));
  CHECK_THAT(layout, ContainsSubstring("Figure 1.3 Of right."));
  CHECK_THAT(layout, ContainsSubstring("The note."));
  CHECK_FALSE(contains(r.read("report.html"), "<figure id=\"fig:left\" class=\"margin\""));
  const std::string word = part_of_archive(r.read("report.docx"), "word/document.xml");
  CHECK(count(word, "<w:tc>") == 2);
  std::smatch extent;
  REQUIRE(std::regex_search(word, extent, std::regex("fig:p\"[\\s\\S]*?<wp:extent cx=\"(\\d+)\"")));
  CHECK(std::stod(extent[1]) / 36000 == Approx(0.3 * 145).margin(0.1));  // millimetres
}

TEST_CASE("columns that are longer than a page go on over the next ones, and columns may stand within columns") {
  Report r;
  r.settings.formats = {"pdf"};
  std::string text = "# Long\n\n:::: {.columns}\n::: {.column}\n";
  for (int i = 0; i < 60; ++i)
    text += "Paragraph number " + std::to_string(i) + " of a column whose end must be seen, too.\n\n";
  text +=
      ":::\n::: {.column}\nBeside it.\n\n::::: {.columns}\n::: {.column}\nInner one.\n:::\n::: {.column}\nInner "
      "two.\n:::\n:::::\n:::\n::::\n\nText after.\n";
  r.chapter(text);
  r.build();
  for (const auto& event : r.events) CHECK(event.kind != engine::Event::Kind::warning);
  const std::string print = text_of_pdf(r.settings.output / "report.pdf");
  for (int i = 0; i < 60; ++i) CHECK_THAT(print, ContainsSubstring("Paragraph number " + std::to_string(i) + " "));
  CHECK_THAT(print, ContainsSubstring("Inner one. Inner two."));
  CHECK_THAT(print, ContainsSubstring("Text after."));
}

TEST_CASE("pictures of any size fit in lists, quotes, tables and notes, in every format") {
  Pictures r;
  r.settings.formats = {"html", "pdf", "epub", "docx"};
  std::string text = "# Sizes\n\n";
  int next = 0, cells = 0;
  for (const std::string size : {"width=100%", "width=30%", "width=4cm", "width=1in", "height=2cm",
                                 "width=200px height=1cm", "width=20mm", "width=300mm height=20mm"}) {
    const auto one = [&] { return "![A picture.](drawing.svg){#fig:p" + std::to_string(next++) + " " + size + "}"; };
    text += one() + "\n\n- item\n\n  " + one() + "\n\n> " + one() + "\n\n";
    const std::string cell =
        "![A picture.](drawing.svg){" + size + "}";  // among the words of a table nothing is numbered
    text += "| A | B |\n|---|---|\n| x | " + cell + " |\n\n";
    ++cells;
    text +=
        "Words[^n" + std::to_string(next) + "].\n\n[^n" + std::to_string(next) + "]: Note.\n\n    " + one() + "\n\n";
  }
  r.chapter(text);
  r.build();
  for (const auto& event : r.events) {
    INFO(event.message);
    CHECK(event.kind != engine::Event::Kind::warning);
  }
  const std::string all = std::to_string(next);
  CHECK(count(r.read("report.html"), "<figure id=\"fig:p") == next);
  CHECK(count(sys::read_file(r.settings.scratch() / "latex" / "report.tex"), "\\figurecaption") >= next);
  const std::string archive = r.read("report.docx");
  CHECK(count(part_of_archive(archive, "word/document.xml") + part_of_archive(archive, "word/footnotes.xml"),
              "<pic:pic") == next + cells);
  // What a note shows must be found from the notes' own list of files.
  for (const auto& match : std::vector<std::string>{"r:embed=\"(rId\\d+)\""}) {
    const std::string notes = part_of_archive(archive, "word/footnotes.xml"),
                      files = part_of_archive(archive, "word/_rels/footnotes.xml.rels");
    const std::regex embedded(match);
    for (auto at = std::sregex_iterator(notes.begin(), notes.end(), embedded); at != std::sregex_iterator(); ++at)
      CHECK(contains(files, "Id=\"" + (*at)[1].str() + "\""));
  }
}

TEST_CASE("in print a figure after a table has room beside the figures above the table") {
  Pictures r;
  r.settings.formats = {"pdf"};
  sys::write_file(r.settings.chapters / "tall.svg",
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"300\" height=\"330\"><rect width=\"300\" "
                  "height=\"330\"/></svg>");
  r.chapter(
      "# A\n\nText.\n\n![One](tall.svg){#fig:one width=100%}\n\nMore text.\n\n![Two](tall.svg){#fig:two "
      "width=100%}\n\n| a |\n|---|\n| 1 |\n\n"
      "Text.\n\n![Three](tall.svg){#fig:three width=100%}\n\nText.\n");
  r.build();
  for (const auto& event : r.events) {
    INFO(event.message);
    CHECK(event.kind != engine::Event::Kind::warning);
  }
}

TEST_CASE("Word's page is the print's, its typeface and sizes too") {
  Report r;
  r.settings.formats = {"docx"};
  r.chapter("# A\n\nText.\n");
  r.build();
  const std::string archive = r.read("report.docx"), word = part_of_archive(archive, "word/document.xml");
  CHECK(contains(word, "w:w=\"11906\""));
  CHECK(contains(word, "w:h=\"16838\""));
  CHECK(contains(word, "w:left=\"1701\""));
  CHECK(contains(part_of_archive(archive, "theme1.xml"), "<a:latin typeface=\"Palatino Linotype\""));
  CHECK(contains(part_of_archive(archive, "word/styles.xml"), "<w:sz w:val=\"21\""));
  const std::string styles = part_of_archive(archive, "word/styles.xml");
  const auto heading = styles.find("w:styleId=\"Heading1\"");
  REQUIRE(heading != std::string::npos);
  CHECK_FALSE(contains(styles.substr(heading, styles.find("</w:style>", heading) - heading), "<w:color"));
}

}  // namespace images_test
