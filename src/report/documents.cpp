// From the figures made to what Pandoc is given.
#include "report/documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstring>
#include <exception>
#include <future>
#include <set>

#include "cairo/drawing.hpp"
#include "report/figure_files.hpp"
#include "report/files.hpp"
#include "report/hash.hpp"
#include "report/latex_list.hpp"
#include "report/picture_forms.hpp"
#include "report/pictures.hpp"
#include "report/publish.hpp"
#include "report/replace_all.hpp"

namespace report {
namespace fs = std::filesystem;
namespace {

/// The page's form of a figure; one that the store has lost is drawn again, from a result that may have to be run.
InlineDrawing inline_drawing(const Made& made, Workshop& shop) {
  if (auto stored = stored_inline(made.drawing, shop.store)) return std::move(*stored);
  RunOutcome outcome = made.outcome;
  if (outcome.bytes.empty()) outcome = shop.runner.run({made.request}, {outcome.seconds}, false).front();
  if (!outcome.ok()) throw PublishError(fmt::format("{}: {}", made.request->id, outcome.error));
  Drawing drawing = draw(*made.request, outcome, shop.date, made.drawing, shop.store);
  return {std::move(drawing.inline_svg), std::move(drawing.reading), drawing.width_mm, drawing.height_mm};
}

/// The word as a shell takes it.
std::string shell_word(const std::string& word) {
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) || c >= 0x80 || std::strchr("_-./:@%+=,", c); };
  if (!word.empty() && word.front() != '-' && std::all_of(word.begin(), word.end(), is_plain)) return word;
  std::string text = word;
  replace_all(text, "'", "'\\''");
  return "'" + text + "'";
}

/// The command that reruns a figure. A document in the generator's own tree is rerun from there, any other from its own
/// folder with the script on PATH: where the two lie must not show in the report.
std::string rerun_command(const std::string& id, const Settings& settings) {
  const fs::path folder = fs::weakly_canonical(document_folder(settings.chapters)),
                 root = fs::weakly_canonical(settings.root);
  const fs::path name = named_folder(settings.chapters).filename();
  const fs::path from_root = (folder / name).lexically_relative(root);
  if (from_root == "chapters") return "./build-report.sh figure " + id;
  if (*from_root.begin() != "..")
    return fmt::format("./build-report.sh figure {} --chapters {}", id, shell_word(from_root.string()));
  return fmt::format("build-report.sh figure {} --chapters {}", id,
                     shell_word((name.string().starts_with('-') ? "./" : "") + name.string()));
}

PublishedFigure published(const Made& made, Workshop& shop) {
  const Request& r = *made.request;
  InlineDrawing drawing = inline_drawing(made, shop);
  PublishedFigure f;
  f.id = r.id;
  f.caption = r.looks.caption;
  f.alt = r.looks.alt;
  f.title = r.looks.title.empty() ? r.experiment->title : r.looks.title;
  f.pdf = fs::absolute(shop.settings.output / "figures" / (r.stem() + ".pdf"));
  f.inline_svg = std::move(drawing.svg);
  f.reading = std::move(drawing.reading);
  f.width_mm = drawing.width_mm;
  f.height_mm = drawing.height_mm;
  f.csv_href = "data/" + r.stem() + ".csv";
  f.json_href = "data/" + r.stem() + ".json";
  f.png_href = "figures/" + r.stem() + ".png";
  f.facts = facts(made);
  f.rerun = rerun_command(r.id, shop.settings);
  return f;
}

/// The chapters as Pandoc reads them: themselves, or copies in which labels are their own.
std::vector<fs::path> chapters_to_read(Workshop& shop) {
  std::vector<fs::path> files = shop.project.chapter_files;
  // Before the chapters stand the metadata's texts, which the filter reads one by one.
  const auto texts = document::with_labels_of_their_own(std::span(shop.project.chapters).last(files.size()));
  for (std::size_t k = 0; k < files.size(); ++k) {
    if (texts[k].empty()) continue;
    files[k] = shop.settings.scratch() / "chapters" / files[k].filename();
    fs::create_directories(files[k].parent_path());
    write_file(files[k], texts[k]);
  }
  return files;
}

Publication publication(const std::vector<Made>& figures, const Judgement& judgement,
                        const std::vector<std::string>& formats, Workshop& shop) {
  Publication p;
  p.chapters = chapters_to_read(shop);
  p.chapters_folder = shop.settings.chapters;
  p.links = document::chapter_links(shop.project.chapters);
  p.metadata = shop.project.metadata.fields;
  p.bibliography = shop.project.bibliography;
  p.theme = shop.settings.theme();
  p.work = shop.settings.scratch();
  p.date = shop.date;
  p.interrupted = &shop.interrupted;
  p.values = judgement.values;
  p.claims = judgement.claims;
  p.ink_css = drawing::ink_css(drawing::Theme::light);
  p.dark_ink_css = drawing::ink_css(drawing::Theme::dark);
  for (const auto& chapter : shop.project.chapters)
    add_pictures(chapter, shop.settings.chapters, formats, shop.store, shop.settings.scratch() / "pictures",
                 p.pictures);
  for (const auto& made : figures) p.figures.push_back(published(made, shop));
  return p;
}

struct Timed {
  Published published;
  double seconds = 0;
};

Timed timed(const Publication& text, const std::string& format) {
  const auto start = std::chrono::steady_clock::now();
  Timed made{publish(text, format)};
  made.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return made;
}

std::set<fs::path> files_below(const fs::path& folder) {
  std::set<fs::path> files;
  for (const auto& item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file()) files.insert(item.path());
  return files;
}

/// What was refused, and where the author wrote it: in a chapter, the metadata or the bibliography.
std::string with_places(const RefusedText& refused, const Project& project) {
  std::vector<document::Source> sources;
  for (const auto& chapter : project.chapters) sources.push_back(chapter.source);
  if (const fs::path& file = project.bibliography; !file.empty())
    sources.push_back({fs::absolute(file).lexically_proximate(project.folder).string(), read_file(file)});
  std::string message = refused.what();
  for (const std::string& text : refused.texts)
    if (const std::string place = place_of_text(text, sources); !place.empty()) message += "\n" + place;
  return message;
}

}  // namespace

std::string documents_key(const std::vector<Made>& figures, Workshop& shop) {
  std::string text = shop.program + "\n" + shop.tools.versions().dump() + "\n" + shop.date + "\n";
  const auto add = [&](const fs::path& file) {
    text += file.filename().string() + " " + shop.sums.sha256(file) + "\n";
  };
  for (const auto& chapter : shop.project.chapters)
    text += chapter.source.file + " " + sha256(chapter.source.text) + "\n";
  text += rerun_command("", shop.settings) + "\n";
  text += shop.project.metadata.fields.dump() + "\n";
  if (!shop.project.bibliography.empty()) add(shop.project.bibliography);
  for (const auto& file : files_below(shop.settings.theme())) add(file);
  for (const auto& chapter : shop.project.chapters)
    for (const auto& image : chapter.images)
      if (!image.path.starts_with("data:")) add(shop.settings.chapters / image.path);
  if (std::any_of(shop.project.chapters.begin(), shop.project.chapters.end(),
                  [](const auto& chapter) { return !chapter.images.empty(); }))
    text += picture_tools_identity();
  for (const auto& made : figures) text += made.outcome.key + " " + made.drawing + "\n";
  return sha256(text);
}

bool is_current(const Json& entry, const std::string& format, const std::string& key, Workshop& shop) {
  return entry.is_object() && entry.value("key", "") == key &&
         entry.value("sha256", "") == shop.sums.sha256(shop.settings.output / ("report." + format));
}

void write_documents(const std::vector<std::string>& formats, const std::vector<Made>& figures,
                     const Judgement& judgement, const std::string& key, Workshop& shop, Json& entries) {
  if (formats.empty()) return;
  const Publication text = publication(figures, judgement, formats, shop);
  const auto how = shop.settings.jobs > 1 ? std::launch::async : std::launch::deferred;
  std::vector<std::future<Timed>> under_way;
  for (const auto& format : formats) {
    shop.note(Event::Kind::note, fmt::format("writing report.{}", format));
    under_way.push_back(std::async(how, [&text, &format] { return timed(text, format); }));
  }
  std::exception_ptr failure;
  for (std::size_t i = 0; i < formats.size(); ++i) try {
      const Timed made = under_way[i].get();
      for (const auto& warning : made.published.warnings) shop.note(Event::Kind::warning, warning);
      const std::string name = "report." + formats[i];
      const std::string checksum = sha256(made.published.bytes);
      shop.made.expect({{name, checksum}});
      write_file(shop.settings.output / name, made.published.bytes);
      entries[formats[i]] = {{"file", name}, {"key", key}, {"sha256", checksum}, {"seconds", made.seconds}};
    } catch (const RefusedText& refused) {
      if (!failure) failure = std::make_exception_ptr(PublishError(with_places(refused, shop.project)));
    } catch (...) {
      if (!failure) failure = std::current_exception();
    }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace report
