// Fetches data sets from their public mirrors, and says in plain words what came of each attempt.
// A file is verified by its SHA-256 before it appears under its name.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "data/catalogue.hpp"

namespace store {

enum class Outcome {
  verified,        // the file is in place
  unresolved,      // the mirror's name has no address: most likely there is no network
  unreachable,     // it has one, but nothing answers there
  timed_out,       // connected, but nothing more came
  untrusted,       // its TLS certificate could not be verified
  refused,         // the server answered with another status than 200
  broken_off,      // less arrived than the file is long
  too_large,       // more arrived than the file is long
  wrong_checksum,  // the right length, but not the file
  not_written,     // the trouble is on this machine's disk
  bad_address      // the mirror's address is not http(s)://host/...
};

struct Attempt {
  std::string address;
  Outcome outcome = Outcome::verified;
  std::string message;  // "the server answered 404 (Not Found)"
};

struct FetchedFile {
  std::string name;
  std::filesystem::path place;  // where it is, or would have been put
  bool in_place = false;
  std::vector<Attempt> attempts;  // none when the file was there already
};

struct FetchReport {
  std::string title;  // "MNIST"
  std::vector<FetchedFile> files;
  bool complete() const;
  bool no_network() const;   // not one mirror could be reached
  std::string text() const;  // a few lines for the terminal
};

struct FetchOptions {
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds read_timeout{30'000};  // between two pieces, not for the whole
  std::function<void(const std::string& file, std::size_t received, std::size_t total)> progress;
};

/// The set's mirrors, or the one base address that the environment variable REPORT_MIRROR names
/// instead.
std::vector<std::string> mirrors_of(const data::KnownSet& set);

/// Puts the file into `directory`, from the first mirror that has it. A verified file that is there
/// already is kept.
FetchedFile fetch_file(const data::PublishedFile& file, const std::filesystem::path& directory,
                       const std::vector<std::string>& mirrors, const FetchOptions& options = {});

/// Fetches every file of the data set into the folder `directory`/`name`. Throws data::DataError
/// for an unknown name.
FetchReport fetch(const std::string& name, const std::filesystem::path& directory,
                  const std::vector<std::string>& mirrors, const FetchOptions& options = {});

}  // namespace store
