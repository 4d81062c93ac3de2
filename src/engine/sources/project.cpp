// Reading of the sources: thin edge to the disk, then pure functions.
#include "engine/sources/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <thread>

#include "data/catalogue.hpp"
#include "engine/sources/citation_style.hpp"
#include "engine/sources/own_experiments.hpp"
#include "engine/sources/panels.hpp"
#include "manuscript/appendices.hpp"
#include "manuscript/bibliography.hpp"
#include "manuscript/pandoc_text.hpp"
#include "publish/formats.hpp"
#include "publish/images/images.hpp"
#include "publish/latex/allowed_latex.hpp"
#include "publish/latex/print_characters.hpp"
#include "publish/words.hpp"
#include "store/code_fingerprint.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

/// In name order; what editors hide beside a chapter (".01.md.swp", Emacs' lock ".#01.md") is none.
std::vector<fs::path> chapter_files(const fs::path& folder) {
  std::error_code error;
  if (fs::is_regular_file(folder, error))
    throw sys::FileError(
        fmt::format("{} is not a folder; --chapters takes the folder that holds the chapters", folder.string()));
  if (!fs::is_directory(folder, error))
    throw sys::FileError(
        fmt::format("there is no chapters folder {}; name one with --chapters, or make a document with 'report new'",
                    folder.string()));
  std::vector<fs::path> files;
  for (const auto& item : fs::directory_iterator(folder, error))
    if (item.path().extension() == ".md" && !item.path().filename().string().starts_with('.'))
      files.push_back(item.path());
  if (error) throw sys::FileError(fmt::format("cannot read the folder {}: {}", folder.string(), error.message()));
  if (files.empty()) throw sys::FileError(fmt::format("the chapters folder {} holds no .md file", folder.string()));
  std::sort(files.begin(), files.end());
  return files;
}

void append(std::vector<manuscript::Diagnostic>& all, std::vector<manuscript::Diagnostic> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

/// Images must exist: a PDF made without one looks whole and is not.
void check_images(const manuscript::Chapter& chapter, const fs::path& folder, const std::vector<std::string>& formats,
                  const store::Store& store, std::vector<manuscript::Diagnostic>& errors) {
  for (const auto& image : chapter.images) {
    if (image.path.starts_with("data:")) {
      if (const auto fault = publish::conversion_refusal(image.path, folder, formats, store))
        errors.push_back(manuscript::error_at(chapter.source, image.place, fault.why, fault.hint));
      continue;
    }
    if (image.path.find("://") != std::string::npos) {
      errors.push_back(
          manuscript::error_at(chapter.source, image.place,
                               fmt::format("image '{}' is on the network; a report must stand alone", image.path),
                               "put the file beside the chapters"));
      continue;
    }
    std::error_code error;
    if (!fs::is_regular_file(folder / image.path, error))
      errors.push_back(manuscript::error_at(chapter.source, image.place, fmt::format("missing image '{}'", image.path),
                                            fmt::format("looked for {}", sys::path_at_hand(folder / image.path))));
    else if (const auto refusal = publish::image_refusal(image.path, folder))
      errors.push_back(manuscript::error_at(chapter.source, image.place, refusal.why, refusal.hint));
    else if (const auto fault = publish::conversion_refusal(image.path, folder, formats, store))
      errors.push_back(manuscript::error_at(chapter.source, image.place, fault.why, fault.hint));
  }
}

constexpr std::uintmax_t most_bytes =
    4'000'000;  // a book has one or two million; Pandoc takes 300 bytes of memory for each

/// Why a file cannot be a source; empty when it can.
std::string refusal_of_source(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (fs::is_symlink(fs::symlink_status(file, error)) && !fs::exists(status))
    return "this is a link that leads nowhere";
  if (fs::is_directory(status)) return "this is a folder, not a file";
  if (fs::exists(status) && !fs::is_regular_file(status)) return "this is a device, a pipe or a socket, not a file";
  if (fs::exists(status) && !publish::is_within(file, publish::project_folder(file.parent_path())))
    return "this is a link that leads out of the project; put the file itself here";
  if (const auto size = fs::file_size(file, error); !error && size > most_bytes)
    return fmt::format("this file has {} MB; more than {} MB are not read", (size + 999'999) / 1'000'000,
                       most_bytes / 1'000'000);
  return "";
}

/// How a file is named in all that the report says: from the document's folder.
std::string name_in(const Project& project, const fs::path& file) {
  return (sys::named_folder(file.parent_path()) / file.filename()).lexically_relative(project.folder).string();
}

/// The file as a source; one that cannot be read is an error like others, so that all of them are reported.
std::optional<manuscript::Source> read_source(const fs::path& file, Project& project) {
  const std::string name = name_in(project, file);
  std::string why = refusal_of_source(file);
  if (why.empty()) try {
      return manuscript::Source{name, sys::read_file(file)};
    } catch (const sys::FileError& failure) {
      why = failure.what();
    }
  project.errors.push_back({manuscript::Severity::error, {name, 0, 0, 1}, std::move(why), "", ""});
  return std::nullopt;
}

/// The metadata's texts become the first that the report holds, and their statements have the first numbers.
void read_metadata_of(Project& project, const fs::path& folder) {
  const fs::path file = folder / "metadata.yaml";
  std::error_code error;
  std::optional<manuscript::Source> source;
  if (fs::exists(file, error) || fs::is_symlink(fs::symlink_status(file, error))) source = read_source(file, project);
  project.metadata = read_metadata(source.value_or(manuscript::Source{name_in(project, file), ""}), project.chapters);
  append(project.errors, std::move(project.metadata.errors));
  append(project.warnings, std::move(project.metadata.warnings));
  std::size_t number = project.metadata.statements;
  for (auto& chapter : project.chapters) number = manuscript::number_statements(chapter, number);
  auto& texts = project.metadata.texts;
  project.chapters.insert(project.chapters.begin(), std::make_move_iterator(texts.begin()),
                          std::make_move_iterator(texts.end()));
  texts.clear();
}

void read_words_of(Project& project, const fs::path& theme) {
  const std::string language = publish::language_of(project.metadata.fields);
  project.words = publish::words_of(theme, language);
  if (language.empty() || publish::has_words(theme, language)) return;
  manuscript::Diagnostic warning = project.metadata.language_place;
  warning.severity = manuscript::Severity::warning;
  warning.message =
      fmt::format("'Figure', 'Contents' and all that the report writes by itself stay English in '{}'", language);
  warning.hint = fmt::format("its words are known in {}", fmt::join(publish::languages(theme), ", "));
  project.warnings.push_back(std::move(warning));
}

manuscript::Bibliography bibliography_of(Project& project, const fs::path& folder) {
  const fs::path file = folder / "references.bib";
  std::error_code error;
  if (!fs::exists(file, error)) return {};
  const auto source = read_source(file, project);
  if (!source) return {};
  project.bibliography = file;
  auto bibliography = manuscript::read_bibliography(*source);
  append(project.errors, std::move(bibliography.errors));
  return bibliography;
}

/// What the text can cite.
std::vector<std::string> citation_keys(const manuscript::Bibliography& bibliography, const Metadata& metadata) {
  std::vector<std::string> keys = metadata.sources;
  for (const auto& entry : bibliography.entries) keys.push_back(entry.key);
  return keys;
}

/// What print cannot set, in all that the author wrote; of the bibliography only what is cited
/// matters, so that it is looked at when the text for LaTeX is made.
void check_characters(Project& project) {
  std::set<std::string> seen;  // texts of the metadata share a source
  for (const auto& chapter : project.chapters)
    if (seen.insert(chapter.source.file).second)
      append(project.errors, publish::unprintable_characters(chapter.source, *project.printable,
                                                             chapter.source.file.ends_with(".yaml") ? "#" : ""));
}

const Request* found(const std::string& id, const std::vector<Request>& requests) {
  for (const auto& r : requests)
    if (r.id == id) return &r;
  return nullptr;
}

std::set<std::string> ids_of(const std::vector<Request>& requests) {
  std::set<std::string> ids;
  for (const auto& request : requests) ids.insert(request.id);
  return ids;
}

/// Once all figures are bound, which tables may speak of.
void bind_tables(Project& project, const Settings& settings, const store::Store& store) {
  TableContext context{settings.document,        &project.requests, {}, {}, project.printable, &store,
                       project.metadata.language};
  for (const auto& chapter : project.chapters)
    for (const auto& anchor : chapter.anchors)
      if (anchor.id.starts_with("fig:")) (anchor.is_broken ? context.broken : context.pictures).insert(anchor.id);
  context.broken = ids_of(project.withheld);
  for (const auto& chapter : project.chapters)
    for (const auto& directive : chapter.tables) {
      auto bound = bind_table(chapter.source, directive, context);
      append(project.errors, std::move(bound.errors));
      project.tables.push_back(std::move(bound.table));
    }
}

/// Only of sources that the report shows.
void warn_of_sources(manuscript::Bibliography& bibliography, Project& project) {
  std::set<std::string> cited;
  for (const auto& chapter : project.chapters)
    for (const auto& reference : chapter.references) cited.insert(reference.target);
  for (auto& entry : bibliography.entries)
    if (cited.contains(entry.key)) append(project.warnings, std::move(entry.warnings));
}

}  // namespace

const Request* Project::find(const std::string& id) const { return found(id, requests); }

const Request* Project::find_withheld(const std::string& id) const { return found(id, withheld); }

Project read_project(const Settings& settings, const std::vector<ParameterOverride>& set,
                     const std::vector<std::string>& set_for) {
  // Every key has the program in it, thirteen megabytes, which is read while the chapters are.
  const std::jthread reads_program([] {
    try {
      store::program_fingerprint();
    } catch (const std::exception&) {  // said where it is asked for
    }
  });
  Project project;
  project.folder = settings.document;
  const auto files = chapter_files(settings.chapters);
  for (const auto& file : files) {
    auto source = read_source(file, project);
    if (!source) continue;
    project.chapter_files.push_back(file);
    project.chapters.push_back(manuscript::scan(std::move(*source)));
  }
  read_metadata_of(project, settings.chapters);
  auto style = find_style(project.metadata.csl, settings.chapters, settings.document);
  project.citation_style = std::move(style.file);
  append(project.errors, std::move(style.errors));
  auto bibliography = bibliography_of(project, settings.chapters);
  warn_of_sources(bibliography, project);
  read_words_of(project, settings.theme());
  auto own = read_experiments(settings);
  project.experiments = std::move(own.catalogue);
  append(project.errors, std::move(own.errors));
  project.included = std::move(own.included);
  BindContext context{&project.metadata,
                      &project.experiments,
                      own.broken,
                      own.withheld,
                      nullptr,
                      data::resolve_auto(settings.data),
                      {},
                      {},
                      &project.words};
  const auto& formats = settings.formats.empty() ? project.metadata.formats : settings.formats;
  const store::Store store(settings.cache);
  context.store = &store;
  for (const auto& chapter : project.chapters) {
    append(project.errors, chapter.errors);
    check_images(chapter, settings.chapters, formats, store, project.errors);
    auto macro = chapter.macros.begin();
    const auto define_before = [&](int line) {
      for (; macro != chapter.macros.end() && macro->place.line < line; ++macro)
        context.macros.define(macro->definition);
    };
    for (const auto& directive : chapter.directives) {
      define_before(directive.place.line);
      const bool named = std::find(set_for.begin(), set_for.end(), directive.id) != set_for.end();
      context.settings = named ? set : std::vector<ParameterOverride>{};
      auto bound = bind(chapter.source, directive, context);
      bound.request.bound = bound.errors.empty() && bound.request.experiment;
      append(project.errors, std::move(bound.errors));
      auto& figures = bound.request.withheld.empty() ? project.requests : project.withheld;
      figures.push_back(std::move(bound.request));
    }
    define_before(std::numeric_limits<int>::max());
  }
  if (std::any_of(formats.begin(), formats.end(), publish::is_printed))
    project.printable = publish::print_characters(settings.theme());
  bind_tables(project, settings, store);
  append(project.errors, manuscript::check_references(project.chapters, citation_keys(bibliography, project.metadata)));
  append(project.errors, wrong_panels(project.chapters, [&](const std::string& figure) -> std::optional<std::size_t> {
           const Request* request = project.find(figure);
           return request ? panels_before_run(*request) : std::nullopt;
         }));
  append(project.errors, manuscript::check_appendices(project.chapters));
  append(project.errors, publish::foreign_latex(project.chapters, settings.theme()));
  if (project.printable) check_characters(project);
  project.statements = read_statements(project.chapters, project.requests, ids_of(project.withheld));
  // The text speaks of its own parameters: what it quotes need not be there with those that are only tried.
  if (set.empty()) append(project.errors, project.statements.errors);
  append(project.warnings, project.statements.warnings);
  std::stable_sort(project.errors.begin(), project.errors.end(), [](const auto& a, const auto& b) {
    return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
  });
  return project;
}

}  // namespace engine
