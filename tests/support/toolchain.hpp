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
