#include <cmath>

#include "catch.hpp"
#include "publish/errors.hpp"
#include "publish/tags/glyph_text.hpp"
#include "publish/tags/picture_boxes.hpp"
#include "publish/tags/structure.hpp"
#include "publish/tags/structure_tree.hpp"
#include "publish/tags/tagged.hpp"
#include "publish/tags/text_pen.hpp"

using namespace publish::tags;

namespace {

using Kind = TagMark::Kind;

Content words(const std::string& text) { return {.bytes = "BT(" + text + ")Tj ET", .paints = true, .text = text}; }
Content rule() { return {.bytes = "0 0 m 1 0 l S", .paints = true}; }
TagMark mark(Kind kind, int number = 0, const std::string& name = "") { return {kind, number, name}; }

/// "Document(P[one] Figure)": roles, and the texts that they show themselves.
std::string outline(const StructureElement& element) {
  std::string text = element.role, inner;
  if (!element.text.empty()) text += "[" + element.text + "]";
  for (const auto& kid : element.kids)
    if (kid.element != nullptr) inner += (inner.empty() ? "" : " ") + outline(*kid.element);
  return inner.empty() ? text : text + "(" + inner + ")";
}

std::string outline_of(const std::string& nodes, const std::vector<std::vector<Piece>>& pages) {
  const auto declared = nodes_of(nodes);
  TreeBuilder builder(declared);
  for (const auto& page : pages) builder.marked(page);
  const StructureTree tree = builder.finished();
  return outline(tree.elements.front());
}

TEST_CASE("a figure's box is where its pictures are drawn, however they are moved, turned and cut") {
  const auto near = [](const PictureBox& box, const PictureBox& expected) {
    return std::abs(box.left - expected.left) + std::abs(box.bottom - expected.bottom) +
               std::abs(box.right - expected.right) + std::abs(box.top - expected.top) <
           1e-9;
  };
  PictureBoxes boxes;
  boxes.save();
  boxes.transform({1, 0, 0, 1, 100, 200});
  boxes.transform({30, 0, 0, 40, 0, 0});
  CHECK(near(boxes.of(), {100, 200, 130, 240}));
  boxes.restore();
  boxes.save();
  boxes.transform({0, 50, -20, 0, 300, 10});  // a quarter of a turn
  CHECK(near(boxes.of(), {280, 10, 300, 60}));
  boxes.restore();
  boxes.restore();  // one too many
  CHECK(near(boxes.of(), {0, 0, 1, 1}));

  boxes.transform({1, 0, 0, 1, 5, 7});
  CHECK(near(boxes.of({10, 20, 110, 70}, {2, 0, 0, 2, -20, -40}), {5, 7, 205, 107}));
  PictureBox both{0, 0, 1, 1};
  both.add({-1, 0.5, 0.5, 3});
  CHECK(near(both, {-1, 0, 1, 3}));
}

}  // namespace

TEST_CASE("a node's line says what it is of, how its marks come, and facts of any letters") {
  const auto nodes = nodes_of("% 4 0 g Table\n% 5 4 m TH\tscope=Column\talt=a\\tb\\nc\\\\d=e\n% end\n");
  REQUIRE(nodes.size() == 2);
  CHECK(nodes[0].presence == Presence::group);
  CHECK(nodes[1].parent == 4);
  CHECK(nodes[1].facts.at("scope") == "Column");
  CHECK(nodes[1].facts.at("alt") == "a\tb\nc\\d=e");
  CHECK_THROWS_WITH(nodes_of("% 4 0 x Table\n"), ContainsSubstring("kind 'x'"));
  CHECK_THROWS_AS(nodes_of("% four\n"), publish::Error);
}

TEST_CASE("what codes mean is read from single entries, ranges and lists") {
  const auto map = read_code_map(
      "2 beginbfchar\n<1C><00660069>\n<7F><00AD>\nendbfchar\n2 beginbfrange\n<41><43><0061>\n<50> <51> [<03B1> "
      "<D835DC00>]\n"
      "endbfrange\n");
  CHECK(map.at(0x1C) == "fi");
  CHECK(map.at(0x7F) == "\u00AD");
  CHECK(map.at('A') == "a");
  CHECK(map.at('C') == "c");
  CHECK(map.at(0x50) == "\u03B1");
  CHECK(map.at(0x51) == "\U0001D400");
}

TEST_CASE("the pen sees words and lines end, and neither kerns nor raised letters") {
  TextPen pen;
  pen.set_size(10);
  pen.begin();
  CHECK(pen.gap() == TextPen::Gap::none);
  pen.move(100, 700);
  pen.show(500);
  pen.shift(-60);  // a kern
  CHECK(pen.gap() == TextPen::Gap::none);
  pen.shift(-200);
  CHECK(pen.gap() == TextPen::Gap::word);
  pen.show(500);
  pen.move(12.6, 4);  // a superscript right behind it
  CHECK(pen.gap() == TextPen::Gap::none);
  pen.show(500);
  pen.set_matrix({1, 0, 0, 1, 100, 688});
  CHECK(pen.gap() == TextPen::Gap::line);
}

TEST_CASE("content belongs to the node whose marks it stands between, and goes on behind an inner one") {
  const std::string nodes = "% 4 0 m P\n% 5 4 m Formula\talt=x\n";
  CHECK(outline_of(nodes, {{mark(Kind::begin, 4), words("a "), mark(Kind::begin, 5), words("x"), mark(Kind::end),
                            words(" b"), mark(Kind::end)}}) == "Document(P[a  b](Formula[x]))");
}

TEST_CASE("what is open at a page's end goes on below the next page's head, and notes beside it") {
  const std::string nodes = "% 4 0 m P\n% 5 -1 m P\n";
  const std::vector<Piece> first{mark(Kind::begin, 4),         words("one"), mark(Kind::note_reference, 0, "1"),
                                 mark(Kind::flow, 0, "notes"), words("1"),   mark(Kind::note, 0, "1"),
                                 mark(Kind::begin, 5),         words("note")};
  const std::vector<Piece> second{mark(Kind::artefact), words("head"),   mark(Kind::end),
                                  words("two"),         mark(Kind::end), mark(Kind::flow, 0, "notes"),
                                  words("goes on"),     mark(Kind::end), mark(Kind::end)};
  CHECK(outline_of(nodes, {first, second}) == "Document(P[onetwo](Note(Lbl[1] P[notegoes on])))");
}

TEST_CASE("what LaTeX prints between marked nodes is the one that stands there unmarked, or a paragraph of its own") {
  const std::string list = "% 4 0 g L\n% 5 4 g LI\n% 6 5 u Lbl\n% 7 5 m LBody\n";
  CHECK(outline_of(list, {{words("1."), mark(Kind::begin, 7), words("one"), mark(Kind::end)}}) ==
        "Document(L(LI(Lbl[1.] LBody[one])))");
  CHECK(outline_of("% 4 0 m P\n% 5 0 m P\n", {{mark(Kind::begin, 4), words("a"), mark(Kind::end), words("stray"),
                                               mark(Kind::begin, 5), words("b"), mark(Kind::end)}}) ==
        "Document(P[a] P[stray] P[b])");
}

TEST_CASE("a float stands where the text has it, wherever its page has room") {
  const std::string nodes =
      "% 4 0 m P\n% 5 0 g Div\tfloat=\n% 6 5 m Figure\talt=x\n% 7 5 m Caption\n% 8 0 m P\n% 9 0 u Code\n";
  const std::vector<Piece> page{
      mark(Kind::begin, 6), rule(),     mark(Kind::end), mark(Kind::begin, 7), words("c"), mark(Kind::end),
      mark(Kind::begin, 4), words("a"), mark(Kind::end), mark(Kind::begin, 8), words("b"), mark(Kind::end),
      words("code")};
  CHECK(outline_of(nodes, {page}) == "Document(P[a] Div(Figure Caption[c]) P[b] Code[code])");
}

TEST_CASE("in a float nothing of the text around it goes on, and what no node expects there is not the text's") {
  // At the foot of a page, below its notes: a caption that is a list.
  const std::string nodes =
      "% 4 0 m P\n% 5 0 g Div\tfloat=\n% 6 5 m Figure\talt=x\n% 7 5 g Caption\n% 8 7 u Lbl\n% 9 0 g L\n% 10 9 g LI\n"
      "% 11 10 u Lbl\n% 12 10 m LBody\n";
  const std::vector<Piece> page{mark(Kind::begin, 4), words("text"),        mark(Kind::flow, 0, "notes"),
                                mark(Kind::floating), mark(Kind::begin, 6), rule(),
                                mark(Kind::end),      words("K."),          mark(Kind::end_of_float)};
  const std::vector<Piece> next{words(" goes on"),     mark(Kind::end), words("1."),
                                mark(Kind::begin, 12), words("one"),    mark(Kind::end)};
  CHECK(outline_of(nodes, {page, next}) ==
        "Document(P[text goes on] Div(Figure Caption(Lbl[K.])) L(LI(Lbl[1.] LBody[one])))");
}

TEST_CASE("what a page shows and no element holds is a paragraph at the end") {
  CHECK(outline_of("% 4 0 m P\n", {{mark(Kind::begin, 4), words("a"), mark(Kind::end), mark(Kind::flow, 0, "notes"),
                                    words("2")}}) == "Document(P[a] P[2])");
}

TEST_CASE("headings are taken in their order, and what is shown again is an artefact") {
  const std::string nodes = "% 4 0 h H1\n% 5 0 g Table\n% 6 5 g TR\n% 7 6 m TH\tscope=Column\n% 8 0 h H2\n";
  const std::vector<Piece> first{mark(Kind::heading),  words("1 One"), mark(Kind::end),
                                 mark(Kind::begin, 7), words("head"),  mark(Kind::end)};
  const std::vector<Piece> second{mark(Kind::begin, 7), words("head"),    mark(Kind::end),
                                  mark(Kind::heading),  words("1.1 Two"), mark(Kind::end)};
  CHECK(outline_of(nodes, {first, second}) == "Document(H1[1 One] Table(TR(TH[head])) H2[1.1 Two])");
}

TEST_CASE("ornaments are artefacts, and lines of a formula are not") {
  const auto nodes = nodes_of("% 4 0 m P\n% 5 4 m Formula\talt=a/b\n");
  TreeBuilder builder(nodes);
  const std::string page = builder.marked({rule(), mark(Kind::begin, 4), words("a"), rule(), mark(Kind::begin, 5),
                                           rule(), mark(Kind::end), mark(Kind::end)});
  CHECK(page.find("/Artifact BMC") < page.find("/P <</MCID 0>> BDC"));
  CHECK(page.find("/Artifact BMC", page.find("/P")) != std::string::npos);
  CHECK(page.find("/Formula <</MCID 1>> BDC") != std::string::npos);
}

TEST_CASE("a PDF whose text has no nodes stays as it is, and what is no PDF is an error") {
  CHECK(tagged("anything", "") == "anything");
  CHECK_THROWS_WITH(tagged("anything", "% 4 0 m P\n% end\n"), ContainsSubstring("cannot be tagged"));
}
