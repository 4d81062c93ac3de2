// What the tests were compiled with, where that shows in what they test.
#pragma once

namespace support {

#if defined(__clang__)
inline constexpr bool is_clang = true;
#else
inline constexpr bool is_clang = false;
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SUPPORT_IS_SANITIZED
#endif
#if __has_feature(thread_sanitizer)
#define SUPPORT_IS_THREAD_SANITIZED
#endif
#endif

// Looks away while a library is loaded, until loading returns: which an exception out of it never lets it do.
#ifdef SUPPORT_IS_THREAD_SANITIZED
inline constexpr bool loads_may_throw = false;
#else
inline constexpr bool loads_may_throw = true;
#endif

#ifdef SUPPORT_IS_SANITIZED
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif

// Of a function that does wrong on purpose: what is tested is how the system answers.
#if defined(__clang__)
#define DOES_WRONG __attribute__((no_sanitize("undefined", "address", "thread")))
#else
#define DOES_WRONG
#endif

}  // namespace support
