// The report itself in its formats: each made anew only when something that it shows has changed.
#pragma once

#include "report/statements.hpp"
#include "report/workshop.hpp"

namespace report {

/// What the documents are made from, apart from the format: its key. Results stand in it by their keys, so that no
/// result need be read to see that nothing changed.
std::string documents_key(const std::vector<Made>& figures, Workshop& shop);

/// True when a format's entry in the manifest and the file on disk are of this key.
bool is_current(const Json& entry, const std::string& format, const std::string& key, Workshop& shop);

/// Writes one format and gives its entry in the manifest. Throws what publish() throws.
Json write_document(const std::string& format, const std::vector<Made>& figures, const Judgement& judgement, const std::string& key,
                    Workshop& shop);

}  // namespace report
