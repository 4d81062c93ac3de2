// What is wrong with what an author gave an experiment.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace experiment {

/// A place in a file that a parameter names; line 0 is the file as a whole.
struct FilePlace {
  std::string file;                      // from the document's folder
  int line = 0, column = 0, length = 1;  // columns are code points
  std::string source_line;
};

/// What is wrong with a parameter's value. `path` leads to the part that is wrong: list indices and mapping keys.
struct ParameterError {
  std::vector<std::string> path;  // starts with the parameter's name
  std::string message;
  std::string given = {};                    // a name that is not known ...
  std::vector<std::string> candidates = {};  // ... and those that are, for "did you mean"
  std::string hint = {};                     // what would be right, where that is known
  bool is_of_key = false;                    // the last key of the path is wrong, not its value
  std::optional<FilePlace> place = {};       // where it is not the directive that is wrong, but a file
};

}  // namespace experiment
