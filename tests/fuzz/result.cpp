// Any bytes as an entry of the store and as a stored result: what reads back writes the same bytes again.
#include <stdlib.h>

#include <algorithm>
#include <fstream>

#include "fuzz.hpp"
#include "report/hash.hpp"
#include "experiment/result_json.hpp"
#include "report/store.hpp"

using namespace report;

namespace {

/// A store that lives as long as the program.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "report-fuzz-XXXXXX").string();
    if (!mkdtemp(name.data())) std::abort();
    path = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path, error);
  }
  std::filesystem::path path;
};

/// The bytes as the entry's file: damaged, unless they are what put writes.
void entry(const std::string& text) {
  static const Folder folder;
  static const Store store(folder.path);
  const auto file = store.place(Kept::results, "0123");
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  const auto found = store.get(report::Kept::results, "0123");
  fuzz::promise(found.bytes.has_value() != found.damaged, "an entry is there or damaged");
  if (found.bytes) fuzz::promise(sha256(*found.bytes) + "\n" + *found.bytes == text, "an entry is what was stored");
}

void result(const std::string& text) {
  experiment::Result read;
  try {
    read = result_from_json(Json::parse(text));
  } catch (const std::exception&) {  // no result: it is computed again
    return;
  }
  const std::string written = to_json(read).dump();
  const auto again = result_from_json(Json::parse(written));
  fuzz::promise(to_json(again).dump() == written, "a result that reads back writes the same bytes");
  fuzz::promise(to_csv(again) == to_csv(read), "a result that reads back is the same table");
  for (const auto& panel : read.panels)
    for (const auto& s : panel.series)
      fuzz::promise(s.y.size() == s.x.size() && (s.lower.empty() || s.lower.size() == s.x.size()) &&
                        (s.upper.empty() || s.upper.size() == s.x.size()),
                    "a series has as many values of one kind as of the other");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text = fuzz::text_of(bytes, size);
  // Files are slow; that many entries are enough.
  if (size % 16 == 0 || size < 80) entry(text);
  result(text);
  return 0;
}
