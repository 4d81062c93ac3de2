// What Cairo draws on, freed with its owner.
#pragma once

#include <cairo.h>

#include <memory>

namespace cairo {

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};

using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

}  // namespace cairo
