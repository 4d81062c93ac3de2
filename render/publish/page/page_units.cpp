// See page_units.hpp. The filter's half is theme/filter/units.lua.
#include "publish/page/page_units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <regex>
#include <set>
#include <span>

#include "publish/errors.hpp"
#include "publish/page/chapter_names.hpp"
#include "publish/page/kept_page.hpp"
#include "publish/page/kept_pandoc.hpp"
#include "publish/page/sections.hpp"
#include "publish/page/unit_heads.hpp"
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
constexpr const char* heads_file = "heads";
constexpr const char* sources_file = "sources.json";
constexpr int kept_form = 2;           // of what is kept; another one when this folder takes pages apart otherwise
constexpr std::size_t most_alone = 3;  // chapters; sections of more are as quickly read with all others

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

/// The table but for the places of statements, the files that Pandoc reads beside the chapters, Pandoc itself, and the
/// program that finishes what it wrote.
std::string key_of_page(const Workbench& bench, Json table, const Strings& options) {
  const Publication& p = bench.publication();
  Json key{kept_form,
           options,
           bench.chapters(),
           stamps_below(p.theme),
           told_by(sys::program_file("pandoc")),
           told_by("/proc/self/exe")};
  for (const fs::path& file : {p.bibliography, p.citation_style})
    key.push_back(file.empty() ? "" : sys::sha256_of_file(file));
  for (const Json& picture : table.at("pictures")) key.push_back(told_by(picture.at("file").get<std::string>()));
  const Places without(table, "");
  return sys::sha256(key.dump() + table.dump());
}

// -------------------------------------------------------------------------------------------------------------- units

/// A piece of a chapter, which Pandoc reads between two marks.
struct Unit {
  std::size_t chapter = 0, lines_before = 0;
  std::string text;
};

/// Units that stand together, the last one among them.
struct Range {
  std::size_t first = 0, last = 0;
};

std::vector<Unit> units_of(const Strings& chapters, bool is_in_sections) {
  std::vector<Unit> units;
  for (std::size_t k = 0; k < chapters.size(); ++k) {
    std::size_t lines = 0;
    for (const auto text : is_in_sections ? sections_of(chapters[k]) : std::vector<std::string_view>{chapters[k]}) {
      units.push_back({k, lines, std::string(text)});
      lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    }
  }
  return units;
}

KeptUnit described(const std::string& text) {
  const auto names = defined_names(text), labels = defined_labels(text);
  return {text, {names.begin(), names.end()}, {labels.begin(), labels.end()}};
}

// --------------------------------------------------------------------------------------------------------------- runs

/// Whether it has no "(@a)", for examples are numbered through all chapters, and no HTML at its end that may go on
/// behind it.
bool goes_in_units(const std::string& text) {
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

class PageInUnits {
 public:
  PageInUnits(const Workbench& bench, Json table, const Strings& options, Finish finish, Strings& warnings)
      : bench_(bench), table_(std::move(table)), options_(options), finish_(finish), warnings_(warnings) {
    for (const auto& chapter : bench.publication().chapters) chapters_.push_back(sys::read_file(chapter));
  }

  std::string run() {
    if (!bench_.publication().in_units || !std::all_of(chapters_.begin(), chapters_.end(), goes_in_units) ||
        chapters_.empty() || cites_in_notes(bench_.publication().citation_style))
      return at_once();
    key_ = key_of_page(bench_, table_, options_);
    secret_ = key_.substr(0, 16);
    const Places places(table_, secret_);
    try {
      auto page = from_kept();
      if (!page) page = whole(true);
      if (!page && units_.size() > chapters_.size()) page = whole(false);
      return places.put_in(page ? *page : at_once());
    } catch (const RefusedText&) {
      throw;
    } catch (const Error& error) {
      throw Error(in_chapters(places.put_in(error.what())));
    }
  }

 private:
  struct Answer {
    std::string text;
    Strings said;
  };

  std::string mark() const { return "unit-" + secret_ + "-"; }

  fs::path kept_file() const { return bench_.folder() / "page.cbor"; }

  std::string at_once() {
    fs::remove(kept_file());
    table_.erase("units");
    bench_.write_table(table_);
    return finish_(bench_.pandoc(options_, warnings_));
  }

  /// The mark before the unit at this place, or behind the last, in a paragraph of its own.
  std::string mark_text(std::size_t k) const { return fmt::format("[]{{#{}{}}}\n\n", mark(), k + 1); }
  static constexpr std::size_t lines_of_mark = 2;

  std::string unit_file(std::size_t k, const std::string& text) const {
    const std::string name = fmt::format("unit-{}.md", k + 1);
    sys::write_file(bench_.folder() / name, mark_text(k) + text);
    return name;
  }

  std::string end_file(std::size_t k) const {
    sys::write_file(bench_.folder() / "end.md", mark_text(k));
    return "end.md";
  }

  /// What Pandoc says of a unit's file, of its chapter.
  std::string in_chapters(const std::string& text) const {
    static const std::regex place(R"re(\bunit-(\d+)\.md(?:("? \(?line )(\d+))?)re");
    std::string said;
    std::size_t done = 0;
    for (std::sregex_iterator at(text.begin(), text.end(), place), end; at != end; ++at) {
      const std::smatch& match = *at;
      const std::size_t number = std::stoul(match.str(1));
      if (number < 1 || number > units_.size()) continue;
      const Unit& unit = units_[number - 1];
      const auto begin = static_cast<std::size_t>(match.position());
      said += text.substr(done, begin - done) + bench_.author_name(unit.chapter) + match.str(2);
      if (match[3].matched) said += std::to_string(std::stoul(match.str(3)) + unit.lines_before - lines_of_mark);
      done = begin + static_cast<std::size_t>(match.length());
    }
    return said + text.substr(done);
  }

  void warn(const Strings& said) {
    for (const auto& warning : said) warnings_.push_back(in_chapters(warning));
  }

  Json about_units() const {
    return {{"mark", mark()}, {"count", units_.size()}, {"interface", interface_file}, {"heads", heads_file}};
  }

  /// None where a mark is lost: a unit begins what it does not end.
  std::optional<std::string> whole(bool is_in_sections) {
    fs::remove(kept_file());
    units_ = units_of(chapters_, is_in_sections);
    Strings sources;
    for (std::size_t k = 0; k < units_.size(); ++k) sources.push_back(unit_file(k, units_[k].text));
    sources.push_back(end_file(units_.size()));
    table_["units"] = about_units();
    bench_.write_table(table_);
    KeptPage page{key_, is_in_sections, {}, {}, {}};
    std::string text;
    try {
      text = bench_.pandoc(options_, sources, page.said);
    } catch (const NotInUnits&) {
      return std::nullopt;
    }
    auto parts = page_parts(text, mark(), 1, units_.size());
    if (!parts) return std::nullopt;
    page.parts = std::move(*parts);
    each_text(page.parts, [&](std::string& html) { html = finish_(std::move(html)); });
    for (const auto& unit : units_) page.units.push_back(described(unit.text));
    keep_page(kept_file(), page);
    warn(page.said);
    return linked_page(page.parts);
  }

  /// The kept page with the units whose texts changed. None where it has to be made anew.
  std::optional<std::string> from_kept() {
    auto page = kept_page(kept_file());
    if (!page || page->key != key_) return std::nullopt;
    units_ = units_of(chapters_, page->is_in_sections);
    if (page->units.size() != units_.size()) return std::nullopt;
    const auto ranges = changed(*page);
    if (ranges.size() > most_alone) return std::nullopt;
    for (const Range& range : ranges)
      if (!remake(*page, range)) return std::nullopt;
    if (!ranges.empty()) keep_page(kept_file(), *page);
    warn(page->said);
    return linked_page(page->parts);
  }

  /// The units with another text; those of a chapter with all that stand between them.
  std::vector<Range> changed(const KeptPage& page) const {
    std::vector<Range> ranges;
    for (std::size_t k = 0; k < units_.size(); ++k) {
      if (units_[k].text == page.units[k].text) continue;
      if (!ranges.empty() && units_[ranges.back().first].chapter == units_[k].chapter)
        ranges.back().last = k;
      else
        ranges.push_back({k, k});
    }
    return ranges;
  }

  /// All units of the chapter that these belong to.
  Range chapter_around(Range range) const {
    const auto is_neighbour = [&](std::size_t k) { return units_[k].chapter == units_[range.first].chapter; };
    while (range.first > 0 && is_neighbour(range.first - 1)) --range.first;
    while (range.last + 1 < units_.size() && is_neighbour(range.last + 1)) ++range.last;
    return range;
  }

  /// Puts units as they are now into the page; false where that cannot be.
  bool remake(KeptPage& page, Range range) {
    if (!is_apart(page, range)) range = chapter_around(range);  // notes, say, are defined at its end
    if (!is_apart(page, range)) return false;
    Strings old, now;
    for (std::size_t k = range.first; k <= range.last; ++k) {
      old.push_back(page.units[k].text);
      now.push_back(units_[k].text);
    }
    const auto answer = alone(page, range, now);
    if (!answer || !says_the_same(page, range, old, answer->said)) return false;
    auto made = page_parts(answer->text, mark(), range.first + 1, now.size());
    if (!made) return false;
    for (PagePart& part : made->units) each_text(part, [&](std::string& html) { html = finish_(std::move(html)); });
    const bool had_notes = has_notes(page.parts);
    for (std::size_t k = range.first; k <= range.last; ++k) {
      auto part = with_citations_of(page.parts.units[k], std::move(made->units[k - range.first]));
      if (!part) return false;
      page.parts.units[k] = std::move(*part);
      page.units[k] = described(units_[k].text);
    }
    return has_notes(page.parts) == had_notes;  // their list stands once in the page
  }

  /// Whether nothing has to be said that was not said of these units before, nor the other way. Which of the page's
  /// warnings are theirs shows when they are read as they were.
  bool says_the_same(const KeptPage& page, const Range& range, const Strings& old, const Strings& said) {
    if (page.said.empty()) return said.empty();
    const auto before = alone(page, range, old);
    return before && before->said == said;
  }

  static bool has_notes(const PageParts& parts) {
    return std::any_of(parts.units.begin(), parts.units.end(), [](const PagePart& p) { return !p.notes.empty(); });
  }

  /// Whether the units mean the same without the others, and the others without these.
  bool is_apart(const KeptPage& page, const Range& range) const {
    std::set<std::string> named, labels;
    for (std::size_t k = range.first; k <= range.last; ++k) {
      const auto defined = defined_labels(units_[k].text);
      const Strings& before = page.units[k].labels;
      if (!page.parts.units[k].is_free || !std::equal(defined.begin(), defined.end(), before.begin(), before.end()))
        return false;
      named.merge(names_in_brackets(units_[k].text));
      labels.insert(defined.begin(), defined.end());
    }
    const auto none_in = [](const auto& names, const std::set<std::string>& set) {
      return std::none_of(names.begin(), names.end(), [&](const std::string& name) { return set.contains(name); });
    };
    for (std::size_t k = 0; k < units_.size(); ++k) {
      if (k >= range.first && k <= range.last) continue;
      if (!none_in(page.units[k].names, named)) return false;
      if (!labels.empty() && !none_in(names_in_brackets(units_[k].text), labels)) return false;
    }
    return true;
  }

  /// Units as Pandoc makes them without the others. None where they cannot be, or changed what others depend on;
  /// whatever is wrong with them is told when the page is made as a whole.
  std::optional<Answer> alone(const KeptPage& page, const Range& range, const Strings& texts) {
    const std::span before(page.parts.units.data() + range.first, texts.size());
    table_["units"] = about_units();
    table_["units"]["first"] = range.first + 1;
    table_["units"]["last"] = range.last + 1;
    table_["units"]["required"] = statements_in(texts);
    const bool sets_citations = !std::all_of(before.begin(), before.end(), has_plain_citations);
    if (sets_citations && !bench_.bibliography().empty()) {
      write_sources(cited_sources(before));
      table_["units"]["sources"] = sources_file;
    }
    bench_.write_table(table_);
    KeptPandoc* const pandoc = bench_.publication().pandoc;
    const bool can_tell = page.said.empty() || texts.size() == 1;  // else it names lines of all that it is sent
    const bool is_at_hand =
        pandoc && !sets_citations && can_tell && std::all_of(texts.begin(), texts.end(), &KeptPandoc::can_read);
    const std::string head =
        text_before(sys::read_file(bench_.folder() / heads_file), range.first, texts.size(), mark());
    return is_at_hand ? by_kept_pandoc(*pandoc, head, range, texts) : by_new_pandoc(head, range, texts, sets_citations);
  }

  std::optional<Answer> by_new_pandoc(const std::string& head, const Range& range, const Strings& texts,
                                      bool sets_citations) const {
    Strings options{"--to=html5", "--mathml", "--number-sections", "--template=sources/theme/unit.html"};
    options.insert(options.end(), with_room.begin(), with_room.end());
    sys::write_file(bench_.folder() / "before.md", head);
    Strings sources{"before.md"};
    for (std::size_t i = 0; i < texts.size(); ++i) sources.push_back(unit_file(range.first + i, texts[i]));
    sources.push_back(end_file(range.last + 1));
    Answer answer;
    try {
      answer.text = bench_.pandoc(options, sources, answer.said, sets_citations);
    } catch (const Error&) {
      return std::nullopt;
    }
    return answer;
  }

  /// The same by the one that is at hand.
  std::optional<Answer> by_kept_pandoc(KeptPandoc& pandoc, const std::string& head, const Range& range,
                                       const Strings& texts) const {
    std::string text = head + "\n";
    for (std::size_t i = 0; i < texts.size(); ++i) text += mark_text(range.first + i) + texts[i] + "\n\n";
    const auto answer = pandoc.written(text + mark_text(range.last + 1), bench_.publication());
    if (!answer) return std::nullopt;
    return Answer{answer->text + "\n",  // with which a template ends
                  answer->said.empty() ? Strings{} : Strings{answer->said}};
  }

  /// Classes of the values and claims that must stand in these texts.
  Json statements_in(const Strings& texts) const {
    Json classes = Json::object();
    const auto stands = [&](const std::string& name) {
      return std::any_of(texts.begin(), texts.end(), [&](const auto& text) { return text.find(name) != text.npos; });
    };
    for (const char* kind : {"values", "claims"})
      for (const Json& statement : table_.at(kind)) {
        const std::string name = statement.at("class");
        if (stands(name) || stands(statement.value("command", name))) classes[name] = true;
      }
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
  Finish finish_;
  Strings& warnings_;
  Strings chapters_;  // their texts
  std::vector<Unit> units_;
  std::string key_, secret_;
};

}  // namespace

std::string page_in_units(const Workbench& bench, const Json& table, const Strings& options, Finish finish,
                          Strings& warnings) {
  return PageInUnits(bench, table, options, finish, warnings).run();
}

}  // namespace publish
