// Words at a place in the panel.
#pragma once

#include "plot/marks/mark.hpp"

namespace plot {

/// A note at a place in the panel, in data coordinates; it moves a little away from what is there already. Without room
/// it stands in the key, far from its place, where other words may be needed, or a sample of the series that it names.
struct Note {
  double x = 0, y = 0;
  std::string text{};
  Anchor anchor = Anchor::left;
  Ink ink = Ink::muted;
  double dx = 0, dy = 0;  // shift in points, dy upwards
  std::string in_key{};   // its words there; empty: the same
  std::string series{};   // that it names; empty: none
};

constexpr Ground ground_of(const Note&) { return {}; }
std::optional<SeriesView> series_of(const Note&);
void fit_axes(const Note&, Autoscaler&);
void occupy(const Note&, const Trace&, const Frame&, Occupancy&);
void paint(const Note&, const Trace&, Canvas&);
MarkLabel label_of(const Note&);
void place_label(const Note&, std::size_t index, Labeller&);
void draw_sample(const Note&, Sample&);
void add_readout(const Note&, ReadoutParts&);

}  // namespace plot
