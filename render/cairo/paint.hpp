// A scene painted on any Cairo surface.
#pragma once

#include <cairo.h>

#include "cairo/drawing.hpp"

namespace cairo {

/// Paints the scene's items in order. Throws std::invalid_argument for coordinates that are not finite or lie beyond
/// what Cairo's fixed point can hold (it would wrap them silently), std::runtime_error for Cairo's own errors.
void paint(cairo_t* cr, const plot::Scene& scene, Theme theme, const Inks& inks);

}  // namespace cairo
