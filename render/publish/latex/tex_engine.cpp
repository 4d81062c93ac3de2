// Lines of the log are not broken, so that messages can be read from it.
#include "publish/latex/tex_engine.hpp"

#include <fmt/chrono.h>

#include "publish/errors.hpp"
#include "publish/publication.hpp"

namespace publish {

sys::ProcessResult TexEngine::run(const std::vector<std::string>& arguments) const {
  sys::Command command;
  command.arguments = {"pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape",
                       "-file-line-error"};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.directory = folder;
  command.environment = {{"SOURCE_DATE_EPOCH", std::to_string(epoch_of_day(date))},
                         {"FORCE_SOURCE_DATE", "1"},
                         {"openin_any", "p"},
                         {"openout_any", "p"},
                         {"MKTEXPK", "0"},
                         {"MKTEXTFM", "0"},
                         {"MKTEXMF", "0"},
                         {"shell_escape", "f"},
                         {"max_print_line", "10000"},
                         {"error_line", "254"},
                         {"half_error_line", "238"}};
  command.stop = stop;
  command.timeout = timeout;
  command.confinement = sys::Confinement{{}, {folder}};
  try {
    sys::ProcessResult finished = sys::run(command);
    if (finished.interrupted) throw sys::Interrupted{};
    if (finished.timed_out)
      throw Error(
          fmt::format("pdflatex did not finish within {}", std::chrono::duration_cast<std::chrono::seconds>(timeout)));
    if (finished.status > 128) throw Error("pdflatex " + sys::ending(finished));
    if (finished.status != 0 && finished.output.find("can't find the format file") != std::string::npos)
      throw MissingTool("LaTeX is not complete: install the Debian package texlive-latex-recommended");
    return finished;
  } catch (const sys::NoProgram&) {
    throw MissingTool("pdflatex is missing: install the Debian package texlive-latex-recommended");
  }
}

}  // namespace publish
