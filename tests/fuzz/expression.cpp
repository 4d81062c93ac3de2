// Any bytes as the expression of a value or a claim: an error inside of it, or a number from any run.
#include "manuscript/expression.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "fuzz.hpp"
#include "text/quantity.hpp"

using namespace manuscript;

namespace {

const std::vector<ExportName> exports{{"kappa", false},    {"decades", true}, {"sigmoid-xavier.decades", true},
                                      {"loss", false},     {"loss", true},    {"rate=0.5.loss", false},
                                      {"infinity", false}, {"nothing", false}};

NamedFigure figure_of(const std::string& id) {
  if (id == "other") return {&exports};
  return {nullptr, "there is no figure", "", id == "broken"};
}

const std::vector<std::string> values{"limit"};
const Term limit = parse_expression("kappa ± 1", Names{&exports, "bowl"}, 0, true).term;

double number_of(const std::string&, const std::string& name, const manuscript::Argument& argument) {
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

std::string printed(double x, const std::string& format) {
  return text::plain(text::quantity(x, text::number_format(format)), {});
}

void promise_uncertainty(double x, double error) {
  for (const char* format : {"", ".2f", ".2", "e", "s", "%"}) try {
      const auto quantity = text::quantity(x, error, text::number_format(format), "m");
      fuzz::promise(text::formula(quantity, {}).find("\\pm") != std::string::npos, "an uncertainty is shown");
    } catch (const std::domain_error&) {  // below zero, or not finite
    }
}

void promise_evaluation(const Term& term) {
  try {
    const double x = evaluate(term, number_of);
    if (term.type == ValueType::truth) fuzz::promise(x == 0 || x == 1, "a condition is true or false");
    fuzz::promise(!numbers_text(term, number_of).empty(), "an expression shows its numbers");
    for (const char* format : {"", "d", ".0f", ".12f", ".3g", ".2e", ".99f", ",", ".3~s", ".1%", "+,.4r"})
      fuzz::promise(!printed(x, format).empty(), "a number has a text in every format");
    if (std::isfinite(x))
      fuzz::promise(read(printed(x, "")) == x || std::abs(x) < 1e-307, "the shortest text reads back to the number");
    if (term.op == "±") promise_uncertainty(x, evaluate(term.arguments[1], number_of));
  } catch (const std::domain_error&) {  // an index that is not a whole number
  } catch (const std::out_of_range&) {  // an index that the run does not have
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text = fuzz::text_of(bytes, size);
  const FigurePart figure = figure_part(text);
  fuzz::promise(figure.rest <= text.size(), "a figure's name ends within the text");
  const Names names{&exports, "bowl", figure_of, &values, [](const std::string&) { return &limit; }};
  const auto parsed = parse_expression(std::string_view(text).substr(figure.rest), names, figure.rest, size % 2 == 0);
  for (const auto& error : parsed.errors) {
    fuzz::promise(!error.message.empty(), "an error says something");
    fuzz::promise(error.offset >= figure.rest && error.offset <= text.size(), "an error lies in the expression");
    fuzz::promise(error.length >= 1, "an error has a length");
  }
  if (parsed.is_sound()) promise_evaluation(parsed.term);
  for (const double x : {0.0, -1.5, 1e300, HUGE_VAL, std::nan("")}) try {
      fuzz::promise(!printed(x, text).empty(), "a number has a text in every format");
    } catch (const std::invalid_argument&) {  // no format
    }
  return 0;
}
