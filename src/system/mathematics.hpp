// The C library's mathematical functions, which programs in other languages use: glibc chooses variants by the
// processor, and rounds otherwise from version to version.
#pragma once

#include <string>

namespace sys {

/// "libm-0123456789abcdef": a hash of the bits of each function at some hundred points. Equal texts mean equal
/// functions, as far as that tells; "libm-unknown" where the library cannot be asked. What a language brings along
/// itself (NumPy's vector loops, a BLAS) it does not see.
const std::string& c_mathematics();

}  // namespace sys
