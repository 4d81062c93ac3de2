// Facts about a page's text: which children a browser sees in it, and what of them an edit changes.
#include "live/page_text.hpp"

#include "catch.hpp"

namespace page_text_test {

namespace {

using Children = std::vector<std::string_view>;

std::string page(const std::string& text) { return "<body>\n<main id=\"text\">" + text + "</main>\n</body>"; }

std::size_t count(const std::string& text) {
  const std::string whole = page(text);
  const auto children = live::children_of(whole);
  return children ? children->size() : 99;
}

}  // namespace

TEST_CASE("a page's text in its children, each with what stands before it") {
  const std::string text =
      page("\n<p>A <em>word</em> < b.</p>\n<!-- <p> -->\n<figure><svg><path d='>'/></svg></figure>\n");
  REQUIRE(live::children_of(text));
  CHECK(*live::children_of(text) ==
        Children{"\n<p>A <em>word</em> < b.</p>", "\n<!-- <p> -->\n<figure><svg><path d='>'/></svg></figure>"});
  CHECK(count("") == 0);
  CHECK(count("<hr>\n<hr />\n<p title=\"a > b\"><br><img src=\"x\"></p>") == 3);
  CHECK(count("<figure><script type=\"application/json\">{\"a\": \"<p>\"}</script></figure><p></p>") == 2);
  CHECK(count("<svg/><p></p>") == 2);
}

TEST_CASE("where tags do not go together, or text stands by itself, no children are told") {
  for (const char* text :
       {"<p>", "<p></div>", "</p>", "<p></p>words", "<div/><p></p>", "<!-- ", "<p title=\"a></p>", "<script>"}) {
    INFO(text);
    CHECK(count(text) == 99);
  }
  CHECK_FALSE(live::children_of("<p></p>"));
  CHECK_FALSE(live::children_of("</main><main>"));
}

TEST_CASE("a change of the text is told by the children that stay at its beginning and its end") {
  const auto change = [](const std::string& before, const std::string& now) {
    return live::text_change(page(before), page(now)).value_or(live::TextChange{9, 9, 9, 9, ""});
  };
  const auto are = [](const live::TextChange& c, std::size_t before, std::size_t first, std::size_t last,
                      std::size_t put, const std::string& html) {
    return c.before == before && c.first == first && c.last == last && c.put == put && c.html == html;
  };
  const std::string three = "<p>a</p><p>b</p><p>c</p>";
  CHECK(are(change(three, "<p>a</p><p>B</p><p>c</p>"), 3, 1, 1, 1, "<p>B</p>"));
  CHECK(are(change(three, "<p>a</p><p>c</p>"), 3, 1, 1, 0, ""));
  CHECK(are(change(three, "<p>a</p><p>b</p><p>b</p><p>c</p>"), 3, 2, 1, 1, "<p>b</p>"));
  CHECK(are(change("<p>b</p><p>b</p>", "<p>b</p>"), 2, 1, 0, 0, ""));
  CHECK(are(change(three, three), 3, 3, 0, 0, ""));
  CHECK(are(change(three, ""), 3, 0, 0, 0, ""));
  CHECK_FALSE(live::text_change("", page(three)));
  CHECK_FALSE(live::text_change(page("<p>"), page(three)));
  CHECK_FALSE(live::text_change(page(three), page("<p>" + std::string(1 << 18, 'a') + "</p>")));
}

}  // namespace page_text_test
