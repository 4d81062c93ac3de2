// docs/plots.md says the truth: its examples are compiled into this program, and their pictures are the ones beside it.
// REPORT_BLESS=1 writes the pictures in place of comparing them.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cairo/docs_plots.hpp"
#include "cairo/sample.hpp"
#include "catch.hpp"
#include "plot/layout/layout.hpp"
#include "scene_faults.hpp"

namespace plots_page_test {

namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The form that a page has, made to stand alone: light, or dark where the reader's system is. A file beside a page has
/// no fonts of its own; Palatino has the widths of our face.
std::string standing_alone(const std::string& name, const plot::Scene& scene) {
  std::string svg = cairo::to_inline_svg(scene, name + "-", name, "");
  std::string style =
      "<style>\n" + cairo::ink_css(cairo::Theme::light) + "@media (prefers-color-scheme: dark) {\n" +
      cairo::ink_css(cairo::Theme::dark) +
      "}\nsvg { background: var(--ink-background); }\n"
      "text { white-space: pre; }\n"
      "tspan { font-family: \"TeX Gyre Pagella\", Palatino, \"Palatino Linotype\", \"Book Antiqua\", serif; }\n"
      ".i { font-style: italic; }\n.b { font-weight: bold; }\n"
      ".m { font-family: \"TeX Gyre Pagella Math\", \"TeX Gyre Pagella\", \"Cambria Math\", \"STIX Two Math\", serif; "
      "}\n"
      ".halo { fill: none; stroke-linejoin: round; }\n</style>\n";
  // Only the variables that this drawing uses.
  std::string kept;
  std::istringstream lines(style);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("  --")) {
      kept += line + "\n";
      continue;
    }
    std::istringstream parts(line);
    std::string used;
    for (std::string part; std::getline(parts, part, ';');) {
      const auto begin = part.find("--"), end = part.find(':');
      if (begin == std::string::npos) continue;
      const std::string variable = part.substr(begin, end - begin);
      if (svg.find("var(" + variable + ")") != std::string::npos || variable == "--ink-background")
        used += " " + part.substr(begin) + ";";
    }
    if (!used.empty()) kept += " " + used + "\n";
  }
  return svg.insert(svg.find('\n') + 1, kept);
}

/// Where two pictures first say different things: other words, or a number that is off by more than a twentieth of a
/// point, which versions of the text engine may differ by.
std::string first_difference(const std::string& a, const std::string& b) {
  const auto is_number = [](const char* p) {
    return std::isdigit(static_cast<unsigned char>(*p)) ||
           ((*p == '.' || *p == '-') && (std::isdigit(static_cast<unsigned char>(p[1])) || p[1] == '.'));
  };
  const char *p = a.c_str(), *q = b.c_str();
  while (*p || *q) {
    const char *p_end = p, *q_end = q;
    if (is_number(p) && is_number(q)) {
      const double x = std::strtod(p, const_cast<char**>(&p_end)), y = std::strtod(q, const_cast<char**>(&q_end));
      if (std::abs(x - y) > 0.05) break;
      p = p_end, q = q_end;
    } else if (*p == *q) {
      ++p, ++q;
    } else {
      break;
    }
  }
  if (!*p && !*q) return "";
  return fmt::format("\"{}\" is now \"{}\"", std::string(p).substr(0, 60), std::string(q).substr(0, 60));
}

}  // namespace

TEST_CASE("the pictures of docs/plots.md are what its examples draw") {
  sample::use_house_fonts();
  const fs::path folder = source_folder() / "docs" / "plots";
  const std::string page = read(source_folder() / "docs" / "plots.md");
  const bool bless = std::getenv("REPORT_BLESS") != nullptr;
  std::size_t pictures = 0;
  for (const auto& example : docs_plots::examples()) {
    INFO("docs/plots/" << example.name << ".svg");
    CHECK(page.find("(plots/" + example.name + ".svg)") != std::string::npos);
    const std::string now = standing_alone(example.name, plot::layout(example.figure(), cairo::text_measure()));
    CHECK(now.size() < 100'000);
    const fs::path file = folder / (example.name + ".svg");
    if (bless) {
      fs::create_directories(folder);
      std::ofstream(file, std::ios::binary) << now;
    }
    CHECK(first_difference(read(file), now) == "");
    ++pictures;
  }
  // Every picture in the folder is one of an example.
  CHECK(static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator())) == pictures);
}

TEST_CASE("a picture that differs by a word or by a tenth of a point is noticed, one by a hundredth is not") {
  CHECK(first_difference("<text x=\"1.5\">a</text>", "<text x=\"1.51\">a</text>") == "");
  CHECK(first_difference("<text x=\"1.5\">a</text>", "<text x=\"1.6\">a</text>") != "");
  CHECK(first_difference("<text x=\"1.5\">a</text>", "<text x=\"1.5\">b</text>") != "");
  CHECK(first_difference("<path d=\"m1 2h-.5\"/>", "<path d=\"m1 2h-.51\"/>") == "");
  CHECK(first_difference("<path/>", "<path/><path/>") != "");
}

TEST_CASE(
    "no text of the examples in docs/plots.md lies on another, on a frame or on data, is cut, or is set under 7 "
    "points, at any width") {
  sample::use_house_fonts();
  for (const auto& example : docs_plots::examples())
    for (const auto width : {plot::FigureWidth::full, plot::FigureWidth::column, plot::FigureWidth::margin}) {
      plot::Figure figure = example.figure();
      figure.place = plot::FigurePlace{width, 0};
      for (const std::string& fault : scene_faults::faults(figure, cairo::text_measure()))
        FAIL_CHECK(example.name << " at width " << static_cast<int>(width) << ": " << fault);
    }
}

}  // namespace plots_page_test
