// What a check leaves to look at: output/check/ with the page, JUnit's XML, and the files that `bless` would accept.
//
//   index.html  junit.xml  check.json
//   now/        references as they would be, named as in the folder of references
//   before/     pictures of the references
//   difference/ pictures of what differs
#pragma once

#include <filesystem>
#include <string>

#include "regression/verdict.hpp"
#include "report/settings.hpp"

namespace regression {

std::filesystem::path check_folder(const report::Settings& settings);

/// Replaces output/check/ as a whole.
void write_review(const CheckSummary& summary, const report::Settings& settings);

/// The page; style and script are the theme's.
std::string review_page(const CheckSummary& summary, const std::string& style, const std::string& script);

/// One test case a figure; "rendering only" passes, with a note.
std::string junit_xml(const CheckSummary& summary);

/// Lines by which GitHub Actions marks the directives of figures that differ.
std::string github_annotations(const CheckSummary& summary);

}  // namespace regression
