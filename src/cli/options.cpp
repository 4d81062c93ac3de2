// Options through Boost.program_options; the same everywhere, checked against the command.
#include "cli/options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <thread>

#include "cli/help.hpp"
#include "engine/sources/document_file.hpp"
#include "engine/sources/metadata.hpp"
#include "manuscript/diagnostic.hpp"
#include "publish/formats.hpp"
#include "store/remote_store.hpp"
#include "system/files.hpp"

namespace cli {
namespace po = boost::program_options;
namespace fs = std::filesystem;
namespace {

std::string format_help() { return fmt::format("of {} (build)", fmt::join(publish::known_formats(), ",")); }

po::options_description everywhere() {
  po::options_description d("Options");
  d.add_options()                                                                                     //
      ("jobs,j", po::value<int>()->value_name("N"), "work on N things at once (default: all cores)")  //
      ("chapters", po::value<std::string>()->value_name("DIR"),
       "where the chapters are (default: chapters, or what report.yaml says)")  //
      ("output", po::value<std::string>()->value_name("DIR"),
       "where the report goes (default: output, or what report.yaml says)")                                    //
      ("data", po::value<std::string>()->value_name("DIR"), "where data sets are (also REPORT_DATA)")          //
      ("force", "run every experiment, whatever is stored")                                                    //
      ("keep-going", "go on with the other figures when one fails (default)")                                  //
      ("stop", "stop at the first figure that fails")                                                          //
      ("untrusted", "run no code of the document's: its figures stay empty, its claims unjudged")              //
      ("quiet,q", "print errors only")                                                                         //
      ("verbose,v", "print more")                                                                              //
      ("color", po::value<std::string>()->value_name("WHEN"), "auto, always or never (NO_COLOR is honoured)")  //
      ("format", po::value<std::string>()->value_name("LIST"), format_help().c_str())                          //
      ("set", po::value<std::vector<std::string>>()->composing()->value_name("NAME=VALUE"),
       "try a parameter without touching the chapter (figure)")                                        //
      ("dpi", po::value<int>()->value_name("N"), "also write a PNG of N pixels an inch (figure)")      //
      ("json", "print JSON (list, explain, describe, store)")                                          //
      ("markdown", "print Markdown (describe)")                                                        //
      ("open", "show what was made in the desktop's viewer (build, figure, watch, check)")             //
      ("port", po::value<int>()->value_name("N"), "serve the page on this port of 127.0.0.1 (watch)")  //
      ("references", po::value<std::string>()->value_name("DIR"),
       "what figures are compared with (default: golden, or what report.yaml says)")  //
      ("executor", po::value<std::string>()->value_name("NAME"),
       "have jobs done elsewhere: slurm (build, figure, check)")             //
      ("detach", "leave them to it, and gather with a later build (build)")  //
      ("older", po::value<std::string>()->value_name("AGE"),
       "remove what nobody used for so long, as in 30d or 12h (store prune)")  //
      ("size", po::value<std::string>()->value_name("SIZE"),
       "remove what was used longest ago, until so much is left, as in 5G (store prune)")  //
      ("man", "print the manual page (help)")                                              //
      ("cache", "remove stored results too (clean)")                                       //
      ("help,h", "print this help")                                                        //
      ("version", "print the version");
  return d;
}

/// "--output DIR"
std::string usage_of(const po::option_description& option) {
  return "--" + option.long_name() + " " + option.semantic()->name();
}

/// "-j", or empty.
std::string letter_of(const po::option_description& option) {
  const std::string name = option.canonical_display_name(po::command_line_style::allow_dash_for_short);
  return name.size() == 2 && name[0] == '-' ? name : "";
}

/// The option that a word names, "--output=x" and "-o" included; null for other words.
const po::option_description* option_named(const po::options_description& all, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (const auto& option : all.options())
    if (name == "--" + option->long_name() || (!name.empty() && name == letter_of(*option))) return option.get();
  return nullptr;
}

/// An option that needs a value takes the next word for it, whatever that is: "--output --quiet"
/// would name a folder.
void require_values(const po::options_description& all, const std::vector<std::string>& words) {
  for (std::size_t k = 0; k < words.size(); ++k) {
    if (words[k] == "--") return;
    const auto* option = option_named(all, words[k]);
    if (!option || option->semantic()->max_tokens() == 0) continue;
    const std::size_t equals = words[k].find('=');
    const bool apart = equals == std::string::npos;
    const std::string name = words[k].substr(0, equals);
    if (apart && k + 1 == words.size())
      throw UsageError(fmt::format("{} needs a value, as in: {}", name, usage_of(*option)));
    const std::string value = apart ? words[++k] : words[k].substr(equals + 1);
    if (value.empty())
      throw UsageError(fmt::format("{} needs a value that is not empty, as in: {}", name, usage_of(*option)));
    if (value.starts_with("--") || option_named(all, value))
      throw UsageError(
          fmt::format("{} needs a value, but '{}' is an option; as in: {}", name, value, usage_of(*option)));
  }
}

/// The first words in quotes of a message, with them.
std::string quoted(const std::string& message) {
  const std::size_t open = message.find('\''), close = message.find('\'', open + 1);
  return close == std::string::npos ? "another text" : message.substr(open, close + 1 - open);
}

/// The library's other complaints in our own words.
std::string complaint(const po::error& error) {
  const auto name = [](const po::error_with_option_name& e) { return e.get_option_name(); };
  if (const auto* twice = dynamic_cast<const po::multiple_occurrences*>(&error))
    return fmt::format("{} is given twice", name(*twice));
  if (const auto* wrong = dynamic_cast<const po::invalid_option_value*>(&error))
    return fmt::format("{} takes a whole number, but this is {}", name(*wrong), quoted(error.what()));
  if (const auto* syntax = dynamic_cast<const po::invalid_command_line_syntax*>(&error);
      syntax && syntax->kind() == po::invalid_syntax::extra_parameter)
    return fmt::format("{} takes no value", name(*syntax));
  return error.what();
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);)
    if (!part.empty()) parts.push_back(part);
  return parts;
}

std::vector<std::string> formats(const std::string& list) {
  const auto& known = publish::known_formats();
  auto wanted = split(list, ',');
  for (const auto& format : wanted)
    if (std::find(known.begin(), known.end(), format) == known.end())
      throw UsageError(fmt::format("unknown format '{}'; known are {}. {}", format, fmt::join(known, ", "),
                                   manuscript::did_you_mean(format, known)));
  if (wanted.empty()) throw UsageError(fmt::format("--format needs at least one of {}", fmt::join(known, ", ")));
  return wanted;
}

engine::ParameterOverride setting(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    throw UsageError(fmt::format("--set takes NAME=VALUE, as in --set depth=20, but this is '{}'", text));
  return {text.substr(0, equals), text.substr(equals + 1)};
}

ColorChoice color(const std::string& text) {
  if (text == "auto") return ColorChoice::automatic;
  if (text == "always") return ColorChoice::always;
  if (text == "never") return ColorChoice::never;
  throw UsageError(fmt::format("--color takes auto, always or never, but this is '{}'", text));
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const auto& c : command_table()) names.push_back(c.name);
  return names;
}

/// The folder of the document that is meant: the one that holds report.yaml, from the chapters upwards where they are
/// named and else from the current folder; without one, what holds the chapters folder. The checkout's own document is
/// there for whoever stands elsewhere.
fs::path document_of(const fs::path& here, const fs::path& root, const std::optional<fs::path>& chapters) {
  const fs::path start = chapters ? chapters->parent_path() : here;
  if (const auto found = engine::find_document(start)) return *found;
  std::error_code error;
  const bool is_elsewhere = !chapters && !fs::is_directory(here / "chapters", error);
  return is_elsewhere && fs::exists(root / "report.yaml", error) ? root : start;
}

/// What names the chapters in the document's folder.
std::string chapters_option(const fs::path& chapters, const engine::DocumentFile& document) {
  const auto same = [](const fs::path& a, const fs::path& b) {
    return fs::weakly_canonical(a) == fs::weakly_canonical(b);
  };
  if (same(chapters, document.chapters)) return "";
  const std::string name = chapters.lexically_relative(document.folder).string();
  return name.starts_with('-') ? "./" + name : name;
}

/// Folders of the document, and from the environment where the command line names none.
void set_folders(Options& o, const po::variables_map& given, const Places& places,
                 const std::function<std::string(const char*)>& environment) {
  const auto folder = [&](const char* name) -> std::optional<fs::path> {
    if (!given.count(name)) return std::nullopt;
    return sys::named_folder(places.here / given[name].as<std::string>());
  };
  const auto chapters = folder("chapters");
  engine::DocumentFile document = engine::read_document_file(document_of(places.here, places.root, chapters));
  o.document_errors = std::move(document.errors);
  o.settings.root = places.root;
  o.settings.document = document.folder;
  o.settings.chapters = chapters.value_or(document.chapters);
  o.settings.chapters_option = chapters_option(o.settings.chapters, document);
  o.settings.experiments = document.experiments;
  o.settings.output = folder("output").value_or(document.output);
  o.references = folder("references").value_or(document.references);
  fs::path home = environment("XDG_CACHE_HOME");
  if (home.empty() && !environment("HOME").empty()) home = fs::path(environment("HOME")) / ".cache";
  // Without a home the document keeps its own: the generator may be installed where nobody can write.
  const fs::path own = home.empty() ? document.folder / ".cache" : home / "literate-report";
  const std::string cache = environment("REPORT_CACHE");
  o.settings.cache = cache.empty() ? own : fs::absolute(cache);
  if (given.count("data"))
    o.settings.data = {fs::absolute(given["data"].as<std::string>())};
  else if (!environment("REPORT_DATA").empty())
    o.settings.data = {fs::absolute(environment("REPORT_DATA"))};
  else
    o.settings.data = {own / "data"};
}

int job_count(const po::variables_map& given) {
  if (!given.count("jobs")) return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  const int jobs = given["jobs"].as<int>();
  if (jobs < 1 || jobs > 1024)
    throw UsageError(fmt::format("--jobs takes a whole number from 1 to 1024, but this is {}", jobs));
  return jobs;
}

/// A number with the letter of a unit, in units of the smallest: "30d" with "s1 m60 h3600 d86400" is 2592000.
std::optional<double> measured(const po::variables_map& given, const char* name,
                               const std::vector<std::pair<char, double>>& units, const char* example) {
  if (!given.count(name)) return std::nullopt;
  const auto text = given[name].as<std::string>();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  for (const auto& [letter, factor] : units)
    if (error == std::errc() && number >= 0 && end + 1 == text.data() + text.size() &&
        std::toupper(static_cast<unsigned char>(*end)) == std::toupper(static_cast<unsigned char>(letter)))
      return number * factor;
  throw UsageError(fmt::format("--{} takes a number and a unit, as in {}, but this is '{}'", name, example, text));
}

/// `store prune`'s.
void set_bounds(Options& o, const po::variables_map& given) {
  o.older = measured(given, "older", {{'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}, {'y', 31557600}},
                     "30d (m, h, d, w, y)");
  o.size = measured(given, "size", {{'K', 1e3}, {'M', 1e6}, {'G', 1e9}, {'T', 1e12}}, "5G (K, M, G, T)");
  if ((o.older || o.size) && (o.command != "store" || o.arguments != std::vector<std::string>{"prune"}))
    throw UsageError("--older and --size belong to 'store prune'");
}

void set_executor(Options& o, const po::variables_map& given) {
  o.detach = given.count("detach") > 0;
  if (given.count("executor")) {
    const auto name = given["executor"].as<std::string>();
    if (name != "slurm")
      throw UsageError(
          fmt::format("unknown executor '{}'; there is slurm, and 'jobs' and 'work' for any other engine", name));
    if (o.command != "build" && o.command != "figure" && o.command != "check")
      throw UsageError("--executor belongs to 'build', 'figure' and 'check'");
    o.slurm = true;
  }
  if (o.detach && (!o.slurm || o.command != "build")) throw UsageError("--detach belongs to 'build --executor slurm'");
  if (o.detach && o.settings.force)
    throw UsageError("--force and --detach: nothing would tell the next build which results are the new ones");
}

/// How long a run does its jobs here before others get them: what is quickly done is not worth a place in a queue.
std::chrono::milliseconds done_here(const std::string& seconds) {
  if (seconds.empty()) return std::chrono::seconds(1);
  double number = 0;
  const auto [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), number);
  if (error != std::errc() || end != seconds.data() + seconds.size() || !(number >= 0 && number <= 1e6))
    throw UsageError(fmt::format("REPORT_HERE is a number of seconds, but this is '{}'", seconds));
  return std::chrono::milliseconds(static_cast<long>(1000 * number));
}

/// Words of the environment that begin with '@' name the file that holds them.
std::string secret(const std::string& value) {
  if (!value.starts_with('@')) return value;
  std::string text = sys::read_file(value.substr(1));
  text.erase(text.find_last_not_of(" \r\n\t") + 1);
  return text;
}

void set_store(Options& o, const std::function<std::string(const char*)>& environment) {
  store::RemoteOptions remote;
  remote.address = environment("REPORT_STORE");
  if (remote.address.empty()) return;
  const std::string access = environment("REPORT_STORE_ACCESS");
  if (!access.empty() && access != "read" && access != "write")
    throw UsageError(fmt::format("REPORT_STORE_ACCESS is read or write, but this is '{}'", access));
  remote.writes = access == "write";
  try {
    remote.token = secret(environment("REPORT_STORE_TOKEN"));
    remote.secret = secret(environment("REPORT_STORE_SECRET"));
    const std::string named = environment("NETRC"), home = environment("HOME");
    const fs::path netrc = named.empty() ? fs::path(home) / ".netrc" : fs::path(named);
    if (std::error_code error; (!named.empty() || !home.empty()) && fs::is_regular_file(netrc, error))
      remote.netrc = sys::read_file(netrc);
    // Work that is not stored is lost: a share is more patient than a build.
    using std::chrono::seconds;
    if (o.command == "work") remote.waits = {seconds(1), seconds(4), seconds(15), seconds(30), seconds(60)};
    o.settings.remote = std::make_shared<store::RemoteStore>(std::move(remote));
  } catch (const sys::FileError& unreadable) {
    throw UsageError(unreadable.what());
  } catch (const std::invalid_argument& address) {
    throw UsageError(fmt::format("REPORT_STORE: {}", address.what()));
  }
}

/// Of `figure --dpi`; 0 where it is not given.
int dots_per_inch(const po::variables_map& given, const std::string& command) {
  constexpr int least = 30, most = 2400;
  if (!given.count("dpi")) return 0;
  if (command != "figure") throw UsageError("--dpi belongs to 'figure'");
  const int dots = given["dpi"].as<int>();
  if (dots < least || dots > most)
    throw UsageError(
        fmt::format("--dpi takes a whole number from {} to {} (pixels an inch), but this is {}", least, most, dots));
  return dots;
}

/// A program that starts itself anew goes on at the port where the page is open.
void set_port(Options& o, const po::variables_map& given, const std::function<std::string(const char*)>& environment) {
  o.port = usual_port;
  if (given.count("port")) {
    o.port = given["port"].as<int>();
    o.port_given = true;
    if (o.command != "watch") throw UsageError("--port belongs to 'watch'");
    if (o.port < 0 || o.port > 65535)
      throw UsageError(
          fmt::format("--port takes a whole number from 0 (any that is free) to 65535, but this is {}", o.port));
  }
  const std::string before = environment(restart_variable);
  if (o.command != "watch" || before.empty()) return;
  o.port = std::atoi(before.c_str());
  o.port_given = o.restarted = true;
}

}  // namespace

std::string program_name(const fs::path& root) {
  std::error_code error;
  return fs::exists(root / "build-report.sh", error) ? "./build-report.sh" : "report";
}

Options parse(const std::vector<std::string>& arguments, const Places& places,
              const std::function<std::string(const char*)>& environment) {
  po::options_description all = everywhere();
  all.add_options()("words", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("words", -1);
  po::variables_map given;
  require_values(everywhere(), arguments);
  try {
    namespace style = po::command_line_style;
    const int no_guessing = style::unix_style & ~style::allow_guessing;
    po::store(po::command_line_parser(arguments).options(all).positional(positional).style(no_guessing).run(), given);
  } catch (const po::unknown_option& unknown) {
    std::vector<std::string> names;
    for (const auto& option : all.options()) names.push_back("--" + option->long_name());
    throw UsageError(fmt::format("unknown option '{}'. {}", unknown.get_option_name(),
                                 manuscript::did_you_mean(unknown.get_option_name(), names)));
  } catch (const po::error& error) {
    throw UsageError(complaint(error));
  }

  Options o;
  o.program = program_name(places.root);
  if (given.count("words")) {
    auto words = given["words"].as<std::vector<std::string>>();
    o.command = words.front();
    o.arguments.assign(words.begin() + 1, words.end());
  }
  const auto names = command_names();
  if (std::find(names.begin(), names.end(), o.command) == names.end())
    throw UsageError(fmt::format("unknown command '{}'. {}", o.command, manuscript::did_you_mean(o.command, names)));
  set_folders(o, given, places, environment);
  o.settings.jobs = job_count(given);
  o.settings.force = given.count("force") > 0;
  o.settings.keep_going = given.count("stop") == 0;
  o.settings.untrusted = given.count("untrusted") > 0;
  if (o.settings.untrusted && (o.command == "check" || o.command == "bless"))
    throw UsageError(fmt::format("'{}' runs the document's experiments, which --untrusted forbids", o.command));
  if (given.count("format")) o.settings.formats = formats(given["format"].as<std::string>());
  if (given.count("set"))
    for (const auto& text : given["set"].as<std::vector<std::string>>()) o.set.push_back(setting(text));
  if (!o.set.empty() && o.command != "figure") throw UsageError("--set belongs to 'figure'");
  o.dots_per_inch = dots_per_inch(given, o.command);
  if (given.count("color")) o.color = color(given["color"].as<std::string>());
  o.open = given.count("open") > 0;
  if (o.open && o.command != "build" && o.command != "figure" && o.command != "watch" && o.command != "check")
    throw UsageError("--open belongs to 'build', 'figure', 'watch' and 'check'");
  set_port(o, given, environment);
  set_executor(o, given);
  set_bounds(o, given);
  set_store(o, environment);
  o.settings.done_here = done_here(environment("REPORT_HERE"));
  o.json = given.count("json") > 0;
  o.markdown = given.count("markdown") > 0;
  o.cache = given.count("cache") > 0;
  o.quiet = given.count("quiet") > 0;
  o.verbose = given.count("verbose") > 0;
  o.help = given.count("help") > 0;
  o.man = given.count("man") > 0;
  o.version = given.count("version") > 0;
  return o;
}

std::string options_text() {
  std::ostringstream text;
  text << everywhere();
  return text.str();
}

std::vector<OptionHelp> option_table() {
  const po::options_description all = everywhere();
  std::vector<OptionHelp> table;
  for (const auto& option : all.options())
    table.push_back({"--" + option->long_name(), letter_of(*option),
                     option->semantic()->max_tokens() == 0 ? "" : option->semantic()->name(), option->description()});
  return table;
}

}  // namespace cli
