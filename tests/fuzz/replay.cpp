// Runs a target over the files of its corpus, without a fuzzer: every input once found is a test from then on.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz.hpp"

int main(int count, char** words) {
  int inputs = 0;
  for (int i = 1; i < count; ++i)
    for (const auto& item : std::filesystem::recursive_directory_iterator(words[i])) {
      if (!item.is_regular_file()) continue;
      std::ifstream stream(item.path(), std::ios::binary);
      const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
      std::printf("%s\n", item.path().filename().c_str());
      std::fflush(stdout);
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
      ++inputs;
    }
  std::printf("%d inputs\n", inputs);
  return inputs > 0 ? 0 : 1;
}
