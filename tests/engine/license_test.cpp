// Licences by their identifiers, names and addresses.
#include "engine/sources/license.hpp"

#include "catch.hpp"

namespace license_test {

using engine::license_of;

TEST_CASE("a Creative Commons licence is known by its identifier, its name and its address") {
  for (const char* text : {"CC-BY-4.0", "cc-by-4.0", "CC BY 4.0", "CC BY 4.0 International",
                           "https://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/licenses/by/4.0",
                           "https://creativecommons.org/licenses/by/4.0/deed.de"}) {
    INFO(text);
    const auto license = license_of(text);
    REQUIRE(license);
    CHECK(license->id == "CC-BY-4.0");
    CHECK(license->name == "CC BY 4.0");
    CHECK(license->address == "https://creativecommons.org/licenses/by/4.0/");
  }
  CHECK(license_of("CC BY-NC-ND 3.0")->id == "CC-BY-NC-ND-3.0");
  CHECK(license_of("CC BY NC SA 4.0")->id == "CC-BY-NC-SA-4.0");
}

TEST_CASE("public domain has two marks") {
  CHECK(license_of("CC0 1.0")->address == "https://creativecommons.org/publicdomain/zero/1.0/");
  CHECK(license_of("CC0-1.0")->name == "CC0 1.0");
  CHECK(license_of("https://creativecommons.org/publicdomain/mark/1.0/")->name == "Public Domain Mark 1.0");
}

TEST_CASE("other licences are known by their SPDX identifiers, in any case of letters") {
  CHECK(license_of("mit")->id == "MIT");
  CHECK(license_of("GPL-3.0-or-later")->address == "https://spdx.org/licenses/GPL-3.0-or-later.html");
}

TEST_CASE("what is no licence is none") {
  for (const char* text : {"", "CC", "CC BY", "CC-BY-5.0", "CC-ND-4.0", "GPL", "GPL-3.0", "MIT License", "free",
                           "https://creativecommons.org/licenses/by-xx/4.0/", "https://example.org/MIT"}) {
    INFO(text);
    CHECK(!license_of(text));
  }
}

TEST_CASE("what begins a licence's identifier is told how it goes on") {
  using engine::license_meant;
  CHECK(license_meant("GPL-3.0") == "did you mean 'GPL-3.0-only' or 'GPL-3.0-or-later'?");
  CHECK(license_meant("CC BY") == "did you mean 'CC-BY-4.0'?");
  CHECK(license_meant("cc-by-nc") == "did you mean 'CC-BY-NC-4.0'?");
  CHECK(license_meant("CC-BY-5.0") == "did you mean 'CC-BY-4.0'?");
  CHECK(license_meant("Apache-2.O") == "did you mean 'Apache-2.0'?");
  CHECK(license_meant("all rights reserved").empty());
}

TEST_CASE("every identifier is known by itself") {
  for (const auto& id : engine::license_ids()) CHECK(license_of(id)->id == id);
}

}  // namespace license_test
