// Chapters as Pandoc is to read them: labels are their chapter's own, and statements bear numbers.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "manuscript/chapter.hpp"
#include "manuscript/edits.hpp"

namespace manuscript {

/// Gives the values and claims of a text their numbers, `first` and those that follow, and puts them into its figures'
/// captions. Gives the number after the last.
std::size_t number_statements(Chapter& chapter, std::size_t first);

/// The class that a statement of this number bears in place of `value` or `claim`, by which the theme's filter finds
/// it. It is as long as they are, so that no column of a table moves. What the text says of a statement stays, since
/// Pandoc makes IDs of headings out of it.
std::string class_of_statement(std::size_t number);

/// The name that the command \value has in place of its own in a formula.
std::string command_of_value(std::size_t number);

/// What puts the numbers of the statements into a text itself.
std::vector<Edit> statement_edits(const Chapter& chapter);

/// What makes the labels of each chapter its own. Pandoc reads all chapters as one text, so that a label that two
/// chapters define would mean the last one's everywhere (labels.cpp).
std::vector<std::vector<Edit>> label_edits(std::span<const Chapter> chapters);

/// The text of each chapter for Pandoc, line for line; empty for chapters that need no change.
std::vector<std::string> texts_for_pandoc(std::span<const Chapter> chapters);

}  // namespace manuscript
