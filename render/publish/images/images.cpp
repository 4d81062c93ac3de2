// A path in a chapter is somebody's wish: it may lead anywhere, by dots, from the root, or through links.
#include "publish/images/images.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <string_view>

#include "publish/base64.hpp"
#include "publish/errors.hpp"
#include "publish/formats.hpp"
#include "publish/images/image_bytes.hpp"
#include "publish/images/image_forms.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

std::string beginning_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(4096, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

std::string kind_by_name(const fs::path& file) {
  std::string kind = file.extension().string();
  if (!kind.empty()) kind.erase(0, 1);
  std::transform(kind.begin(), kind.end(), kind.begin(), [](unsigned char c) { return std::tolower(c); });
  return kind == "jpeg" ? "jpg" : kind;
}

bool has_hidden_part(const fs::path& path) {
  return std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part.string().starts_with('.'); });
}

bool is_data(const std::string& path) { return path.starts_with("data:"); }

std::string without_escapes(const std::string& text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_escape = text[at] == '%' && at + 2 < text.size() &&
                           std::isxdigit(static_cast<unsigned char>(text[at + 1])) &&
                           std::isxdigit(static_cast<unsigned char>(text[at + 2]));
    plain += is_escape ? static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16)) : text[at];
    if (is_escape) at += 2;
  }
  return plain;
}

/// What an address holds that is the picture itself (RFC 2397).
std::string bytes_of_data(const std::string& address) {
  const auto comma = address.find(',');
  if (comma == std::string::npos) return "";
  const std::string content = without_escapes(address.substr(comma + 1));
  return address.substr(0, comma).ends_with(";base64") ? from_base64(content) : content;
}

}  // namespace

fs::path project_folder(const fs::path& chapters) {
  std::error_code error;
  return fs::weakly_canonical(fs::absolute(chapters), error).parent_path();
}

bool is_within(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  return !error && std::mismatch(folder.begin(), folder.end(), real.begin(), real.end()).first == folder.end();
}

Refusal image_refusal(const std::string& path, const fs::path& chapters) {
  const fs::path file = chapters / path, project = project_folder(chapters);
  if (fs::path(path).is_absolute() || !is_within(file, project))
    return {fmt::format("image '{}' lies outside of the project", path),
            "it must lie beside the chapters folder or in it, and be named by its path from there"};
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  if (has_hidden_part(real.lexically_relative(project)))
    return {fmt::format("image '{}' is a hidden file, or lies in a hidden folder", path), "put it beside the chapters"};
  const std::string kind = extension_of(kind_of(beginning_of(real))), name = kind_by_name(path);
  if (kind.empty()) return {fmt::format("'{}' is not an image", path), "images are PNG, JPEG, GIF, WebP, SVG or PDF"};
  if (kind != name)
    return {fmt::format("image '{}' is not what its name says", path),
            fmt::format("its content is that of a .{} file", kind)};
  return {};
}

std::string bytes_of_image(const std::string& path, const fs::path& chapters) {
  return is_data(path) ? bytes_of_data(path) : sys::read_file(chapters / path);
}

Refusal conversion_refusal(const std::string& path, const fs::path& chapters, const std::vector<std::string>& formats,
                           const store::Store& store) {
  const std::string name = is_data(path) ? "this picture" : fmt::format("image '{}'", path);
  try {
    const std::string bytes = bytes_of_image(path, chapters);
    if (kind_of(bytes) == ImageKind::none)
      return {name + " holds no picture in its data", "as in: data:image/png;base64,..."};
    for (const auto& format : formats)
      if (format != "json") image_form(bytes, picture_format(format), store);
  } catch (const BadImage& bad) {
    return {fmt::format("{} {}", name, bad.what()), bad.hint};
  } catch (const sys::FileError& failure) {
    return {fmt::format("{} cannot be read", name), failure.what()};
  } catch (const MissingTool&) {
    // Said when a report is written; what needs none goes on.
  }
  return {};
}

void add_images(const manuscript::Chapter& chapter, const fs::path& chapters, const std::vector<std::string>& formats,
                const store::Store& store, const fs::path& folder, std::map<std::string, ImagesOfFormat>& pictures) {
  for (const auto& image : chapter.images) {
    std::error_code error;
    if (!is_data(image.path) &&
        (!fs::is_regular_file(chapters / image.path, error) || image_refusal(image.path, chapters)))
      continue;
    const std::string bytes = bytes_of_image(image.path, chapters);
    for (const auto& wanted : formats) {
      const std::string format = picture_format(wanted);
      if (format == "json" || pictures[format].contains(image.path)) continue;
      const ImageForm form = image_form(bytes, format, store);
      const fs::path file = folder / (sys::sha256(form.bytes) + "." + form.extension);
      sys::write_file(file, form.bytes);
      pictures[format][image.path] = fs::absolute(file);
    }
  }
}

}  // namespace publish
