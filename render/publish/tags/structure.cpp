// A line is "% ID parent presence role", then a tab, a fact's name, "=" and its value for each fact. In values "\n",
// "\t" and
// "\\" stand for what they are called.
#include "publish/tags/structure.hpp"

#include <sstream>
#include <string_view>

#include "publish/errors.hpp"

namespace publish::tags {
namespace {

Presence presence_of(char letter) {
  switch (letter) {
    case 'g':
      return Presence::group;
    case 'm':
      return Presence::marked;
    case 'h':
      return Presence::heading;
    case 'u':
      return Presence::unmarked;
    default:
      throw Error(std::string("the print's structure has a node of kind '") + letter + "'");
  }
}

std::string plain(std::string_view escaped) {
  std::string text;
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\' || i + 1 == escaped.size()) {
      text += escaped[i];
      continue;
    }
    const char sign = escaped[++i];
    text += sign == 'n' ? '\n' : sign == 't' ? '\t' : sign;
  }
  return text;
}

Node node_of(const std::string& line) {
  std::istringstream parts(line.substr(1));
  Node node;
  char presence = 0;
  if (!(parts >> node.id >> node.parent >> presence >> node.role))
    throw Error("the print's structure has a line that is not a node: " + line);
  node.presence = presence_of(presence);
  std::string fact;
  std::getline(parts, fact, '\t');
  while (std::getline(parts, fact, '\t')) {
    const auto at = fact.find('=');
    if (at != std::string::npos) node.facts[fact.substr(0, at)] = plain(std::string_view(fact).substr(at + 1));
  }
  return node;
}

}  // namespace

std::vector<Node> nodes_of(const std::string& text) {
  std::vector<Node> nodes;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("% ") && line != "% end") nodes.push_back(node_of(line));
  return nodes;
}

}  // namespace publish::tags
