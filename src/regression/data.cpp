// See data.hpp.
#include "regression/data.hpp"

#include <fmt/format.h>

#include "experiment/result_json.hpp"
#include "text/number.hpp"

namespace regression {
namespace {

using experiment::Allowed;
using experiment::OutputInfo;
using experiment::OutputKind;
using OutputInfos = std::vector<OutputInfo>;

constexpr const char* components[] = {"x", "y", "lower", "upper"};

Json digested(const std::vector<double>& numbers, const Allowed& allowed) {
  return digest(numbers, digits_for(allowed), !allowed.statistics.empty());
}

/// The x of curves that are compared by statistics are those of the reference.
Allowed allowed_of(const std::string& component, const Allowed& declared) {
  if (component != "x" || declared.statistics.empty()) return declared;
  return experiment::within(experiment::undeclared, declared.reason);
}

SeriesId id_of(const Json& series, const std::string& panel) {
  return {panel, series.at("name").get<std::string>(), series.at("kind").get<std::string>()};
}

OutputKind kind_named(const std::string& kind) {
  return kind == "theory" ? OutputKind::theory : kind == "reference" ? OutputKind::reference : OutputKind::measured;
}

const Json* find(const Json& list, const std::function<bool(const Json&)>& is) {
  for (const Json& item : list)
    if (is(item)) return &item;
  return nullptr;
}

class DataComparer {
 public:
  explicit DataComparer(const OutputInfos& outputs) : outputs_(outputs) {}

  void panels(const Json& now, const Json& reference) {
    for (const Json& panel : reference) {
      const Json* same = find(now, [&](const Json& p) { return p.at("title") == panel.at("title"); });
      if (same)
        this->panel(*same, panel);
      else
        differs("the panel '{}' is missing from the data", panel.at("title").get<std::string>());
    }
    for (const Json& panel : now)
      if (!find(reference, [&](const Json& p) { return p.at("title") == panel.at("title"); }))
        differs("the data has a panel '{}' that the reference has not", panel.at("title").get<std::string>());
  }

  void values(const Json& now, const Json& reference, bool indexed) {
    for (const auto& [name, value] : reference.items()) {
      if (!now.contains(name)) {
        differs("the value '{}' is missing", name);
        continue;
      }
      const Allowed allowed = allowed_for(outputs_, indexed ? OutputKind::sequence : OutputKind::number, "", name);
      if (indexed && now[name].at("first") != value.at("first"))
        differs("the values '{}' begin at another index", name);
      else if (indexed)
        numbers(now[name].at("values"), value.at("values"), {{"", name, ""}, "", {}, allowed.reason}, allowed);
      else
        scalar(now[name], value, {{"", name, ""}, "", {}, allowed.reason}, allowed);
    }
    for (const auto& [name, value] : now.items())
      if (!reference.contains(name)) differs("the value '{}' is new", name);
  }

  DataComparison found;

 private:
  template <class... Words>
  void differs(fmt::format_string<Words...> words, Words&&... values) {
    found.differences.push_back({ComparisonLayer::data, fmt::format(words, std::forward<Words>(values)...)});
  }

  void panel(const Json& now, const Json& reference) {
    const std::string title = reference.at("title");
    for (const char* axis : {"x", "y"})
      for (const char* what : {"label", "scale"})
        if (now.at(axis).at(what) != reference.at(axis).at(what))
          found.differences.push_back(
              {ComparisonLayer::data, fmt::format("the {} of {} in '{}' is {}, in the reference {}", what, axis, title,
                                                  now.at(axis).at(what).dump(), reference.at(axis).at(what).dump())});
    for (const Json& series : reference.at("series")) {
      const SeriesId id = id_of(series, title);
      const Json* same = find(now.at("series"), [&](const Json& s) { return id_of(s, title) == id; });
      if (same)
        this->series(*same, series, title);
      else
        found.differences.push_back(
            {ComparisonLayer::data, fmt::format("series '{}' is missing from '{}'", id.label(), title)});
    }
    for (const Json& series : now.at("series")) {
      const SeriesId id = id_of(series, title);
      if (!find(reference.at("series"), [&](const Json& s) { return id_of(s, title) == id; }))
        found.differences.push_back(
            {ComparisonLayer::data, fmt::format("series '{}' in '{}' is new", id.label(), title)});
    }
  }

  void series(const Json& now, const Json& reference, const std::string& panel) {
    const Allowed declared = allowed_for(outputs_, kind_named(reference.at("kind")), panel, reference.at("name"));
    for (const char* component : components) {
      const Allowed allowed = allowed_of(component, declared);
      const bool same_length = numbers(now.value(component, Json::array()), reference.value(component, Json::array()),
                                       {id_of(reference, panel), component, {}, allowed.reason}, allowed);
      if (!same_length) return;  // one cause is enough for a curve of another length
    }
  }

  /// Whether they could be compared at all.
  bool numbers(const Json& now, const Json& reference, Located at, const Allowed& allowed) {
    Comparison c = compare(now, reference, allowed);
    if (!c.broken.empty()) {
      const std::string subject =
          at.series.panel.empty() ? fmt::format("value '{}'", at.series.name)
                                  : fmt::format("{} of '{}' in '{}'", at.component, at.series.label(), at.series.panel);
      found.differences.push_back({ComparisonLayer::data, subject + " " + c.broken});
      return false;
    }
    at.deviation = std::move(c.worst);
    keep(std::move(at));
    return true;
  }

  void scalar(const Json& now, const Json& reference, Located at, const Allowed& allowed) {
    const Allowed one = experiment::within(allowed.bound, allowed.reason);
    at.deviation = compare(Json::array({now}), Json::array({reference}), one).worst;
    at.deviation.place.clear();
    keep(std::move(at));
  }

  void keep(Located at) {
    if (at.deviation.exceeds()) found.differences.push_back({ComparisonLayer::data, text(at)});
    if (at.deviation.deviation == 0 && !at.deviation.exceeds()) return;
    if (!found.worst || is_worse(at, *found.worst)) found.worst = std::move(at);
  }

  /// Of two that both are too much, the one that has a place on the drawing says more.
  static bool is_worse(const Located& a, const Located& b) {
    if (a.deviation.exceeds() && b.deviation.exceeds() && a.series.panel.empty() != b.series.panel.empty())
      return b.series.panel.empty();
    return a.deviation.excess > b.deviation.excess;
  }

  const OutputInfos& outputs_;
};

}  // namespace

Json data_json(const experiment::Result& result, const OutputInfos& outputs) {
  Json json{{"panels", Json::array()}, {"values", Json::object()}, {"functions", Json::object()}};
  const Json names = experiment::to_json(result);  // for everything that is not a number
  for (std::size_t i = 0; i < result.panels.size(); ++i) {
    const auto& panel = result.panels[i];
    Json entry = names.at("panels").at(i);
    for (std::size_t k = 0; k < panel.series.size(); ++k) {
      const auto& series = panel.series[k];
      const Allowed declared = allowed_for(outputs, kind_of(series.kind), panel.title, series.name);
      Json& kept = entry["series"][k];
      const std::vector<double>* lists[] = {&series.x, &series.y, &series.lower, &series.upper};
      for (std::size_t c = 0; c < 4; ++c) {
        if (lists[c]->empty() && c >= 2)
          kept.erase(components[c]);
        else
          kept[components[c]] = digested(*lists[c], allowed_of(components[c], declared));
      }
    }
    json["panels"].push_back(std::move(entry));
  }
  for (const auto& [name, value] : result.values)
    json["values"][name] = rounded(value, digits_for(allowed_for(outputs, OutputKind::number, "", name)));
  for (const auto& [name, f] : result.functions)
    json["functions"][name] = {{"first", f.first},
                               {"values", digested(f.values, allowed_for(outputs, OutputKind::sequence, "", name))}};
  return json;
}

std::vector<ValueRow> value_table(const Json& now, const Json& reference, const OutputInfos& outputs) {
  std::vector<ValueRow> rows;
  for (const auto& [name, wanted] : reference.items()) {
    const Allowed allowed = allowed_for(outputs, OutputKind::number, "", name);
    ValueRow row{name, now.value(name, Json(nullptr)),  wanted,
                 "",   experiment::text(allowed.bound), !now.contains(name)};
    if (now.contains(name)) {
      const Deviation d =
          compare(Json::array({row.now}), Json::array({wanted}), experiment::within(allowed.bound, "")).worst;
      row.deviation = text::plain(text::rounded(d.deviation, 2));
      row.differs = d.exceeds();
    }
    rows.push_back(std::move(row));
  }
  for (const auto& [name, value] : now.items())
    if (!reference.contains(name)) rows.push_back({name, value, nullptr, "new", "", true});
  return rows;
}

DataComparison compare_data(const Json& now, const Json& reference, const OutputInfos& outputs) {
  DataComparer comparer(outputs);
  comparer.panels(now.at("panels"), reference.at("panels"));
  comparer.values(now.at("values"), reference.at("values"), false);
  comparer.values(now.at("functions"), reference.at("functions"), true);
  return std::move(comparer.found);
}

}  // namespace regression
