// How each digit is written: strokes as splines through a few points, with the variants that hands
// produce.
#pragma once

#include <vector>

namespace data {

struct Point {
  double x = 0;
  double y = 0;
};

/// A point that the pen passes through; at a corner it stops and leaves in a new direction.
struct PenPoint {
  double x = 0;
  double y = 0;
  bool corner = false;
};

using Stroke = std::vector<PenPoint>;
using Skeleton = std::vector<Stroke>;  // in a unit square, y pointing down

/// The ways of writing `digit` (0..9), in order of how common they are.
const std::vector<Skeleton>& skeletons(int digit);

/// The stroke as a line of short straight pieces: a Catmull-Rom spline between corners.
std::vector<Point> trace(const Stroke& stroke, int pieces_between_points);

}  // namespace data
