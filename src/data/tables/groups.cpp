// See groups.hpp.
#include "data/tables/groups.hpp"

namespace data {

RowGroups group_rows(const CategoryColumn& column) {
  RowGroups split;
  for (const std::string& name : column.names) split.groups.push_back({name, {}});
  for (std::size_t row = 0; row < column.index.size(); ++row) {
    const std::int32_t index = column.index[row];
    auto& rows = index < 0 ? split.without : split.groups[static_cast<std::size_t>(index)].rows;
    rows.push_back(static_cast<Row>(row));
  }
  return split;
}

}  // namespace data
