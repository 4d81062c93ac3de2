// Tables of the text, ```{.table #tbl:id}: bound to their file, or to the figure whose run they show.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/sources/request.hpp"
#include "manuscript/chapter.hpp"
#include "publish/latex/print_characters.hpp"
#include "store/store.hpp"
#include "tables/print_request.hpp"
#include "tables/printed_table.hpp"

namespace engine {

struct TableBlock {
  manuscript::Directive directive;
  std::string caption;  // Markdown
  tables::PrintRequest request;
  std::string figure;            // whose run it shows, by its ID; empty: it shows a file
  std::filesystem::path file;    // that it shows
  tables::PrintedTable printed;  // of a file; that of a figure is made of its run (run_table.hpp)
  std::set<std::string> wanted;  // of a figure's exports: what is chosen, sorted by or asked for in the condition

  const std::string& id() const { return directive.id; }
};

struct BoundTable {
  TableBlock table;
  std::vector<manuscript::Diagnostic> errors;
};

struct TableContext {
  std::filesystem::path document;
  const std::vector<Request>* figures = nullptr;
  std::set<std::string> broken, pictures;          // figures whose own errors say why; those without numbers
  std::optional<publish::Characters> printable{};  // none: nothing is printed
  const store::Store* store = nullptr;             // in which tables of files are kept; may be null
  std::string language{};                          // of the document, whose marks numbers have
};

/// Binds a table. A file is read, and every mistake in it is among the errors; of a figure all that can be said before
/// it is run.
BoundTable bind_table(const manuscript::Source& source, const manuscript::Directive& directive,
                      const TableContext& context);

/// How tables print numbers, and what they cannot print. `source` is named in messages.
tables::PrintRules print_rules(const TableBlock& block, const std::string& source,
                               const std::optional<publish::Characters>& printable, const std::string& language);

}  // namespace engine
