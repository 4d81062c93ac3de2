// A Pandoc that stays between the builds of `watch`, for sections that are read and written alone.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>

#include "system/conversation.hpp"

namespace publish {

struct Publication;

/// Options with which Pandoc looks for what it can throw away after 64 MB, which a section does not fill, and not after
/// 8 MB. To look takes 20 ms, whatever there is, since its own program's constants are looked through.
inline constexpr std::array with_room{"+RTS", "-A64m", "-RTS"};

class KeptPandoc {
 public:
  /// Has one at hand for pages that are made in `folder` with `theme`, started now where there is none; none before the
  /// first page made the folder, and none without Pandoc, which a build tells. To be called while nothing is asked,
  /// from a thread that lives as long as this: the system ends a program with the thread that started it.
  void make_ready(const std::filesystem::path& theme, const std::filesystem::path& folder);

  /// Whether it reads a text as Pandoc's command does, which makes spaces of tabs before.
  static bool can_read(const std::string& markdown);

  /// The text as a page's body, by the theme's kept.lua, which finds the filter's table in the folder. None where it
  /// cannot be had so: the filter gave up, or there is no Pandoc at hand.
  std::optional<sys::Conversation::Answer> written(const std::string& markdown, const Publication& publication);

  /// How often the one at hand was asked.
  int answers() const { return answers_; }

 private:
  std::filesystem::path theme_, folder_;
  std::optional<sys::Conversation> conversation_;
  int answers_ = 0;
};

}  // namespace publish
