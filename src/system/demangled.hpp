// The compiler's names of functions, for people.
#pragma once

#include <string>

namespace sys {

/// "_ZN8numerics4normEd" as "numerics::norm(double)"; what is no such name stays as it is.
std::string demangled(const std::string& symbol);

}  // namespace sys
