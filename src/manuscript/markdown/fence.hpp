// The look of a directive's fence.
#pragma once

#include <string_view>

namespace manuscript {

/// What a directive makes: by the class of its fence, and by what its IDs begin with.
struct DirectiveKind {
  std::string_view name, prefix;
  std::string_view how;  // a fence as it should be
};
inline constexpr DirectiveKind figure_directive{"figure", "fig:", "```{.figure #fig:name}"};
inline constexpr DirectiveKind table_directive{"table", "tbl:", "```{.table #tbl:name}"};

/// Text that begins like the fence of a directive: three or more backticks or tildes, then braces with the class or the
/// ID of a figure or a table.
bool looks_like_directive(std::string_view text);

/// What such a text would make.
const DirectiveKind& kind_in(std::string_view text);

/// The ID in such a line, "fig:name" or "tbl:name"; empty when there is none.
std::string_view directive_id_in(std::string_view line);

}  // namespace manuscript
