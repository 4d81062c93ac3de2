// See book_cover.hpp.
#include "engine/book_cover.hpp"

#include <algorithm>
#include <vector>

#include "cairo/drawing.hpp"
#include "cairo/house_advances.hpp"
#include "plot/text/text.hpp"
#include "publish/images/image_forms.hpp"
#include "publish/images/images.hpp"

namespace engine {
namespace {

using plot::Face;

// Points; what is drawn is 4 pixels for each.
constexpr double cover_width = 400, cover_height = 600, cover_margin = 44;
constexpr double pixels_per_css_pixel = 3;
constexpr double leading = 1.18;

/// Lines of one face and size.
struct SetLines {
  std::vector<std::string> lines;
  Face face = Face::regular;
  double size = 0;
};

double width_of(const std::string& text, Face face, double size, const plot::Measure& measure) {
  return measure(text, face, size).width;
}

SetLines broken(const std::string& text, Face face, double size, const plot::Measure& measure) {
  SetLines set{{}, face, size};
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at), longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && width_of(longer, face, size, measure) > cover_width - 2 * cover_margin) {
      set.lines.push_back(line);
      line = word;
    } else {
      line = longer;
    }
    at = end + 1;
  }
  if (!line.empty()) set.lines.push_back(line);
  return set;
}

/// The largest of some sizes at which the text is in so few lines, none of which passes the margin.
SetLines fitted(const std::string& text, Face face, double largest, std::size_t most_lines,
                const plot::Measure& measure) {
  constexpr double smallest = 9;
  for (double size = largest;; size *= 0.9) {
    SetLines set = broken(text, face, size, measure);
    const bool fits = std::all_of(set.lines.begin(), set.lines.end(), [&](const std::string& line) {
      return width_of(line, face, size, measure) <= cover_width - 2 * cover_margin;
    });
    if ((fits && set.lines.size() <= most_lines) || size * 0.9 < smallest) return set;
  }
}

/// Draws lines below `y`, and gives where the last one ends.
double write_lines(const SetLines& set, double y, plot::Scene& scene) {
  for (const std::string& line : set.lines) {
    y += set.size * leading;
    scene.items.push_back(
        plot::TextItem{{cover_margin, y}, 0, {{line, set.face, set.size, {}}}, plot::Ink::foreground, false, {}});
  }
  return y;
}

plot::Path rectangle(double left, double top, double right, double bottom, plot::Ink ink) {
  return {{plot::MoveTo{{left, top}}, plot::LineTo{{right, top}}, plot::LineTo{{right, bottom}},
           plot::LineTo{{left, bottom}}, plot::ClosePath{}},
          std::nullopt,
          plot::FillStyle{ink},
          {}};
}

bool has_letters(const manuscript::Json& value) {
  if (value.is_string())
    return plot::extent_by(cairo::house_advances(), value.get_ref<const std::string&>(), Face::regular, 10).has_value();
  return std::all_of(value.begin(), value.end(), [](const manuscript::Json& part) { return has_letters(part); });
}

bool can_be_drawn(const manuscript::Json& fields) {
  return std::all_of(fields.begin(), fields.end(), [](const manuscript::Json& field) {
    const manuscript::Json &key = field["key"], &value = field["value"];
    if (key == "author")
      return std::all_of(value.begin(), value.end(), [](const auto& author) { return has_letters(author["name"]); });
    return (key != "title" && key != "subtitle") || has_letters(value);
  });
}

std::string drawn(const publish::CoverWords& words, const cairo::Inks& inks) {
  const plot::Measure measure = cairo::text_measure();
  plot::Scene scene{cover_width, cover_height, {}};
  // A frame, since shelves may be as white as it is.
  scene.items.push_back(rectangle(0, 0, cover_width, cover_height, plot::Ink::muted));
  scene.items.push_back(rectangle(0.5, 0.5, cover_width - 0.5, cover_height - 0.5, plot::Ink::background));
  constexpr double top = 118, rule = 54, thickness = 5;
  scene.items.push_back(rectangle(cover_margin, top, cover_margin + rule, top + thickness, plot::Ink::blue));
  double y = write_lines(fitted(words.title, Face::regular, 42, 6, measure), top + 26, scene);
  if (!words.subtitle.empty()) y = write_lines(fitted(words.subtitle, Face::italic, 21, 4, measure), y + 20, scene);
  std::string authors;
  for (const std::string& author : words.authors) authors += (authors.empty() ? "" : ", ") + author;
  const SetLines set = fitted(authors, Face::regular, 18, 4, measure);
  const double bottom = cover_height - cover_margin - static_cast<double>(set.lines.size()) * set.size * leading;
  write_lines(set, std::max(y + 12, bottom), scene);
  return cairo::to_png(scene, pixels_per_css_pixel, cairo::Theme::light, inks);
}

}  // namespace

std::optional<publish::Cover> book_cover(const BuildContext& context) {
  const auto& metadata = context.project.metadata;
  if (metadata.cover) {
    // As Word takes it: of points, which shops want.
    const std::string bytes = publish::bytes_of_image(metadata.cover->file, context.settings.chapters);
    const publish::ImageForm form = publish::image_form(bytes, "docx", context.store);
    return publish::Cover{form.extension, metadata.cover->alt,
                          [cover = form.bytes](const publish::CoverWords&) { return cover; }};
  }
  if (!can_be_drawn(metadata.fields)) return std::nullopt;
  return publish::Cover{"png", "",
                        [inks = metadata.looks.inks](const publish::CoverWords& words) { return drawn(words, inks); }};
}

}  // namespace engine
