// The commands and what each does, in one table.
#include "cli/help.hpp"

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "manuscript/diagnostic.hpp"
#include "publish/formats.hpp"

namespace cli {

const std::vector<CommandHelp>& command_table() {
  static const std::vector<CommandHelp> table{
      {"new", "new DIR", "write a small document that builds into a new folder",
       "Writes chapters, metadata, bibliography, an experiment of one's own, .gitignore, recipes for CI and a README.\n"
       "DIR is made where it is missing; one that holds files is refused."},
      {"build", "build [--format LIST] [--open]", "bring the report up to date (no command: the same)",
       "Runs the experiments whose results are not stored, draws the figures, and writes output/report.pdf and\n"
       "output/report.html. --format picks from " +
           fmt::format("{}", fmt::join(publish::known_formats(), ",")) +
           ".\n"
           "tex is the folder output/tex/, which pdflatex compiles with no other file, as arXiv does.\n"
           "--open shows the page in the desktop's viewer."},
      {"figure", "figure ID... [--set NAME=VALUE] [--dpi N] [--open]", "rerun just these figures and redraw them",
       "Runs the figures' experiments whatever is stored, writes their files below output/ and prints them.\n"
       "--set tries a parameter without touching the chapter; --dpi writes the picture once more, as "
       "figures/NAME@Ndpi.png\n"
       "with N pixels an inch; --open shows the picture in the desktop's viewer."},
      {"list", "list [--json]", "the figures: where, which experiment, fresh, stale (and why) or missing, run time",
       ""},
      {"explain", "explain ID [--json]",
       "why a figure is fresh or stale: what its result depends on, and what of that changed",
       "Shows every input of the result's key (parameters, seed, data set, code), where the result is stored, and "
       "what\n"
       "changed since the figure's last run: old and new parameters, and the functions whose code is another."},
      {"describe", "describe [EXPERIMENT] [--json|--markdown]",
       "the experiments, their parameters and what they export", ""},
      {"watch", "watch [--port N] [--open] [--format LIST]",
       "rebuild as files change, and serve the page on this machine with live reload",
       "Serves output/report.html and what belongs to it on http://127.0.0.1 alone, at port 8017 or the next that is "
       "free;\n"
       "--port names another, 0 any that is free. Changed chapters, images, bibliography and theme are built at once, "
       "and\n"
       "open pages reload; a changed source file is compiled first. Mistakes are shown here and over the page until "
       "they\n"
       "are mended. Only the page is written, unless --format asks for more (the page is always among them).\n"
       "Ctrl-C ends it at once, with exit code 130."},
      {"check", "check [ID...] [--references DIR] [--open]", "compare the figures with their references, as CI does",
       "Compares data, scene and picture of each figure with its reference, within what its "
       "experiment\n"
       "declares; runs only what is not stored. Prints one line per figure (--verbose: every difference) and writes\n"
       "output/check/index.html and junit.xml. Ends with 1 when a figure differs; other pixels alone are no "
       "difference."},
      {"bless", "bless [ID...] [--references DIR]", "accept what check showed as the new references",
       "Moves what the last check showed into the references and prints, figure by figure, the checksum of what is "
       "replaced.\n"
       "Refuses where CI is set, and when sources or references changed since the check."},
      {"jobs", "jobs [N]", "list what is missing for other machines, in N shares (1), a line each",
       "A line is SHEET I/N, for 'work' on any machine that has the program, the data and the store. Prints nothing "
       "when no\njob is missing; a run with several loops gives its next jobs when the first are done. See "
       "docs/clusters.md."},
      {"work", "work SHEET I/N", "do a share of the jobs that 'jobs' has listed",
       "Needs neither chapters nor LaTeX. What is done stays in the store, however this ends; it ends with 1 when a "
       "job has\nno value."},
      {"audit", "audit PERCENT", "compute results of the store again, drawn at random, and compare their bits",
       "As in 'audit 1%'; at least one run. Ends with 1 where the store has something else."},
      {"store", "store [--json] | store prune [--older AGE] [--size SIZE]",
       "what the store holds, by kind and age; prune bounds it",
       "prune removes what was not used for longer than AGE, then what was used longest ago until SIZE is left. What "
       "is\nneeded again is computed again."},
      {"data", "data [DATASET]", "the data sets: where each was found; with a name, fetch that one and verify it", ""},
      {"doctor", "doctor", "tools, fonts and data sets: found or missing, and how to get them", ""},
      {"clean", "clean [--cache]", "remove what was generated; with --cache the stored results too",
       "Removes the files that output/manifest.json lists, as they were made, and names what it leaves: files that "
       "others\n"
       "put there, or changed since."},
      {"completion", "completion SHELL", "print the completion of bash or zsh, which an installation puts in its place",
       ""},
      {"install", "install [--prefix DIR]",
       "compile the program and install it, with its manual page (./build-report.sh)",
       "Installs below /usr/local, or below DIR, as the user who calls it; DESTDIR is honoured.", true},
      {"package", "package", "make a Debian package of the program (./build-report.sh)", "Prints the package's name.",
       true},
      {"test", "test [-R REGEX]", "build and run the whole test suite (./build-report.sh)", "", true},
      {"help", "help [COMMAND] [--man]", "this help, or that of one command; with --man the manual page", ""},
  };
  return table;
}

const std::vector<ExitCode>& exit_codes() {
  static const std::vector<ExitCode> codes{{all_well, "all is well"},
                                           {not_true, "an experiment failed or the report is not true any more"},
                                           {bad_input, "bad input or usage"},
                                           {lacking, "the environment lacks something"},
                                           {interrupted, "interrupted"}};
  return codes;
}

std::string help_text(const std::string& program) {
  std::string text = fmt::format("usage: {} [COMMAND] [OPTIONS]\n\nCommands\n", program);
  for (const auto& c : command_table()) text += fmt::format("  {:<10} {}\n", c.name, c.summary);
  text += "\n" + options_text();
  text += "\n  --no-install          report missing packages, install nothing\n\nExit codes\n";
  for (const auto& [code, meaning] : exit_codes()) text += fmt::format("  {:<10} {}\n", code, meaning);
  return text;
}

std::string help_text(const std::string& program, const std::string& command) {
  for (const auto& c : command_table())
    if (c.name == command)
      return fmt::format("usage: {} {}\n\n{}.\n{}{}", program, c.synopsis, c.summary, c.details,
                         c.details.empty() ? "" : "\n");
  std::vector<std::string> names;
  for (const auto& c : command_table()) names.push_back(c.name);
  throw UsageError(fmt::format("unknown command '{}'. {}", command, manuscript::did_you_mean(command, names)));
}

}  // namespace cli
