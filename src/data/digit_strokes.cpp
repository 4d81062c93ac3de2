// The skeletons, and the spline (E. Catmull, R. Rom, 1974) that joins their points.
#include "data/digit_strokes.hpp"

#include <array>

namespace data {
namespace {

constexpr bool corner = true;

const std::array<std::vector<Skeleton>, 10>& all_skeletons() {
  // A stroke reads best as a line.
  // clang-format off
  static const std::array<std::vector<Skeleton>, 10> table{{
      // 0: closed; left open at the top; ending in a loop.
      {{{{.55, .05}, {.27, .18}, {.15, .52}, {.28, .87}, {.53, .96}, {.78, .80}, {.85, .45}, {.74, .14}, {.52, .05}}},
       {{{.62, .08}, {.32, .12}, {.16, .45}, {.22, .80}, {.50, .95}, {.76, .82}, {.84, .50}, {.76, .22}, {.56, .14}}},
       {{{.40, .14}, {.20, .40}, {.22, .78}, {.48, .95}, {.76, .80}, {.83, .45}, {.70, .14}, {.46, .06}, {.36, .18},
         {.56, .24}, {.80, .12}}}},
      // 1: a bar; with a flag; with a flag and a foot.
      {{{{.50, .04}, {.50, .50}, {.50, .96}}},
       {{{.30, .26}, {.54, .05, corner}, {.52, .50}, {.50, .96}}},
       {{{.28, .24}, {.52, .05, corner}, {.52, .50}, {.52, .94}}, {{.26, .95}, {.52, .94}, {.78, .95}}}},
      // 2: with a corner; with a loop at the foot; with a curved foot.
      {{{{.20, .26}, {.36, .08}, {.62, .07}, {.78, .24}, {.68, .48}, {.42, .73}, {.17, .93, corner}, {.50, .93},
         {.86, .91}}},
       {{{.22, .24}, {.40, .06}, {.66, .08}, {.76, .28}, {.60, .56}, {.36, .84}, {.18, .94}, {.12, .82}, {.28, .76},
         {.56, .92}, {.88, .86}}},
       {{{.18, .18}, {.45, .05}, {.74, .16}, {.72, .42}, {.46, .66}, {.22, .88}, {.40, .94}, {.62, .95}, {.84, .86}}}},
      // 3: two bows; with a flat top; with a small loop between the bows.
      {{{{.20, .16}, {.44, .04}, {.72, .14}, {.68, .36}, {.42, .47, corner}, {.72, .56}, {.80, .76}, {.58, .95},
         {.34, .95}, {.15, .82}}},
       {{{.20, .07}, {.50, .07}, {.80, .06, corner}, {.46, .42, corner}, {.74, .50}, {.82, .72}, {.58, .95},
         {.18, .86}}},
       {{{.22, .12}, {.50, .05}, {.72, .18}, {.60, .40}, {.40, .48}, {.44, .42}, {.68, .50}, {.78, .72}, {.56, .94},
         {.18, .88}}}},
      // 4: open, in two strokes; closed, in one; open with slanting arms.
      {{{{.26, .06}, {.20, .34}, {.17, .56, corner}, {.50, .56}, {.88, .53}}, {{.72, .12}, {.70, .50}, {.64, .96}}},
       {{{.90, .64}, {.50, .64}, {.12, .64, corner}, {.38, .34}, {.62, .05, corner}, {.62, .50}, {.62, .96}}},
       {{{.34, .10}, {.14, .48, corner}, {.46, .54}, {.80, .50}}, {{.80, .06}, {.66, .50}, {.48, .96}}}},
      // 5: in one stroke; with the cap as a second stroke; rounded, as an S.
      {{{{.78, .06}, {.52, .06}, {.28, .08, corner}, {.24, .44, corner}, {.52, .38}, {.78, .56}, {.74, .82}, {.48, .96},
         {.16, .86}}},
       {{{.30, .10}, {.26, .28}, {.24, .46, corner}, {.56, .42}, {.78, .64}, {.62, .90}, {.40, .96}, {.18, .88}},
        {{.30, .09}, {.56, .08}, {.84, .05}}},
       {{{.78, .08}, {.46, .08}, {.28, .22}, {.40, .42}, {.66, .54}, {.74, .76}, {.50, .95}, {.18, .88}}}},
      // 6: with a slanting stem; with a straight stem and a small bowl; curled at the top.
      {{{{.68, .05}, {.40, .26}, {.20, .62}, {.30, .90}, {.55, .96}, {.78, .80}, {.70, .57}, {.46, .53}, {.24, .72}}},
       {{{.42, .04}, {.26, .38}, {.22, .74}, {.42, .96}, {.70, .88}, {.74, .68}, {.54, .58}, {.26, .76}}},
       {{{.76, .16}, {.56, .05}, {.32, .22}, {.20, .58}, {.30, .90}, {.60, .95}, {.78, .72}, {.58, .52}, {.24, .62}}}},
      // 7: plain; with a bar; with a serif; with a curved stem.
      {{{{.15, .10}, {.50, .09}, {.82, .08, corner}, {.60, .48}, {.42, .96}}},
       {{{.17, .10}, {.50, .08}, {.84, .08, corner}, {.62, .48}, {.44, .96}}, {{.32, .52}, {.54, .51}, {.80, .49}}},
       {{{.16, .26}, {.19, .09, corner}, {.50, .09}, {.82, .07, corner}, {.58, .46}, {.46, .96}}},
       {{{.16, .12}, {.46, .06}, {.80, .10}, {.66, .38}, {.50, .64}, {.44, .96}}}},
      // 8: in one crossing stroke; as two rings; crossing, left open at the top.
      {{{{.66, .12}, {.44, .04}, {.26, .20}, {.42, .42}, {.70, .64}, {.70, .88}, {.46, .96}, {.24, .82}, {.34, .60},
         {.62, .40}, {.74, .20}, {.60, .07}}},
       {{{.52, .05}, {.32, .16}, {.34, .38}, {.52, .46}, {.70, .34}, {.70, .14}, {.50, .05}},
        {{.52, .47}, {.26, .60}, {.24, .86}, {.50, .96}, {.76, .84}, {.74, .60}, {.50, .47}}},
       {{{.80, .10}, {.52, .05}, {.30, .18}, {.40, .40}, {.68, .62}, {.72, .86}, {.46, .96}, {.24, .80}, {.40, .54},
         {.66, .34}, {.84, .12}}}},
      // 9: with a straight stem; with a hooked tail; in one curl.
      {{{{.74, .20}, {.52, .05}, {.26, .16}, {.22, .38}, {.44, .50}, {.68, .38}, {.75, .12, corner}, {.73, .54},
         {.68, .96}}},
       {{{.76, .18}, {.54, .05}, {.28, .14}, {.22, .36}, {.44, .50}, {.70, .36}, {.77, .14, corner}, {.78, .56},
         {.66, .88},
         {.42, .96}, {.22, .86}}},
       {{{.72, .30}, {.66, .08}, {.38, .06}, {.22, .26}, {.36, .48}, {.62, .40}, {.73, .22}, {.66, .56}, {.46, .95}}}},
  }};
  // clang-format on
  return table;
}

Point spline(const PenPoint& before, const PenPoint& from, const PenPoint& to, const PenPoint& after, double t) {
  const auto blend = [t](double p0, double p1, double p2, double p3) {
    return p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
  };
  return {blend(before.x, from.x, to.x, after.x), blend(before.y, from.y, to.y, after.y)};
}

}  // namespace

const std::vector<Skeleton>& skeletons(int digit) { return all_skeletons().at(static_cast<std::size_t>(digit)); }

std::vector<Point> trace(const Stroke& stroke, int pieces_between_points) {
  std::vector<Point> line{{stroke.front().x, stroke.front().y}};
  for (std::size_t i = 0; i + 1 < stroke.size(); ++i) {
    // Beyond an end or a corner the spline has no neighbour to turn towards: the end counts twice.
    const PenPoint& before = i == 0 || stroke[i].corner ? stroke[i] : stroke[i - 1];
    const PenPoint& after = i + 2 == stroke.size() || stroke[i + 1].corner ? stroke[i + 1] : stroke[i + 2];
    for (int piece = 1; piece <= pieces_between_points; ++piece)
      line.push_back(
          spline(before, stroke[i], stroke[i + 1], after, static_cast<double>(piece) / pieces_between_points));
  }
  return line;
}

}  // namespace data
