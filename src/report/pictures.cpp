// A path in a chapter is somebody's wish: it may lead anywhere, by dots, from the root, or through links.
#include "report/pictures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>

namespace report {
namespace fs = std::filesystem;
namespace {

std::string beginning_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes(4096, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

/// The kind of picture that the bytes begin, as its usual extension; empty for what is none.
std::string kind_of(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "png";
  if (bytes.starts_with("\xFF\xD8\xFF")) return "jpg";
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "gif";
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "webp";
  if (bytes.starts_with("%PDF-")) return "pdf";
  if (bytes.find("<svg") != std::string_view::npos) return "svg";
  return "";
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

Refusal picture_refusal(const std::string& path, const fs::path& chapters) {
  const fs::path file = chapters / path, project = project_folder(chapters);
  if (fs::path(path).is_absolute() || !is_within(file, project))
    return {fmt::format("image '{}' lies outside of the project", path),
            "it must lie beside the chapters folder or in it, and be named by its path from there"};
  std::error_code error;
  const fs::path real = fs::canonical(file, error);
  if (has_hidden_part(real.lexically_relative(project)))
    return {fmt::format("image '{}' is a hidden file, or lies in a hidden folder", path), "put it beside the chapters"};
  const std::string kind = kind_of(beginning_of(real)), name = kind_by_name(path);
  if (kind.empty()) return {fmt::format("'{}' is no image", path), "images are PNG, JPEG, GIF, WebP, SVG or PDF"};
  if (kind != name)
    return {fmt::format("image '{}' is not what its name says", path), fmt::format("its content is that of a .{} file", kind)};
  return {};
}

void add_pictures(const document::Chapter& chapter, const fs::path& chapters, std::map<std::string, fs::path>& pictures) {
  std::error_code error;
  const auto add = [&](const std::string& path) {
    const fs::path file = chapters / path;
    if (fs::is_regular_file(file, error) && !picture_refusal(path, chapters)) pictures[path] = fs::canonical(file, error);
  };
  for (const auto& image : chapter.images) {
    add(image.path);
    if (image.path.ends_with(".svg")) add(image.path.substr(0, image.path.size() - 4) + ".pdf");
  }
}

}  // namespace report
