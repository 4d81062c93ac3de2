// Jobs by Slurm: one array for a list, of at most 200 elements and eight a slot; each does every n-th job.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/elsewhere/executor.hpp"
#include "system/process.hpp"

namespace engine {

struct SlurmOptions {
  std::vector<std::string> program;  // and its options: "work SHEET I/N" follows
  std::filesystem::path logs;        // folder of the elements' output
  std::filesystem::path record;      // file that remembers the array between builds
  std::filesystem::path cache;       // the store's folder, for the elements
  bool submits = true;               // false: waits for an array of an earlier build, and takes no list
  bool detaches = false;             // leaves once the array is submitted
  std::function<sys::ProcessResult(const sys::Command&)> run = sys::run;
};

class Slurm : public Executor {
 public:
  explicit Slurm(SlurmOptions options);

  std::optional<std::string> under_way() override;
  bool submits() const override { return options_.submits; }
  void submit(const std::string& sheet, std::size_t jobs, const Say& say) override;
  void wait(const Count& count, const Say& say, sys::StopFlag stop) override;
  std::string what_to_look_at() const override;

 private:
  /// What the queue says of the array: nothing, where Slurm does not answer.
  struct Queue {
    std::size_t running = 0, waiting = 0;
    // Of those that wait: a node could not begin them, and Slurm leaves them until they are released.
    std::size_t held = 0;
    std::string why;  // one of those waits; where there are others, none of one that is held
    bool is_empty() const { return running + waiting == 0; }
    bool is_stuck() const { return running == 0 && held > 0; }
  };
  std::optional<Queue> queue(sys::StopFlag stop) const;
  /// How many elements the cluster runs at a time, were it empty; 0 where that is not to be had.
  std::size_t slots() const;
  void cancel() const;
  void release() const;
  void tell(std::vector<std::string> words) const;
  void forget();

  const SlurmOptions options_;
  std::string array_;  // its job ID
  bool was_submitted_before_ = false;
};

/// Whether an array of an earlier build may be at work, as its record says.
bool has_slurm_record(const std::filesystem::path& record);

}  // namespace engine
