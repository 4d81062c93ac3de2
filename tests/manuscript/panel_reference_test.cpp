// Facts about references to panels.
#include "manuscript/panel_reference.hpp"

#include "catch.hpp"

namespace panel_reference_test {

using namespace manuscript;

TEST_CASE("panels are lettered a to z, then aa, and a letter leads back to its panel") {
  CHECK(panel_letter(0) == "a");
  CHECK(panel_letter(25) == "z");
  CHECK(panel_letter(26) == "aa");
  CHECK(panel_letter(701) == "zz");
  for (const std::size_t panel : {0U, 1U, 25U, 26U, 27U, 52U, 701U})
    CHECK(PanelReference{"fig:a", panel_letter(panel)}.panel() == panel);
}

TEST_CASE("what is no letter of a panel leads to none") {
  for (const char* letter : {"", "A", "1", "a1", "aaa", "ä", "a b"}) {
    INFO(letter);
    CHECK_FALSE(PanelReference{"fig:a", letter}.panel());
  }
  CHECK_FALSE(panel_reference("fig:bowl"));
  CHECK_FALSE(panel_reference("tbl:bowl.a"));
  const auto found = panel_reference("fig:map.1.b");
  REQUIRE(found);
  CHECK(found->figure == "fig:map.1");
  CHECK(found->letter == "b");
}

}  // namespace panel_reference_test
