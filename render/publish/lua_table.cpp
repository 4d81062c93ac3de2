// A reader of Lua knows \ddd for any byte; numbers are those of JSON.
#include "publish/lua_table.hpp"

#include <fmt/format.h>

#include <iterator>

namespace publish {
namespace {

void write_text(const std::string& text, std::string& lua) {
  lua += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || c == '"' || c == '\\' || byte == 0x7f)
      fmt::format_to(std::back_inserter(lua), "\\{:03}", byte);
    else
      lua += c;
  }
  lua += '"';
}

void write(const nlohmann::json& value, std::string& lua) {
  switch (value.type()) {
    case nlohmann::json::value_t::null:
      lua += "nil";
      break;
    case nlohmann::json::value_t::string:
      write_text(value.get_ref<const std::string&>(), lua);
      break;
    case nlohmann::json::value_t::array:
      lua += '{';
      for (const auto& item : value) {
        write(item, lua);
        lua += ',';
      }
      lua += '}';
      break;
    case nlohmann::json::value_t::object:
      lua += '{';
      for (const auto& [name, item] : value.items()) {
        lua += '[';
        write_text(name, lua);
        lua += "]=";
        write(item, lua);
        lua += ',';
      }
      lua += '}';
      break;
    default:
      lua += value.dump();
  }
}

}  // namespace

std::string lua_table(const nlohmann::json& value) {
  std::string lua;
  write(value, lua);
  return lua;
}

}  // namespace publish
