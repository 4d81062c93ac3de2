// See chapter_units.hpp. The filter's half is theme/filter/units.lua.
#include "publish/page/chapter_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <set>

#include "publish/errors.hpp"
#include "publish/page/chapter_names.hpp"
#include "publish/page/kept_pandoc.hpp"
#include "publish/page/page_parts.hpp"
#include "system/checksum.hpp"
#include "system/file_sums.hpp"
#include "system/files.hpp"
#include "system/tool_versions.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;

constexpr const char* interface_file = "interface.lua";
constexpr const char* heads = "heads-";
constexpr const char* signatures = "signature-";
constexpr const char* sources_file = "sources.json";
constexpr int kept_form = 1;           // of what is kept; another one when this file takes pages apart otherwise
constexpr std::size_t most_alone = 3;  // chapters; more of them are as quickly read with all others

/// What is known of a chapter that the kept page holds.
struct KeptChapter {
  std::string sum;  // of its text
  Strings names;    // that other chapters could refer to
  Strings labels;   // those of links and notes among them
};

struct KeptPage {
  std::string key;  // of all that the page depends on but the chapters' texts and places in them
  std::vector<KeptChapter> chapters;
  PageParts parts;
};

// ------------------------------------------------------------------------------------------------------ on the disk

Json to_json(const PagePart& p) { return {p.text, p.notes, p.code_blocks, p.is_free}; }

PagePart part_from(const Json& json) { return {json.at(0), json.at(1), json.at(2), json.at(3)}; }

fs::path kept_file(const Workbench& bench) { return bench.folder() / "page.cbor"; }

void keep(const Workbench& bench, const KeptPage& page) {
  Json chapters = Json::array();
  for (std::size_t k = 0; k < page.chapters.size(); ++k) {
    const KeptChapter& c = page.chapters[k];
    chapters.push_back({c.sum, c.names, c.labels, to_json(page.parts.chapters[k])});
  }
  const auto bytes = Json::to_cbor({page.key, chapters, page.parts.head, to_json(page.parts.tail), page.parts.ending});
  sys::write_file(kept_file(bench), std::string(bytes.begin(), bytes.end()));
}

/// None where there is none, or it is damaged.
std::optional<KeptPage> kept(const Workbench& bench) {
  if (!fs::exists(kept_file(bench))) return std::nullopt;
  const Json json = Json::from_cbor(sys::read_file(kept_file(bench)), true, false);
  try {
    KeptPage page;
    page.key = json.at(0);
    for (const Json& c : json.at(1)) {
      page.chapters.push_back({c.at(0), c.at(1), c.at(2)});
      page.parts.chapters.push_back(part_from(c.at(3)));
    }
    page.parts.head = json.at(2);
    page.parts.tail = part_from(json.at(3));
    page.parts.ending = json.at(4);
    return page;
  } catch (const Json::exception&) {
    return std::nullopt;
  }
}

void forget(const Workbench& bench) { fs::remove(kept_file(bench)); }

// ------------------------------------------------------------------------------------------------------------ places

/// Lines of statements, which an edit moves: marks stand for them until the page is made.
class Places {
 public:
  Places(Json& table, const std::string& secret) : begin_("place-" + secret + "-") {
    for (const char* kind : {"values", "claims"})
      for (Json& statement : table[kind]) {
        const std::string mark = fmt::format("{}{}.", begin_, places_.size());
        places_.push_back(std::exchange(statement["place"], mark));
      }
  }

  std::string put_in(const std::string& text) const {
    std::string out;
    std::size_t done = 0;
    for (auto at = text.find(begin_); at != std::string::npos; at = text.find(begin_, at + 1)) {
      std::size_t number = places_.size();
      const char* digits = text.data() + at + begin_.size();
      const auto read = std::from_chars(digits, text.data() + text.size(), number);
      if (read.ec != std::errc() || number >= places_.size() || *read.ptr != '.') continue;
      out.append(text, done, at - done).append(places_[number]);
      done = static_cast<std::size_t>(read.ptr + 1 - text.data());
    }
    return out.append(text, done);
  }

 private:
  std::string begin_;
  std::vector<std::string> places_;
};

// --------------------------------------------------------------------------------------------------------------- keys

/// What tells a file from every other that may stand in its place.
std::string told_by(const fs::path& file) {
  const std::string stamp = sys::stamp_of(file);
  return stamp.empty() ? sys::sha256_of_file(file) : stamp;  // it was written just now, and could be so again
}

std::string stamps_below(const fs::path& folder) {
  std::set<std::string> stamps;
  for (const auto& item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file()) stamps.insert(item.path().string() + " " + told_by(item.path()));
  return fmt::format("{}", fmt::join(stamps, "\n"));
}

/// The table but for the places of statements, the files that Pandoc reads beside the chapters, and Pandoc itself.
std::string key_of_page(const Workbench& bench, Json table, const Strings& options) {
  const Publication& p = bench.publication();
  Json key{kept_form, options, bench.chapters(), stamps_below(p.theme), told_by(sys::program_file("pandoc"))};
  for (const fs::path& file : {p.bibliography, p.citation_style})
    key.push_back(file.empty() ? "" : sys::sha256_of_file(file));
  for (const Json& picture : table.at("pictures")) key.push_back(told_by(picture.at("file").get<std::string>()));
  const Places without(table, "");
  return sys::sha256(key.dump() + table.dump());
}

KeptChapter described(const std::string& text) {
  const auto names = defined_names(text), labels = defined_labels(text);
  return {sys::sha256(text), {names.begin(), names.end()}, {labels.begin(), labels.end()}};
}

// --------------------------------------------------------------------------------------------------------------- runs

/// Whether it has no "(@a)", for examples are numbered through all chapters, and no HTML at its end that may go on
/// behind it.
bool goes_by_chapters(const std::string& text) {
  const auto last = text.find_last_not_of(" \t\r\n");
  if (last != std::string::npos && text[last] == '>') return false;
  for (auto at = text.find("(@"); at != std::string::npos; at = text.find("(@", at + 1)) {
    auto end = at + 2;
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_' || text[end] == '-'))
      ++end;
    if (end < text.size() && text[end] == ')') return false;
  }
  return true;
}

/// Whether it cites in notes, which are then many more than those of the text.
bool cites_in_notes(const fs::path& style) {
  return !style.empty() && sys::read_file(style).find("class=\"note\"") != std::string::npos;
}

class PageByChapters {
 public:
  PageByChapters(const Workbench& bench, Json table, const Strings& options, Strings& warnings)
      : bench_(bench), table_(std::move(table)), options_(options), warnings_(warnings) {
    for (const auto& chapter : bench.publication().chapters) texts_.push_back(sys::read_file(chapter));
  }

  std::string run() {
    if (!bench_.publication().by_chapters || !std::all_of(texts_.begin(), texts_.end(), goes_by_chapters) ||
        texts_.empty() || cites_in_notes(bench_.publication().citation_style))
      return at_once();
    key_ = key_of_page(bench_, table_, options_);
    secret_ = key_.substr(0, 16);
    const Places places(table_, secret_);
    try {
      auto page = from_kept();
      if (!page) page = whole();
      return places.put_in(page ? *page : at_once());
    } catch (const RefusedText&) {
      throw;
    } catch (const Error& error) {
      throw Error(places.put_in(error.what()));
    }
  }

 private:
  std::string mark() const { return "unit-" + secret_ + "-"; }

  std::string at_once() {
    forget(bench_);
    table_.erase("units");
    bench_.write_table(table_);
    return bench_.pandoc(options_, warnings_);
  }

  std::string mark_text(std::size_t number) const { return fmt::format("[]{{#{}{}}}\n", mark(), number); }

  std::string mark_file(std::size_t number) const {
    const std::string name = fmt::format("mark-{}.md", number);
    sys::write_file(bench_.folder() / name, mark_text(number));
    return name;
  }

  Json units() const {
    return {{"mark", mark()},
            {"count", texts_.size()},
            {"interface", interface_file},
            {"heads", heads},
            {"signatures", signatures}};
  }

  /// None where a mark is lost: a chapter begins what it does not end.
  std::optional<std::string> whole() {
    forget(bench_);
    Strings sources;
    for (std::size_t k = 0; k < texts_.size(); ++k) {
      sources.push_back(mark_file(k + 1));
      sources.push_back(bench_.chapters()[k]);
    }
    sources.push_back(mark_file(texts_.size() + 1));
    table_["units"] = units();
    bench_.write_table(table_);
    Strings said;
    std::string page;
    try {
      page = bench_.pandoc(options_, sources, said);
    } catch (const NotInUnits&) {
      return std::nullopt;
    }
    auto parts = page_parts(page, mark(), 1, texts_.size());
    if (!parts) return std::nullopt;
    const bool is_silent = said.empty();
    warnings_.insert(warnings_.end(), said.begin(), said.end());
    KeptPage kept{key_, {}, std::move(*parts)};
    for (const auto& text : texts_) kept.chapters.push_back(described(text));
    if (is_silent) keep(bench_, kept);  // what is said of one chapter would not be said at the next edit of another
    return linked_page(kept.parts);
  }

  /// The kept page with the chapters whose texts changed. None where it has to be made anew.
  std::optional<std::string> from_kept() {
    auto page = kept(bench_);
    if (!page || page->key != key_ || page->chapters.size() != texts_.size()) return std::nullopt;
    std::vector<std::size_t> changed;
    for (std::size_t k = 0; k < texts_.size(); ++k)
      if (sys::sha256(texts_[k]) != page->chapters[k].sum) changed.push_back(k);
    if (changed.size() > most_alone) return std::nullopt;
    for (const std::size_t k : changed) {
      KeptChapter now = described(texts_[k]);
      if (!is_apart(*page, k, now)) return std::nullopt;
      auto part = alone(*page, k);
      if (!part) return std::nullopt;
      const bool had_notes = has_notes(page->parts);
      page->parts.chapters[k] = std::move(*part);
      page->chapters[k] = std::move(now);
      if (has_notes(page->parts) != had_notes) return std::nullopt;  // their list stands once in the page
    }
    if (!changed.empty()) keep(bench_, *page);
    return linked_page(page->parts);
  }

  static bool has_notes(const PageParts& parts) {
    return std::any_of(parts.chapters.begin(), parts.chapters.end(),
                       [](const PagePart& p) { return !p.notes.empty(); });
  }

  /// Whether the new text of a chapter means the same without the others, and they without its labels.
  bool is_apart(const KeptPage& page, std::size_t k, const KeptChapter& now) const {
    if (!page.parts.chapters[k].is_free || now.labels != page.chapters[k].labels) return false;
    const auto named = names_in_brackets(texts_[k]);
    for (std::size_t other = 0; other < page.chapters.size(); ++other)
      for (const auto& name : page.chapters[other].names)
        if (other != k && named.contains(name)) return false;
    return true;
  }

  /// The chapter as Pandoc makes it without the others. None where it cannot be, or changed what others depend on;
  /// whatever is wrong with it is told when the page is made as a whole.
  std::optional<PagePart> alone(const KeptPage& page, std::size_t k) {
    const PagePart& before = page.parts.chapters[k];
    table_["units"] = units();
    table_["units"]["only"] = k + 1;
    table_["units"]["required"] = statements_of(k);
    const bool sets_citations = !has_plain_citations(before);
    if (sets_citations && !bench_.bibliography().empty()) {
      write_sources(cited_sources(before));
      table_["units"]["sources"] = sources_file;
    }
    bench_.write_table(table_);
    const auto text = sets_citations ? by_new_pandoc(k, true) : by_kept_pandoc(k);
    if (!text) return std::nullopt;
    auto parts = page_parts(*text, mark(), k + 1, 1);
    if (!parts) return std::nullopt;
    return with_citations_of(before, std::move(parts->chapters.front()));
  }

  std::optional<std::string> by_new_pandoc(std::size_t k, bool sets_citations) const {
    const Strings options{"--to=html5", "--mathml", "--number-sections", "--template=sources/theme/unit.html"};
    sys::write_file(bench_.folder() / "before.md", text_before(k));
    Strings said;
    try {
      auto text = bench_.pandoc(options, {"before.md", mark_file(k + 1), bench_.chapters()[k], mark_file(k + 2)}, said,
                                sets_citations);
      return said.empty() ? std::optional(std::move(text)) : std::nullopt;
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  /// The same by the one that is at hand.
  std::optional<std::string> by_kept_pandoc(std::size_t k) const {
    KeptPandoc* const pandoc = bench_.publication().pandoc;
    if (!pandoc || !KeptPandoc::can_read(texts_[k])) return by_new_pandoc(k, false);
    const auto answer = pandoc->written(
        text_before(k) + "\n" + mark_text(k + 1) + "\n" + texts_[k] + "\n\n" + mark_text(k + 2), bench_.publication());
    if (!answer || !answer->said.empty()) return std::nullopt;
    return answer->text + "\n";  // with which a template ends
  }

  /// Macros and headings' IDs of the chapters before.
  std::string text_before(std::size_t k) const {
    std::string before;
    for (std::size_t other = 1; other <= k; ++other)
      before += sys::read_file(bench_.folder() / fmt::format("{}{}.md", heads, other)) + "\n";
    return before;
  }

  /// Classes of the values and claims that must stand in the chapter.
  Json statements_of(std::size_t k) const {
    const Publication& p = bench_.publication();
    const std::string name = "/" + p.chapters[k].filename().string() + ":";
    Json classes = Json::object();
    const auto look = [&](const auto& all, const Json& in_table) {
      for (std::size_t i = 0; i < all.size(); ++i)
        if (("/" + all[i].place).find(name) != std::string::npos) classes[in_table[i].at("class")] = true;
    };
    look(p.values, table_.at("values"));
    look(p.claims, table_.at("claims"));
    return classes;
  }

  /// The sources of these keys in a form that is read at once. All are brought into it once.
  void write_sources(const Strings& keys) const {
    const fs::path all =
        bench_.folder() / fmt::format("all-{}.json", sys::sha256_of_file(bench_.publication().bibliography));
    if (!fs::exists(all))
      sys::write_file(all, bench_.print({"--from=biblatex", "--to=csljson", bench_.bibliography()}));
    Json chosen = Json::array();
    if (!keys.empty())
      for (const Json& source : Json::parse(sys::read_file(all)))
        if (std::binary_search(keys.begin(), keys.end(), source.value("id", ""))) chosen.push_back(source);
    sys::write_file(bench_.folder() / sources_file, chosen.dump());
  }

  const Workbench& bench_;
  Json table_;
  const Strings& options_;
  Strings& warnings_;
  Strings texts_;
  std::string key_, secret_;
};

}  // namespace

std::string page_by_chapters(const Workbench& bench, const Json& table, const Strings& options, Strings& warnings) {
  return PageByChapters(bench, table, options, warnings).run();
}

}  // namespace publish
