// What a program answers: a result in the form of the data files (docs/programs.md), held against its declaration.
#pragma once

#include <stdexcept>
#include <string>

#include "experiment/result.hpp"
#include "programs/declaration.hpp"

namespace programs {

/// An answer that is not what was declared; the message says where in it and what would be right.
struct AnswerError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The result that the text is. Axes that it leaves out are the declared ones. Throws AnswerError.
experiment::Result read_answer(const std::string& text, const Declaration& declaration);

}  // namespace programs
