// rsvg-convert draws SVG as a browser does, and also turns pictures that lie on their side: they are put into an SVG
// document that shows them upright.
#include "publish/images/image_forms.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <regex>
#include <sstream>
#include <system_error>
#include <vector>

#include "publish/errors.hpp"
#include "publish/images/image_bytes.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"
#include "system/process.hpp"
#include "system/tool_versions.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

constexpr const char* dots_per_inch = "220";  // at which Word itself keeps pictures
constexpr const char* no_time = "946684800";  // 2000-01-01: a converted picture does not say when it was made

/// A folder of one conversion.
class Bench {
 public:
  Bench() {
    std::string name = (fs::temp_directory_path() / "report-picture-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), "a temporary folder");
    folder_ = fs::canonical(name);
  }
  ~Bench() {
    std::error_code error;
    fs::remove_all(folder_, error);
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  void put(const std::string& name, std::string_view bytes) const { sys::write_file(folder_ / name, bytes); }
  std::string get(const std::string& name) const { return sys::read_file(folder_ / name); }
  bool has(const std::string& name) const { return fs::exists(folder_ / name); }

  /// Runs a program in the folder, outside of which it can read nothing of anybody's, for the file `result` if it is to
  /// write one.
  sys::ProcessResult run(std::vector<std::string> arguments, const std::string& result = "") const {
    sys::Command command;
    command.arguments = std::move(arguments);
    command.directory = folder_;
    command.timeout = std::chrono::minutes(1);
    command.environment = {{"SOURCE_DATE_EPOCH", no_time}, {"LC_ALL", "C.UTF-8"}, {"XDG_CACHE_HOME", folder_.string()}};
    command.confinement = sys::Confinement{{}, {folder_}};
    const std::string tool = command.arguments.front();
    sys::ProcessResult finished;
    try {
      finished = sys::run(command);
    } catch (const sys::NoProgram&) {
      throw MissingTool(fmt::format("{} is missing: install the Debian package {}", tool, picture_tools().at(tool)));
    }
    if (finished.timed_out)
      throw BadImage(fmt::format("cannot be converted: {} did not finish within a minute", tool), other_form);
    if (!finished.ok() || (!result.empty() && !has(result)))
      throw BadImage(fmt::format("cannot be converted: {}", complaint(finished, tool)), other_form);
    return finished;
  }

 private:
  static constexpr const char* other_form = "save it anew, or as PNG";

  /// The first line that the program wrote, or how it ended.
  static std::string complaint(const sys::ProcessResult& finished, const std::string& tool) {
    const auto begin = finished.errors.find_first_not_of(" \n");
    if (begin == std::string::npos) return fmt::format("{} {}", tool, sys::ending(finished));
    return fmt::format("{} says: {}", tool, finished.errors.substr(begin, finished.errors.find('\n', begin) - begin));
  }

  fs::path folder_;
};

// ----------------------------------------------------------------------------------------------------------
// conversions

std::string svg_to_pdf(const std::string& svg) {
  const Bench bench;
  bench.put("picture.svg", svg);
  bench.run({"rsvg-convert", "--format=pdf", "--unlimited", "--output=result.pdf", "picture.svg"}, "result.pdf");
  return bench.get("result.pdf");
}

/// Of the first page, which is what LaTeX shows too.
std::vector<std::string> pdftocairo(std::vector<std::string> options) {
  std::vector<std::string> arguments{"pdftocairo", "-f", "1", "-l", "1"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return arguments;
}

std::string pdf_to_png(const std::string& pdf) {
  const Bench bench;
  bench.put("picture.pdf", pdf);
  bench.run(pdftocairo({"-png", "-cropbox", "-singlefile", "-transp", "-r", dots_per_inch, "picture.pdf", "result"}),
            "result.png");
  return bench.get("result.png");
}

/// Where a page's edges lie, in points: left, bottom, right, top.
using Box = std::array<double, 4>;

/// The box that pdfinfo names so, in its listing.
Box box_of(const std::string& listing, const std::string& name) {
  Box box{};
  const auto at = listing.find(name + ":");
  if (at == std::string::npos) return box;
  std::istringstream numbers(listing.substr(at + name.size() + 1));
  for (double& edge : box) numbers >> edge;
  return box;
}

/// pdftocairo takes the whole sheet into SVG; what is to be seen of it may be less.
ImageForm pdf_for_page(const std::string& pdf) {
  const Bench bench;
  bench.put("picture.pdf", pdf);
  const std::string listing = bench.run({"pdfinfo", "-f", "1", "-l", "1", "-box", "picture.pdf"}).output;
  const Box sheet = box_of(listing, "MediaBox"), seen = box_of(listing, "CropBox");
  std::vector<std::string> options{"-svg"};
  if (seen != sheet) {
    const bool is_upright = std::regex_search(listing, std::regex("rot: +0\\s"));
    if (!is_upright) return {pdf_to_png(pdf), "png"};
    const double edges[] = {seen[0] - sheet[0], sheet[3] - seen[3], seen[2] - seen[0], seen[3] - seen[1]};
    for (int i = 0; i < 4; ++i)
      options.insert(options.end(), {std::array{"-x", "-y", "-W", "-H"}.at(i), fmt::format("{:.0f}", edges[i])});
  }
  options.insert(options.end(), {"picture.pdf", "result.svg"});
  bench.run(pdftocairo(options), "result.svg");
  return {bench.get("result.svg"), "svg"};
}

/// LaTeX takes no PDF that is encrypted or damaged; Poppler then writes one that it takes.
std::string pdf_to_sound_pdf(const std::string& pdf) {
  const Bench bench;
  bench.put("picture.pdf", pdf);
  const std::string complaints = bench.run(pdftocairo({"-pdf", "picture.pdf", "result.pdf"}), "result.pdf").errors;
  const bool is_sound = complaints.empty() && pdf.find("/Encrypt") == std::string::npos;
  return is_sound ? pdf : bench.get("result.pdf");
}

/// A picture within a larger one, turned as its orientation says.
struct ParameterOverride {
  PixelSize canvas, size;
  unsigned x = 0, y = 0;
  int orientation = 1;
};

constexpr bool is_sideways(int orientation) { return orientation >= 5; }

/// Where a point of the stored picture stands upright, as SVG writes it.
std::string turning(int orientation, PixelSize size) {
  constexpr std::array<std::array<int, 4>, 8> turns{{{1, 0, 0, 1},
                                                     {-1, 0, 0, 1},
                                                     {-1, 0, 0, -1},
                                                     {1, 0, 0, -1},
                                                     {0, 1, 1, 0},
                                                     {0, 1, -1, 0},
                                                     {0, -1, -1, 0},
                                                     {0, -1, 1, 0}}};
  const auto& turn = turns.at(static_cast<std::size_t>(orientation - 1));
  const PixelSize turned = is_sideways(orientation) ? PixelSize{size.height, size.width} : size;
  return fmt::format("matrix({} {} {} {} {} {})", turn[0], turn[1], turn[2], turn[3],
                     turn[0] + turn[2] < 0 ? turned.width : 0, turn[1] + turn[3] < 0 ? turned.height : 0);
}

std::string set_in_png(const std::string& picture, const std::string& extension, const ParameterOverride& setting) {
  PixelSize canvas = setting.canvas;
  if (is_sideways(setting.orientation)) std::swap(canvas.width, canvas.height);
  const Bench bench;
  bench.put("picture." + extension, picture);
  bench.put(
      "setting.svg",
      fmt::format(
          "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{}\" "
          "height=\"{}\">"
          "<image transform=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" xlink:href=\"picture.{}\"/></svg>",
          canvas.width, canvas.height, turning(setting.orientation, setting.canvas), setting.x, setting.y,
          setting.size.width, setting.size.height, extension));
  bench.run({"rsvg-convert", "--format=png", "--unlimited", "--output=result.png", "setting.svg"}, "result.png");
  return bench.get("result.png");
}

ParameterOverride upright(const std::string& picture, int orientation) {
  const PixelSize size = pixel_size(picture);
  return {size, size, 0, 0, orientation};
}

std::string webp_to_png(const std::string& webp) {
  const Bench bench;
  const WebpFrame frame = first_frame(webp);
  bench.put("picture.webp", webp);
  if (frame.is_animated) bench.run({"webpmux", "-get", "frame", "1", "picture.webp", "-o", "frame.webp"}, "frame.webp");
  bench.run({"dwebp", "-quiet", frame.is_animated ? "frame.webp" : "picture.webp", "-o", "result.png"}, "result.png");
  const std::string png = bench.get("result.png");
  const int orientation = orientation_of(webp);
  if (frame.is_animated && frame.canvas != frame.size)
    return set_in_png(png, "png", {frame.canvas, frame.size, frame.x, frame.y, orientation});
  return orientation == 1 ? png : set_in_png(png, "png", upright(png, orientation));
}

/// Without loss where its blocks can be moved as wholes, which those of cameras can.
ImageForm turned_jpeg(const std::string& jpeg, int orientation) {
  const std::vector<std::vector<std::string>> turns{{},
                                                    {"-flip", "horizontal"},
                                                    {"-rotate", "180"},
                                                    {"-flip", "vertical"},
                                                    {"-transpose"},
                                                    {"-rotate", "90"},
                                                    {"-transverse"},
                                                    {"-rotate", "270"}};
  const auto jpegtran = [&](const std::vector<std::string>& turn) {
    const Bench bench;
    bench.put("picture.jpg", jpeg);
    std::vector<std::string> arguments{"jpegtran", "-copy", "icc"};
    arguments.insert(arguments.end(), turn.begin(), turn.end());
    arguments.insert(arguments.end(), {"-outfile", "result.jpg", "picture.jpg"});
    bench.run(arguments, "result.jpg");
    return bench.get("result.jpg");
  };
  auto perfect = turns.at(static_cast<std::size_t>(orientation - 1));
  perfect.emplace_back("-perfect");
  try {
    return {jpegtran(perfect), "jpg"};
  } catch (const BadImage&) {
    const std::string plain = jpegtran({});
    return {set_in_png(plain, "jpg", upright(plain, orientation)), "png"};
  }
}

ImageForm turned(const std::string& bytes, ImageKind kind) {
  const int orientation = orientation_of(bytes);
  if (orientation == 1) return {bytes, extension_of(kind)};
  if (kind == ImageKind::jpeg) return turned_jpeg(bytes, orientation);
  if (kind == ImageKind::webp) return {webp_to_png(bytes), "png"};
  const std::string png = without_exif(bytes);
  return {set_in_png(png, "png", upright(png, orientation)), "png"};
}

// ----------------------------------------------------------------------------------------------------------------
// forms

ImageForm made_form(const std::string& bytes, ImageKind kind, const std::string& format) {
  switch (kind) {
    case ImageKind::svg: {
      const std::string pdf = svg_to_pdf(bytes);  // also tells what is wrong with one that stays as it is
      if (format == "pdf") return {pdf, "pdf"};
      if (format == "docx") return {pdf_to_png(pdf), "png"};
      return {bytes, "svg"};
    }
    case ImageKind::pdf:
      if (format == "docx") return {pdf_to_png(bytes), "png"};
      if (format == "pdf") return {pdf_to_sound_pdf(bytes), "pdf"};
      return pdf_for_page(bytes);
    case ImageKind::gif:
      if (format == "pdf") return {set_in_png(bytes, "gif", upright(bytes, 1)), "png"};
      return {bytes, "gif"};
    case ImageKind::webp:
      if (format != "html") return {webp_to_png(bytes), "png"};
      return turned(bytes, kind);
    default:
      return turned(bytes, kind);
  }
}

/// What is shown as it is in every format, without a program's having to look at it.
bool stays_as_it_is(const std::string& bytes, ImageKind kind) {
  return (kind == ImageKind::png || kind == ImageKind::jpeg) && orientation_of(bytes) == 1;
}

}  // namespace

const std::map<std::string, std::string>& picture_tools() {
  static const std::map<std::string, std::string> tools{{"dwebp", "webp"},
                                                        {"jpegtran", "libjpeg-turbo-progs"},
                                                        {"pdfinfo", "poppler-utils"},
                                                        {"pdftocairo", "poppler-utils"},
                                                        {"rsvg-convert", "librsvg2-bin"},
                                                        {"webpmux", "webp"}};
  return tools;
}

std::string image_tools_identity() {
  std::string text;
  for (const auto& [tool, package] : picture_tools()) text += sys::program_identity(tool) + "\n";
  return text;
}

ImageForm image_form(const std::string& bytes, const std::string& format, const store::Store& store) {
  const ImageKind kind = kind_of(bytes);
  if (const ImageFault fault = fault_of(bytes)) throw BadImage(fault.what, fault.hint);
  if (stays_as_it_is(bytes, kind)) return {bytes, extension_of(kind)};
  const std::string key = sys::sha256(fmt::format("{}\n{}\n{}", format, image_tools_identity(), sys::sha256(bytes)));
  // The extension, a newline, the picture.
  if (const auto found = store.get(store::EntryKind::pictures, key); found.bytes) {
    const auto line = found.bytes->find('\n');
    return {found.bytes->substr(line + 1), found.bytes->substr(0, line)};
  }
  ImageForm form = made_form(bytes, kind, format);
  store.put(store::EntryKind::pictures, key, form.extension + "\n" + form.bytes);
  return form;
}

}  // namespace publish
