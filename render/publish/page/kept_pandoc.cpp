// See kept_pandoc.hpp.
#include "publish/page/kept_pandoc.hpp"

#include <system_error>

#include "publish/publication.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

constexpr int most_answers = 200;  // of one Pandoc, whose memory grows
constexpr const char* theme_link = "kept-theme";

sys::Command command_for(const fs::path& theme, const fs::path& folder) {
  sys::Command command;
  command.arguments = {"pandoc", "--from=markdown", "--to=html5",
                       std::string("--lua-filter=") + theme_link + "/kept.lua", "/dev/null"};
  command.arguments.insert(command.arguments.end(), with_room.begin(), with_room.end());
  command.directory = folder;
  command.environment = {{"REPORT_PUBLICATION", "publication.lua"}, {"HOME", folder.string()}, {"LC_ALL", "C.UTF-8"}};
  command.confinement = sys::Confinement{{theme}, {folder}};
  return command;
}

}  // namespace

void KeptPandoc::make_ready(const fs::path& theme, const fs::path& folder) try {
  const bool is_ready = conversation_ && !conversation_->is_over() && answers_ < most_answers && theme == theme_ &&
                        folder == folder_ && fs::exists(folder);
  if (is_ready) return;
  conversation_.reset();
  answers_ = 0;
  if (!fs::exists(folder)) return;
  theme_ = theme;
  folder_ = folder;
  fs::remove(folder / theme_link);
  fs::create_symlink(fs::absolute(theme), folder / theme_link);
  conversation_.emplace(command_for(fs::absolute(theme), fs::absolute(folder)));
} catch (const sys::NoProgram&) {
} catch (const std::system_error&) {
}

bool KeptPandoc::can_read(const std::string& markdown) {
  return markdown.find_first_of("\t\r") == std::string::npos && markdown.find('\0') == std::string::npos;
}

std::optional<sys::Conversation::Answer> KeptPandoc::written(const std::string& markdown,
                                                             const Publication& publication) {
  if (!conversation_) return std::nullopt;
  ++answers_;
  return conversation_->ask(markdown, publication.timeout, publication.stop);
}

}  // namespace publish
