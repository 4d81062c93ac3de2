// See panels.hpp.
#include "engine/sources/panels.hpp"

#include <map>
#include <set>

#include "engine/runs/experiment_code.hpp"
#include "manuscript/panel_reference.hpp"

namespace engine {
namespace {

/// IDs that the text itself gives, and which may hold a point: "fig:map.b" is then no panel.
std::set<std::string> ids_of_pictures(const std::vector<manuscript::Chapter>& chapters) {
  std::set<std::string> ids;
  for (const auto& chapter : chapters)
    for (const auto& anchor : chapter.anchors) ids.insert(anchor.id);
  return ids;
}

}  // namespace

std::optional<std::size_t> panels_before_run(const Request& request) {
  if (!request.bound || !request.experiment->panels) return std::nullopt;
  try {
    return panels_of(*request.experiment, request.parameters);
  } catch (const CodeFailure&) {  // the drawing will tell
    return std::nullopt;
  }
}

std::vector<manuscript::Diagnostic> wrong_panels(
    const std::vector<manuscript::Chapter>& chapters,
    const std::function<std::optional<std::size_t>(const std::string& figure)>& panels) {
  std::vector<manuscript::Diagnostic> errors;
  const std::set<std::string> pictures = ids_of_pictures(chapters);
  std::map<std::string, std::optional<std::size_t>> known;
  for (const auto& chapter : chapters)
    for (const auto& reference : chapter.references) {
      const auto asked = manuscript::panel_reference(reference.target);
      if (!asked || pictures.contains(reference.target)) continue;
      const auto [count, is_new] = known.try_emplace(asked->figure);
      if (is_new) count->second = panels(asked->figure);
      if (!count->second) continue;
      if (auto wrong = manuscript::wrong_panel(*asked, *count->second))
        errors.push_back(
            manuscript::error_at(chapter.source, reference.place, std::move(wrong->message), std::move(wrong->hint)));
    }
  return errors;
}

}  // namespace engine
