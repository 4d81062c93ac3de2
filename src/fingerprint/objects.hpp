// ELF object files (System V ABI, 64 bit) as a graph: sections, and the relocations that lead from one to another.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fingerprint {

/// Where a symbol is defined: a section of an object, and the place in it.
struct Target {
  std::size_t object = 0;
  std::size_t section = 0;
  std::uint64_t offset = 0;
};

struct Relocation {
  std::uint64_t offset = 0;
  std::uint32_t type = 0;
  std::int64_t addend = 0;
  std::string symbol;           // name, for what is defined elsewhere
  std::optional<Target> local;  // for what this object defines itself
  bool is_section_symbol = false;
};

struct Section {
  std::string name;
  std::string bytes;
  std::uint64_t entry_size = 0;
  bool mergeable = false;  // pieces of it stand alone: constants and string literals
  bool strings = false;
  std::vector<Relocation> relocations;
};

struct Object {
  std::filesystem::path file;
  std::vector<Section> sections;
  std::map<std::string, Target> globals;    // defined here and visible elsewhere
  std::map<std::string, Target> functions;  // all functions defined here, also local ones
  std::set<std::string> weak;               // of the globals, those that other objects may define too
};

/// Objects, and where each name that one of them shows to the others is defined: in the first that does. The objects
/// outlive it.
struct Linked {
  const std::vector<Object>& objects;
  std::unordered_map<std::string_view, Target> globals;

  explicit Linked(const std::vector<Object>& given);
};

/// Reads an object file; `index` is its place in the list of all objects. Throws std::runtime_error when it is none.
Object read_object(const std::filesystem::path& file, std::size_t index);

/// A function or a constant that a root reaches, with a hash of it alone: of its own bytes, and of the names and the
/// literals that it refers to.
struct Part {
  std::size_t object = 0;
  std::string name;  // demangled, without arguments: "numerics::norm"; a section's name when it has no symbol's
  std::string hash;
};

struct Fingerprint {
  std::string hash;              // empty when the object has no such function
  std::vector<Part> parts;       // in the order in which they are reached
  std::set<std::string> beyond;  // symbols that it reaches and none of the objects defines
};

/// What is known of symbols that are defined beyond the objects: a hash of all that each reaches there.
using Beyond = std::map<std::string, std::string>;

/// A hash of everything that the function `root` (part of a mangled name) of one object reaches in all objects: code,
/// constants, and the names of what is defined outside, with what is known of it. Places in files, other functions and
/// comments do not count.
Fingerprint fingerprint(const Linked& linked, std::size_t object, const std::string& root, const Beyond& beyond = {});

/// The same of what is defined at a place.
Fingerprint fingerprint(const Linked& linked, const Target& root);

/// "void numerics::(anonymous namespace)::fit<double>(int)" is numerics::fit to those who read the sources; from the
/// compiler's name of it.
std::string readable_name(const std::string& symbol);

}  // namespace fingerprint
