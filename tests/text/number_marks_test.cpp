// How languages mark numbers. The expected marks are those of CLDR 48, as ICU 78 prints them.
#include "text/number_marks.hpp"

#include "catch.hpp"

namespace number_marks_test {

using text::marked;
using text::number_marks;

namespace {

std::string number(const char* language) { return marked("1234567.5", number_marks(language), true); }

}  // namespace

TEST_CASE("decimal signs and thousands are the language's") {
  CHECK(number("en") == "1,234,567.5");
  CHECK(number("de") == "1.234.567,5");
  CHECK(number("fr") == "1\u202F234\u202F567,5");
  CHECK(number("es") == "1.234.567,5");
  CHECK(number("it") == "1.234.567,5");
  CHECK(number("pt") == "1.234.567,5");
  CHECK(number("nl") == "1.234.567,5");
  CHECK(number("pl") == "1\u00A0234\u00A0567,5");
  CHECK(number("hi") == "12,34,567.5");
  CHECK(number("ja") == "1,234,567.5");
  CHECK(number("sv") == "1\u00A0234\u00A0567,5");
}

TEST_CASE("a region may have marks of its own, whatever else the tag says") {
  CHECK(number("de-CH") == "1\u2019234\u2019567.5");
  CHECK(number("de-Latn-CH-1996") == "1\u2019234\u2019567.5");
  CHECK(number("DE-ch") == "1\u2019234\u2019567.5");
  CHECK(number("de-AT") == "1\u00A0234\u00A0567,5");
  CHECK(number("es-MX") == "1,234,567.5");
  CHECK(number("es-419") == "1,234,567.5");
  CHECK(number("pt-PT") == "1\u00A0234\u00A0567,5");
  CHECK(number("pt-BR") == "1.234.567,5");
  CHECK(number("fr-CA") == "1\u00A0234\u00A0567,5");
  CHECK(number("en-GB") == "1,234,567.5");
  CHECK(number("en-ZA") == "1\u00A0234\u00A0567,5");
  CHECK(number("en-x-de") == "1,234,567.5");
}

TEST_CASE("a language of which nothing is known has English marks") {
  CHECK(number_marks("tlh") == text::NumberMarks{});
  CHECK(number_marks("") == text::NumberMarks{});
}

TEST_CASE("some languages do not group four digits") {
  CHECK(marked("1234", number_marks("en"), true) == "1,234");
  CHECK(marked("1234", number_marks("es"), true) == "1234");
  CHECK(marked("1234", number_marks("pl"), true) == "1234");
  CHECK(marked("12345", number_marks("pl"), true) == "12\u00A0345");
}

TEST_CASE("in formulas marks have no space of their own, and no apostrophe is a prime") {
  using text::marked_in_formula;
  CHECK(marked_in_formula("1234.5", number_marks("en"), true) == "1{,}234.5");
  CHECK(marked_in_formula("1234.5", number_marks("de"), true) == "1.234{,}5");
  CHECK(marked_in_formula("1234.5", number_marks("fr"), true) == "1\\,234{,}5");
  CHECK(marked_in_formula("1234.5", number_marks("de-CH"), true) == "1\\,234.5");
  CHECK(text::markdown(text::exact(2.5e-7), number_marks("de")) == "$2{,}5 \\times 10^{-7}$");
  CHECK(text::markdown(text::exact(-2.5), number_marks("de")) == "\u22122,5");
}

TEST_CASE("a list of numbers is separated by what is no decimal sign") {
  CHECK(text::list_separator(number_marks("en")) == ", ");
  CHECK(text::list_separator(number_marks("de")) == "; ");
  CHECK(text::list_separator(number_marks("de-CH")) == ", ");
}

}  // namespace number_marks_test
