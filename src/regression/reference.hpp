// References: what a figure's data, scene and picture were when someone looked at them and said yes.
//
// They lie in one folder, those of figures that depend on a data set in a folder of its name: bowl.json, bowl.png,
// digits/gradient-depth.json, mnist/gradient-depth.json, ... Beside them, _index.json says whose they are (the
// chapters' folder, relative to this one, so that a checkout may lie anywhere) and which they are.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "regression/readable_json.hpp"

namespace regression {

/// Which reference: a figure, and the data set where it depends on one.
struct ReferenceName {
  std::string figure;   // "fig:bowl"
  std::string dataset;  // "digits"; empty: none

  std::string file(const std::string& extension) const;  // "digits/gradient-depth.json"
  bool operator==(const ReferenceName&) const = default;
};

struct Reference {
  Json json;  // parameters, seed, data set, code, "data", "scene"
  std::string png;
  std::string checksum;  // of both files' bytes
};

/// The checksum by which an acceptance names what it replaces.
std::string checksum(const std::string& json, const std::string& png);

/// The reference, or nothing when there is none. Throws sys::FileError when it is there and cannot be read.
std::optional<Reference> read_reference(const std::filesystem::path& folder, const ReferenceName& name);

/// Every reference in the folder, by name; other files in it are none.
std::vector<ReferenceName> all_references(const std::filesystem::path& folder);

/// The chapters whose references these are, when they are not those of the chapters given.
std::optional<std::filesystem::path> other_document(const std::filesystem::path& folder,
                                                    const std::filesystem::path& chapters);

/// Files that lie where the reference would and are no reference.
std::vector<std::filesystem::path> foreign_files(const std::filesystem::path& folder, const ReferenceName& name);

/// Writes the index: these are the references of these chapters.
void write_index(const std::filesystem::path& folder, const std::filesystem::path& chapters,
                 std::vector<ReferenceName> names);

}  // namespace regression
