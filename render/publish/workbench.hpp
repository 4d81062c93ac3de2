// One format in the making: its folder, the table that the filter reads there, and Pandoc's runs.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "publish/filter_table.hpp"
#include "publish/publication.hpp"
#include "system/confinement.hpp"
#include "system/process.hpp"
#include "text/words.hpp"

namespace publish {

/// Pandoc runs in the folder and finds all that it reads there, through links: folders of authors may have any name.
class Workbench {
 public:
  /// `folder` where it is not called like the format. The publication must outlive the bench.
  Workbench(const Publication& publication, std::string format, const std::string& folder = "");

  const Publication& publication() const { return publication_; }
  const std::filesystem::path& folder() const { return folder_; }
  const text::Words& words() const { return words_; }
  /// Names of the chapters in the folder, in their order.
  const std::vector<std::string>& chapters() const { return chapters_; }
  /// What its author calls the chapter at this place.
  std::string author_name(std::size_t chapter) const;
  /// The name of the bibliography in the folder; empty where there is none.
  const std::string& bibliography() const { return bibliography_; }

  /// The table. `picture` puts a figure's file in place and gives the name under which the filter uses it; `reading`
  /// and `live` give what the filter puts where the page's script finds the figure's values, and what readers may move:
  /// formats without a script have none.
  nlohmann::json table(const FigurePart& picture, const FigurePart& reading = no_part,
                       const FigurePart& live = no_part) const;
  void write_table(const nlohmann::json& table) const;

  /// Pandoc's output for the options given, which come after those that all formats share. Throws Error, RefusedText,
  /// MissingTool, sys::Interrupted.
  std::string pandoc(const std::vector<std::string>& options, std::vector<std::string>& warnings) const;
  /// The same of other sources than the chapters, by their names in the folder, and with citations left as they are
  /// where they shall not be set.
  std::string pandoc(const std::vector<std::string>& options, const std::vector<std::string>& sources,
                     std::vector<std::string>& warnings, bool sets_citations = true) const;

  /// Makes Pandoc write a document of its own once more, as the options say. Pictures are found in the folder.
  void rewrite(const std::string& document, std::vector<std::string> options, std::vector<std::string>& warnings) const;

  /// What Pandoc prints, without chapters and filter.
  std::string print(std::vector<std::string> options) const;

 private:
  sys::ProcessResult call(std::vector<std::string> arguments) const;
  std::map<std::string, std::filesystem::path> pictures() const;
  std::filesystem::path table_file() const { return folder_ / "publication.lua"; }
  sys::Confinement confinement() const;
  std::vector<std::string> common_arguments(bool sets_citations) const;
  bool describes_sources() const;
  std::string linked(const std::filesystem::path& file, const std::string& name) const;
  std::string with_real_names(std::string text) const;

  const Publication& publication_;
  text::Words words_;
  std::string format_;
  std::filesystem::path folder_;
  std::vector<std::string> chapters_;
  std::string bibliography_, style_;
};

}  // namespace publish
