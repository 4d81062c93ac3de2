// What the files in a book are called. Pandoc numbers chapters and pictures alike, and whoever opens the archive, or
// follows a reader's complaint to a file, finds nothing by those names.
#pragma once

#include <map>
#include <string>
#include <utility>

namespace publish {

/// Names of a book's files by those that Pandoc gave them, both without folders: "ch002.xhtml" -> "02-steps.xhtml".
class BookFiles {
 public:
  /// Pictures' names by what they hold; what is not among them keeps Pandoc's name.
  explicit BookFiles(std::map<std::string, std::string> pictures) : pictures_(std::move(pictures)) {}

  /// Takes note of an entry of the archive: "EPUB/text/ch002.xhtml".
  void read(const std::string& entry, const std::string& content);

  /// The entry's own name.
  std::string name_of(const std::string& entry) const;

  /// A file of the book, whose attributes address the others by their new names.
  std::string with_names(const std::string& content) const;

 private:
  std::map<std::string, std::string> pictures_, names_;
};

}  // namespace publish
