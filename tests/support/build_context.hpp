// A small report in a folder of its own, built by the engine as the command line would, for tests of whole builds.
#pragma once

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "cairo/drawing.hpp"
#include "catch.hpp"
#include "engine/build.hpp"
#include "places.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"

namespace support {

namespace fs = std::filesystem;

/// A quick figure of each kind: no data set, the built-in one, and a flow.
inline const std::string bowl =
    "```{.figure #fig:bowl}\n"
    "experiment: quadratic-bowl\n"
    "steps: 20\n"
    "decay-steps: 50\n"
    "caption: |\n"
    "  **A bowl.** After {{steps}} steps with seed {{seed}}, $\\lambda$ being {{curvatures}}.\n"
    "alt: Paths of {{steps}} steps\n"
    "```\n";
inline const std::string depth =
    "```{.figure #fig:depth}\n"
    "experiment: gradient-depth\n"
    "depth: 5\n"
    "width: 20\n"
    "networks: [tanh-xavier, relu-he]\n"
    "batch: 16\n"
    "seeds: 2\n"
    "caption: Norms by layer on {{dataset}}, {{depth}} layers.\n"
    "alt: Two curves\n"
    "```\n";
inline const std::string flow =
    "```{.figure #fig:flow}\n"
    "experiment: flow-versus-descent\n"
    "loss: quadratic\n"
    "horizon: 1\n"
    "caption: Flow to {{horizon}}.\n"
    "alt: A flow\n"
    "```\n";

/// What is in a file and when it was written.
struct Snapshot {
  std::string bytes;
  fs::file_time_type time;
  bool operator==(const Snapshot&) const = default;
};

struct Report {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path();
  engine::Settings settings;
  std::vector<engine::Event> events;  // of the last build
  std::atomic<bool> interrupted{false};

  Report() {
    fs::create_directories(path / "chapters");
    settings.root = source_folder();
    settings.document = path;
    settings.chapters = path / "chapters";
    settings.output = path / "output";
    settings.cache = path / "cache";
    settings.data = {path / "data"};
    settings.formats = {"json"};  // the quickest to make
    settings.jobs = 2;
    cairo::use_fonts((settings.theme() / "fonts.conf").string());
  }

  void chapter(const std::string& text, const std::string& name = "01.md") const {
    sys::write_file(settings.chapters / name, text);
  }
  void metadata(const std::string& text) const { sys::write_file(settings.chapters / "metadata.yaml", text); }

  engine::Project project() const { return engine::read_project(settings); }

  engine::BuildSummary build(const engine::Project& read) {
    events.clear();
    return engine::build(
        read, settings, [this](const engine::Event& event) { events.push_back(event); }, interrupted);
  }
  engine::BuildSummary build() {
    const auto read = project();
    for (const auto& error : read.errors) UNSCOPED_INFO(manuscript::render(error, false));
    REQUIRE(read.errors.empty());
    return build(read);
  }

  /// The figures whose experiments ran in the last build.
  std::vector<std::string> ran() const { return figures_of(engine::Event::Kind::started); }
  std::vector<std::string> figures_of(engine::Event::Kind kind) const {
    std::vector<std::string> ids;
    for (const auto& event : events)
      if (event.kind == kind) ids.push_back(event.figure);
    std::sort(ids.begin(), ids.end());
    return ids;
  }
  bool wrote_a_document() const {
    return std::any_of(events.begin(), events.end(), [](const auto& e) { return e.message.starts_with("writing "); });
  }

  std::string read(const std::string& name) const { return sys::read_file(settings.output / name); }
  engine::Json json(const std::string& name) const { return engine::Json::parse(read(name)); }
  bool has(const std::string& name) const { return fs::exists(settings.output / name); }

  /// Everything in the output folder but scratch.
  std::map<std::string, Snapshot> output() const {
    std::map<std::string, Snapshot> files;
    for (const auto& item : fs::recursive_directory_iterator(settings.output)) {
      const auto name = item.path().lexically_relative(settings.output).string();
      if (item.is_regular_file() && name.front() != '.')
        files[name] = {sys::read_file(item.path()), item.last_write_time()};
    }
    return files;
  }
};

using Ids = std::vector<std::string>;

}  // namespace support
