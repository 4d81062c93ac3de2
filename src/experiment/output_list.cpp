// See output_list.hpp.
#include "experiment/output_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "experiment/result.hpp"

namespace experiment {
namespace {

void require_one_length(const Curve& curve, const OutputInfo& info) {
  const std::size_t n = curve.x.size();
  const auto fits = [n](const std::vector<double>& bound) { return bound.empty() || bound.size() == n; };
  if (curve.y.size() == n && fits(curve.lower) && fits(curve.upper)) return;
  throw std::logic_error(fmt::format("the curve '{}' in '{}' has {} x, {} y, {} lower and {} upper bounds", info.name,
                                     info.panel, n, curve.y.size(), curve.lower.size(), curve.upper.size()));
}

}  // namespace

OutputList::OutputList(Allowed otherwise) : otherwise_(std::move(otherwise)) {}
OutputList::OutputList(const OutputList&) = default;
OutputList::OutputList(OutputList&&) noexcept = default;
OutputList& OutputList::operator=(const OutputList&) = default;
OutputList& OutputList::operator=(OutputList&&) noexcept = default;
OutputList::~OutputList() = default;

OutputInfo OutputList::info(OutputKind kind, std::string_view panel, std::string_view name, std::string_view meaning,
                            std::optional<Allowed> allowed) const {
  return {kind, std::string(panel), std::string(name), std::string(meaning),
          allowed ? std::move(*allowed) : otherwise_};
}

void OutputList::number(std::string_view name, std::string_view meaning, std::optional<Allowed> allowed, Number had) {
  Output output;
  output.info = info(OutputKind::number, {}, name, meaning, std::move(allowed));
  output.had = std::move(had);
  outputs_.push_back(std::move(output));
}

void OutputList::sequence(std::string_view name, int first, std::string_view meaning, std::optional<Allowed> allowed,
                          Sequence had) {
  Output output;
  output.info = info(OutputKind::sequence, {}, name, meaning, std::move(allowed));
  output.first = first;
  output.had = std::move(had);
  outputs_.push_back(std::move(output));
}

void OutputList::curve(SeriesKind kind, const PanelInfo& panel, std::string_view name, std::optional<Allowed> allowed,
                       MaybeCurve had) {
  Output output;
  output.info = info(kind_of(kind), panel.title, name, {}, std::move(allowed));
  output.panel = panel;
  output.kind = kind;
  output.had = std::move(had);
  outputs_.push_back(std::move(output));
}

void OutputList::part(const std::string& name, const Part& part, const OutputList& of_part) {
  for (Output output : of_part.outputs_) {
    if (!output.info.is_curve())
      output.info.name = name + "." + output.info.name;
    else if (output.info.name.empty())
      output.info.name = name;
    output.way.insert(output.way.begin(), part);
    outputs_.push_back(std::move(output));
  }
}

std::vector<OutputInfo> OutputList::infos() const {
  std::vector<OutputInfo> list;
  for (const Output& output : outputs_) list.push_back(output.info);
  return list;
}

std::vector<PanelInfo> OutputList::panels() const {
  std::vector<PanelInfo> list;
  for (const Output& output : outputs_) {
    const auto is_same = [&](const PanelInfo& panel) { return panel.title == output.panel.title; };
    if (output.info.is_curve() && std::none_of(list.begin(), list.end(), is_same)) list.push_back(output.panel);
  }
  return list;
}

void OutputList::put(const Output& output, const void* run, Result& result) {
  for (const Part& part : output.way) run = part(run);
  if (const auto* number = std::get_if<Number>(&output.had)) {
    result.values[output.info.name] = (*number)(run);
  } else if (const auto* sequence = std::get_if<Sequence>(&output.had)) {
    result.functions[output.info.name] = {output.first, (*sequence)(run)};
  } else if (auto curve = std::get<MaybeCurve>(output.had)(run)) {
    require_one_length(*curve, output.info);
    panel_of(output.panel, result)
        .series.push_back({output.info.name, output.kind, std::move(curve->x), std::move(curve->y),
                           std::move(curve->lower), std::move(curve->upper)});
  }
}

Result OutputList::of(const void* run) const {
  Result result;
  for (const Output& output : outputs_) put(output, run, result);
  return result;
}

}  // namespace experiment
