#include "publish/tags/tagged.hpp"

#include <fmt/format.h>

#include <memory>

#include "publish/errors.hpp"
#include "publish/tags/qpdf.hpp"
#include "publish/tags/structure_tree.hpp"

namespace publish::tags {
namespace {

using Handle = QPDFObjectHandle;

const std::string link_key = "/ReportLink";  // in an annotation: the number of its link (report.latex)

Handle name(const std::string& text) { return Handle::newName("/" + text); }
Handle text_string(const std::string& utf8) { return Handle::newUnicodeString(utf8); }
Handle number(int value) { return Handle::newInteger(value); }

std::string without_edges(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// What an element shows with all that is in it.
std::string shown(const StructureElement& element) {
  const auto alt = element.facts.find("alt");
  if (alt != element.facts.end()) return alt->second;
  std::string text = element.text;
  for (const auto& kid : element.kids)
    if (kid.element != nullptr) text += " " + shown(*kid.element);
  return without_edges(text);
}

/// Writes the tree into the document. Number and name trees are one array each, as few as their entries are.
class Writer {
 public:
  Writer(QPDF& pdf, std::vector<Handle> pages, StructureTree tree)
      : pdf_(pdf), pages_(std::move(pages)), tree_(std::move(tree)) {}

  void write() {
    root_ = pdf_.makeIndirectObject(Handle::newDictionary());
    const Handle document = object_of(tree_.elements.front(), root_);
    root_.replaceKey("/Type", name("StructTreeRoot"));
    root_.replaceKey("/K", document);
    root_.replaceKey("/RoleMap", Handle::parse("<</Title /P>>"));
    parents_ = Handle::newArray();
    for (std::size_t page = 0; page < pages_.size(); ++page) set_page(page);
    for (auto& page : pages_) set_links(page);
    root_.replaceKey("/ParentTree", pdf_.makeIndirectObject(with("/Nums", parents_)));
    root_.replaceKey("/ParentTreeNextKey", number(next_));
    if (!ids_.empty()) root_.replaceKey("/IDTree", pdf_.makeIndirectObject(id_tree()));
    Handle catalog = pdf_.getRoot();
    catalog.replaceKey("/StructTreeRoot", root_);
    catalog.replaceKey("/MarkInfo", Handle::parse("<</Marked true>>"));
  }

 private:
  static Handle with(const char* key, const Handle& value) {
    Handle dictionary = Handle::newDictionary();
    dictionary.replaceKey(key, value);
    return dictionary;
  }

  Handle object_of(const StructureElement& element, const Handle& parent) {
    Handle object = pdf_.makeIndirectObject(Handle::newDictionary());
    objects_.emplace(&element, object);
    object.replaceKey("/Type", name("StructElem"));
    object.replaceKey("/S", name(element.role));
    object.replaceKey("/P", parent);
    add_facts(object, element);
    Handle kids = Handle::newArray();
    Handle first_page = Handle::newNull();
    for (const auto& kid : element.kids) {
      if (kid.element != nullptr) {
        kids.appendItem(object_of(*kid.element, object));
        continue;
      }
      Handle page = pages_.at(static_cast<std::size_t>(kid.page));
      if (first_page.isNull()) {
        first_page = page;
        object.replaceKey("/Pg", page);
      }
      kids.appendItem(page.getObjGen() == first_page.getObjGen() ? number(kid.id) : content_of(page, kid.id));
    }
    object.replaceKey("/K", kids);
    return object;
  }

  static Handle content_of(const Handle& page, int id) {
    Handle reference = Handle::parse("<</Type /MCR>>");
    reference.replaceKey("/Pg", page);
    reference.replaceKey("/MCID", number(id));
    return reference;
  }

  void add_facts(Handle object, const StructureElement& element) {
    const auto fact = [&](const char* key) {
      const auto at = element.facts.find(key);
      return at == element.facts.end() ? std::string() : at->second;
    };
    if (const auto alt = fact("alt"); !alt.empty()) object.replaceKey("/Alt", text_string(alt));
    if (const auto lang = fact("lang"); !lang.empty()) object.replaceKey("/Lang", text_string(lang));
    if (const auto id = fact("id"); !id.empty()) {
      object.replaceKey("/ID", Handle::newString(id));
      ids_.emplace(id, object);
    }
    if (const auto mathml = fact("mathml"); !mathml.empty()) {
      Handle files = Handle::newArray();
      files.appendItem(formula_file(mathml));
      object.replaceKey("/AF", files);
    }
    Handle table = Handle::newDictionary();
    if (const auto scope = fact("scope"); !scope.empty()) table.replaceKey("/Scope", name(scope));
    if (const auto columns = fact("columns"); !columns.empty())
      table.replaceKey("/ColSpan", number(std::stoi(columns)));
    if (const auto rows = fact("rows"); !rows.empty()) table.replaceKey("/RowSpan", number(std::stoi(rows)));
    if (!table.getKeys().empty()) {
      table.replaceKey("/O", name("Table"));
      object.replaceKey("/A", table);
    }
    if (element.role == "Figure" && element.box) {
      Handle place = Handle::parse("<</O /Layout>>");
      place.replaceKey("/BBox", box(*element.box));
      object.replaceKey("/A", place);
    }
    if (const auto numbering = fact("numbering"); !numbering.empty()) {
      Handle list = Handle::parse("<</O /List>>");
      list.replaceKey("/ListNumbering", name(numbering));
      object.replaceKey("/A", list);
    }
  }

  static Handle box(const PictureBox& where) {
    Handle sides = Handle::newArray();
    for (const double side : {where.left, where.bottom, where.right, where.top})
      sides.appendItem(Handle::newReal(side, 2));
    return sides;
  }

  /// A formula as MathML, which has its TeX in it: a file that belongs to its element (ISO 32000-2, 14.13).
  Handle formula_file(const std::string& mathml) {
    auto& file = formulas_[mathml];
    if (file.isInitialized()) return file;
    Handle stream = pdf_.newStream(mathml);
    stream.getDict().replaceKey("/Type", name("EmbeddedFile"));
    stream.getDict().replaceKey("/Subtype", name("application/mathml+xml"));
    Handle specification =
        Handle::parse("<</Type /Filespec /AFRelationship /Supplement /F (formula.mml) /UF (formula.mml)>>");
    specification.replaceKey("/EF", with("/F", stream));
    file = pdf_.makeIndirectObject(specification);
    return file;
  }

  void add_parent(const Handle& value) {
    parents_.appendItem(number(next_++));
    parents_.appendItem(value);
  }

  void set_page(std::size_t page) {
    Handle owners = Handle::newArray();
    for (const StructureElement* element : tree_.of_page.at(page)) owners.appendItem(objects_.at(element));
    pages_[page].replaceKey("/StructParents", number(next_));
    pages_[page].replaceKey("/Tabs", name("S"));
    add_parent(pdf_.makeIndirectObject(owners));
  }

  void set_links(Handle page) {
    Handle annotations = page.getKey("/Annots");
    if (!annotations.isArray()) return;
    for (int i = 0; i < annotations.getArrayNItems(); ++i) {
      Handle annotation = annotations.getArrayItem(i);
      if (!annotation.hasKey(link_key)) continue;
      const auto link = tree_.links.find(static_cast<int>(annotation.getKey(link_key).getIntValue()));
      annotation.removeKey(link_key);
      if (link == tree_.links.end()) continue;
      const auto object = objects_.find(link->second);
      if (object == objects_.end()) continue;
      Handle reference = Handle::parse("<</Type /OBJR>>");
      reference.replaceKey("/Obj", annotation);
      reference.replaceKey("/Pg", page);
      object->second.getKey("/K").appendItem(reference);
      annotation.replaceKey("/StructParent", number(next_));
      annotation.replaceKey("/Contents", text_string(shown(*link->second)));
      add_parent(object->second);
    }
  }

  Handle id_tree() {
    Handle names = Handle::newArray();
    for (const auto& [id, object] : ids_) {
      names.appendItem(Handle::newString(id));
      names.appendItem(object);
    }
    Handle leaf = with("/Names", names);
    Handle limits = Handle::newArray();
    limits.appendItem(Handle::newString(ids_.begin()->first));
    limits.appendItem(Handle::newString(ids_.rbegin()->first));
    leaf.replaceKey("/Limits", limits);
    Handle kids = Handle::newArray();
    kids.appendItem(pdf_.makeIndirectObject(leaf));
    return with("/Kids", kids);
  }

  QPDF& pdf_;
  std::vector<Handle> pages_;
  StructureTree tree_;
  Handle root_, parents_;
  int next_ = 0;  // in the tree from pages and annotations to elements
  std::map<const StructureElement*, Handle> objects_;
  std::map<std::string, Handle> ids_, formulas_;
};

Handle fonts_of(const Handle& page) {
  Handle resources = QPDFPageObjectHelper(page).getAttribute("/Resources", false);
  if (!resources.hasKey("/Font")) resources.replaceKey("/Font", Handle::newDictionary());
  return resources.getKey("/Font");
}

/// Gives all pages the font of pdfTeX whose one glyph is a space that takes no room (\pdffakespace), which one of them
/// has; its name there, and nothing where none has it.
std::string add_space_font(const std::vector<Handle>& pages) {
  const std::string its_name = "/Space";
  Handle font = Handle::newNull();
  for (const auto& page : pages)
    for (auto& [name, candidate] : fonts_of(page).getDictAsMap()) {
      Handle base = candidate.isDictionary() ? candidate.getKey("/BaseFont") : Handle::newNull();
      // Its name of 2022, and of 2024.
      if (base.isName() && (base.getName().ends_with("DummySpace") || base.getName().ends_with("PdfTeX-Space")))
        font = candidate;
    }
  if (font.isNull()) return "";
  for (const auto& page : pages) fonts_of(page).replaceKey(its_name, font);
  return its_name;
}

std::string written(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setCompressStreams(true);
  writer.write();
  const std::shared_ptr<Buffer> bytes = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}

}  // namespace

std::string tagged(const std::string& bytes, const std::string& structure) {
  const auto nodes = nodes_of(structure);
  if (nodes.empty()) return bytes;
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("report.pdf", bytes.data(), bytes.size());
    TreeBuilder builder(nodes);
    Glyphs glyphs;
    std::vector<Handle> pages = pdf.getAllPages();
    const std::string space_font = add_space_font(pages);
    for (auto& page : pages)
      page.replaceKey("/Contents", pdf.newStream(builder.marked(pieces_of(page, space_font, glyphs))));
    Writer(pdf, pages, builder.finished()).write();
    return written(pdf);
  } catch (const std::exception& error) {
    throw Error(fmt::format("the PDF cannot be tagged: {}", error.what()));
  }
}

}  // namespace publish::tags
