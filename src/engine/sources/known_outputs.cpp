// See known_outputs.hpp.
#include "engine/sources/known_outputs.hpp"

#include "experiment/output_info_json.hpp"
#include "store/code_fingerprint.hpp"
#include "system/checksum.hpp"
#include "system/file_sums.hpp"

namespace engine {

KnownOutputs::KnownOutputs(const experiment::Experiment& experiment, const experiment::Json& effective,
                           const store::Store* store)
    : store_(experiment.files ? store : nullptr) {
  if (!store_) return;
  experiment::Json depends_on{store::program_fingerprint(), experiment.name, effective};
  for (const auto& file : experiment.files(effective)) {
    const std::string stamp = sys::stamp_of(file);
    if (stamp.empty()) {
      store_ = nullptr;
      return;
    }
    depends_on.push_back({file.string(), stamp});
  }
  key_ = sys::sha256(depends_on.dump());
}

std::optional<std::vector<experiment::OutputInfo>> KnownOutputs::get() const {
  if (!store_) return std::nullopt;
  const auto found = store_->get(store::EntryKind::outputs, key_);
  if (found.bytes) try {
      return experiment::outputs_from(experiment::Json::parse(*found.bytes));
    } catch (const std::exception&) {  // it is read from the file anew
    }
  return std::nullopt;
}

void KnownOutputs::put(const std::vector<experiment::OutputInfo>& outputs) const {
  if (store_) store_->put(store::EntryKind::outputs, key_, experiment::to_json(outputs).dump());
}

}  // namespace engine
