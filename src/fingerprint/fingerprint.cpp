// The walk over sections that a function reaches. Each function and each constant has a section of its own
// (-ffunction-sections, -fdata-sections), so what it does not reach cannot change its hash.
#include <openssl/evp.h>

#include <memory>
#include <set>

#include "fingerprint/objects.hpp"
#include "system/demangled.hpp"

namespace fingerprint {
namespace {

class Hash {
 public:
  Hash() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }

  void add(const std::string& bytes) {
    add(bytes.size());
    EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
  }
  void add(std::uint64_t number) { EVP_DigestUpdate(context_.get(), &number, sizeof number); }

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
  struct Free {
    void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context_{EVP_MD_CTX_new()};
};

std::string without_arguments(std::string name) {
  const std::string unnamed = "(anonymous namespace)::";
  for (auto at = name.find(unnamed); at != std::string::npos; at = name.find(unnamed)) name.erase(at, unnamed.size());
  std::string short_name;
  int depth = 0;
  for (const char c : name) {
    if (c == '(' && depth == 0) break;
    depth += (c == '<') - (c == '>');
    if (c == ' ' && depth == 0)
      short_name.clear();  // what came before was the type that it returns
    else if (c != '>' && depth == 0)
      short_name += c;
  }
  return short_name.substr(0, short_name.find("[abi:"));
}

/// ".text.unlikely._ZN8numerics4normEv" is a part of numerics::norm.
std::string name_of(const Section& section) {
  const auto at = section.name.find("._Z");
  return at == std::string::npos ? section.name : readable_name(section.name.substr(at + 1));
}

class Walk {
 public:
  Walk(const Linked& linked, const Beyond& beyond) : linked_(linked), beyond_(beyond) {}

  void from(const Target& root) {
    reach(root);
    // The list grows while it is walked; sections are numbered in the order in which they are reached.
    for (std::size_t i = 0; i < order_.size(); ++i) add_section(order_[i]);
  }

  Fingerprint result() {
    std::vector<Part> parts;
    for (const auto& id : order_)
      if (!section(id).bytes.empty()) parts.push_back({id.first, name_of(section(id)), part_hash(id)});
    return {whole_.hex(), std::move(parts), std::move(reached_beyond_)};
  }

 private:
  using Id = std::pair<std::size_t, std::size_t>;  // object and section

  const Section& section(const Id& id) const { return linked_.objects[id.first].sections[id.second]; }

  std::uint64_t reach(const Target& target) {
    const Id id{target.object, target.section};
    const auto [at, is_new] = numbers_.emplace(id, order_.size());
    if (is_new) order_.push_back(id);
    return at->second;
  }

  /// Where a relocation leads, when that is in our objects.
  std::optional<Target> target_of(const Relocation& r) const {
    if (r.local) return r.local;
    const auto at = linked_.globals.find(r.symbol);
    return at == linked_.globals.end() ? std::nullopt : std::optional(at->second);
  }

  void add_section(const Id& id) {
    const Section& s = section(id);
    whole_.add(s.bytes);
    for (const auto& r : s.relocations) {
      whole_.add(r.offset);
      whole_.add(r.type);
      const auto target = target_of(r);
      if (!target || section({target->object, target->section}).mergeable) {
        add_leaf(whole_, r, target);
        if (!target) add_beyond(r.symbol);
        continue;
      }
      whole_.add(static_cast<std::uint64_t>(r.addend));
      whole_.add(target->offset);
      whole_.add(reach(*target));
    }
  }

  void add_beyond(const std::string& symbol) {
    reached_beyond_.insert(symbol);
    if (const auto known = beyond_.find(symbol); known != beyond_.end()) whole_.add(known->second);
  }

  /// The section's own hash: what it leads to counts by name only.
  std::string part_hash(const Id& id) const {
    Hash hash;
    hash.add(section(id).bytes);
    for (const auto& r : section(id).relocations) {
      hash.add(r.offset);
      const auto target = target_of(r);
      if (!target || section({target->object, target->section}).mergeable)
        add_leaf(hash, r, target);
      else
        hash.add(section({target->object, target->section}).name);
    }
    return hash.hex();
  }

  /// What a relocation says where it ends the walk: a name from outside, a constant or a string literal.
  void add_leaf(Hash& hash, const Relocation& r, const std::optional<Target>& target) const {
    if (target) return add_piece(hash, section({target->object, target->section}), *target, r);
    hash.add(static_cast<std::uint64_t>(r.addend));
    hash.add(r.symbol);
  }

  /// A constant or a string literal: the piece alone, not its neighbours and not where it stands among them. The
  /// assembler keeps the label of a piece in relative references and folds its place into the addend in absolute ones.
  static void add_piece(Hash& hash, const Section& s, const Target& target, const Relocation& r) {
    const std::uint64_t begin = r.is_section_symbol ? static_cast<std::uint64_t>(r.addend) : target.offset;
    if (!r.is_section_symbol) hash.add(static_cast<std::uint64_t>(r.addend));
    if (begin >= s.bytes.size()) return hash.add(s.bytes);
    const std::size_t end =
        s.strings && s.entry_size == 1 ? s.bytes.find('\0', begin) : begin + std::max<std::uint64_t>(s.entry_size, 1);
    hash.add(s.bytes.substr(begin, end - begin));
  }

  const Linked& linked_;
  const Beyond& beyond_;
  std::set<std::string> reached_beyond_;
  std::map<Id, std::uint64_t> numbers_;
  std::vector<Id> order_;
  Hash whole_;
};

}  // namespace

std::string readable_name(const std::string& symbol) { return without_arguments(sys::demangled(symbol)); }

Linked::Linked(const std::vector<Object>& given) : objects(given) {
  for (const auto& object : objects)
    for (const auto& [name, target] : object.globals) globals.emplace(name, target);
}

Fingerprint fingerprint(const Linked& linked, std::size_t object, const std::string& root, const Beyond& beyond) {
  for (const auto& [name, target] : linked.objects[object].functions)
    if (name.find(root) != std::string::npos) {
      Walk walk(linked, beyond);
      walk.from(target);
      return walk.result();
    }
  return {};
}

Fingerprint fingerprint(const Linked& linked, const Target& root) {
  static const Beyond nothing;
  Walk walk(linked, nothing);
  walk.from(root);
  return walk.result();
}

}  // namespace fingerprint
