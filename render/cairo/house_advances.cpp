// REPORT_ADVANCES is what advances/main.cpp wrote. See house_advances.hpp.
#include "cairo/house_advances.hpp"

#include REPORT_ADVANCES

namespace cairo {

const plot::AdvanceTable& house_advances() {
  static const plot::AdvanceTable table = advances_of_faces();
  return table;
}

}  // namespace cairo
