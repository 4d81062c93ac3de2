// REPORT_LIVE_MODULE is the compressed module, where there is a compiler for it.
#include "publish/page/live_module.hpp"

#if defined(REPORT_LIVE_MODULE)

#include "publish/base64.hpp"

__asm__(
    ".section .rodata\n.global report_live_module\n.global report_live_module_end\nreport_live_module:\n.incbin "
    "\"" REPORT_LIVE_MODULE "\"\nreport_live_module_end:\n.byte 0\n.previous\n");
extern "C" const unsigned char report_live_module[], report_live_module_end[];

namespace publish {
bool has_live_module() { return true; }
std::string live_module() { return base64(report_live_module, report_live_module_end); }
}  // namespace publish

#else

namespace publish {
bool has_live_module() { return false; }
std::string live_module() { return ""; }
}  // namespace publish

#endif
