// Facts about the page's typefaces: they hold what the page shows, in every form that browsers give it, and little
// else.
#include "publish/page/web_fonts.hpp"

#include <brotli/decode.h>
#include <hb-ot.h>

#include <memory>
#include <regex>

#include "catch.hpp"
#include "publish/base64.hpp"
#include "publish/page/cut_typeface.hpp"
#include "publish/page/woff2.hpp"
#include "support/scratch_folder.hpp"

namespace web_fonts_test {

using namespace publish;

namespace {

/// A font as HarfBuzz reads it; the bytes must outlive it.
class Font {
 public:
  explicit Font(std::string_view bytes)
      : blob_(hb_blob_create(bytes.data(), static_cast<unsigned>(bytes.size()), HB_MEMORY_MODE_READONLY, nullptr,
                             nullptr),
              hb_blob_destroy),
        face_(hb_face_create(blob_.get(), 0), hb_face_destroy),
        font_(hb_font_create(face_.get()), hb_font_destroy) {}

  hb_codepoint_t glyph_of(char32_t sign) const {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(font_.get(), sign, &glyph) ? glyph : 0;
  }
  bool has(char32_t sign) const { return glyph_of(sign) != 0; }

  Signs signs() const {
    const std::unique_ptr<hb_set_t, void (*)(hb_set_t*)> set(hb_set_create(), hb_set_destroy);
    hb_face_collect_unicodes(face_.get(), set.get());
    Signs all;
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(set.get(), &c);) all.insert(c);
    return all;
  }

  /// How many sizes a sign has in formulas, and of how many parts it is put together where they end.
  std::pair<unsigned, unsigned> growth_of(char32_t sign, hb_direction_t direction) const {
    const hb_codepoint_t glyph = glyph_of(sign);
    return {hb_ot_math_get_glyph_variants(font_.get(), glyph, direction, 0, nullptr, nullptr),
            hb_ot_math_get_glyph_assembly(font_.get(), glyph, direction, 0, nullptr, nullptr, nullptr)};
  }

  /// The widths of a text's glyphs with a feature of the font.
  std::vector<int> widths(const std::string& text, const char* feature) const {
    const std::unique_ptr<hb_buffer_t, void (*)(hb_buffer_t*)> buffer(hb_buffer_create(), hb_buffer_destroy);
    hb_buffer_add_utf8(buffer.get(), text.data(), static_cast<int>(text.size()), 0, -1);
    hb_buffer_guess_segment_properties(buffer.get());
    hb_feature_t wanted;
    hb_feature_from_string(feature, -1, &wanted);
    hb_shape(font_.get(), buffer.get(), &wanted, 1);
    unsigned count = 0;
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer.get(), &count);
    std::vector<int> all;
    for (unsigned i = 0; i < count; ++i) all.push_back(places[i].x_advance);
    return all;
  }

 private:
  std::unique_ptr<hb_blob_t, void (*)(hb_blob_t*)> blob_;
  std::unique_ptr<hb_face_t, void (*)(hb_face_t*)> face_;
  std::unique_ptr<hb_font_t, void (*)(hb_font_t*)> font_;
};

PageSigns signs_in(std::string_view html) {
  PageSigns signs;
  add_signs(html, signs);
  return signs;
}

const Signs& of(const PageSigns& signs, const WebFont& font) {
  return font.is_for_mathematics ? signs.mathematics : signs.text;
}

std::string_view font_named(std::string_view family) {
  for (const WebFont& font : web_fonts())
    if (font.family == family) return font.opentype;
  FAIL("no font " << family);
  return {};
}

Signs set_of(std::u32string_view text) { return {text.begin(), text.end()}; }

std::vector<std::string> fonts_in(const std::string& css) {
  std::vector<std::string> fonts;
  const std::regex data("base64,([^)]*)");
  for (std::sregex_iterator at(css.begin(), css.end(), data), end; at != end; ++at)
    fonts.push_back(from_base64(at->str(1)));
  return fonts;
}

const std::vector<std::string> house{"TeX Gyre Pagella", "TeX Gyre Pagella Math"};

}  // namespace

TEST_CASE("a page's typeface has what the page shows, as far as the whole one has it") {
  const PageSigns shown = as_shown(
      signs_in("<p>“Żółć, naïveté”, Ǧ, Tiếng Việt, ﬁne · Ελλάδα, Привет ✓ ∎ ☃</p><math><mi>x</mi><mo>∑</mo><mi>ϖ</mi>"
               "<mi>𝔄</mi><msqrt><mn>2</mn></msqrt><mo>⟦</mo></math>"));
  for (const WebFont& font : web_fonts()) {
    CAPTURE(std::string(font.family));
    const std::string cut = cut_typeface(font.opentype, of(shown, font), font.is_for_mathematics);
    const Font whole(font.opentype), kept(cut);
    for (const char32_t sign : of(shown, font)) {
      CAPTURE(static_cast<unsigned>(sign));
      CHECK(kept.has(sign) == whole.has(sign));
    }
    CHECK(kept.signs().size() <= of(shown, font).size());
    CHECK(cut.size() < font.opentype.size());
  }
}

TEST_CASE("the letters of Europe's languages are in every typeface of texts") {
  // Pangrams and letters: Polish, Czech, Hungarian, Turkish, Romanian, Icelandic, Latvian.
  const Signs letters = set_of(U"ąćęłńóśźżěščřžýáíéúůďťňőűğışçăâîșțþðæöāēģīķļņū");
  for (const WebFont& font : web_fonts()) {
    if (font.is_for_mathematics) continue;
    const std::string cut = cut_typeface(font.opentype, letters, false);
    for (const char32_t letter : letters) CHECK(Font(cut).has(letter));
  }
}

TEST_CASE("signs of a formula grow as with the whole typeface") {
  const Signs signs = set_of(U"()[]{}|‖⟨⟩√∑∏∫⏞⏟ˆ˜→");
  for (const WebFont& font : web_fonts()) {
    if (!font.is_for_mathematics) continue;
    const std::string cut = cut_typeface(font.opentype, signs, true);
    const Font whole(font.opentype), kept(cut);
    for (const char32_t sign : signs)
      for (const auto direction : {HB_DIRECTION_TTB, HB_DIRECTION_LTR}) {
        CAPTURE(std::string(font.family), static_cast<unsigned>(sign));
        CHECK(kept.growth_of(sign, direction) == whole.growth_of(sign, direction));
      }
    CHECK(kept.growth_of('(', HB_DIRECTION_TTB).first > 3);
    CHECK(kept.growth_of(U'√', HB_DIRECTION_TTB).second > 0);
  }
}

TEST_CASE("ligatures, kerning and figures of other kinds are those of the whole typeface") {
  const std::string_view whole_bytes = font_named("TeX Gyre Pagella");
  const std::string cut = cut_typeface(whole_bytes, as_shown({}).text, false);
  const Font whole(whole_bytes), kept(cut);
  for (const char* feature : {"liga", "-liga", "onum", "tnum", "-kern"})
    for (const char* text : {"office flow", "AVATAR To", "1234567890"}) {
      CAPTURE(feature, text);
      CHECK(kept.widths(text, feature) == whole.widths(text, feature));
    }
  CHECK(kept.widths("fi", "liga").size() == 1);
  CHECK(kept.widths("111", "onum") != kept.widths("111", "tnum"));
}

TEST_CASE("a variable counts in italics too, a function's name and an upright letter as they stand") {
  const PageSigns signs = signs_in(
      "text <math display=\"block\"><mi>h</mi><mi>η</mi><mi>max</mi><mi "
      "mathvariant=\"normal\">d</mi><mn>1</mn></math>");
  CHECK(signs.mathematics == set_of(U"hℎη𝜂maxd1"));
  CHECK(signs.text == set_of(U"tex "));
}

TEST_CASE("text in the mathematics font may come from either typeface") {
  const PageSigns signs = signs_in("<text><tspan class=\"m\" x=\"0\">𝜆✓</tspan></text>");
  for (const char32_t sign : {U'𝜆', U'✓'}) {
    CHECK(signs.mathematics.contains(sign));
    CHECK(signs.text.contains(sign));
  }
}

TEST_CASE("a formula without an end is text") {
  CHECK(signs_in("<math> ∑").text.contains(U'∑'));
  CHECK(signs_in("<math ").mathematics.empty());
  CHECK(signs_in("<math><mi</math>").mathematics.empty());
}

TEST_CASE("signs count that are named or numbered") {
  const PageSigns signs = signs_in("&rarr; &#8211; &#x2020; &frac12; &copy <math><mo>&le;</mo></math>");
  for (const char32_t sign : {U'→', U'–', U'†', U'½', U'©'}) CHECK(signs.text.contains(sign));
  CHECK(signs.mathematics.contains(U'≤'));
}

TEST_CASE("an accent counts with its letter and apart from it") {
  CHECK(signs_in("e\u0301").text.contains(U'é'));
  CHECK_FALSE(signs_in("e x\u0302").text.contains(U'ê'));
  const Signs shown = as_shown(signs_in("ű")).text;
  CHECK(shown.contains(U'\u030B'));
  CHECK(shown.contains(U'u'));
}

TEST_CASE("brackets count both ways round, and small letters as capitals where a style makes them so") {
  CHECK(as_shown(signs_in("⟦")).text.contains(U'⟧'));
  CHECK_FALSE(as_shown(signs_in("ő")).text.contains(U'Ő'));
  CHECK(as_shown(signs_in("<b style=\"font-variant: small-caps\">ő</b>")).text.contains(U'Ő'));
}

TEST_CASE("what is in every text needs no other typeface") {
  const PageSigns shown = as_shown({});
  for (char32_t c = ' '; c <= '~'; ++c) CHECK(shown.text.contains(c));
  for (const char32_t sign : set_of(U"“”‘’–—…\u00A0")) CHECK(shown.text.contains(sign));
  for (const char32_t sign : set_of(U"0123456789√−")) CHECK(shown.mathematics.contains(sign));
}

TEST_CASE("the rules hold the fonts of each family, and the same signs give the same bytes, kept or made") {
  const support::ScratchFolder folder;
  const store::Store store(folder.path());
  const PageSigns signs = signs_in("<p>Grüße</p><math><mi>x</mi></math>");
  const std::string made = web_fonts_css(house, signs, nullptr), stored = web_fonts_css(house, signs, &store);
  CHECK(fonts_in(made).size() == 4);
  CHECK(made == stored);
  CHECK(made == web_fonts_css(house, signs, &store));
  CHECK(web_fonts_css({"Comic Sans"}, signs, nullptr).empty());
}

TEST_CASE("a new sign of the text changes the text's typefaces alone") {
  const auto before = fonts_in(web_fonts_css(house, signs_in("<p>a</p><math><mi>x</mi></math>"), nullptr)),
             after = fonts_in(web_fonts_css(house, signs_in("<p>ő</p><math><mi>x</mi></math>"), nullptr));
  REQUIRE(after.size() == 4);
  for (const std::size_t text : {0, 1, 2}) CHECK(before[text] != after[text]);
  CHECK(before[3] == after[3]);
}

TEST_CASE("WOFF2 holds a font's tables, one behind another") {
  const std::string cut = cut_typeface(font_named("TeX Gyre Pagella Math"), set_of(U"x√"), true);
  const std::string packed = woff2(cut);
  const auto number = [](std::string_view bytes, std::size_t at, std::size_t size) {
    std::size_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  CHECK(packed.substr(0, 8) == "wOF2OTTO");
  CHECK(number(packed, 8, 4) == packed.size());
  CHECK(packed.size() % 4 == 0);
  const std::size_t tables = number(packed, 12, 2), compressed = number(packed, 20, 4);
  CHECK(tables == number(cut, 4, 2));
  CHECK(number(packed, 16, 4) == cut.size());  // HarfBuzz leaves no gaps

  std::string contents;
  for (std::size_t i = 0; i < tables; ++i)
    contents += cut.substr(number(cut, 12 + 16 * i + 8, 4), number(cut, 12 + 16 * i + 12, 4));
  std::string unpacked(contents.size(), '\0');
  std::size_t size = unpacked.size(), at = 48;  // where the directory begins
  for (std::size_t i = 0; i < tables; ++i) {
    REQUIRE(static_cast<unsigned char>(packed[at]) < 32);  // every table of a font of formulas has a number
    do ++at;
    while ((static_cast<unsigned char>(packed[at]) & 0x80) != 0);
    ++at;
  }
  REQUIRE(BrotliDecoderDecompress(compressed, reinterpret_cast<const std::uint8_t*>(packed.data()) + at, &size,
                                  reinterpret_cast<std::uint8_t*>(unpacked.data())) == BROTLI_DECODER_RESULT_SUCCESS);
  REQUIRE(size == contents.size());
  int changed = 0;
  for (std::size_t i = 0; i < size; ++i) changed += unpacked[i] != contents[i] ? 1 : 0;
  CHECK(changed <= 1);  // the flag of what was put together anew
}

}  // namespace web_fonts_test
