// Any bytes as the expression of a value or a claim: an error inside of it, or a number from any run.
#include "manuscript/expression.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "fuzz.hpp"

using namespace manuscript;

namespace {

const std::vector<ExportName> exports{{"kappa", false},    {"decades", true}, {"sigmoid-xavier.decades", true},
                                      {"loss", false},     {"loss", true},    {"rate=0.5.loss", false},
                                      {"infinity", false}, {"nothing", false}};

double number_of(const std::string& name, const manuscript::Argument& argument) {
  const double* index = std::get_if<double>(&argument);
  if (index && (*index < -3 || *index > 60)) throw std::out_of_range("no such index");
  if (name == "infinity") return std::numeric_limits<double>::infinity();
  if (name == "nothing") return std::numeric_limits<double>::quiet_NaN();
  return index ? 0.5 * *index : 17;
}

/// The number in a plain text: "−3 × 10⁻⁵".
double read(std::string text) {
  const auto replace = [&text](const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
  };
  replace("−", "-");
  const char* const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻"};
  const bool has_power = std::any_of(std::begin(raised), std::end(raised),
                                     [&](const char* sign) { return text.find(sign) != std::string::npos; });
  if (has_power) {
    replace(" × 10", "e");
    if (text.find('e') == std::string::npos) replace("10", "1e");
    for (int digit = 0; digit < 11; ++digit) replace(raised[digit], digit < 10 ? std::to_string(digit) : "-");
  }
  return std::stod(text);
}

void promise_evaluation(const Term& term) {
  try {
    const double x = evaluate(term, number_of);
    if (term.type == ValueType::truth) fuzz::promise(x == 0 || x == 1, "a condition is true or false");
    fuzz::promise(!numbers_text(term, number_of).empty(), "an expression shows its numbers");
    for (const char* format : {"", "d", ".0f", ".12f", ".3g", ".2e", ".99f"})
      fuzz::promise(!format_number(x, format).empty(), "a number has a text in every format");
    if (std::isfinite(x))
      fuzz::promise(read(format_number(x, "")) == x || std::abs(x) < 1e-307,
                    "the shortest text reads back to the number");
  } catch (const std::domain_error&) {  // an index that is not a whole number
  } catch (const std::out_of_range&) {  // an index that the run does not have
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text = fuzz::text_of(bytes, size);
  const FigurePart figure = figure_part(text);
  fuzz::promise(figure.rest <= text.size(), "a figure's name ends within the text");
  const auto parsed = parse_expression(std::string_view(text).substr(figure.rest), exports, figure.rest);
  for (const auto& error : parsed.errors) {
    fuzz::promise(!error.message.empty(), "an error says something");
    fuzz::promise(error.offset >= figure.rest && error.offset <= text.size(), "an error lies in the expression");
    fuzz::promise(error.length >= 1, "an error has a length");
  }
  if (parsed.errors.empty()) promise_evaluation(parsed.term);
  for (const double x : {0.0, -1.5, 1e300, HUGE_VAL, std::nan("")}) try {
      fuzz::promise(!format_number(x, text).empty(), "a number has a text in every format");
    } catch (const std::invalid_argument&) {  // no format
    }
  return 0;
}
