// Values as Lua reads them: how the theme's filter is told what to put into a document.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace publish {

/// The value as an expression of Lua 5.3 and later: objects and lists as tables, null as nil. Quotes,
/// backslashes and control characters of texts are written as numbers, so that nothing that an author wrote ends a
/// text.
std::string lua_table(const nlohmann::json& value);

}  // namespace publish
