// Facts about chapters that somebody wrote to do harm: what they ask for is not done, in any format.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <regex>
#include <set>

#include "publish/publish.hpp"
#include "support/build_context.hpp"
#include "system/process.hpp"

namespace untrusted_test {

using namespace support;

namespace {

constexpr const char* secret = "ZQXJ-SECRET-7391";

/// A web server that only counts who comes.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(socket_, 16);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port = ntohs(address.sin_port);
  }
  ~Listener() { ::close(socket_); }
  bool was_called() const {
    const int visitor = ::accept(socket_, nullptr, nullptr);
    if (visitor >= 0) ::close(visitor);
    return visitor >= 0;
  }
  int port = 0;

 private:
  int socket_;
};

std::string with(std::string text, const std::string& word, const std::string& value) {
  for (std::size_t at; (at = text.find(word)) != std::string::npos;) text.replace(at, word.size(), value);
  return text;
}

/// Everything below a folder but one part of it: names, and what files hold.
std::map<std::string, std::string> all_but(const fs::path& folder, const fs::path& part) {
  std::map<std::string, std::string> files;
  for (auto item = fs::recursive_directory_iterator(folder); item != fs::recursive_directory_iterator(); ++item) {
    if (item->path() == part) {
      item.disable_recursion_pending();
      continue;
    }
    files[item->path().string()] = item->is_regular_file() && !item->is_symlink() ? sys::read_file(item->path()) : "";
  }
  return files;
}

struct Outcome {
  std::vector<std::string> errors;           // before or while publishing
  std::map<std::string, std::string> files;  // the formats, unpacked where they are archives
};

std::string unpacked(const std::string& format, const fs::path& file) {
  sys::Command command;
  if (format == "pdf")
    command.arguments = {"pdftotext", file.string(), "-"};
  else if (format == "epub" || format == "docx")
    command.arguments = {"unzip", "-p", file.string()};
  else
    return sys::read_file(file);
  std::string all = sys::read_file(file);
  try {
    all += sys::run(command).output;
  } catch (const sys::NoProgram&) {
    WARN(command.arguments.front() << " is not here; its format is searched as it is");
  }
  return all;
}

/// A project beside a secret: neither the chapters nor what they name is where the secret is.
struct Scene {
  Report report;
  Listener listener;
  fs::path outside;
  int attacks = 0;

  Scene() {
    outside = report.path.parent_path() / (report.path.filename().string() + "-outside");
    sys::write_file(outside / "secret", std::string(secret) + "\n");
    sys::write_file(outside / "secret.tex", std::string(secret) + "\n");
    sys::write_file(outside / "secret.bib", "@book{x, title={" + std::string(secret) + "}}\n");
    sys::write_file(outside / "secret.png", "\x89PNG\r\n\x1a\n" + std::string(secret));
    sys::write_file(outside / "secret.svg",
                    "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>" + std::string(secret) + "</text></svg>");
  }
  ~Scene() { fs::remove_all(outside); }

  std::string filled(const std::string& text) const {
    return with(with(with(text, "OUTSIDE", outside.string()), "UP", "../../" + outside.filename().string()), "URL",
                "http://127.0.0.1:" + std::to_string(listener.port));
  }

  Outcome build(const std::vector<std::string>& formats) {
    Outcome outcome;
    report.settings.formats = formats;
    const auto project = report.project();
    for (const auto& error : project.errors) outcome.errors.push_back(manuscript::render(error, false));
    if (!outcome.errors.empty()) return outcome;
    try {
      report.build(project);
    } catch (const publish::Error& error) {
      outcome.errors.push_back(error.what());
    } catch (const sys::FileError& error) {
      outcome.errors.push_back(error.what());
    }
    for (const auto& format : formats)
      if (const fs::path file = report.settings.output / ("report." + format); fs::exists(file))
        outcome.files[format] = unpacked(format, file);
    return outcome;
  }

  /// Builds a chapter and checks what holds for every one.
  Outcome attack(const std::string& text, const std::vector<std::string>& formats) {
    ++attacks;
    report.chapter(filled(text));
    const auto before = all_but(report.path, report.settings.output), around = all_but(outside, "");
    Outcome outcome = build(formats);
    auto after = all_but(report.path, report.settings.output);
    for (auto& [name, bytes] : before) CHECK(after[name] == bytes);
    std::erase_if(after, [&](const auto& file) {
      return before.contains(file.first) || file.first.starts_with((report.path / "cache").string());
    });
    CHECK(after.empty());
    CHECK(all_but(outside, "") == around);
    CHECK_FALSE(listener.was_called());
    for (const auto& [format, bytes] : outcome.files) {
      INFO(format);
      CHECK(bytes.find(secret) == std::string::npos);
      CHECK(bytes.find("root:x:0:0") == std::string::npos);
    }
    return outcome;
  }
};

/// The tags of a page, without the text between them, in which anything may stand.
std::string tags_of(const std::string& page) {
  std::string tags;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1))
    tags += page.substr(at, page.find('>', at) + 1 - at) + "\n";
  return tags;
}

/// LaTeX takes its time: only for what could get that far.
std::vector<std::string> formats_for(const std::string& key) {
  if (key.starts_with("bibliography: OUTSIDE") || key.starts_with("header-includes") || key.starts_with("lang"))
    return {"html", "pdf"};
  return {"html", "epub", "docx", "json"};
}

const char* head = "# A chapter\n\nText before.\n\n";

}  // namespace

TEST_CASE("LaTeX that reads, writes, runs or makes other names of letters is refused by name, and nothing is written") {
  Scene scene;
  const std::vector<std::string> formulas{"\\input{OUTSIDE/secret}",
                                          "\\input OUTSIDE/secret.tex ",
                                          "\\include{UP/secret}",
                                          "\\InputIfFileExists{OUTSIDE/secret}{}{}",
                                          "\\IfFileExists{/etc/passwd}{yes}{no}",
                                          "\\write18{touch OUTSIDE/ran}",
                                          "\\immediate\\write18{curl URL}",
                                          "\\immediate\\openout3=OUTSIDE/new \\immediate\\write3{x}",
                                          "\\newwrite\\f",
                                          "\\openin3=OUTSIDE/secret \\read3 to\\line \\line",
                                          "\\usepackage{verbatim}",
                                          "\\RequirePackage{verbatim}",
                                          "\\documentclass{article}",
                                          "\\directlua{os.execute('id')}",
                                          "\\catcode`\\@=11",
                                          "\\makeatletter x",
                                          "\\csname input\\endcsname OUTSIDE/secret ",
                                          "\\expandafter\\x",
                                          "\\begin{input}{OUTSIDE/secret}\\end{input}",
                                          "\\begin {input}OUTSIDE/secret",
                                          "\\begin{filecontents}{x}\\end{filecontents}",
                                          "\\begin\\x",
                                          "^^5cinput{OUTSIDE/secret}",
                                          "x^^41",
                                          "\\lstinputlisting{OUTSIDE/secret}",
                                          "\\verbatiminput{OUTSIDE/secret}",
                                          "\\special{ps: x}",
                                          "\\special{pdf: x}",
                                          "\\pgfimage{OUTSIDE/secret}",
                                          "\\includegraphics{OUTSIDE/secret.png}",
                                          "\\includegraphics{|id}",
                                          "\\includepdf{OUTSIDE/x}",
                                          "\\pdfximage{OUTSIDE/secret.png}",
                                          "\\pdfobj stream file {OUTSIDE/secret}",
                                          "\\pdffiledump offset 0 length 40 {OUTSIDE/secret}",
                                          "\\pdfmdfivesum file {OUTSIDE/secret}",
                                          "\\pdffilesize{OUTSIDE/secret}",
                                          "\\pdfcatalog{}",
                                          "\\pdfmapfile{OUTSIDE/secret}",
                                          "\\pdfliteral{x}",
                                          "\\font\\x=OUTSIDE/secret ",
                                          "\\href{javascript:alert(1)}{x}",
                                          "\\href{run:/bin/sh}{x}",
                                          "\\url{x}",
                                          "\\Acrobatmenu{Quit}{x}",
                                          "\\PushButton[onclick={x}]{x}",
                                          "\\def\\x{y}",
                                          "\\gdef\\x{y}",
                                          "\\edef\\x{y}",
                                          "\\let\\x\\input",
                                          "\\global\\x",
                                          "\\newcommand{\\input}{x}",
                                          "\\providecommand{\\input}{x}\\input{OUTSIDE/secret}",
                                          "\\renewcommand{\\alpha}{\\input{OUTSIDE/secret}}",
                                          "\\AtBeginDocument{x}",
                                          "\\AtEndDocument{x}",
                                          "\\everypar{x}",
                                          "\\everymath{\\x}",
                                          "\\aftergroup\\x",
                                          "\\futurelet\\x",
                                          "\\csuse{input}{OUTSIDE/secret}",
                                          "\\csdef{x}{y}",
                                          "\\scantokens{x}",
                                          "\\detokenize{x}",
                                          "\\loop\\x\\repeat",
                                          "\\uppercase{x}",
                                          "\\lowercase{x}",
                                          "\\endlinechar=1",
                                          "\\ExplSyntaxOn",
                                          "\\pagenumbering{input}",
                                          "\\bibliography{OUTSIDE/secret}",
                                          "\\addbibresource{x}",
                                          "\\externaldocument{x}",
                                          "\\graphicspath{{OUTSIDE/}}",
                                          "\\DeclareGraphicsRule{*}{eps}{*}{`id}",
                                          "\\end{document}\\input{OUTSIDE/secret}",
                                          "\\text{\\input{OUTSIDE/secret}}",
                                          "\\mbox{$\\input{OUTSIDE/secret}$}",
                                          "\\stop",
                                          "\\dump",
                                          "\\fontfamily{x}",
                                          "\\usefont{T1}{x}{m}{n}"};
  const std::set<std::string> definitions{"\\def\\x{y}", "\\let\\x\\input", "\\newcommand{\\input}{x}",
                                          "\\renewcommand{\\alpha}{\\input{OUTSIDE/secret}}"};
  int refused = 0;
  for (const auto& formula : formulas) {
    // Each where formulas stand, and as raw LaTeX.
    for (const auto& text : {"$" + formula + "$\n", "```{=latex}\n" + formula + "\n```\n"}) {
      INFO(text);
      const auto outcome = scene.attack(head + text, {"pdf"});
      // Between dollars with blanks inside of them stands no formula; that is an error of its own.
      const bool named = std::any_of(outcome.errors.begin(), outcome.errors.end(), [](const std::string& error) {
        return error.find("which chapters may not use") != std::string::npos ||
               error.find("is printed with its dollars") != std::string::npos ||
               error.find("between these dollars as a formula") != std::string::npos;
      });
      // Raw LaTeX that only defines does not reach LaTeX at all.
      CHECK((named || definitions.contains(formula)));
      refused += named;
      fs::remove_all(scene.report.settings.output);
    }
  }
  CHECK(refused >= static_cast<int>(formulas.size()));
  for (const std::string text :
       {"\\input{OUTSIDE/secret}\n", "Text \\input{OUTSIDE/secret} more.\n", "`\\input{OUTSIDE/secret}`{=tex}\n",
        "[^1]\n\n[^1]: $\\input{OUTSIDE/secret}$\n", "| a |\n|---|\n| $\\input{OUTSIDE/secret}$ |\n",
        "# $\\input{OUTSIDE/secret}$\n", "> $$\\input{OUTSIDE/secret}$$\n",
        "---\ntitle: $\\input{OUTSIDE/secret}$\n---\n", "---\nlang: '`\\input{OUTSIDE/secret}`{=latex}'\n---\n",
        "---\nabstract: $\\input{OUTSIDE/secret}$\n---\n", "\\newcommand{\\x}{\\input{OUTSIDE/secret}}\n\n$\\x$\n",
        "\\begin{center}\n\\input{OUTSIDE/secret}\n\\end{center}\n", "![$\\input{OUTSIDE/secret}$](#x)\n"}) {
    INFO(text);
    const auto outcome = scene.attack(head + text, {"pdf"});
    CHECK(!outcome.errors.empty());
    CHECK(outcome.files.empty());
  }
  CHECK(scene.attacks >= 150);
}

TEST_CASE("what a page carries neither acts nor fetches: scripts and their kin are shown as text") {
  Scene scene;
  const std::vector<std::string> texts{"<script>alert(1)</script>",
                                       "<script src=\"URL/x.js\"></script>",
                                       "<SCRIPT\n>alert(1)</SCRIPT>",
                                       "<iframe src=\"URL/\"></iframe>",
                                       "<object data=\"URL/\"></object>",
                                       "<embed src=\"URL/\">",
                                       "<img src=\"URL/x.png\">",
                                       "<img src=x onerror=alert(1)>",
                                       "<img src=\"OUTSIDE/secret.png\">",
                                       "<svg onload=alert(1)></svg>",
                                       "<svg><script>alert(1)</script></svg>",
                                       "<math><mtext><script>alert(1)</script></mtext></math>",
                                       "<a href=\"javascript:alert(1)\">x</a>",
                                       "<a href=\"java&#115;cript:alert(1)\">x</a>",
                                       "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
                                       "<a href=' JaVaScRiPt:alert(1)'>x</a>",
                                       "<a href=\"data:text/html,x\">x</a>",
                                       "<a href=\"vbscript:x\">x</a>",
                                       "<p onclick=\"alert(1)\">x</p>",
                                       "<p onmouseover=alert(1)>x</p>",
                                       "<details open ontoggle=alert(1)>x</details>",
                                       "<meta http-equiv=\"refresh\" content=\"0;url=URL/\">",
                                       "<link rel=\"stylesheet\" href=\"URL/x.css\">",
                                       "<base href=\"URL/\">",
                                       "<form action=\"URL/\"><input></form>",
                                       "<style>@import url(URL/x.css);</style>",
                                       "<p style=\"background:url(URL/x.png)\">x</p>",
                                       "<p style=\"position:fixed;top:0\">x</p>",
                                       "<video src=\"URL/x\"></video>",
                                       "<audio src=\"URL/x\" autoplay></audio>",
                                       "<source src=\"URL/x\">",
                                       "<template><script>alert(1)</script></template>",
                                       "<noscript><script>alert(1)</script></noscript>",
                                       "<textarea><script>alert(1)</script></textarea>",
                                       "<body onload=alert(1)>",
                                       "<b <script>alert(1)</script>",
                                       "<!-- <script>alert(1)</script> -->",
                                       "<!--><script>alert(1)</script>-->",
                                       "<![CDATA[<script>alert(1)</script>]]>",
                                       "<?php x ?>",
                                       "<x-y onclick=alert(1)>x</x-y>",
                                       "`<script>alert(1)</script>`{=html}",
                                       "```{=html}\n<script>alert(1)</script>\n```",
                                       "```{=html5}\n<img src=x onerror=alert(1)>\n```",
                                       "[x](javascript:alert(1))",
                                       "[x](<java\tscript:alert(1)>)",
                                       "[x](JAVASCRIPT:alert(1))",
                                       "<javascript:alert(1)>",
                                       "[x](data:text/html;base64,PHNjcmlwdD4=)",
                                       "[x](file:///etc/passwd)",
                                       "[x](//evil.example/)",
                                       "[x](run:/bin/sh)",
                                       "[x][y]\n\n[y]: javascript:alert(1)",
                                       "[x]{onclick=\"alert(1)\"}",
                                       "[x]{style=\"background:url(URL/)\"}",
                                       "[x]{style=\"position:fixed\"}",
                                       "[x](y){onclick=\"alert(1)\"}",
                                       "::: {onclick=\"alert(1)\"}\nx\n:::",
                                       "# x {onclick=\"alert(1)\"}",
                                       "`x`{onclick=\"alert(1)\"}",
                                       "```{.x onclick=\"alert(1)\"}\nx\n```",
                                       "[x]{xlink:href=\"javascript:alert(1)\"}",
                                       "$\\href{javascript:alert(1)}{x}$",
                                       "$\\unicode{x}<script>alert(1)</script>$",
                                       "---\ntitle: '`<script>alert(1)</script>`{=html}'\n---",
                                       "---\nheader-includes: '<script>alert(1)</script>'\n---",
                                       "---\ninclude-before: '<script>alert(1)</script>'\n---",
                                       "---\nlang: 'en\"><script>alert(1)</script>'\n---",
                                       "---\ncss: URL/x.css\n---",
                                       "---\nmathjax: URL/x.js\n---"};
  const std::regex acts(R"(<(script|iframe|object|embed|svg|meta|link|base|form|input|style|video|audio)\b|)"
                        R"(<(source|template|noscript|textarea|body)\b|)"
                        R"(<[^>"]*("[^"]*"[^>"]*)*\son[a-z]+\s*=|)"
                        R"(\s(href|src|cite|data|action)="?\s*(javascript|vbscript|file|run|data:text|//)|)"
                        R"(url\(|position: *fixed|src="(?!data:image))",
                        std::regex::icase);
  for (const auto& text : texts) {
    INFO(text);
    const auto outcome = scene.attack("First.\n\n" + text + "\n\n# A chapter\n", {"html", "epub"});
    if (!outcome.errors.empty()) continue;  // refused altogether
    const std::string& page = outcome.files.at("html");
    const auto begin = page.find("<main"), end = page.find("</main>");
    REQUIRE(begin != std::string::npos);
    const std::string title = page.substr(page.find("<body>") + 6, begin - page.find("<body>") - 6),
                      body = page.substr(begin, end - begin);
    CHECK_FALSE(std::regex_search(tags_of(title), acts));
    CHECK_FALSE(std::regex_search(tags_of(body), acts));
    CHECK(tags_of(title + body).find("src=\"http") == std::string::npos);
    CHECK(page.substr(0, page.find("<body>")).find("alert(1)") == std::string::npos);
    const std::string& book = outcome.files.at("epub");
    CHECK(book.find("<script") == std::string::npos);
    CHECK_FALSE(std::regex_search(tags_of(book),
                                  std::regex("\\son(click|error|load|toggle|mouseover)=|\\s(href|src)=\"javascript:")));
  }
  CHECK(scene.attacks >= 70);
}

TEST_CASE("pictures, metadata and bibliographies lead to no file outside, and to no network") {
  Scene scene;
  fs::create_symlink(scene.outside / "secret.png", scene.report.settings.chapters / "link.png");
  fs::create_directory_symlink(scene.outside, scene.report.settings.chapters / "folder");
  sys::write_file(scene.report.path / ".hidden" / "key.png", "\x89PNG\r\n\x1a\n" + std::string(secret));
  sys::write_file(scene.report.settings.chapters / "passwd.png", "root:x:0:0:\n");
  const std::vector<std::string> pictures{"OUTSIDE/secret.png",
                                          "UP/secret.png",
                                          "link.png",
                                          "folder/secret.png",
                                          "file://OUTSIDE/secret.png",
                                          "URL/x.png",
                                          "/etc/passwd",
                                          "/etc/hostname",
                                          "../.hidden/key.png",
                                          "passwd.png",
                                          "UP%2fsecret.png",
                                          "%2e%2e/UP/secret.png",
                                          "//127.0.0.1/x.png",
                                          "ftp://127.0.0.1/x.png",
                                          "folder/secret.svg",
                                          "data:text/html,x",
                                          "/dev/zero",
                                          "/proc/self/environ"};
  for (const auto& picture : pictures)
    for (const auto& text : {"![x](" + picture + ")\n", "![x][y]\n\n[y]: " + picture + "\n"}) {
      INFO(text);
      const auto outcome = scene.attack(head + text, {"html", "pdf", "epub", "docx"});
      CHECK(!outcome.errors.empty());
      CHECK(outcome.files.empty());
    }
  const std::string cited = "Text.\n\n@known says.\n";
  sys::write_file(scene.report.settings.chapters / "references.bib",
                  scene.filled("@book{known, author={A. Known}, title={\\input{OUTSIDE/secret} "
                               "\\href{javascript:alert(1)}{x}}, year={2001}, "
                               "url={javascript:alert(1)}, note={<script>alert(1)</script>}}\n"));
  for (const std::string key : {"bibliography: OUTSIDE/secret.bib",
                                "bibliography: [OUTSIDE/secret.bib]",
                                "bibliography: URL/x.bib",
                                "csl: OUTSIDE/secret",
                                "csl: URL/x.csl",
                                "citation-style: URL/x.csl",
                                "citation-abbreviations: OUTSIDE/secret",
                                "cover-image: OUTSIDE/secret.png",
                                "epub-cover-image: OUTSIDE/secret.png",
                                "css: OUTSIDE/secret",
                                "stylesheet: OUTSIDE/secret",
                                "template: OUTSIDE/secret",
                                "filters: [OUTSIDE/secret]",
                                "lua-filter: OUTSIDE/secret",
                                "reference-doc: OUTSIDE/secret",
                                "epub-fonts: [OUTSIDE/secret]",
                                "include-in-header: OUTSIDE/secret",
                                "header-includes: '\\input{OUTSIDE/secret}'",
                                "nocite: '@*'",
                                "lang: ../../../../etc/passwd",
                                "defaults: OUTSIDE/secret",
                                "output-file: OUTSIDE/new",
                                "pdf-engine: /bin/sh"}) {
    const std::string text = "---\n" + key + "\n---\n\n" + head + cited;
    INFO(text);
    const auto outcome = scene.attack(text, formats_for(key));
    for (const auto& [format, bytes] : outcome.files)
      if (format != "json") CHECK(bytes.find("href=\"javascript:") == std::string::npos);
  }
  CHECK(scene.attacks >= 55);
}

TEST_CASE("a source's address is a harmless one or none") {
  Scene scene;
  for (const std::string field : {"url", "doi", "pmid", "pmcid", "eprint", "howpublished"})
    for (const std::string address : {"javascript://x%0aalert(1)", "JavaScript:alert(1)", "\\url{javascript:alert(1)}",
                                      "data:text/html,<script>", "//127.0.0.1/x", "file://OUTSIDE/secret"}) {
      sys::write_file(
          scene.report.settings.chapters / "references.bib",
          scene.filled("@misc{known, author={A. Known}, title={x}, year={2001}, " + field + "={" + address + "}}\n"));
      INFO(field << " " << address);
      for (const auto& [format, bytes] : scene.attack(std::string(head) + "Text.\n\n@known says.\n", {"html"}).files) {
        CHECK_THAT(bytes, ContainsSubstring("Known"));
        for (const std::string scheme : {"javascript:", "JavaScript:", "data:text", "//127", "file:"})
          CHECK(bytes.find("href=\"" + scheme) == std::string::npos);
      }
    }
  sys::write_file(scene.report.settings.chapters / "references.bib",
                  "@misc{known, author={A. Known}, title={x}, year={2001}, doi={10.1000/x}}\n");
  const auto outcome = scene.attack(std::string(head) + "Text.\n\n@known says.\n", {"html"});
  REQUIRE(outcome.files.count("html") == 1);
  CHECK_THAT(outcome.files.at("html"), ContainsSubstring("href=\"https://doi.org/10.1000/x\""));
}

TEST_CASE("IDs, attributes and Word's fields get no further than their own place") {
  Scene scene;
  for (const std::string text :
       {"Table: x {#tbl:x\\input{OUTSIDE/secret}}\n", "::: {#tbl:x\\input/etc/passwd}\n\n| a |\n|---|\n| b |\n\n:::\n",
        "# H {#sec:x\\input/etc/passwd}\n", "[x]{#a\\input/etc/passwd}\n", "$$x$$ {#eq:x\\input}\n",
        "[x](#a\\input/etc/passwd)\n", "![x](x.png){width=\"1\\input/etc/passwd\"}\n",
        "```{=openxml}\n<w:p><w:r><w:instrText>DDEAUTO "
        "c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText></w:r></w:p>\n```\n",
        "```{.figure #fig:../../x}\nexperiment: quadratic-bowl\n```\n",
        "```{.figure #fig:x/../../../y}\nexperiment: quadratic-bowl\n```\n",
        "```{.figure #fig:x}\nexperiment: quadratic-bowl\nsteps: 20\ndecay-steps: 20\ncaption: "
        "$\\input{OUTSIDE/secret}$\nalt: \\input{OUTSIDE/secret}\n```\n"}) {
    INFO(text);
    const auto outcome = scene.attack(head + text, {"pdf", "html", "docx"});
    for (const auto& [format, bytes] : outcome.files)
      if (format != "json") CHECK(bytes.find("DDEAUTO") == std::string::npos);
  }
}

TEST_CASE("chapters, metadata and bibliographies that are links out of the project are not read") {
  for (const char* name : {"02.md", "metadata.yaml", "references.bib"}) {
    INFO(name);
    Scene scene;
    fs::create_symlink(scene.outside / "secret", scene.report.settings.chapters / name);
    const auto outcome = scene.attack(head, {"json"});
    REQUIRE(outcome.errors.size() == 1);
    CHECK(outcome.errors[0].find("this is a link that leads out of the project") != std::string::npos);
    CHECK(outcome.files.empty());
  }
}

TEST_CASE("LaTeX and HTML that only set type go through") {
  Scene scene;
  const auto outcome = scene.attack(
      "\\newcommand{\\R}{\\mathbb{R}}\n\n# A chapter\n\n$\\R^n$, $\\{a \\mid b\\}$, \\textsc{Small}.\\newpage\n\n"
      "\\begin{align}a &= \\text{b $c$} \\\\ d &\\le \\frac12\\end{align}\n\n<kbd>x</kbd> H<sub>2</sub>O "
      "<a href=\"https://example.org/?a=b&amp;c\" title=\"t\">link</a> [mail](mailto:a@b.org) [in](#x){#x}\n",
      {"pdf", "html"});
  for (const auto& error : outcome.errors) UNSCOPED_INFO(error);
  REQUIRE(outcome.errors.empty());
  for (const char* part :
       {"<kbd>x</kbd>", "H<sub>2</sub>O", "<a href=\"https://example.org/?a=b&amp;c\" title=\"t\">link</a>",
        "mailto:a@b.org", "id=\"x\""})
    CHECK(outcome.files.at("html").find(part) != std::string::npos);
  CHECK(outcome.files.at("pdf").find("%PDF") == 0);
}

}  // namespace untrusted_test
