// Where a build finds things and puts them, and how it goes about it. Made by the command line, read by the engine.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace publish {
class KeptPandoc;
}

namespace engine {

class Executor;

struct Settings {
  std::filesystem::path root;      // the generator's: render/theme/; of a checkout build/ too
  std::filesystem::path document;  // the folder that all places in the sources are told from
  std::filesystem::path chapters;  // *.md, metadata.yaml, references.bib
  std::string chapters_option;     // what names them on a command line given in the document; empty: they are the usual
  std::filesystem::path experiments;  // the document's own
  std::filesystem::path output;
  std::filesystem::path cache;                      // results by content, shared by all checkouts that name it
  std::shared_ptr<store::RemoteStore> remote = {};  // results on a server; null: none is named
  std::vector<std::filesystem::path> data;          // folders in which data sets are looked for, in order
  std::vector<std::string> formats;                 // empty: those of the metadata, else pdf and html
  int jobs = 1;
  bool force = false;                      // run every experiment, whatever the store holds
  bool untrusted = false;                  // run no code that the document brings along
  bool keep_going = true;                  // one failing figure does not stop the others
  Executor* executor = nullptr;            // who does jobs in other processes; null: nobody
  std::chrono::milliseconds done_here{0};  // how long a run does its jobs here before others get them
  publish::KeptPandoc* pandoc = nullptr;   // at hand between builds
  std::function<void(const std::string& file)> on_compiling = {};  // told before one of the document's is compiled

  store::Store store() const { return store::Store(cache, remote); }
  std::filesystem::path theme() const { return root / "render" / "theme"; }
  std::filesystem::path scratch() const { return output / ".work"; }

  /// What page, print and the review of a check tell their readers to type in the document's folder. Where the
  /// generator lies must not show in them: a document apart from its checkout is remade with a program that is
  /// installed.
  std::string program() const {
    return std::filesystem::weakly_canonical(document) == std::filesystem::weakly_canonical(root) ? "./build-report.sh"
                                                                                                  : "report";
  }
};

}  // namespace engine
