// The module of live figures (src/wasm/), compressed at build time and carried by the program, if it was made.
#pragma once

#include <string>

namespace publish {

bool has_live_module();

/// The module, compressed by gzip, in base64 (RFC 4648); empty where the program was built without it.
std::string live_module();

/// The module's checksum, and by which compiler and with which options it was made; empty where there is none.
struct LiveModuleOrigin {
  std::string sha256, compiler, options;
};
LiveModuleOrigin live_module_origin();

}  // namespace publish
