// A document of one's own: the folder that holds a report.yaml, and what that says of where things lie.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "manuscript/diagnostic.hpp"

namespace engine {

inline constexpr const char* document_file_name = "report.yaml";

/// The folders of a document, absolute. Those that its report.yaml does not name are the usual ones.
struct DocumentFile {
  std::filesystem::path folder;  // the document's
  std::filesystem::path chapters, experiments, output, references;
  std::vector<manuscript::Diagnostic> errors;  // of the file, which is named as it is opened from the current folder
};

/// The nearest folder that holds a report.yaml, from this one upwards, as Git finds a repository.
std::optional<std::filesystem::path> find_document(const std::filesystem::path& from);

/// What the folder's report.yaml says; without one all folders are the usual ones.
DocumentFile read_document_file(const std::filesystem::path& folder);

}  // namespace engine
