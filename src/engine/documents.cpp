// From the figures made to what Pandoc is given.
#include "engine/documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <future>
#include <regex>
#include <set>

#include "cairo/drawing.hpp"
#include "engine/book_cover.hpp"
#include "engine/figure_files.hpp"
#include "engine/live_figures.hpp"
#include "engine/live_frames.hpp"
#include "engine/live_labels.hpp"
#include "engine/withheld_figure.hpp"
#include "manuscript/pandoc_text.hpp"
#include "publish/formats.hpp"
#include "publish/images/image_forms.hpp"
#include "publish/images/images.hpp"
#include "publish/latex/allowed_latex.hpp"
#include "publish/publish.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"
#include "text/shell_word.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

/// The command that reruns a figure, typed in the document's folder.
std::string rerun_command(const std::string& id, const Settings& settings) {
  std::string command = fmt::format("{} figure {}", settings.program(), id);
  if (!settings.chapters_option.empty()) command += " --chapters " + text::shell_word(settings.chapters_option);
  return command;
}

/// A result for those who draw it anew, from the store where it was not asked for so far.
RunOutcome outcome_of(const FigureBuild& made, BuildContext& context) {
  RunOutcome outcome = made.outcome;
  if (!outcome.has_result()) outcome = context.runner.run({made.request}, {outcome.seconds}, Rerun::nothing).front();
  if (outcome.has_failed()) throw publish::Error(fmt::format("{}: {}", made.request->id, outcome.error));
  return outcome;
}

publish::DocumentFigure published(const FigureBuild& made, const std::vector<std::string>& formats,
                                  BuildContext& context) {
  const Request& r = *made.request;
  InlineDrawing drawing = inline_drawing(made, context);
  publish::DocumentFigure f;
  f.id = r.id;
  f.caption = r.looks.caption;
  f.short_caption = r.looks.short_caption;
  f.alt = r.looks.alt;
  f.title = r.title(context.project.words);
  f.pdf = fs::absolute(context.settings.output / "figures" / (r.stem() + ".pdf"));
  f.inline_svg = std::move(drawing.svg);
  if (std::find(formats.begin(), formats.end(), "epub") != formats.end())
    f.book_svg = picture_for_screens(r, outcome_of(made, context), context.project.words);
  f.reading = std::move(drawing.reading);
  if (!r.live.empty()) f.live = live_data(r, drawing.held, context.project.statements, context.project.words);
  f.frames = frames_of(made, context);
  f.runs_in_page = !r.live.empty() && f.frames.empty();
  f.width_mm = drawing.width_mm;
  f.height_mm = drawing.height_mm;
  f.csv_href = "data/" + r.stem() + ".csv";
  f.json_href = "data/" + r.stem() + ".json";
  f.png_href = "figures/" + r.stem() + ".png";
  f.facts = facts(made, context.project.words);
  f.rerun = rerun_command(r.id, context.settings);
  return f;
}

/// The chapters as Pandoc reads them: themselves, or copies in which labels and statements have names of ours.
std::vector<fs::path> chapters_to_read(BuildContext& context) {
  std::vector<fs::path> files = context.project.chapter_files;
  // Before the chapters stand the metadata's texts, which the filter reads one by one.
  const auto texts = manuscript::texts_for_pandoc(std::span(context.project.chapters).last(files.size()));
  for (std::size_t k = 0; k < files.size(); ++k) {
    if (texts[k].empty()) continue;
    files[k] = context.settings.scratch() / "chapters" / files[k].filename();
    fs::create_directories(files[k].parent_path());
    sys::write_file(files[k], texts[k]);
  }
  return files;
}

/// A claim's numbers with the words that join them in the document's language.
std::string in_words(const std::string& numbers, const text::Words& words) {
  static const std::regex word("\\b(?:and|or|not|within)\\b");
  std::string said;
  std::size_t done = 0;
  for (std::sregex_iterator at(numbers.begin(), numbers.end(), word), end; at != end; ++at) {
    const auto begin = static_cast<std::size_t>(at->position());
    said += numbers.substr(done, begin - done) + words[at->str()];
    done = begin + static_cast<std::size_t>(at->length());
  }
  return said + numbers.substr(done);
}

publish::Publication publication(const std::vector<FigureBuild>& figures, const Judgement& judgement,
                                 const std::vector<std::string>& formats, BuildContext& context) {
  publish::Publication p;
  p.chapters = chapters_to_read(context);
  p.chapters_folder = context.settings.chapters;
  p.links = manuscript::chapter_links(context.project.chapters);
  p.metadata = context.project.metadata.fields;
  p.layout = context.project.metadata.layout;
  p.bibliography = context.project.bibliography;
  p.citation_style = context.project.citation_style;
  p.theme = context.settings.theme();
  p.work = context.settings.scratch();
  p.date = context.date;
  p.stop = context.stop;
  p.pandoc = context.settings.pandoc;
  p.store = &context.store;
  p.values = judgement.values;
  for (const auto& chapter : context.project.chapters) p.value_blocks += chapter.value_blocks;
  p.claims = judgement.claims;
  p.tables = judgement.tables;
  for (auto& claim : p.claims) claim.numbers = in_words(claim.numbers, context.project.words);
  const cairo::Inks& inks = context.project.metadata.looks.inks;
  if (std::find(formats.begin(), formats.end(), "epub") != formats.end()) p.cover = book_cover(context);
  p.ink_css = cairo::ink_css(cairo::Theme::light, inks);
  p.dark_ink_css = cairo::ink_css(cairo::Theme::dark, inks);
  for (const auto& chapter : context.project.chapters)
    publish::add_images(chapter, context.settings.chapters, formats, context.store,
                        context.settings.scratch() / "pictures", p.pictures);
  for (const auto& made : figures) p.figures.push_back(published(made, formats, context));
  for (const auto& request : context.project.withheld) {
    auto& figure = p.figures.emplace_back(withheld_figure(request, context));
    figure.rerun = rerun_command(request.id, context.settings);
  }
  p.live_signs = signs_of_live_labels();
  p.layout.is_withheld = !context.project.withheld.empty();
  return p;
}

struct Timed {
  publish::Document published;
  double seconds = 0;
};

Timed timed(const publish::Publication& text, const std::string& format) {
  const auto start = std::chrono::steady_clock::now();
  Timed made{publish::publish(text, format)};
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
std::string with_places(const publish::RefusedText& refused, const Project& project) {
  std::vector<manuscript::Source> sources;
  for (const auto& chapter : project.chapters) sources.push_back(chapter.source);
  if (const fs::path& file = project.bibliography; !file.empty())
    sources.push_back({fs::absolute(file).lexically_proximate(project.folder).string(), sys::read_file(file)});
  std::string message = refused.what();
  for (const std::string& text : refused.texts)
    if (const std::string place = publish::place_of_text(text, sources); !place.empty()) message += "\n" + place;
  return message;
}

}  // namespace

InlineDrawing inline_drawing(const FigureBuild& made, BuildContext& context) {
  if (auto stored = stored_inline(made.drawing, context.store)) return std::move(*stored);
  Drawing drawing =
      draw(*made.request, outcome_of(made, context), context.date, made.drawing, context.store, context.project.words);
  return {std::move(drawing.inline_svg),
          std::move(drawing.reading),
          std::move(drawing.held),
          drawing.width_mm,
          drawing.height_mm,
          drawing.panels};
}

std::string documents_key(const std::vector<FigureBuild>& figures, BuildContext& context) {
  std::string text = context.program + "\n" + context.tools.versions().dump() + "\n" + context.date + "\n";
  const auto add = [&](const fs::path& file) {
    text += file.filename().string() + " " + context.sums.sha256(file) + "\n";
  };
  std::set<std::string> seen;  // texts of the metadata share a source
  for (const auto& chapter : context.project.chapters)
    if (seen.insert(chapter.source.file).second)
      text += chapter.source.file + " " + sys::sha256(chapter.source.text) + "\n";
  text += rerun_command("", context.settings) + "\n";
  text += context.project.metadata.fields.dump() + "\n";
  text += publish::filter_form(context.project.metadata.layout).dump() + "\n";
  for (const auto& made : figures) text += made.request->looks.short_caption + "\n";
  if (!context.project.bibliography.empty()) add(context.project.bibliography);
  if (!context.project.citation_style.empty()) add(context.project.citation_style);
  for (const auto& file : files_below(context.settings.theme())) add(file);
  for (const auto& chapter : context.project.chapters)
    for (const auto& image : chapter.images)
      if (!image.path.starts_with("data:")) add(context.settings.chapters / image.path);
  if (std::any_of(context.project.chapters.begin(), context.project.chapters.end(),
                  [](const auto& chapter) { return !chapter.images.empty(); }))
    text += publish::image_tools_identity();
  for (const auto& table : context.project.tables)
    if (!table.file.empty())
      text += table.id() + " " + table.request.file + " " + context.sums.sha256(table.file) + "\n";
  for (const auto& made : figures) text += made.outcome.key + " " + made.drawing + "\n";
  for (const auto& request : context.project.withheld) text += "withheld " + request.id + "\n";
  return sys::sha256(text);
}

bool is_current(const Json& entry, const std::string& format, const std::string& key, BuildContext& context) {
  const auto stands = [&](const std::string& name, const Json& checksum) {
    return checksum == context.sums.sha256(context.settings.output / name);
  };
  if (!entry.is_object() || entry.value("key", "") != key ||
      !stands(publish::file_of_format(format), entry.value("sha256", "")))
    return false;
  const Json files = entry.value("files", Json::object());
  for (const auto& [name, checksum] : files.items())
    if (!stands(name, checksum)) return false;
  return true;
}

namespace {

/// The document's file, and those that lie beside it in a folder of its own, by their names from the output folder.
std::map<std::string, std::string_view> files_of(const publish::Document& document, const std::string& format) {
  const std::string main = publish::file_of_format(format);
  std::map<std::string, std::string_view> files{{main, document.bytes}};
  for (const auto& [name, bytes] : document.files) files[(fs::path(main).parent_path() / name).string()] = bytes;
  return files;
}

/// What the last build put beside a document and this one does not, unless somebody has changed it.
void remove_others(const Json& before, const std::map<std::string, std::string>& now, BuildContext& context) {
  const Json files = before.value("files", Json::object());
  for (const auto& [name, checksum] : files.items())
    if (!now.contains(name)) context.made.remove(name, checksum, context.sums);
}

Json write_document(const Timed& made, const std::string& format, const std::string& key, const Json& before,
                    BuildContext& context) {
  const std::string main = publish::file_of_format(format);
  std::vector<std::pair<fs::path, std::string_view>> contents;
  std::map<std::string, std::string> sums;
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files_of(made.published, format)) {
    contents.emplace_back(context.settings.output / name, bytes);
    sums[name] = sys::sha256(bytes);
    names.push_back(name);
  }
  if (names.size() > 1) context.made.must_be_ours(names);
  context.made.expect(sums);
  sys::write_files(contents);
  remove_others(before, sums, context);
  Json entry{{"file", main}, {"key", key}, {"sha256", sums[main]}, {"seconds", made.seconds}};
  sums.erase(main);
  if (!sums.empty()) entry["files"] = sums;
  return entry;
}

}  // namespace

void write_documents(const std::vector<std::string>& formats, const std::vector<FigureBuild>& figures,
                     const Judgement& judgement, const std::string& key, BuildContext& context, Json& entries) {
  if (formats.empty()) return;
  const publish::Publication text = publication(figures, judgement, formats, context);
  const auto how = context.settings.jobs > 1 ? std::launch::async : std::launch::deferred;
  std::vector<std::future<Timed>> under_way;
  for (const auto& format : formats) {
    context.note(Event::Kind::note, fmt::format("writing {}", publish::file_of_format(format)));
    under_way.push_back(std::async(how, [&text, &format] { return timed(text, format); }));
  }
  std::exception_ptr failure;
  for (std::size_t i = 0; i < formats.size(); ++i) try {
      const Timed made = under_way[i].get();
      for (const auto& warning : made.published.warnings) context.note(Event::Kind::warning, warning);
      entries[formats[i]] = write_document(made, formats[i], key, entries.value(formats[i], Json::object()), context);
    } catch (const publish::RefusedText& refused) {
      if (!failure) failure = std::make_exception_ptr(publish::Error(with_places(refused, context.project)));
    } catch (...) {
      if (!failure) failure = std::current_exception();
    }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace engine
