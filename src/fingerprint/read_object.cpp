// Reading of ELF object files through the structures of <elf.h>.
#include <elf.h>

#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "fingerprint/objects.hpp"

namespace fingerprint {
namespace {

/// The file's bytes, read with every access checked.
class Image {
 public:
  explicit Image(const std::filesystem::path& file) : file_(file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    bytes_ = all.str();
    if (!in) fail("cannot be read");
  }

  template <class T>
  T at(std::uint64_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) fail("is truncated");
    T value{};
    std::memcpy(&value, bytes_.data() + offset, sizeof(T));
    return value;
  }

  std::string piece(std::uint64_t offset, std::uint64_t size) const {
    if (offset > bytes_.size() || bytes_.size() - offset < size) fail("is truncated");
    return bytes_.substr(offset, size);
  }

  std::string text(std::uint64_t offset) const {
    if (offset >= bytes_.size()) fail("is truncated");
    return bytes_.c_str() + offset;
  }

  [[noreturn]] void fail(const char* what) const { throw std::runtime_error(file_.string() + " " + what); }

 private:
  std::filesystem::path file_;
  std::string bytes_;
};

struct Symbol {
  std::string name;
  Elf64_Sym raw{};
};

bool is_defined(const Elf64_Sym& s) { return s.st_shndx != SHN_UNDEF && s.st_shndx < SHN_LORESERVE; }

std::vector<Elf64_Shdr> section_headers(const Image& image) {
  const auto header = image.at<Elf64_Ehdr>(0);
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64 ||
      header.e_type != ET_REL)
    image.fail("is no 64-bit ELF object file");
  // Objects with very many sections keep their count in the first header.
  std::uint64_t count = header.e_shnum;
  if (count == 0 && header.e_shoff != 0) count = image.at<Elf64_Shdr>(header.e_shoff).sh_size;
  std::vector<Elf64_Shdr> headers;
  for (std::uint64_t i = 0; i < count; ++i)
    headers.push_back(image.at<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr)));
  return headers;
}

std::vector<Symbol> read_symbols(const Image& image, const std::vector<Elf64_Shdr>& headers) {
  std::vector<Symbol> symbols;
  for (const auto& h : headers) {
    if (h.sh_type != SHT_SYMTAB || h.sh_link >= headers.size()) continue;
    for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= h.sh_size; at += sizeof(Elf64_Sym)) {
      const auto raw = image.at<Elf64_Sym>(h.sh_offset + at);
      symbols.push_back({image.text(headers[h.sh_link].sh_offset + raw.st_name), raw});
    }
  }
  return symbols;
}

void read_relocations(const Image& image, const Elf64_Shdr& header, const std::vector<Symbol>& symbols,
                      std::size_t index, Section& section) {
  for (std::uint64_t at = 0; at + sizeof(Elf64_Rela) <= header.sh_size; at += sizeof(Elf64_Rela)) {
    const auto raw = image.at<Elf64_Rela>(header.sh_offset + at);
    const std::size_t number = ELF64_R_SYM(raw.r_info);
    if (number >= symbols.size()) image.fail("has a relocation to a symbol that it does not have");
    const Symbol& symbol = symbols[number];
    Relocation r{raw.r_offset, static_cast<std::uint32_t>(ELF64_R_TYPE(raw.r_info)), raw.r_addend, symbol.name,
                 std::nullopt, ELF64_ST_TYPE(symbol.raw.st_info) == STT_SECTION};
    if (is_defined(symbol.raw)) r.local = Target{index, symbol.raw.st_shndx, symbol.raw.st_value};
    section.relocations.push_back(std::move(r));
  }
}

}  // namespace

Object read_object(const std::filesystem::path& file, std::size_t index) {
  const Image image(file);
  const auto headers = section_headers(image);
  const auto symbols = read_symbols(image, headers);
  const auto names_at = image.at<Elf64_Ehdr>(0).e_shstrndx;
  const std::uint64_t names = headers.at(names_at == SHN_XINDEX ? headers.at(0).sh_link : names_at).sh_offset;

  Object object{file, std::vector<Section>(headers.size()), {}, {}, {}};
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const auto& h = headers[i];
    Section& s = object.sections[i];
    s.name = image.text(names + h.sh_name);
    s.entry_size = h.sh_entsize;
    s.mergeable = (h.sh_flags & SHF_MERGE) != 0;
    s.strings = (h.sh_flags & SHF_STRINGS) != 0;
    if (h.sh_type == SHT_PROGBITS) s.bytes = image.piece(h.sh_offset, h.sh_size);
  }
  for (const auto& h : headers)
    if (h.sh_type == SHT_RELA && h.sh_info < object.sections.size())
      read_relocations(image, h, symbols, index, object.sections[h.sh_info]);
  for (const auto& s : symbols) {
    if (!is_defined(s.raw)) continue;
    const Target target{index, s.raw.st_shndx, s.raw.st_value};
    const auto binding = ELF64_ST_BIND(s.raw.st_info);
    if (binding != STB_LOCAL) object.globals.emplace(s.name, target);
    if (binding != STB_LOCAL && binding != STB_GLOBAL) object.weak.insert(s.name);
    if (ELF64_ST_TYPE(s.raw.st_info) == STT_FUNC) object.functions.emplace(s.name, target);
  }
  return object;
}

}  // namespace fingerprint
