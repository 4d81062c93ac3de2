// Facts about figures that are made for the margin: where print and page put them. Lengths are millimetres, and those
// of the page are the theme's: text 117 wide from 18 on, 8 between, a margin of 50.
#include <regex>
#include <utility>

#include "support/build_context.hpp"
#include "system/process.hpp"

namespace margin_figure_test {

using namespace support;

namespace {

constexpr double mm = 72 / 25.4;
constexpr double text_left = 18 * mm, margin_left = (18 + 117 + 8) * mm;

struct Box {
  int page = 0;
  double left = 0, top = 0, bottom = 0;
};

std::string told_by_pdftotext(std::vector<std::string> arguments) {
  sys::Command command;
  command.arguments = std::move(arguments);
  command.arguments.insert(command.arguments.begin(), "pdftotext");
  return sys::run(command).output;
}

/// Where a word stands that occurs once.
Box place_of(const Report& scene, const std::string& word) {
  const std::string boxes = told_by_pdftotext({"-bbox", (scene.settings.output / "report.pdf").string(), "-"});
  const std::regex pattern("xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"[0-9.]+\" yMax=\"([0-9.]+)\">" + word + "<");
  std::smatch match;
  INFO(word);
  REQUIRE(std::regex_search(boxes, match, pattern));
  const std::string before = match.prefix();
  int page = 0;
  for (auto at = before.find("<page "); at != std::string::npos; at = before.find("<page ", at + 1)) ++page;
  return {page, std::stod(match[1]), std::stod(match[2]), std::stod(match[3])};
}

std::string figure(const std::string& id, int height, const std::string& caption, const std::string& width = "margin") {
  return "\n```{.figure #fig:" + id + "}\nexperiment: effective-time\nwidth: " + width +
         "\nheight: " + std::to_string(height) + "\ncaption: " + caption + "\nalt: Curves\n```\n\n";
}

std::string paragraphs(int count) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text +=
        "The words of this paragraph are many, for they have to fill lines of a page until there is no room left in "
        "which "
        "a figure could stand, however small it is and however much its author would like to see it there at last.\n\n";
  return text;
}

bool has_pdftotext() {
  try {
    told_by_pdftotext({"-v"});
    return true;
  } catch (const sys::NoProgram&) {
    return false;
  }
}

}  // namespace

TEST_CASE("in print a margin figure stands in the margin with its caption, and floats whole where no room is left") {
  if (!has_pdftotext()) {
    WARN("pdftotext is not here: nothing can be said of the print");
    return;
  }
  Report scene;
  scene.settings.formats = {"pdf"};
  scene.chapter("# Margins\n\nAardvark. " + paragraphs(1) + figure("one", 80, "Zeppelin one.") + "Badger. " +
                paragraphs(2) + figure("two", 80, "Yacht two.") + figure("three", 80, "Xylophone three.") +
                paragraphs(6) + figure("four", 120, "Walrus four.", "column") + paragraphs(8));
  CHECK(scene.build().failed == 0);

  const Box first = place_of(scene, "Zeppelin"), second = place_of(scene, "Yacht"),
            third = place_of(scene, "Xylophone");
  const Box text = place_of(scene, "Aardvark."), after = place_of(scene, "Badger."), column = place_of(scene, "Walrus");
  CHECK(first.left > margin_left - 1);
  CHECK(first.page == after.page);
  CHECK(text.left < margin_left);
  CHECK(after.top < first.top);  // the text goes on beside the figure
  // The second stands under the first, not on it; the third finds no room on this page and floats, its caption beside
  // it.
  CHECK(second.left > margin_left - 1);
  CHECK((second.page > first.page || second.top > first.bottom + 80 * mm));
  CHECK(third.left > text_left + 50 * mm);
  CHECK(third.left < margin_left - 50);
  CHECK(column.page > second.page);  // no float came to the page of figures in its margin
  for (const Box& box : {first, second, third, column}) CHECK(box.bottom < (26 + 238 + 1) * mm);
}

TEST_CASE("in the page figures say by their width whether they stand in the margin, the column, or over both") {
  Report scene;
  scene.settings.formats = {"html"};
  scene.chapter("# Widths\n" + figure("one", 60, "In the margin.") + figure("two", 60, "In the column.", "column") +
                figure("three", 60, "Over both.", "full"));
  CHECK(scene.build().failed == 0);
  const std::string page = scene.read("report.html");
  for (const char* begin : {"<figure id=\"fig:one\" class=\"margin\"", "<figure id=\"fig:two\" class=\"column\"",
                            "<figure id=\"fig:three\" class=\"full\""})
    CHECK(page.find(begin) != std::string::npos);
}

}  // namespace margin_figure_test
