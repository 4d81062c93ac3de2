// Which files chapters may be made of and show: such as lie within the project, and are pictures where pictures are meant.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "document/chapter.hpp"

namespace report {

/// The folder that holds the chapters folder. Nothing outside of it gets into a report, through links neither.
std::filesystem::path project_folder(const std::filesystem::path& chapters);

/// Whether the file, which exists, lies below the folder once links are followed.
bool is_within(const std::filesystem::path& file, const std::filesystem::path& folder);

/// Why a chapter may not show this file, and what would be right; empty when it may.
struct Refusal {
  std::string why, hint;
  explicit operator bool() const { return !why.empty(); }
};
Refusal picture_refusal(const std::string& path, const std::filesystem::path& chapters);

/// Where the pictures of a chapter lie, by their paths in the text; beside an SVG picture the PDF that the print takes.
void add_pictures(const document::Chapter& chapter, const std::filesystem::path& chapters,
                  std::map<std::string, std::filesystem::path>& pictures);

}  // namespace report
