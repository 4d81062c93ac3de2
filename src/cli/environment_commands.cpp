// data and doctor: what this machine has, and how to get the rest.
#include <cairo.h>
#include <fmt/format.h>

#include <boost/version.hpp>

#include "cairo/drawing.hpp"
#include "cli/commands.hpp"
#include "data/catalogue.hpp"
#include "data/error.hpp"
#include "manuscript/diagnostic.hpp"
#include "numerics/arithmetic.hpp"
#include "publish/images/image_forms.hpp"
#include "store/download.hpp"
#include "store/remote_store.hpp"
#include "system/confinement.hpp"
#include "system/mathematics.hpp"
#include "system/tool_versions.hpp"

namespace cli {
namespace {

std::string folders(const Options& o) {
  std::vector<std::string> names;
  for (const auto& folder : o.settings.data) names.push_back(folder.string());
  return fmt::format("{}", fmt::join(names, ", "));
}

const char* state_text(data::Verification state) {
  switch (state) {
    case data::Verification::verified:
      return "verified";
    case data::Verification::unverified:
      return "no published checksum to verify it by";
    case data::Verification::damaged:
      return "damaged";
  }
  return "";
}

int list_sets(const Options& o) {
  bool sound = true;
  for (const auto& set : data::catalogue()) {
    const auto location = data::find(o.settings.data, set.name);
    const char* state = set.files.empty()        ? "built in"
                        : location.complete()    ? "found"
                        : location.files.empty() ? "missing"
                                                 : "incomplete";
    fmt::print("{:<14} {:<10} {}\n", set.name, state, set.description);
    for (const auto& file : data::inspect(o.settings.data, set.name)) {
      fmt::print("  {}\n    SHA-256 {}, {}\n", file.file.string(), file.sha256, state_text(file.state));
      if (!file.problem.empty()) fmt::print("    {}\n", file.problem);
      sound = sound && file.state != data::Verification::damaged;
    }
    if (!location.files.empty())
      for (const auto& name : location.missing) fmt::print("  {} is missing\n", name);
  }
  fmt::print("looked in {}; 'data NAME' fetches a set; `auto` is {} here\n", folders(o),
             data::resolve_auto(o.settings.data));
  return sound ? all_well : bad_input;
}

int fetch_set(const Options& o, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& set : data::catalogue()) names.push_back(set.name);
  if (std::find(names.begin(), names.end(), name) == names.end())
    throw UsageError(fmt::format("unknown data set '{}'; known are {}. {}", name, fmt::join(names, ", "),
                                 manuscript::did_you_mean(name, names)));
  const auto& set = data::known_set(name);
  if (set.files.empty()) {
    fmt::print("{} is built in; there is nothing to fetch\n", set.title);
    return all_well;
  }
  if (data::find(o.settings.data, name).complete()) {
    data::load(o.settings.data, name);
    fmt::print("{} is there already, and sound: {}\n", set.title, data::find(o.settings.data, name).folder.string());
    return all_well;
  }
  const auto fetched = store::fetch(name, o.settings.data.front(), store::mirrors_of(set));
  fmt::print("{}", fetched.text());
  return fetched.complete() ? all_well : lacking;
}

/// A checkout also compiles.
bool report_tools(bool is_checkout) {
  std::vector<std::pair<const char*, const char*>> tools{
      {"pandoc", "pandoc"}, {"pdflatex", "texlive-latex-recommended"}, {"kpsewhich", "texlive-binaries"}};
  if (is_checkout) tools.insert(tools.end(), {{"c++", "g++"}, {"cmake", "cmake"}, {"ninja", "ninja-build"}});
  bool good = true;
  for (const auto& [program, package] : tools) {
    const std::string version = sys::first_line_of(program, "--version");
    good = good && !version.empty();
    if (version.empty())
      fmt::print("  {:<10} missing: install the package {}\n", program, package);
    else
      fmt::print("  {:<10} {}\n", program, version);
  }
  if (sys::first_line_of("kpsewhich", "--version").empty()) return false;  // nothing else could say what LaTeX has
  for (const auto& [style, package] : {std::pair{"tgpagella.sty", "tex-gyre"},
                                       {"mathpazo.sty", "texlive-latex-base"},
                                       {"microtype.sty", "texlive-latex-recommended"},
                                       {"booktabs.sty", "texlive-latex-recommended"},
                                       {"fplmr.pfb", "texlive-fonts-recommended"}})
    if (sys::first_line_of("kpsewhich", style).empty()) {
      good = false;
      fmt::print("  {:<10} missing: install the package {}\n", style, package);
    }
  return good;
}

/// What makes pictures of the text fit for every format. A report without such pictures does without.
void report_picture_tools() {
  fmt::print("\nconversion of pictures in the text\n");
  for (const auto& [tool, package] : publish::picture_tools())
    fmt::print("  {:<12} {}\n", tool,
               sys::program_identity(tool).empty() ? fmt::format("missing: install the package {}", package) : "found");
}

bool report_fonts(const Options& o) {
  try {
    cairo::use_fonts((o.settings.theme() / "fonts.conf").string());
    fmt::print("  TeX Gyre Pagella and Pagella Math: found\n");
    return true;
  } catch (const std::exception& missing) {
    fmt::print("  {}\n  install the packages fonts-texgyre and fonts-texgyre-math\n", missing.what());
    return false;
  }
}

/// Not what a report needs, but what its reader may want to know: docs/security.md.
void report_confinement() {
  const auto can = sys::enforceable_confinement();
  fmt::print("\nconfinement of Pandoc and LaTeX\n  files    {}\n  network  {}\n",
             can.landlock > 0 ? fmt::format("by Landlock, version {}", can.landlock)
                              : std::string("not confined: this kernel has no Landlock, or a container hides it"),
             can.seccomp ? "by seccomp" : "not confined: there is no seccomp for this kernel or processor");
}

}  // namespace

int data(const Options& o) {
  if (o.arguments.size() > 1) throw UsageError("'data' takes the name of one data set");
  return o.arguments.empty() ? list_sets(o) : fetch_set(o, o.arguments.front());
}

int doctor(const Options& o) {
  if (!o.arguments.empty()) throw UsageError("'doctor' takes no arguments");
  fmt::print("literate-report {}, with Cairo {} and Boost {}\n\ntools\n", REPORT_VERSION, cairo_version_string(),
             BOOST_LIB_VERSION);
  bool good = report_tools(o.program != "report");
  fmt::print("\nfonts\n");
  good = report_fonts(o) && good;
  fmt::print("\ndata sets\n");
  for (const auto& set : data::catalogue()) {
    const auto location = data::find(o.settings.data, set.name);
    fmt::print("  {:<14} {}\n", set.name,
               set.files.empty() ? "built in"
               : location.complete()
                   ? "found in " + location.folder.string()
                   : fmt::format("missing (not needed); '{} data {}' fetches it", o.program, set.name));
  }
  report_picture_tools();
  report_confinement();
  // Results of another are never taken for this one's.
  fmt::print("\narithmetic\n  {}\n", numerics::arithmetic());
  fmt::print("  {}, of programs in other languages\n", sys::c_mathematics());
  if (o.settings.remote)
    fmt::print("\nstore on a server\n  {}, {}\n", o.settings.remote->address(),
               o.settings.remote->writes() ? "read and written" : "read");
  fmt::print("\nfolders\n  document {}\n  chapters {}\n  output   {}\n  cache    {}\n  data     {}\n",
             o.settings.document.string(), o.settings.chapters.string(), o.settings.output.string(),
             o.settings.cache.string(), folders(o));
  if (good)
    fmt::print("\nall that is needed is there\n");
  else if (o.program == "report")
    fmt::print("\nsomething is missing; install the packages named above\n");
  else
    fmt::print("\nsomething is missing; {} installs it unless told --no-install\n", o.program);
  return good ? all_well : lacking;
}

}  // namespace cli
