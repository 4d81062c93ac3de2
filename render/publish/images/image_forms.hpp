// Pictures of the text in the forms that the formats take: what a format cannot show is converted, by programs that run
// confined, since pictures may be other people's. Converted pictures are kept in the store by their content.
#pragma once

#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

#include "store/store.hpp"

namespace publish {

/// A picture that cannot be shown; the message is the end of a sentence that begins with its name.
struct BadImage : std::runtime_error {
  BadImage(const std::string& what, std::string hint_) : std::runtime_error(what), hint(std::move(hint_)) {}
  std::string hint;
};

struct ImageForm {
  std::string bytes, extension;  // "png"
};

/// The picture in the form that the format ("html", "pdf", "epub", "docx") takes. Throws BadPicture, MissingTool,
/// FileError.
ImageForm image_form(const std::string& bytes, const std::string& format, const store::Store& store);

/// The programs that convert pictures, with the Debian packages that hold them.
const std::map<std::string, std::string>& picture_tools();

/// A text that changes when a program that converts pictures does.
std::string image_tools_identity();

}  // namespace publish
