// Sizes after ISO 216 and ANSI/ASME Y14.1. The text is as wide on all of them: figures are drawn for it, and it holds
// some 70 letters a line.
#include "publish/layout/paper.hpp"

namespace publish {

const std::vector<Paper>& papers() {
  static const std::vector<Paper> list{{"a4", 210, 297, 18, 117, 175, 26, 238, 150},
                                       {"letter", 215.9, 279.4, 20, 117, 175, 25, 222, 150},
                                       {"legal", 215.9, 355.6, 20, 117, 175, 28, 292, 150},
                                       {"a5", 148, 210, 15.5, 117, 117, 21, 167, 117},
                                       {"b5", 176, 250, 29.5, 117, 117, 24, 198, 117}};
  return list;
}

const Paper* paper_named(const std::string& name) {
  for (const Paper& paper : papers())
    if (paper.name == name) return &paper;
  return nullptr;
}

std::vector<std::string> paper_names() {
  std::vector<std::string> names;
  for (const Paper& paper : papers()) names.emplace_back(paper.name);
  return names;
}

}  // namespace publish
