// See workers.hpp.
#include "engine/runs/workers.hpp"

#include <tbb/global_control.h>

#include <new>

namespace engine {

struct Workers::Handle {
  tbb::task_scheduler_handle scheduler{tbb::attach{}};
};

Workers::Workers() : handle_(std::make_unique<Handle>()) {}

Workers::~Workers() { tbb::finalize(handle_->scheduler, std::nothrow); }

}  // namespace engine
