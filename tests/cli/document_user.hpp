// A user within documents of their own.
#pragma once

#include "user.hpp"

namespace user {

/// The program as it is called in a document: no option says where anything lies, and no CI watches.
struct DocumentUser : User {
  DocumentUser() {
    fs::remove(path / "chapters");
    environment.insert(environment.end(), {{"CI", ""}, {"GITHUB_ACTIONS", ""}});  // where they are set, bless refuses
  }
  sys::ProcessResult in(const std::string& folder, Words words) const {
    sys::Command command;
    words.insert(words.begin(), REPORT_PROGRAM);
    command.arguments = not_in_ci(words);
    command.environment = environment;
    command.directory = path / folder;
    command.timeout = std::chrono::minutes(2);
    return sys::run(command);
  }
};

}  // namespace user
