// ZIP archives, as which EPUB and Word's documents come: what is in them, mended, at a time that says nothing.
#pragma once

#include <functional>
#include <string>

namespace publish {

/// The archive with each entry's time set to midnight of `day`, "2026-01-31". `mend` gets an entry's name and what it
/// holds, and gives what it is to hold; entries that stay are not packed anew. `rename` gives an entry's new name.
/// Throws Error for what is not an archive.
using Mend = std::function<std::string(const std::string& name, const std::string& content)>;
using Rename = std::function<std::string(const std::string& name)>;
std::string with_entries(const std::string& zip, const std::string& day, const Mend& mend = nullptr,
                         const Rename& rename = nullptr);

}  // namespace publish
