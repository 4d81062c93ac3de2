// Content belongs to what is open in its flow. A page's own text is one flow, its notes another; what of a flow is open
// when a page ends is open on the next. Content of a flow in which nothing is open is what LaTeX prints between two
// marked nodes: a list's number, of which the nodes say that one stands there.
#include "publish/tags/structure_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace publish::tags {
namespace {

const std::string notes_flow = "notes", float_flow = "float";
const std::set<std::string> drawn{"Figure",
                                  "Formula"};  // whose lines and areas are content; elsewhere they are ornament
const std::set<std::string> within_lines{"Formula", "Link", "Span", "Note"};
const std::set<std::string> kept_empty{"TD", "TH"};

bool is_blank(const std::string& text) { return text.find_first_not_of(' ') == std::string::npos; }

/// Without elements that hold nothing; whether this one is to be kept.
bool pruned(StructureElement& element) {
  std::erase_if(element.kids, [](const Kid& kid) { return kid.element != nullptr && !pruned(*kid.element); });
  return !element.kids.empty() || kept_empty.count(element.role) != 0;
}

void gather(const StructureElement& element, std::set<const StructureElement*>& found) {
  found.insert(&element);
  for (const auto& kid : element.kids)
    if (kid.element != nullptr) gather(*kid.element, found);
}

/// What pages show and no element holds, as the number of a note whose text is not there, is a paragraph at the end:
/// nothing that is read is lost.
void take_in_strays(StructureTree& tree) {
  std::set<const StructureElement*> held;
  gather(tree.elements.front(), held);
  for (const auto& page : tree.of_page)
    for (StructureElement* element : page) {
      if (held.count(element) != 0) continue;
      element->role = "P";
      tree.elements.front().kids.push_back({element, 0, 0});
      gather(*element, held);
    }
}

void sort_groups(std::deque<StructureElement>& elements) {
  for (auto& element : elements)
    if (element.is_group)
      std::stable_sort(element.kids.begin(), element.kids.end(), [](const Kid& a, const Kid& b) {
        return a.element != nullptr && b.element != nullptr && a.element->place < b.element->place;
      });
}

}  // namespace

struct TreeBuilder::State {
  enum class Place { page, floating, within };  // within: what is open where its mark comes, as a note

  /// Nothing where what is open is an artefact, or shown a second time.
  struct Open {
    StructureElement* element = nullptr;
    int group = -1;  // of an element that no node declares, the node that it belongs to
  };
  struct Flow {
    std::vector<Open> open;
    std::size_t place = 0;                   // of the node that was begun last, from 1
    StructureElement* undeclared = nullptr;  // what holds the text after it that no node expects
    bool is_float = false;
    Place holds() const { return is_float ? Place::floating : Place::page; }
    std::size_t place_in_notes = 0;  // the same of nodes of notes
  };

  const std::vector<Node>& nodes;
  StructureTree tree;
  std::vector<StructureElement*> elements;  // of the nodes
  std::map<int, std::size_t> by_id;
  std::vector<Place> places;  // of the nodes
  std::set<std::size_t> seen;
  std::map<std::string, Flow> flows;
  std::string flow, around_float;
  std::map<std::string, std::vector<StructureElement*>> notes;  // referred to, whose text has not come yet
  StructureElement* note_label = nullptr;
  int notes_made = 0;

  explicit State(const std::vector<Node>& given) : nodes(given) {
    add("Document", nullptr).is_group = true;
    for (std::size_t i = 0; i < nodes.size(); ++i) by_id[nodes[i].id] = i;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const Node& node = nodes[i];
      StructureElement& element = add(node.role, nullptr);
      element.facts = node.facts;
      element.place = static_cast<double>(i + 1);
      element.is_group = node.presence == Presence::group;
      elements.push_back(&element);
      const auto parent = by_id.find(node.parent);
      const bool has_parent = node.parent > 0 && parent != by_id.end();
      places.push_back(node.parent < 0                  ? Place::within
                       : node.facts.count("float") != 0 ? Place::floating
                       : has_parent                     ? places[parent->second]
                                                        : Place::page);
      // What a marked node holds is put in place when its mark comes.
      if (node.parent == 0)
        hold(tree.elements.front(), element);
      else if (has_parent && elements[parent->second]->is_group)
        hold(*elements[parent->second], element);
    }
  }

  StructureElement& add(const std::string& role, StructureElement* parent) {
    StructureElement& element = tree.elements.emplace_back();
    element.role = role;
    if (parent != nullptr) hold(*parent, element);
    return element;
  }
  static void hold(StructureElement& parent, StructureElement& child) { parent.kids.push_back({&child, 0, 0}); }

  Flow& now() { return flows[flow]; }

  /// What content and inner elements belong to here; nothing for artefacts.
  StructureElement* current(bool shows_text) {
    Flow& here = now();
    if (!here.open.empty()) {
      StructureElement* open = here.open.back().element;
      const bool is_note = open != nullptr && open->role == "Note";
      StructureElement* between =
          is_note && shows_text ? expected_between(here.place_in_notes, Place::within) : nullptr;
      return between == nullptr ? open : between;
    }
    if (!shows_text) return nullptr;
    if (flow == notes_flow) {
      if (note_label == nullptr) note_label = &add("Lbl", nullptr);
      return note_label;
    }
    if (StructureElement* between = expected_between(here.place, here.holds())) return between;
    if (here.undeclared == nullptr) {
      here.undeclared = &add("P", &group_at(here.place));
      here.undeclared->place = static_cast<double>(here.place) + 0.5;
    }
    return here.undeclared;
  }

  /// The node of what stands between the marked ones, if one is expected here.
  StructureElement* expected_between(std::size_t from, Place place) {
    for (std::size_t i = from; i < nodes.size(); ++i) {
      if (places[i] != place) continue;
      if (nodes[i].presence == Presence::unmarked) {
        attach_to_marked(i);
        attach_within(i);
        return elements[i];
      }
      const bool was_before = place == Place::within && seen.count(i) != 0;  // a title's formula, say
      if (nodes[i].presence != Presence::group && !was_before) break;
    }
    return nullptr;
  }

  /// A group within a note stands where the first mark, or content, of what it holds comes.
  void attach_within(std::size_t node) {
    std::size_t top = node;
    for (auto parent = by_id.find(nodes[top].parent); nodes[top].parent > 0 && parent != by_id.end();
         parent = by_id.find(nodes[top].parent))
      top = parent->second;
    if (top == node || nodes[top].parent >= 0 || !seen.insert(top).second) return;
    Flow& here = now();
    if (!here.open.empty() && here.open.back().element != nullptr) hold(*here.open.back().element, *elements[top]);
  }

  /// An element within a marked one stands where its mark, or first content, comes.
  void attach_to_marked(std::size_t node) {
    if (!seen.insert(node).second) return;
    const auto parent = by_id.find(nodes[node].parent);
    if (nodes[node].parent > 0 && parent != by_id.end() && !elements[parent->second]->is_group)
      hold(*elements[parent->second], *elements[node]);
  }

  StructureElement& group_at(std::size_t place) {
    if (place == 0) return tree.elements.front();
    for (std::size_t node = place - 1;;) {
      const auto parent = by_id.find(nodes[node].parent);
      if (nodes[node].parent <= 0 || parent == by_id.end()) return tree.elements.front();
      node = parent->second;
      if (elements[node]->role == "Document" || elements[node]->role == "Div") return *elements[node];
    }
  }

  bool in_artefact() { return !now().open.empty() && now().open.back().element == nullptr; }

  void begin_node(std::size_t node) {
    Flow& here = now();
    if (in_artefact() || seen.count(node) != 0) {
      here.open.push_back({});
      return;
    }
    StructureElement* around = nodes[node].parent < 0 ? current(true) : nullptr;
    attach_to_marked(node);
    attach_within(node);
    if (around != nullptr) hold(*around, *elements[node]);
    here.open.push_back({elements[node]});
    if (flow == notes_flow && places[node] == Place::within) here.place_in_notes = node + 1;
    if (places[node] == here.holds()) {
      here.place = node + 1;
      here.undeclared = nullptr;
    }
  }

  void begin(int id) {
    const auto node = by_id.find(id);
    if (node == by_id.end()) return begin_within("Span");
    begin_node(node->second);
  }

  void begin_part(int id) {
    const auto node = by_id.find(id);
    if (node == by_id.end() || in_artefact() || seen.count(node->second) == 0) return begin(id);
    now().open.push_back({elements[node->second]});
  }

  void begin_heading() {
    if (in_artefact()) return now().open.push_back({});
    for (std::size_t i = now().place; i < nodes.size(); ++i)
      if (nodes[i].presence == Presence::heading && seen.count(i) == 0) return begin_node(i);
    begin_within("P");
  }

  void begin_within(const std::string& role) {
    StructureElement* around = current(true);
    now().open.push_back({around == nullptr ? nullptr : &add(role, around)});
  }

  void begin_role(const TagMark& mark) {
    const auto group = by_id.find(mark.number);
    if (group == by_id.end()) return begin_within(mark.name);
    auto& open = now().open;
    if (!open.empty() && open.back().group == mark.number) open.pop_back();
    if (in_artefact()) return open.push_back({});
    now().open.push_back({&add(mark.name, elements[group->second]), mark.number});
  }

  void begin_link(int number) {
    begin_within("Link");
    if (StructureElement* link = now().open.back().element) tree.links[number] = link;
  }

  void refer_to_note(const std::string& key) {
    StructureElement* around = current(true);
    if (around != nullptr) notes[key].push_back(&new_note(around));
  }
  StructureElement& new_note(StructureElement* parent) {
    StructureElement& note = add("Note", parent);
    note.facts["id"] = fmt::format("note-{}", ++notes_made);
    return note;
  }

  void begin_note(const std::string& key) {
    auto& waiting = notes[key];
    StructureElement& note = waiting.empty() ? new_note(&tree.elements.front()) : *waiting.front();
    if (!waiting.empty()) waiting.erase(waiting.begin());
    if (note_label != nullptr) hold(note, *note_label);
    note_label = nullptr;
    now().open.push_back({&note});
  }

  /// A text beside the page's own goes on from where that is.
  void turn_to(const std::string& name) {
    const std::size_t place = now().place;
    flow = name;
    if (flows.count(name) == 0) flows[name].place = place;
  }

  void begin_float() {
    around_float = flow;
    flow = float_flow;
    flows[flow] = {};
    flows[flow].is_float = true;
  }
  void end_float() { flow = around_float; }

  void end() {
    if (!now().open.empty()) now().open.pop_back();
  }

  void follow(const TagMark& mark) {
    switch (mark.kind) {
      case TagMark::Kind::begin:
        return begin(mark.number);
      case TagMark::Kind::part:
        return begin_part(mark.number);
      case TagMark::Kind::heading:
        return begin_heading();
      case TagMark::Kind::role:
        return begin_role(mark);
      case TagMark::Kind::link:
        return begin_link(mark.number);
      case TagMark::Kind::note:
        return begin_note(mark.name);
      case TagMark::Kind::note_reference:
        return refer_to_note(mark.name);
      case TagMark::Kind::artefact:
        return now().open.push_back({});
      case TagMark::Kind::end:
        return end();
      case TagMark::Kind::floating:
        return begin_float();
      case TagMark::Kind::end_of_float:
        return end_float();
      case TagMark::Kind::flow:
        return turn_to(mark.name);
    }
  }

  StructureElement* owner(const Content& content) {
    const bool shows_text = !is_blank(content.text);
    StructureElement* element = current(shows_text);
    if (element == nullptr || (content.text.empty() && drawn.count(element->role) == 0)) return nullptr;
    return element;
  }

  static void show_pictures(StructureElement& element, const PictureBox& box, int page) {
    if (!element.box) {
      element.box = box;
      element.box_page = page;
    } else if (element.box_page == page) {
      element.box->add(box);
    }
  }

  std::string wrapped(const Content& content, int page) {
    if (!content.paints) return content.bytes;
    StructureElement* element = owner(content);
    if (element == nullptr) return "/Artifact BMC\n" + content.bytes + "\nEMC\n";
    auto& numbers = tree.of_page[static_cast<std::size_t>(page)];
    const int id = static_cast<int>(numbers.size());
    numbers.push_back(element);
    std::string bytes = content.bytes;
    if (!content.space.empty() && (!element->kids.empty() || within_lines.count(element->role) != 0)) {
      bytes.insert(content.space_at, content.space);
      element->text += ' ';
    }
    element->kids.push_back({nullptr, page, id});
    if (content.pictures) show_pictures(*element, *content.pictures, page);
    element->text += content.text;
    return fmt::format("/{} <</MCID {}>> BDC\n{}\nEMC\n", element->role, id, bytes);
  }
};

TreeBuilder::TreeBuilder(const std::vector<Node>& nodes) : state_(std::make_unique<State>(nodes)) {}
TreeBuilder::~TreeBuilder() = default;

std::string TreeBuilder::marked(const std::vector<Piece>& page) {
  const int number = static_cast<int>(state_->tree.of_page.size());
  state_->tree.of_page.emplace_back();
  state_->flow.clear();
  std::string content;
  for (const auto& piece : page) {
    if (const auto* mark = std::get_if<TagMark>(&piece))
      state_->follow(*mark);
    else
      content += state_->wrapped(std::get<Content>(piece), number) + "\n";
  }
  return content;
}

StructureTree TreeBuilder::finished() {
  sort_groups(state_->tree.elements);
  take_in_strays(state_->tree);
  pruned(state_->tree.elements.front());
  return std::move(state_->tree);
}

}  // namespace publish::tags
