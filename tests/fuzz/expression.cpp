// Expressions of values and claims, and the formats of values: understood and evaluated, or refused with a place.
#include <cmath>
#include <stdexcept>

#include "document/expression.hpp"
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::text_of(data, size);
  document::figure_part(text);
  const auto parsed = document::parse_expression(
      text, {{"kappa", false}, {"eta=0.019.theta1", true}, {"relu-he.final", false}, {"steps", false}, {"steps", true}});
  for (const auto& error : parsed.errors)
    fuzz::require(error.offset <= text.size() && error.length <= text.size() + 1 && !error.message.empty(), "an error lies in the text");
  const document::Lookup lookup = [](const std::string& name, std::optional<int> index) {
    if (index && *index > 100) throw std::out_of_range("'" + name + "' has indices from 0 to 100");
    return index ? *index - 3.5 : static_cast<double>(name.size()) - 5;
  };
  if (parsed.errors.empty()) try {
      const double value = document::evaluate(parsed.term, lookup);
      if (parsed.term.type == document::ValueType::truth) {
        fuzz::require(value == 0 || value == 1, "a condition is true or false");
        document::numbers_text(parsed.term, lookup);
      }
    } catch (const std::domain_error&) {
    } catch (const std::out_of_range&) {
    }
  for (const double x : {0.0, -1.5, 1e300, HUGE_VAL, std::nan("")}) try {
      document::format_number(x, text);
    } catch (const std::invalid_argument&) {
    }
  return 0;
}
