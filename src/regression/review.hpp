// What a check leaves to look at: output/check/ with the page, JUnit's XML, and the files that `bless` would accept.
//
//   index.html  junit.xml  check.json
//   now/        references as they would be, named as in the folder of references
//   before/     pictures of the references
//   difference/ pictures of what differs
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "engine/made_files.hpp"
#include "engine/settings.hpp"
#include "regression/verdict.hpp"

namespace regression {

std::filesystem::path check_folder(const engine::Settings& settings);

/// The names of the files that a check of these figures may write, in the output folder.
std::vector<std::string> review_names(const std::vector<ReferenceName>& figures);

/// Replaces output/check/ as a whole; what others put there stays.
void write_review(const CheckSummary& summary, const engine::Settings& settings, engine::MadeFiles& made);

/// The page; `program` is what its reader types to call ours, style and script are the theme's.
std::string review_page(const CheckSummary& summary, const std::string& program, const std::string& style,
                        const std::string& script);

/// One test case a figure: one that has no result is an error, one that is another than its reference a failure;
/// "rendering only" passes, with a line in what the suite says. `time` is when the check was made
/// ("2026-11-30T20:10:26", UTC). Ant's and Jenkins's schemas hold but for each case's file and line, which GitLab
/// reads.
std::string junit_xml(const CheckSummary& summary, const std::string& time);

/// Lines by which GitHub Actions marks the directives of figures that differ; `file_name` gives a source's name in the
/// repository for its name in the document.
std::string github_annotations(const CheckSummary& summary,
                               const std::function<std::string(const std::string&)>& file_name);

}  // namespace regression
