// How mistakes are shown, and what was meant by a misspelt name.
#include "manuscript/diagnostic.hpp"

#include "catch.hpp"
#include "manuscript/source.hpp"

namespace diagnostic_test {

using manuscript::Diagnostic;
using manuscript::did_you_mean;
using manuscript::nearest;
using manuscript::render;
using manuscript::Severity;
using manuscript::SourceLocation;

namespace {

Diagnostic diagnostic(SourceLocation place, std::string line, std::string hint = "") {
  return {Severity::error, std::move(place), "wrong", std::move(line), std::move(hint)};
}

/// The line with the caret.
std::string caret_line(const Diagnostic& d) {
  const std::string text = render(d, false);
  const std::size_t first = text.find('\n') + 1, second = text.find('\n', first) + 1;
  return text.substr(second, text.size() - second - 1);
}

}  // namespace

TEST_CASE("a diagnostic shows its place, its line, a caret under the mistake and a hint") {
  const Diagnostic d{Severity::error,
                     {"chapters/02.md", 41, 1, 5},
                     "unknown parameter 'dpeth' for experiment 'gradient-depth'",
                     "dpeth: 50",
                     "did you mean 'depth'? ('report describe gradient-depth' lists all parameters)"};
  CHECK(render(d, false) ==
        "chapters/02.md:41:1: error: unknown parameter 'dpeth' for experiment 'gradient-depth'\n"
        "   41 | dpeth: 50\n"
        "      | ^~~~~ did you mean 'depth'? ('report describe gradient-depth' lists all parameters)\n");
}

TEST_CASE("a diagnostic of a whole file has neither line nor caret") {
  CHECK(render({Severity::error, {"a.md", 0, 0, 1}, "cannot be read", "", ""}, false) ==
        "a.md: error: cannot be read\n");
  CHECK(render({Severity::warning, {"a.md", 0, 0, 1}, "damaged", "", "recomputed"}, false) ==
        "a.md: warning: damaged\n      | recomputed\n");
  CHECK(render({Severity::error, {"", 0, 0, 1}, "no place", "", ""}, false) == "error: no place\n");
}

TEST_CASE("in colours the place is bold, the severity red, the caret green") {
  const std::string text = render(diagnostic({"a.md", 1, 1, 2}, "ab", "hint"), true);
  CHECK(text ==
        "\033[1ma.md:1:1:\033[0m \033[1;31merror:\033[0m wrong\n    1 | ab\n      | \033[1;32m^~\033[0m hint\n");
}

TEST_CASE("the caret stands under the mistake whatever the width of what is before it") {
  CHECK(caret_line(diagnostic({"a", 1, 3, 1}, "a\tb")) == "      |     ^");             // the tab ends in column 5
  CHECK(caret_line(diagnostic({"a", 1, 3, 2}, "\u6F22\u5B57ab")) == "      |     ^~");  // two characters of width 2
  CHECK(caret_line(diagnostic({"a", 1, 3, 1}, "e\u0301b")) == "      |  ^");            // a combining accent has none
  CHECK(caret_line(diagnostic({"a", 1, 1, 2}, "\u6F22\u5B57ab")) == "      | ^~~~");
  CHECK(caret_line(diagnostic({"a", 1, 3, 1}, "ab")) == "      |   ^");      // behind the line's end
  CHECK(caret_line(diagnostic({"a", 1, 2, 1000}, "abc")) == "      |  ^~");  // no further than the line
}

TEST_CASE("a very long line is cut around the place") {
  const std::string line = std::string(5000, 'x') + "@here" + std::string(5000, 'y');
  const auto d = manuscript::error_at({"a.md", line + "\n"}, {"a.md", 1, 5001, 5}, "wrong");
  CHECK(d.source_line.size() <= 2000);
  const std::string text = render(d, false);
  CHECK(text.find("a.md:1:5001: error") == 0);
  CHECK(text.find("…xxx") != std::string::npos);
  CHECK(text.find("yyy…") != std::string::npos);
  // The caret and what it points to begin at the same distance; the cut's "…" is one column of three bytes.
  const std::string shown = text.substr(text.find("    1 | "));
  CHECK(shown.find("@here") - 2 == caret_line(d).find('^'));
  CHECK(caret_line(d).ends_with("^~~~~"));
}

TEST_CASE("nothing from a file reaches the terminal as a control character") {
  Diagnostic d = diagnostic({"na\033me.md", 1, 1, 1}, "a\033[31m\x07\x7f\u009b\u202eb\xff", "hint\033[0m");
  d.message = "bad 'x\033[2J\n'";
  for (const char c : render(d, false)) CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\n'));
  const std::string text = render(d, false);
  CHECK(text.find("a␛[31m␇␡��b�") != std::string::npos);
  CHECK(text.find("x␛[2J␊") != std::string::npos);
  CHECK(text.find("\u202e") == std::string::npos);
}

TEST_CASE("a line of a source is what stands between its line ends") {
  const manuscript::Source source{"a.md",
                                  "\xEF\xBB\xBF"
                                  "first\r\nsecond\n\nlast"};
  CHECK(manuscript::line_of(source, 1) == "first");
  CHECK(manuscript::line_of(source, 2) == "second");
  CHECK(manuscript::line_of(source, 3).empty());
  CHECK(manuscript::line_of(source, 4) == "last");
  CHECK(manuscript::line_of(source, 5).empty());
  CHECK(manuscript::line_of(source, 0).empty());
}

TEST_CASE("the nearest name is within few slips of the finger") {
  const std::vector<std::string> names{"depth", "width", "networks", "learning-rate", "seeds"};
  CHECK(nearest("dpeth", names) == "depth");  // neighbours exchanged
  CHECK(nearest("depht", names) == "depth");
  CHECK(nearest("Depth", names) == "depth");       // capitals do not count
  CHECK(nearest("network", names) == "networks");  // one letter missing
  CHECK(nearest("learning_rate", names) == "learning-rate");
  CHECK(nearest("seed", names) == "seeds");
  CHECK(nearest("epochs", names).empty());
  CHECK(nearest("", names).empty());
  CHECK(nearest("x", {"y"}).empty());             // all letters differ
  CHECK(nearest("naïve", {"naive"}) == "naive");  // letters, not bytes
  CHECK(nearest(std::string(100'000, 'x'), {std::string(100'000, 'y')}).empty());
  CHECK(did_you_mean("dpeth", names) == "did you mean 'depth'?");
  CHECK(did_you_mean("epochs", names).empty());
}

TEST_CASE("of two names equally near the first is meant") {
  CHECK(nearest("cat", {"car", "can"}) == "car");
  CHECK(nearest("cat", {"cut off", "cart"}) == "cart");
}

}  // namespace diagnostic_test
