// The look of a figure directive's fence.
#pragma once

#include <string_view>

namespace manuscript {

/// Text that begins like the fence of a figure directive: three or more backticks or tildes, then braces with the
/// class or the ID of a figure.
bool looks_like_directive(std::string_view text);

/// The figure's ID in such a line, "fig:name"; empty when there is none.
std::string_view figure_id_in(std::string_view line);

}  // namespace manuscript
