// The experiments that were linked in, in the order of their names.
#include <algorithm>

#include "experiment/any_experiment.hpp"
#include "experiment/clashes.hpp"
#include "experiment/collect.hpp"
#include "experiment/experiment.hpp"
#include "experiment/stored_json.hpp"

namespace experiment {
namespace {

std::vector<Experiment>& all() {
  static std::vector<Experiment> experiments;
  return experiments;
}

std::vector<std::string>& all_clashes() {
  static std::vector<std::string> clashes;
  return clashes;
}

thread_local std::vector<Experiment>* collected = nullptr;  // null: what registers itself is the program's

/// Also when the registration ends by an exception.
class Collecting {
 public:
  explicit Collecting(std::vector<Experiment>& list) : before_(collected) { collected = &list; }
  Collecting(const Collecting&) = delete;
  Collecting& operator=(const Collecting&) = delete;
  ~Collecting() { collected = before_; }

 private:
  std::vector<Experiment>* before_;
};

}  // namespace

std::vector<Experiment> collect(const std::function<void()>& registration) {
  std::vector<Experiment> list;
  const Collecting collecting(list);
  registration();
  return list;
}

const std::vector<std::string>& clashes() { return all_clashes(); }

const ParameterInfo* Experiment::parameter(const std::string& wanted) const {
  for (const auto& info : parameters)
    if (info.name == wanted) return &info;
  return nullptr;
}

const std::vector<Experiment>& registry() { return all(); }

const Experiment* find(const std::string& name) {
  for (const auto& e : all())
    if (e.name == name) return &e;
  return nullptr;
}

std::string source_name(std::string_view name) {
  while (name.starts_with("./") || name.starts_with("../")) name.remove_prefix(name.find('/') + 1);
  return std::string(name);
}

bool add(Experiment experiment) {
  if (collected) {
    collected->push_back(std::move(experiment));
    return true;
  }
  auto& list = all();
  const auto at = std::lower_bound(list.begin(), list.end(), experiment.name,
                                   [](const Experiment& e, const std::string& name) { return e.name < name; });
  if (at != list.end() && at->name == experiment.name) {
    all_clashes().push_back("two experiments are named '" + experiment.name + "', in " + at->file + " and in " +
                            experiment.file);
    return false;
  }
  list.insert(at, std::move(experiment));
  return true;
}

bool add(const Naming& naming, ErasedExperiment erased) {
  Experiment e;
  e.name = naming.name;
  e.title = naming.title;
  e.summary = naming.summary;
  e.file = source_name(naming.file);
  e.parameters = erased.parameters.infos();
  const auto its = std::make_shared<const ErasedExperiment>(std::move(erased));
  e.check = [its](const Json& j) { return its->parameters.check(j); };
  e.outputs = [its](const Json& j) { return its->outputs(its->parameters.read(j).get()).infos(); };
  e.restore = [its](const Json& j, Json stored) {
    const auto returned = its->read(*reader_of(stored));
    Result result = its->outputs(its->parameters.read(j).get()).of(returned.get());
    result.stored = std::move(stored);
    return result;
  };
  e.run = [its, restore = e.restore](const Json& j, Run& context) {
    StoredWriter stored;
    its->run(its->parameters.read(j).get(), context, stored);
    return restore(j, taken_from(stored));
  };
  if (its->draw) {
    e.draw_held = [its](const Json& j, const Result& result, const HeldPanels& held) {
      return its->draw(its->parameters.read(j).get(), its->read(*reader_of(result.stored)).get(), held);
    };
    e.draw = [draw = e.draw_held](const Json& j, const Result& result) { return draw(j, result, {}); };
  } else {
    e.series_panels = [its](const Json& j) { return its->outputs(its->parameters.read(j).get()).panels(); };
  }
  if (its->panels)
    e.panels = [its](const Json& j) { return its->panels(its->parameters.read(j).get()); };
  else if (!its->draw)
    e.panels = [panels = e.series_panels](const Json& j) { return panels(j).size(); };
  return add(std::move(e));
}

}  // namespace experiment
