// Any bytes as an entry of the store and as a stored result: what reads back writes the same bytes again.
#include <Eigen/Core>
#include <algorithm>
#include <fstream>

#include "experiment/outputs.hpp"
#include "experiment/stored_json.hpp"
#include "fuzz.hpp"
#include "store/store.hpp"
#include "support/scratch_folder.hpp"
#include "system/checksum.hpp"

using namespace store;
using namespace sys;

namespace {

/// The bytes as the entry's file: damaged, unless they are what put writes.
void entry(const std::string& text) {
  static const support::ScratchFolder folder;  // lives as long as the program
  static const Store store(folder.path());
  const auto file = store.place(EntryKind::results, "0123");
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  const auto found = store.get(store::EntryKind::results, "0123");
  fuzz::promise(found.bytes.has_value() != found.damaged, "an entry is there or damaged");
  if (found.bytes) fuzz::promise(sha256(*found.bytes) + "\n" + *found.bytes == text, "an entry is what was stored");
}

struct Part {
  experiment::Curve curve;
  std::pair<double, int> pair;
};

/// As what a run returns, with a field of each kind.
struct Returned {
  double number = 0;
  bool is_true = false;
  std::string text;
  std::vector<Part> parts;
  Eigen::VectorXd vector;
  std::array<double, 2> two{};
};

void result(const std::string& text) {
  Returned read;
  try {
    read = experiment::from_stored<Returned>(experiment::Json::parse(text));
  } catch (const std::exception&) {  // of another form: it is computed again
    return;
  }
  const std::string written = experiment::to_stored(read).dump();
  const auto again = experiment::from_stored<Returned>(experiment::Json::parse(written));
  fuzz::promise(experiment::to_stored(again).dump() == written, "a result that reads back writes the same bytes");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text = fuzz::text_of(bytes, size);
  // Files are slow; that many entries are enough.
  if (size % 16 == 0 || size < 80) entry(text);
  result(text);
  return 0;
}
