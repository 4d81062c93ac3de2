// See conversation.hpp.
#include "system/conversation.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "system/checksum.hpp"

namespace sys {
namespace {

using Clock = std::chrono::steady_clock;

/// Our end and the program's.
Pipe make_socket() {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    throw std::system_error(errno, std::generic_category(), "no way to talk to a program");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

/// What stands behind "KEY " in an answer's first line, if that is there as a whole.
std::optional<std::size_t> size_in(std::string_view line) {
  std::size_t size = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), size);
  if (read.ec != std::errc() || read.ptr != line.data() + line.size()) return std::nullopt;
  return size;
}

}  // namespace

Conversation::Conversation(const Command& command)
    : streams_(make_socket()), child_(command, streams_.write.get(), streams_.write.get(), streams_.write.get()) {
  streams_.write.close();
}

bool Conversation::send(const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::send(streams_.read.get(), bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) done += static_cast<std::size_t>(n);
  }
  return true;
}

/// Hears what there is, and waits a moment for it; false at the end.
bool Conversation::listen() {
  pollfd state{streams_.read.get(), POLLIN, 0};
  if (poll(&state, 1, 20) <= 0) return true;
  std::array<char, 65536> buffer{};
  const ssize_t n = ::read(streams_.read.get(), buffer.data(), buffer.size());
  if (n > 0) heard_.append(buffer.data(), static_cast<std::size_t>(n));
  return n > 0 || (n < 0 && errno == EINTR);
}

std::optional<Conversation::Answer> Conversation::ask(const std::string& question, std::chrono::milliseconds timeout,
                                                      const StopFlag& stop) {
  if (is_over_) return std::nullopt;
  is_over_ = true;  // unless it goes well
  const std::string key = sha256(question);
  const std::string begin = "\n" + key + " ";
  const auto deadline = Clock::now() + timeout;
  if (!send(fmt::format("{} {}\n{}", key, question.size(), question))) return std::nullopt;
  while (true) {
    const auto at = heard_.find(begin);
    const auto line = at == std::string::npos ? at : heard_.find('\n', at + begin.size());
    if (line != std::string::npos) {
      const auto size = size_in(std::string_view(heard_).substr(at + begin.size(), line - at - begin.size()));
      if (!size) return std::nullopt;
      if (heard_.size() - line - 1 >= *size) {
        Answer answer{heard_.substr(line + 1, *size), heard_.substr(0, at)};
        heard_.erase(0, line + 1 + *size);
        is_over_ = false;
        return answer;
      }
    }
    if (!listen() || stop.is_set() || Clock::now() > deadline) return std::nullopt;
  }
}

}  // namespace sys
