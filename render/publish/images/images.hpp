// Which files chapters may be made of and show: such as lie within the project, and are pictures where pictures are
// meant.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "manuscript/chapter.hpp"
#include "store/store.hpp"

namespace publish {

/// The folder that holds the chapters folder. Nothing outside of it gets into a report, through links neither.
std::filesystem::path project_folder(const std::filesystem::path& chapters);

/// Whether the file, which exists, lies below the folder once links are followed.
bool is_within(const std::filesystem::path& file, const std::filesystem::path& folder);

/// Why a chapter may not show this file, and what would be right; empty when it may.
struct Refusal {
  std::string why, hint;
  explicit operator bool() const { return !why.empty(); }
};
Refusal image_refusal(const std::string& path, const std::filesystem::path& chapters);

/// What a picture holds that a chapter names, be it a file or the address itself. Throws sys::FileError.
std::string bytes_of_image(const std::string& path, const std::filesystem::path& chapters);

/// What keeps a picture from being shown in these formats; also tells what a format makes of it. Programs that are not
/// installed tell nothing.
Refusal conversion_refusal(const std::string& path, const std::filesystem::path& chapters,
                           const std::vector<std::string>& formats, const store::Store& store);

/// Where the chapters' pictures lie in the form that a format takes, by their paths in the text.
using ImagesOfFormat = std::map<std::string, std::filesystem::path>;

/// Puts a chapter's pictures into `folder` in the forms that the formats take. Throws MissingTool, FileError.
void add_images(const manuscript::Chapter& chapter, const std::filesystem::path& chapters,
                const std::vector<std::string>& formats, const store::Store& store, const std::filesystem::path& folder,
                std::map<std::string, ImagesOfFormat>& pictures);

}  // namespace publish
