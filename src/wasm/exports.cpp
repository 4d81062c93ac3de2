// The module's face to the page: a request is put into its memory, and an answer read from there
// (livefigure/answer.hpp). There are no exceptions: what is thrown leaves by the page's function `fail`, which throws
// the words there and never comes back. The page then makes a new instance.
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <typeinfo>

#include "cairo/house_advances.hpp"
#include "livefigure/answer.hpp"
#include "livefigure/laid_out_figure.hpp"

#define EXPORTED(name) __attribute__((export_name(name)))

extern "C" __attribute__((import_module("page"), import_name("fail"))) void page_fail(const char* words);

namespace {

std::string taken, given;

text::Words& words() {
  static text::Words own;
  return own;
}

plot::TextExtent measure(std::string_view text, plot::Face face, double size) {
  const auto extent = extent_by(cairo::house_advances(), text, face, size);
  if (!extent) throw std::runtime_error("a live figure has no letters for '" + std::string(text) + "'");
  return *extent;
}

}  // namespace

/// Without the drawings of other experiments the module is smaller by a thirtieth.
plot::Figure livefigure::figure_of_result(const FigureInputs& inputs, const experiment::Result& result) {
  return inputs.experiment->draw_held(inputs.parameters, result, inputs.held);
}

/// The document's words, which the page has brought.
const text::Words& text::english() { return words(); }

extern "C" {

/// Where the page writes so many bytes, before it calls one of those that follow.
EXPORTED("room") char* room(std::size_t size) {
  taken.assign(size, '\0');
  return taken.data();
}

/// Takes the document's words, lines of "key: words".
EXPORTED("speak") void speak() { words().read(taken); }

EXPORTED("answer") const char* answer() {
  given = livefigure::answer(taken, {measure, &words()});
  return given.data();
}
EXPORTED("answer_size") std::size_t answer_size() { return given.size(); }

void* __cxa_allocate_exception(std::size_t size) { return std::malloc(size); }
void __cxa_free_exception(void* exception) { std::free(exception); }
/// All that is thrown here is a std::exception, which is its first base (boost/throw_exception.hpp would put another
/// before it, but for BOOST_EXCEPTION_DISABLE).
void __cxa_throw(void* thrown, std::type_info*, void (*)(void*)) {
  page_fail(static_cast<std::exception*>(thrown)->what());
  __builtin_trap();
}

/// A page has one thread, which never ends.
int __cxa_thread_atexit(void (*)(void*), void*, void*) { return 0; }

/// Without these the library brings its own, and with them printf, the demangler and their tables.
void abort_message(const char*, ...) { __builtin_trap(); }
[[noreturn]] static void stop() { __builtin_trap(); }
void (*__cxa_terminate_handler)() = stop;
void (*__cxa_unexpected_handler)() = stop;
void (*__cxa_new_handler)() = nullptr;
}
