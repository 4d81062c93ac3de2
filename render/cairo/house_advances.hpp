// The table of advances of the house's faces, which the build makes of the installed fonts (advances/main.cpp).
#pragma once

#include "plot/text/advance_table.hpp"

namespace cairo {

const plot::AdvanceTable& house_advances();

}  // namespace cairo
