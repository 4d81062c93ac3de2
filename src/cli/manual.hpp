// The manual page, from the tables of the help.
#pragma once

#include <string>

namespace cli {

/// report(1), in the language of man(7). It is of the installed program, whoever prints it.
std::string manual_page();

}  // namespace cli
