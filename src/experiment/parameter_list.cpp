// See parameter_list.hpp.
#include "experiment/parameter_list.hpp"

#include "experiment/parameter_type.hpp"

namespace experiment {

ParameterList::ParameterList(Made (*make)()) : make_(make) {}
ParameterList::ParameterList(const ParameterList&) = default;
ParameterList::ParameterList(ParameterList&&) noexcept = default;
ParameterList& ParameterList::operator=(const ParameterList&) = default;
ParameterList& ParameterList::operator=(ParameterList&&) noexcept = default;
ParameterList::~ParameterList() = default;

void ParameterList::add(const Declared& declared, std::shared_ptr<const ParameterField> field) {
  infos_.push_back({.name = std::string(declared.name),
                    .type = &declared.type,
                    .default_value = field->get(make_().get()),
                    .unit = "",
                    .meaning = std::string(declared.meaning),
                    .minimum = declared.range.minimum,
                    .maximum = declared.range.maximum,
                    .minimum_is_open = declared.range.minimum_is_open,
                    .min_size = declared.elements.least,
                    .max_size = declared.elements.most,
                    .choices = {}});
  fields_.push_back(std::move(field));
}

void ParameterList::add(const Declared& declared, FieldOf<int> field) { add(declared, json_field(std::move(field))); }
void ParameterList::add(const Declared& declared, FieldOf<double> field) {
  add(declared, json_field(std::move(field)));
}
void ParameterList::add(const Declared& declared, FieldOf<std::string> field) {
  add(declared, json_field(std::move(field)));
}
void ParameterList::add(const Declared& declared, FieldOf<std::vector<double>> field) {
  add(declared, json_field(std::move(field)));
}

void ParameterList::choices(std::vector<std::string> choices) { infos_.back().choices = std::move(choices); }

void ParameterList::unit(std::string_view unit) { infos_.back().unit = unit; }

void ParameterList::require(Requirement requirement) { requirements_.push_back(std::move(requirement)); }

ParameterList::Made ParameterList::read(const Json& effective) const {
  Made parameters = make_();
  for (std::size_t i = 0; i < infos_.size(); ++i) fields_[i]->set(parameters.get(), effective.at(infos_[i].name));
  return parameters;
}

std::vector<ParameterError> ParameterList::check(const Json& effective) const {
  std::vector<ParameterError> errors;
  const Made parameters = read(effective);
  for (const auto& requirement : requirements_) requirement(parameters.get(), errors);
  return errors;
}

}  // namespace experiment
