// completion: scripts for bash and zsh, from the tables of the help. What a document holds they ask the program for.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/help.hpp"
#include "data/catalogue.hpp"
#include "publish/formats.hpp"
#include "text/replace_all.hpp"

namespace cli {
namespace {

using Words = std::vector<std::string>;

std::string spaced(const Words& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::vector<CommandHelp> commands() {
  auto all = command_table();
  std::erase_if(all, [](const CommandHelp& c) { return c.is_of_script; });
  return all;
}

std::string command_words() {
  Words names;
  for (const auto& c : commands()) names.push_back(c.name);
  return spaced(names);
}

std::string option_names() {
  Words names;
  for (const auto& o : option_table()) {
    names.push_back(o.name);
    if (!o.letter.empty()) names.push_back(o.letter);
  }
  return spaced(names);
}

/// The options that take a value, or a folder, as a shell's pattern: "--jobs|-j|--port".
std::string options_with(const std::string& value) {
  Words names;
  for (const auto& o : option_table()) {
    if (o.value.empty() || (!value.empty() && o.value != value)) continue;
    names.push_back(o.name);
    if (!o.letter.empty()) names.push_back(o.letter);
  }
  return fmt::format("{}", fmt::join(names, "|"));
}

/// The commands whose arguments are of a kind, which stands in their synopsis, as a shell's pattern: "figure|explain".
std::string commands_with(const std::string& kind) {
  Words names;
  for (const auto& c : commands())
    if (c.synopsis.starts_with(c.name + " " + kind) || c.synopsis.starts_with(c.name + " [" + kind))
      names.push_back(c.name);
  return fmt::format("{}", fmt::join(names, "|"));
}

/// A description as zsh takes it within single quotes and brackets.
std::string described(std::string text) {
  for (const char* sign : {"\\", "[", "]", ":"}) text::replace_all(text, sign, std::string("\\") + sign);
  text::replace_all(text, "'", "'\\''");
  return text;
}

std::string zsh_commands() {
  Words lines;
  for (const auto& c : commands()) lines.push_back(fmt::format("    '{}:{}'", c.name, described(c.summary)));
  return fmt::format("{}", fmt::join(lines, "\n"));
}

/// What follows an option, as zsh's _arguments takes it.
std::string zsh_value(const OptionHelp& o) {
  if (o.value.empty()) return "";
  if (o.name == "--format") return ":format:_values -s , format @FORMATS@";
  if (o.name == "--color") return ":when:(@COLORS@)";
  return fmt::format(":{}:{}", described(o.value), o.value == "DIR" ? "_files -/" : "");
}

std::string zsh_options() {
  Words lines;
  for (const auto& o : option_table()) {
    const std::string text = fmt::format("[{}]{}", described(o.meaning), zsh_value(o));
    const std::string repeats = o.name == "--set" ? "*" : "";
    lines.push_back(o.letter.empty() ? fmt::format("    '{}{}{}'", repeats, o.name, text)
                                     : fmt::format("    '({0} {1})'{{{0},{1}}}'{2}'", o.letter, o.name, text));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

/// What both shells ask the program, which $1 names: the figures' IDs without "fig:", and the experiments.
constexpr const char* questions = R"sh(_report_figures() {
  "$1" list --json 2>/dev/null | sed -n 's/^ *"id": "fig:\(.*\)",$/\1/p'
}
_report_experiments() {
  "$1" describe 2>/dev/null | sed -n 's/^\([a-z][a-z0-9-]*\): .*/\1/p'
}
)sh";

/// Bash cuts words at '=' and ':' unless told otherwise: what is completed follows the sign.
constexpr const char* bash = R"sh(# Completion of report(1) for bash.
@QUESTIONS@_report() {
  local at=$COMP_CWORD word=${COMP_WORDS[COMP_CWORD]} before command='' known='' k
  if [[ $word == [=:] ]]; then word=''; else ((at -= 1)); fi
  if [[ ${COMP_WORDS[at]} == [=:] ]]; then ((at -= 1)); fi
  before=${COMP_WORDS[at]}
  for ((k = 1; k < COMP_CWORD; ++k)); do
    case ${COMP_WORDS[k]} in
    @VALUE_OPTIONS@)
      ((k += 1))
      if [[ ${COMP_WORDS[k]} == '=' ]]; then ((k += 1)); fi
      ;;
    -*) ;;
    *) command=${COMP_WORDS[k]} && break ;;
    esac
  done
  COMPREPLY=()
  if [[ $word == -* ]]; then
    known='@OPTIONS@'
  else
    case $before in
    --format)
      local others=''
      if [[ $word == *,* ]]; then others=${word%,*},; fi
      mapfile -t COMPREPLY < <(compgen -P "$others" -W '@FORMATS@' -- "${word##*,}")
      return
      ;;
    --color) command='' known='@COLORS@' ;;
    @FOLDER_OPTIONS@) command=new ;;
    @VALUE_OPTIONS@) return ;;
    esac
    case $command in
    @FOLDER_COMMANDS@)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$word")
      return
      ;;
    @FIGURE_COMMANDS@)
      known=$(_report_figures "$1")
      if [[ $word == fig:* ]]; then known=${known:+fig:${known//$'\n'/$'\n'fig:}}; fi
      ;;
    @EXPERIMENT_COMMANDS@) known=$(_report_experiments "$1") ;;
    @DATA_COMMANDS@) known='@DATA_SETS@' ;;
    @SHELL_COMMANDS@) known='bash zsh' ;;
    @COMMAND_COMMANDS@) known='@COMMANDS@' ;;
    '') known=${known:-@COMMANDS@} ;;
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$known" -- "$word")
}
complete -F _report report
)sh";

constexpr const char* zsh = R"sh(#compdef report
# Completion of report(1) for zsh.
@QUESTIONS@_report() {
  local -a commands options ids
  local state line
  commands=(
@ZSH_COMMANDS@
  )
  options=(
@ZSH_OPTIONS@
  )
  _arguments -S $options '1:command:->command' '*:argument:->argument'
  case $state in
  command) _describe command commands ;;
  argument)
    case $line[1] in
    @FIGURE_COMMANDS@)
      ids=(${(f)"$(_report_figures $service)"})
      if [[ $PREFIX == fig:* ]]; then ids=(fig:$^ids); fi
      compadd -a ids
      ;;
    @EXPERIMENT_COMMANDS@) compadd -- ${(f)"$(_report_experiments $service)"} ;;
    @DATA_COMMANDS@) compadd -- @DATA_SETS@ ;;
    @SHELL_COMMANDS@) compadd -- bash zsh ;;
    @COMMAND_COMMANDS@) _describe command commands ;;
    @FOLDER_COMMANDS@) _files -/ ;;
    esac
    ;;
  esac
}
_report "$@"
)sh";

/// A script with what the tables say in its places.
std::string filled(std::string script) {
  Words data_sets;
  for (const auto& set : data::catalogue()) data_sets.push_back(set.name);
  const std::pair<const char*, std::string> places[] = {{"QUESTIONS", questions},
                                                        {"ZSH_COMMANDS", zsh_commands()},
                                                        {"ZSH_OPTIONS", zsh_options()},
                                                        {"COMMANDS", command_words()},
                                                        {"OPTIONS", option_names()},
                                                        {"VALUE_OPTIONS", options_with("")},
                                                        {"FOLDER_OPTIONS", options_with("DIR")},
                                                        {"FOLDER_COMMANDS", commands_with("DIR")},
                                                        {"FIGURE_COMMANDS", commands_with("ID")},
                                                        {"EXPERIMENT_COMMANDS", commands_with("EXPERIMENT")},
                                                        {"DATA_COMMANDS", commands_with("DATASET")},
                                                        {"SHELL_COMMANDS", commands_with("SHELL")},
                                                        {"COMMAND_COMMANDS", commands_with("COMMAND")},
                                                        {"DATA_SETS", spaced(data_sets)},
                                                        {"FORMATS", spaced(publish::known_formats())},
                                                        {"COLORS", "auto always never"}};
  for (const auto& [place, text] : places) text::replace_all(script, fmt::format("@{}@", place), text);
  return script;
}

}  // namespace

int completion(const Options& o) {
  const std::string shell = o.arguments.size() == 1 ? o.arguments.front() : "";
  if (shell != "bash" && shell != "zsh") throw UsageError("'completion' takes the name of a shell, bash or zsh");
  fmt::print("{}", filled(shell == "bash" ? bash : zsh));
  return all_well;
}

}  // namespace cli
