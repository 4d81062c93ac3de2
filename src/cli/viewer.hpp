// Showing a file or a page in whatever the desktop opens it with.
#pragma once

#include <functional>
#include <string>

namespace cli {

/// Hands the file or address to the desktop's viewer and does not wait for it. Gives the reason when nothing was
/// opened, else nothing.
std::string open_in_viewer(const std::string& what, const std::function<std::string(const char*)>& environment);

/// For --open: opens it, or says plainly on standard error that nothing was opened.
void show(const std::string& what);

}  // namespace cli
