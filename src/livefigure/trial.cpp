// See trial.hpp.
#include "livefigure/trial.hpp"

#include <fmt/format.h>

#include <cctype>
#include <exception>
#include <variant>

namespace livefigure {
namespace {

/// Whether a text holds a number as programs print it, "4.81e+03", which no reader should see.
bool holds_printed_power(const std::string& text) {
  const auto is_digit = [&](std::size_t i) {
    return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]));
  };
  for (std::size_t e = 1; e + 1 < text.size(); ++e) {
    if (text[e] != 'e' || !is_digit(e - 1)) continue;
    std::size_t after = e + 1;
    while (after < text.size() && text[after] == ' ') ++after;
    for (const char* sign : {"+", "-", "\u2212"})
      if (text.compare(after, std::string(sign).size(), sign) == 0) {
        after += std::string(sign).size();
        break;
      }
    while (after < text.size() && text[after] == ' ') ++after;
    if (is_digit(after)) return true;
  }
  return false;
}

std::string fault_of(const plot::Scene& scene) {
  for (const auto& item : scene.items) {
    const auto* label = std::get_if<plot::TextItem>(&item);
    if (!label) continue;
    std::string text;
    for (const auto& run : label->runs) text += run.text;
    if (holds_printed_power(text)) return fmt::format("a label says '{}'", text);
  }
  return "";
}

}  // namespace

std::string fault_with(const FigureInputs& inputs, const plot::Measure& measure, const text::Words& words) {
  try {
    const auto checked = experiment::effective_parameters(inputs.experiment->parameters, inputs.parameters);
    if (!checked.errors.empty()) return checked.errors.front().message;
    if (const auto errors = inputs.experiment->check(checked.value); !errors.empty()) return errors.front().message;
    return fault_of(LaidOutFigure(inputs, run_alone(inputs), measure, words).take_scene());
  } catch (const std::exception& thrown) {
    return thrown.what();
  }
}

}  // namespace livefigure
