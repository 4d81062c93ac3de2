#include "publish/tags/page_marks.hpp"

#include <array>
#include <memory>
#include <set>

#include "publish/errors.hpp"
#include "publish/tags/qpdf.hpp"

namespace publish::tags {
namespace {

const std::set<std::string> painting{"f",  "F",  "f*", "S",  "s",  "B",  "B*", "b",
                                     "b*", "sh", "Do", "EI", "Tj", "TJ", "'",  "\""};
const std::string soft_hyphen = "\u00AD";
const std::string mark_tag = "/report";

int number_in(QPDFObjectHandle facts, const char* key) {
  return facts.hasKey(key) ? static_cast<int>(facts.getKey(key).getIntValue()) : 0;
}

/// So many numbers of an array; `otherwise` where it has others.
template <std::size_t N>
std::array<double, N> numbers_in(QPDFObjectHandle array, const std::array<double, N>& otherwise) {
  if (!array.isArray() || array.getArrayNItems() != static_cast<int>(N)) return otherwise;
  std::array<double, N> numbers{};
  for (std::size_t i = 0; i < N; ++i) {
    QPDFObjectHandle item = array.getArrayItem(static_cast<int>(i));
    if (!item.isNumber()) return otherwise;
    numbers[i] = item.getNumericValue();
  }
  return numbers;
}

TagMark mark_of(QPDFObjectHandle facts) {
  if (!facts.isDictionary()) throw Error("a mark of the print has no facts");
  if (facts.hasKey("/begin")) return {TagMark::Kind::begin, number_in(facts, "/begin"), ""};
  if (facts.hasKey("/part")) return {TagMark::Kind::part, number_in(facts, "/part"), ""};
  if (facts.hasKey("/end")) return {TagMark::Kind::end, 0, ""};
  if (facts.hasKey("/heading")) return {TagMark::Kind::heading, 0, ""};
  if (facts.hasKey("/role"))
    return {TagMark::Kind::role, number_in(facts, "/in"), facts.getKey("/role").getName().substr(1)};
  if (facts.hasKey("/link")) return {TagMark::Kind::link, number_in(facts, "/link"), ""};
  if (facts.hasKey("/note")) return {TagMark::Kind::note, 0, facts.getKey("/note").getStringValue()};
  if (facts.hasKey("/noteref")) return {TagMark::Kind::note_reference, 0, facts.getKey("/noteref").getStringValue()};
  if (facts.hasKey("/float")) return {TagMark::Kind::floating, 0, ""};
  if (facts.hasKey("/endfloat")) return {TagMark::Kind::end_of_float, 0, ""};
  if (facts.hasKey("/artefact")) return {TagMark::Kind::artefact, 0, ""};
  if (facts.hasKey("/flow")) return {TagMark::Kind::flow, 0, facts.getKey("/flow").getStringValue()};
  throw Error("a mark of the print is none that is known: " + facts.unparse());
}

class Reader : public QPDFObjectHandle::ParserCallbacks {
 public:
  Reader(std::string content, QPDFObjectHandle resources, const std::string& space_font, Glyphs& glyphs)
      : content_(std::move(content)),
        fonts_(resources.getKey("/Font")),
        pictures_(resources.getKey("/XObject")),
        space_font_(space_font),
        glyphs_(glyphs) {}

  void handleObject(QPDFObjectHandle object, std::size_t offset, std::size_t length) override {
    if (operands_.empty()) first_ = offset;
    if (object.isInlineImage()) current_.paints = true;
    if (!object.isOperator()) {
      operands_.push_back(object);
      return;
    }
    operation(object.getOperatorValue(), offset + length);
    operands_.clear();
  }
  void handleEOF() override { flush(content_.size()); }

  std::vector<Piece> pieces;

 private:
  QPDFObjectHandle operand(std::size_t i) const {
    return i < operands_.size() ? operands_[i] : QPDFObjectHandle::newNull();
  }
  double operand_number(std::size_t i) const {
    QPDFObjectHandle value = operand(i);
    return value.isNumber() ? value.getNumericValue() : 0;
  }

  std::array<double, 6> operand_matrix() const {
    return {operand_number(0), operand_number(1), operand_number(2),
            operand_number(3), operand_number(4), operand_number(5)};
  }

  void operation(const std::string& name, std::size_t end) {
    if (name == "DP" && operand(0).isName() && operand(0).getName() == mark_tag) return take_mark(end);
    if (painting.count(name) != 0) current_.paints = true;
    if (name == "BT") {
      in_text_ = true;
      pen_.begin();
    }
    if (name == "ET") in_text_ = false;
    if (name == "BDC") begin_span(operand(1));
    if (name == "BMC") ++spans_;
    if (name == "EMC") end_span();
    if (name == "Tf" && operand(0).isName()) set_font(end);
    if (name == "Td") pen_.move(operand_number(0), operand_number(1));
    if (name == "Tm") pen_.set_matrix(operand_matrix());
    if (name == "q") boxes_.save();
    if (name == "Q") boxes_.restore();
    if (name == "cm") boxes_.transform(operand_matrix());
    if (name == "Do" && operand(0).isName()) show_picture(operand(0).getName());
    if (name == "Tj") show_all({operand(0)}, end);
    if (name == "TJ" && operand(0).isArray()) show_all(operand(0).getArrayAsVector(), end);
  }

  void take_mark(std::size_t end) {
    if (in_text_) throw Error("a mark of the print stands within a text object");
    flush(first_);
    pieces.emplace_back(mark_of(operand(1)));
    copied_ = end;
  }

  /// A sign that is built of several glyphs says by itself what it is (report.latex, \reportcopied).
  void begin_span(QPDFObjectHandle facts) {
    ++spans_;
    if (spelt_out_ != 0 || !facts.isDictionary() || !facts.hasKey("/ActualText")) return;
    spelt_out_ = spans_;
    current_.text += facts.getKey("/ActualText").getUTF8Value();
  }
  void end_span() {
    if (spelt_out_ == spans_) spelt_out_ = 0;
    --spans_;
  }

  void set_font(std::size_t end) {
    font_ = fonts_.getKey(operand(0).getName());
    font_command_ = content_.substr(first_, end - first_);
    pen_.set_size(operand_number(1));
  }

  /// The strings of an operator, and spaces where the pen moves on as far as between words.
  void show_all(const std::vector<QPDFObjectHandle>& items, std::size_t end) {
    copy(first_);
    std::string strings;
    for (QPDFObjectHandle item : items) {
      if (item.isNumber()) pen_.shift(item.getNumericValue());
      if (item.isString()) {
        if (needs_space()) {
          close_strings(strings);
          put_space();
        }
        show(item.getStringValue());
      }
      strings += item.unparse();
    }
    close_strings(strings);
    copied_ = end;
  }
  void put_space() {
    const std::string space = " " + space_font_ + " 1 Tf( )Tj " + font_command_ + " ";
    if (current_.text.empty()) {
      current_.space = space;
      current_.space_at = current_.bytes.size();
    } else {
      current_.bytes += space;
      current_.text += ' ';
    }
  }
  void close_strings(std::string& strings) {
    if (!strings.empty()) current_.bytes += "[" + strings + "]TJ";
    strings.clear();
  }

  bool needs_space() const {
    const auto gap = pen_.gap();
    if (space_font_.empty() || spelt_out_ != 0 || gap == TextPen::Gap::none) return false;
    if (last_text_.empty() || last_text_.ends_with(' ')) return false;
    return gap == TextPen::Gap::word || !(last_text_.ends_with('-') || last_text_.ends_with(soft_hyphen));
  }

  void show(const std::string& codes) {
    pen_.show(glyphs_.widths.of(font_, codes));
    last_text_ = glyphs_.text.text(font_, codes);
    if (spelt_out_ == 0) current_.text += last_text_;
  }

  void show_picture(const std::string& name) {
    if (!pictures_.isDictionary() || !pictures_.hasKey(name)) return;
    QPDFObjectHandle facts = pictures_.getKey(name);
    if (facts.isStream()) facts = facts.getDict();
    if (!facts.isDictionary()) return;
    const PictureBox box = boxes_.of(numbers_in<4>(facts.getKey("/BBox"), {0, 0, 1, 1}),
                                     numbers_in<6>(facts.getKey("/Matrix"), {1, 0, 0, 1, 0, 0}));
    if (current_.pictures)
      current_.pictures->add(box);
    else
      current_.pictures = box;
  }

  void copy(std::size_t end) {
    current_.bytes += content_.substr(copied_, end - copied_);
    copied_ = end;
  }

  void flush(std::size_t end) {
    copy(end);
    if (current_.bytes.find_first_not_of(" \n\r\t") != std::string::npos) pieces.emplace_back(std::move(current_));
    current_ = {};
  }

  const std::string content_;
  QPDFObjectHandle fonts_, pictures_, font_ = QPDFObjectHandle::newNull();
  const std::string space_font_;
  Glyphs& glyphs_;
  TextPen pen_;
  PictureBoxes boxes_;
  std::string font_command_;  // the operator that turned to the font
  std::string last_text_;
  std::vector<QPDFObjectHandle> operands_;
  std::size_t first_ = 0;   // where the operator's first operand begins
  std::size_t copied_ = 0;  // up to where the content is in pieces
  Content current_;
  bool in_text_ = false;
  int spans_ = 0, spelt_out_ = 0;  // how many are open, and which of them says what it shows
};

}  // namespace

std::vector<Piece> pieces_of(QPDFObjectHandle& page, const std::string& space_font, Glyphs& glyphs) {
  QPDFPageObjectHelper helper(page);
  Pl_Buffer bytes("a page's content");
  helper.pipeContents(&bytes);
  const auto buffer = bytes.getBufferSharedPointer();
  Reader reader({reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()},
                helper.getAttribute("/Resources", false), space_font, glyphs);
  helper.parseContents(&reader);
  return std::move(reader.pieces);
}

}  // namespace publish::tags
