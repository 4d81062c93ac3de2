// What tests of faults share: a report in two states, what readers see of it, and file systems that are not as they
// should be.
#pragma once

#include <map>
#include <optional>

#include "catch.hpp"
#include "user.hpp"

namespace faults {

using namespace user;

/// Two states of one report; from one to the other two figures, a sentence and a caption change, and a figure goes.
inline std::string text_of(int state) {
  std::string bowl_figure = bowl, flow_figure =
                                      "```{.figure #fig:flow}\nexperiment: flow-versus-descent\nloss: "
                                      "quadratic\nhorizon: 1\ncaption: Flow.\nalt: A flow\n```\n";
  const std::string third =
      "```{.figure #fig:third}\nexperiment: quadratic-bowl\nsteps: 10\ncaption: Third.\nalt: A bowl\n```\n";
  if (state == 0) return "# One\n\nA sentence.\n\n" + bowl_figure + "\n" + flow_figure;
  bowl_figure.replace(bowl_figure.find("steps: 20"), 9, "steps: 30");
  flow_figure.replace(flow_figure.find("Flow."), 5, "It flows.");
  return "# One\n\nAnother sentence.\n\n" + bowl_figure + "\n" + flow_figure + "\n" + third;
}

/// What readers get: everything in output/ but what says how long things took, and what is nobody's but ours.
inline std::map<std::string, std::string> outputs(const fs::path& folder) {
  std::map<std::string, std::string> files;
  if (!fs::exists(folder)) return files;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    const std::string name = item.path().lexically_relative(folder).string();
    if (item.is_regular_file() && name != "manifest.json" && name != ".lock" && !name.starts_with(".work/"))
      files[name] = sys::read_file(item.path());
  }
  return files;
}

/// What undisturbed builds of the report's two states give.
inline std::vector<std::map<std::string, std::string>> right_outputs() {
  std::vector<std::map<std::string, std::string>> right;
  for (int state : {0, 1}) {
    const User clean;
    clean.chapter(text_of(state));
    REQUIRE(clean({"build", "--format", "pdf,html"}).status == 0);
    right.push_back(outputs(clean.path / "output"));
    REQUIRE(right.back().contains("report.pdf"));
  }
  return right;
}

/// Runs a script where this is mounted, seen by nobody else; nothing when this system does not let us.
inline std::optional<sys::ProcessResult> with_mount(const User& user, const std::string& mount,
                                                    const std::string& script) {
  const auto as = [&](const std::string& what) {
    return user.exec({"unshare", "--mount", "--map-root-user", "sh", "-c", what});
  };
  if (!as(mount).ok()) {
    WARN("no file system can be mounted here; this is not tested");
    return std::nullopt;
  }
  return as(mount + " && " + script);
}

/// Mounts an empty file system of its own at ./disk.
inline std::string disk(const std::string& options) {
  return "mkdir -p disk && mount -t tmpfs -o " + options + " tmpfs disk";
}

/// Makes a folder look as it does where the package that fills it is not installed.
inline std::string emptied(const fs::path& folder) { return "mount -t tmpfs tmpfs '" + folder.string() + "'"; }

/// Makes a folder one that nobody may write to, root neither.
inline std::string read_only(const fs::path& folder) {
  const std::string name = "'" + folder.string() + "'";
  return "mount --bind " + name + " " + name + " && mount -o remount,bind,ro " + name;
}

}  // namespace faults
