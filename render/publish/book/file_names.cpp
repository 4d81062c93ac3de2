// See file_names.hpp.
#include "publish/book/file_names.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "text/parts.hpp"

namespace publish {
namespace {

using std::string;

constexpr std::size_t longest_name = 48;

/// The identifier of a heading as part of a file's name: signs that every system writes alike, whole words only. "sec:"
/// says that it is a section, as the folder does.
string slug(string id) {
  if (id.starts_with("sec:")) id.erase(0, 4);
  string name;
  for (const char c : id) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_plain)
      name += c;
    else if (c >= 'A' && c <= 'Z')
      name += static_cast<char>(c - 'A' + 'a');
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  if (name.size() > longest_name) {
    const auto last_word = name.rfind('-', longest_name);
    name.resize(last_word == string::npos ? longest_name : last_word);
  }
  if (name.ends_with('-')) name.pop_back();
  return name;
}

/// "EPUB/text/ch002.xhtml#a" in its folder, its name, and the place in it.
struct Address {
  string folder, name, place;

  explicit Address(const string& address) {
    const auto hash = std::min(address.find('#'), address.size());
    const auto slash = address.rfind('/', hash);
    const auto begin = slash == string::npos ? 0 : slash + 1;
    folder = address.substr(0, begin);
    name = address.substr(begin, hash - begin);
    place = address.substr(hash);
  }
};

/// Whether a file of the book may be found there from another one.
bool is_within_book(const string& folder) {
  static const std::set<string> folders{"", "text/", "media/", "../text/", "../media/", "EPUB/text/", "EPUB/media/"};
  return folders.contains(folder);
}

/// The number of a chapter's file: "02" of "ch002.xhtml", so that books of up to 99 chapters have two digits.
string number_of(const string& chapter) {
  string digits = chapter.substr(2, chapter.find('.') - 2);
  if (digits.size() > 2 && digits.front() == '0') digits.erase(0, 1);
  return digits;
}

}  // namespace

void BookFiles::read(const string& entry, const string& content) {
  const Address address(entry);
  if (address.folder == "EPUB/media/") {
    if (const auto known = pictures_.find(content); known != pictures_.end()) names_[address.name] = known->second;
    return;
  }
  if (address.folder != "EPUB/text/" || !address.name.starts_with("ch")) return;
  const string section = "<section id=\"";
  const auto at = content.find(section), begin = at == string::npos ? string::npos : at + section.size();
  const string words = at == string::npos ? "" : slug(content.substr(begin, content.find('"', begin) - begin));
  names_[address.name] = number_of(address.name) + (words.empty() ? "" : "-" + words) + ".xhtml";
}

string BookFiles::name_of(const string& entry) const {
  const Address address(entry);
  const auto known = is_within_book(address.folder) ? names_.find(address.name) : names_.end();
  return known == names_.end() ? entry : address.folder + known->second + address.place;
}

string BookFiles::with_names(const string& content) const {
  return text::with_parts_changed(content, "<", ">", [&](const string& tag) {
    return text::with_parts_changed(tag, "=\"", "\"", [&](const string& value) { return name_of(value); });
  });
}

}  // namespace publish
