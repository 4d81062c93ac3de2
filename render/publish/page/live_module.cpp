// The module's bytes are src/wasm/carried.cpp's, where there is a compiler for it.
#include "publish/page/live_module.hpp"

#if defined(REPORT_LIVE_COMPILER)

#include <string_view>

#include "publish/base64.hpp"
#include "system/checksum.hpp"

extern "C" const unsigned char report_live_module[], report_live_module_end[];

namespace publish {
bool has_live_module() { return true; }
std::string live_module() { return base64(report_live_module, report_live_module_end); }
LiveModuleOrigin live_module_origin() {
  const auto size = static_cast<std::size_t>(report_live_module_end - report_live_module);
  return {sys::sha256(std::string_view(reinterpret_cast<const char*>(report_live_module), size)), REPORT_LIVE_COMPILER,
          REPORT_LIVE_OPTIONS};
}
}  // namespace publish

#else

namespace publish {
bool has_live_module() { return false; }
std::string live_module() { return ""; }
LiveModuleOrigin live_module_origin() { return {}; }
}  // namespace publish

#endif
