// The threads that compute.
#pragma once

#include <memory>

namespace engine {

/// While it lives, threads may be started for runs and figures; when it is gone they have ended. Without it they would
/// end while the process does, beside what libraries then take apart (OpenSSL's locks, which each thread asks once more
/// at its end).
class Workers {
 public:
  Workers();
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace engine
