// What a text consists of, as the filter writes it down (theme/filter/print/tags.lua): the nodes of a PDF's structure
// tree (ISO 32000-1, 14.7), in reading order.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace publish::tags {

/// How the marks of LaTeX's pages (page_marks.hpp) come to a node.
enum class Presence {
  group,     // holds others, and no content of its own
  marked,    // its content stands between its own marks
  heading,   // a heading: LaTeX marks them as they come, without saying which
  unmarked,  // what LaTeX prints between the marked ones before and after it, as a list's number or a block of code
};

struct Node {
  int id = 0;
  int parent = 0;  // an ID; 0: the document; -1: what is open where its mark stands
  Presence presence = Presence::group;
  std::string role;  // a standard structure type (14.8.4), or one that tagged.cpp maps to such
  std::map<std::string, std::string>
      facts;  // "alt", "lang", "mathml", "scope", "columns", "rows", "numbering", "float"
};

/// The nodes that the filter's lines say. Throws Error for one that does not.
std::vector<Node> nodes_of(const std::string& lines);

}  // namespace publish::tags
