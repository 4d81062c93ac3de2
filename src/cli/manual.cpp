// See manual.hpp.
#include "cli/manual.hpp"

#include <fmt/format.h>

#include "cli/help.hpp"
#include "cli/options.hpp"
#include "text/replace_all.hpp"

namespace cli {
namespace {

struct Named {
  const char *name, *meaning;
};

constexpr Named variables[] = {
    {"REPORT_CACHE",
     "the folder of stored results; several documents may share one (default: ~/.cache/literate-report)"},
    {"REPORT_STORE", "the address of a store that machines share (HTTP: GET, PUT, HEAD), looked into and kept in too"},
    {"REPORT_STORE_ACCESS", "read (default) or write: whether results are sent to it"},
    {"REPORT_STORE_TOKEN", "sent to it as a bearer token; @FILE: what the file holds. Else NETRC or ~/.netrc is asked"},
    {"REPORT_STORE_SECRET", "signs its entries (HMAC-SHA256), and others are not believed; @FILE: what the file holds"},
    {"REPORT_HERE", "seconds for which a run does its jobs here before 'jobs' or an executor gives them to others (1)"},
    {"REPORT_DATA", "the folder of data sets; --data stands over it"},
    {"REPORT_MIRROR", "the address below which data DATASET looks for files, in place of their publishers'"},
    {"REPORT_ROOT", "the folder that holds render/theme, for a program that was moved away from its files"},
    {"NO_COLOR", "when set, nothing is coloured"},
    {"CI", "when set, bless refuses: a machine cannot have looked"}};

constexpr Named made_files[] = {
    {"report.yaml", "makes its folder a document; says where chapters, experiments, output and references lie"},
    {"chapters/*.md", "the text, in the order of the names"},
    {"chapters/metadata.yaml", "title, authors and what else is true of the whole document"},
    {"chapters/references.bib", "the literature"},
    {"experiments/*.yaml", "experiments that are programs of the author's"},
    {"output/", "what is made"}};

/// Text as roff takes it: signs that stand for themselves, and no line that begins a request.
std::string roff(std::string text) {
  text::replace_all(text, "\\", "\\e");
  text::replace_all(text, "-", "\\-");
  text::replace_all(text, "\n", " ");
  return text.starts_with('.') || text.starts_with('\'') ? "\\&" + text : text;
}

std::string sentence(std::string text) {
  if (!text.empty() && !text.ends_with('.')) text += '.';
  return text;
}

std::string section(const std::string& name) { return ".SH " + name + "\n"; }

/// A tagged paragraph.
std::string entry(const std::string& tag, const std::string& text) {
  return fmt::format(".TP\n\\fB{}\\fR\n{}\n", roff(tag), roff(text));
}

std::string commands(bool of_script) {
  std::string text;
  for (const auto& c : command_table()) {
    if (c.is_of_script != of_script) continue;
    text += entry(c.synopsis, sentence(c.summary));
    if (!c.details.empty()) text += roff(c.details) + "\n";
  }
  return text;
}

std::string options() {
  std::string text;
  for (const auto& o : option_table())
    text += entry((o.letter.empty() ? "" : o.letter + ", ") + o.name + (o.value.empty() ? "" : " " + o.value),
                  sentence(o.meaning));
  return text;
}

}  // namespace

std::string manual_page() {
  std::string page = fmt::format(".TH REPORT 1 \"\" \"literate\\-report {}\" \"User Commands\"\n", REPORT_VERSION);
  page += section("NAME") + "report \\- write a literate report whose figures and numbers are computed\n";
  page += section("SYNOPSIS") + ".B report\n[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]\n";
  page +=
      section("DESCRIPTION") +
      "Markdown chapters carry figures as directives.\n"
      "The program runs the numerical experiment behind each figure, draws it, and hands everything to Pandoc for\n"
      "print and page.\n"
      "What the text says with numbers is checked: a sentence that the experiments do not bear out fails the build.\n"
      ".PP\n"
      "A document is a folder with a\n.I report.yaml\n"
      "in it, found from the current folder upwards; every command works in any folder of it.\n"
      "Without a command the report is brought up to date.\n";
  page += section("COMMANDS") + commands(false);
  page += section("COMMANDS OF A CHECKOUT") + "These are done by\n.I ./build\\-report.sh\nin the program's sources.\n" +
          commands(true);
  page += section("OPTIONS") + options();
  page += section("EXIT STATUS");
  for (const auto& [code, meaning] : exit_codes()) page += entry(std::to_string(code), sentence(meaning));
  page += section("ENVIRONMENT");
  for (const auto& [name, meaning] : variables) page += entry(name, sentence(meaning));
  page += section("FILES");
  for (const auto& [name, meaning] : made_files) page += entry(name, sentence(meaning));
  page += section("SEE ALSO") + ".BR pandoc (1)\n";
  return page;
}

}  // namespace cli
