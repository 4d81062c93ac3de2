// The structure tree of a PDF, from the nodes of its text and the marks on its pages.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "publish/tags/page_marks.hpp"
#include "publish/tags/structure.hpp"

namespace publish::tags {

struct StructureElement;

/// What an element holds: another one, or marked content of a page.
struct Kid {
  StructureElement* element = nullptr;
  int page = 0;  // from 0
  int id = 0;    // the content's number on its page (MCID)
};

struct StructureElement {
  std::string role;
  std::map<std::string, std::string> facts;  // as a node's
  double place = 0;                          // among those of its group, in reading order
  bool is_group = false;
  std::vector<Kid> kids;
  std::string text;               // what it shows itself
  std::optional<PictureBox> box;  // of a figure's pictures, on the first page that shows some
  int box_page = 0;
};

struct StructureTree {
  std::deque<StructureElement> elements;                // the first is the document
  std::vector<std::vector<StructureElement*>> of_page;  // whose content a page's marked contents are, by their numbers
  std::map<int, StructureElement*> links;               // by the numbers that their annotations have
};

/// Reads the pages of a document in their order.
class TreeBuilder {
 public:
  explicit TreeBuilder(const std::vector<Node>& nodes);
  ~TreeBuilder();

  /// The next page's content, each part of it marked as an element's or as an artefact.
  std::string marked(const std::vector<Piece>& page);

  /// The tree, without elements that have come to hold nothing.
  StructureTree finished();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace publish::tags
