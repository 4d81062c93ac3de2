// The program's own answers, to hold the page's module against: a request a line comes in, and answers go out with a
// zero byte behind each.
#include <exception>
#include <iostream>
#include <string>

#include "cairo/drawing.hpp"
#include "experiment/json.hpp"
#include "livefigure/answer.hpp"

int main(int, char** arguments) {
  cairo::use_fonts(arguments[1]);
  const livefigure::AnswerContext context{cairo::text_measure(), &text::english()};
  for (std::string line; std::getline(std::cin, line);) {
    std::string answer;
    try {
      answer = livefigure::answer(line, context);
    } catch (const std::exception& thrown) {
      answer = experiment::Json{{"error", thrown.what()}}.dump();
    }
    std::cout << answer << '\0';
  }
}
