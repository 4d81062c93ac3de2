// The walk over sections that a function reaches. Each function and each constant has a section of its own
// (-ffunction-sections, -fdata-sections), so what it does not reach cannot change its hash.
#include <openssl/evp.h>

#include <memory>
#include <set>

#include "fingerprint/objects.hpp"

namespace fingerprint {
namespace {

class Walk {
 public:
  explicit Walk(const std::vector<Object>& objects) : objects_(objects) {
    for (const auto& object : objects)
      for (const auto& [name, target] : object.globals) globals_.emplace(name, target);
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }

  void from(const Target& root) {
    reach(root);
    // The list grows while it is walked; sections are numbered in the order in which they are reached.
    for (std::size_t i = 0; i < order_.size(); ++i) add_section(order_[i]);
  }

  std::string hex() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    EVP_DigestFinal_ex(context_.get(), digest, &length);
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
      text += "0123456789abcdef"[digest[i] >> 4];
      text += "0123456789abcdef"[digest[i] & 15];
    }
    return text;
  }

 private:
  using Id = std::pair<std::size_t, std::size_t>;  // object and section

  void add(const std::string& bytes) {
    add(bytes.size());
    EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
  }
  void add(std::uint64_t number) { EVP_DigestUpdate(context_.get(), &number, sizeof number); }

  const Section& section(const Id& id) const { return objects_[id.first].sections[id.second]; }

  std::uint64_t reach(const Target& target) {
    const Id id{target.object, target.section};
    const auto [at, is_new] = numbers_.emplace(id, order_.size());
    if (is_new) order_.push_back(id);
    return at->second;
  }

  void add_section(const Id& id) {
    const Section& s = section(id);
    add(s.bytes);
    for (const auto& r : s.relocations) add_relocation(r);
  }

  void add_relocation(const Relocation& r) {
    add(r.offset);
    add(r.type);
    std::optional<Target> target = r.local;
    if (!target)
      if (const auto at = globals_.find(r.symbol); at != globals_.end()) target = at->second;
    if (!target) {
      add(static_cast<std::uint64_t>(r.addend));
      return add(r.symbol);
    }
    const Section& s = section({target->object, target->section});
    if (s.mergeable) return add_piece(s, *target, r);
    add(static_cast<std::uint64_t>(r.addend));
    add(target->offset);
    add(reach(*target));
  }

  /// A constant or a string literal: the piece alone, not its neighbours and not where it stands among them. The
  /// assembler keeps the label of a piece in relative references and folds its place into the addend in absolute ones.
  void add_piece(const Section& s, const Target& target, const Relocation& r) {
    const std::uint64_t begin = r.is_section_symbol ? static_cast<std::uint64_t>(r.addend) : target.offset;
    if (!r.is_section_symbol) add(static_cast<std::uint64_t>(r.addend));
    if (begin >= s.bytes.size()) return add(s.bytes);
    const std::size_t end = s.strings && s.entry_size == 1 ? s.bytes.find('\0', begin)
                                                           : begin + std::max<std::uint64_t>(s.entry_size, 1);
    add(s.bytes.substr(begin, end - begin));
  }

  struct Free {
    void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
  };

  const std::vector<Object>& objects_;
  std::map<std::string, Target> globals_;
  std::map<Id, std::uint64_t> numbers_;
  std::vector<Id> order_;
  std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

}  // namespace

std::string fingerprint(const std::vector<Object>& objects, std::size_t object, const std::string& root) {
  for (const auto& [name, target] : objects[object].functions)
    if (name.find(root) != std::string::npos) {
      Walk walk(objects);
      walk.from(target);
      return walk.hex();
    }
  return {};
}

}  // namespace fingerprint
