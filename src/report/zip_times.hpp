// The times of day that stand in a ZIP archive (EPUB, DOCX), replaced by one that the sources give.
#pragma once

#include <string>

namespace report {

/// The archive with the start of this ISO 8601 day as every entry's time. Throws PublishError when it is no archive
/// that we understand.
std::string with_entry_times(std::string zip, const std::string& day);

}  // namespace report
