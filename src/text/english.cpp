// REPORT_ENGLISH is the theme's file, which the build puts into the program. A file of its own: the page's module,
// which is given the words of its document, leaves it out.
#include "text/words.hpp"

__asm__(
    ".section .rodata\n.global report_english\n.global report_english_end\nreport_english:\n.incbin \"" REPORT_ENGLISH
    "\"\nreport_english_end:\n.byte 0\n.previous\n");
extern "C" const char report_english[], report_english_end[];

namespace text {

const Words& english() {
  static const Words words = [] {
    Words read;
    read.read({report_english, static_cast<std::size_t>(report_english_end - report_english)});
    return read;
  }();
  return words;
}

}  // namespace text
