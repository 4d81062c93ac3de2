// The recurrent unit's derivatives, its wall in closed form, and clipping.
#include "numerics/descent/recurrent_unit.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "numerics/descent/clipping.hpp"

namespace recurrent_unit_test {

using namespace numerics;

TEST_CASE("the recurrent unit's gradient and Hessian agree with central differences") {
  const Objective loss = loss_of({});
  const double h = 1e-5;
  for (const Point& p : {Point{{5.3, -2.1}}, Point{{4.4, -2.2}}, Point{{2.0, 0.5}}}) {
    const Point g = loss.gradient(p);
    const Matrix<double> hessian = loss.hessian(p);
    for (int i = 0; i < 2; ++i) {
      Point e = Point::Zero(2);
      e[i] = h;
      CHECK(g[i] == Approx((loss.value(p + e) - loss.value(p - e)) / (2 * h)).epsilon(1e-6).margin(1e-10));
      const Point column = (loss.gradient(p + e) - loss.gradient(p - e)) / (2 * h);
      for (int j = 0; j < 2; ++j) CHECK(hessian(j, i) == Approx(column[j]).epsilon(1e-4).margin(1e-8));
    }
  }
}

TEST_CASE("the wall begins at w = 1 / sigma'(1/2) = 4.2552519304 and runs along b = 1/2 - w sigma(1/2)") {
  const Wall wall = wall_of({});
  CHECK(wall.start == Approx(4.2552519304).epsilon(1e-10));
  CHECK(wall.slope == Approx(-0.62245933).epsilon(1e-8));
  CHECK(wall.b(5) == Approx(0.5 - 5 * 0.6224593312).epsilon(1e-9));
}

TEST_CASE("on the wall at w = 5 the derivative along b is -661.6828013, by the formula and by backpropagation") {
  // 2 (sigma(1/2) - 0.7) sigma'(1/2) (m^50 - 1) / (m - 1), m = 5 sigma'(1/2).
  const RecurrentUnit unit;
  const Point exact = wall_gradient(unit, 5);
  CHECK(exact[1] == Approx(-661.6828013).epsilon(1e-9));
  CHECK(exact.norm() == Approx(779.398).epsilon(1e-6));
  const Point measured = loss_of(unit).gradient(Point{{5, wall_of(unit).b(5)}});
  CHECK(measured[1] == Approx(exact[1]).epsilon(1e-9));
  CHECK(measured[0] == Approx(exact[0]).epsilon(1e-9));
  // Where the wall begins m is 1: fifty equal terms.
  const double begin = wall_of(unit).start;
  CHECK(wall_gradient(unit, begin)[1] == Approx(wall_gradient(unit, begin * (1 + 1e-9))[1]).epsilon(1e-6));
  CHECK(wall_gradient(unit, -2)[1] ==
        Approx(loss_of(unit).gradient(Point{{-2, wall_of(unit).b(-2)}})[1]).epsilon(1e-9));
}

TEST_CASE(
    "without clipping step 99 jumps by 101.5 to (58.3, 83.8) and never comes back, and clipped at 1 the loss is 3e-5 "
    "after 400") {
  const Objective loss = loss_of({});
  const Point start{{5.3, -2.1}};
  const auto free = clipped_descent(loss, start, 0.1, std::numeric_limits<double>::infinity(), 400);
  CHECK((free[100] - free[99]).norm() == Approx(101.5).margin(0.1));
  CHECK(free[100][0] == Approx(58.3).margin(0.05));
  CHECK(free[100][1] == Approx(83.8).margin(0.05));
  CHECK(loss.value(free[400]) == Approx(0.09).epsilon(1e-6));
  const auto held = clipped_descent(loss, start, 0.1, 1, 400);
  double longest = 0;
  for (std::size_t k = 1; k < held.size(); ++k) longest = std::max(longest, (held[k] - held[k - 1]).norm());
  CHECK(longest == Approx(0.1).epsilon(1e-9));
  CHECK(loss.value(held[400]) < 1e-3);
}

TEST_CASE("clipping keeps the direction, and short, huge, tiny and infinite gradients are what they should be") {
  CHECK((clipped(Point{{3, 4}}, 1) - Point{{0.6, 0.8}}).norm() < 1e-15);
  CHECK(clipped(Point{{0.3, 0.4}}, 1) == Point{{0.3, 0.4}});
  CHECK((clipped(Point{{3e200, 4e200}}, 1) - Point{{0.6, 0.8}}).norm() < 1e-15);
  CHECK(clipped(Point{{1e-200, 0}}, 1e-201)[0] == Approx(1e-201));
  CHECK(std::isinf(clipped(Point{{std::numeric_limits<double>::infinity(), 0}}, 1)[0]));
  CHECK(clipped(Point{{0, 0}}, 0).norm() == 0);
}

TEST_CASE("on the wall backpropagation gives the closed form's gradient, on the curve and at whole weights") {
  const WallGradients gradients = wall_gradients({50, 0.5, 0.7});
  REQUIRE(gradients.w.size() == 101);
  REQUIRE(gradients.at.size() == 10);
  CHECK(gradients.at[0] == gradients.w[5]);
  CHECK(gradients.w[40] == Approx(wall_of({50, 0.5, 0.7}).start));
  CHECK(gradients.deviation() < 1e-9);
  REQUIRE(gradients.exact_at_whole.size() == 10);
  for (std::size_t k = 0; k < 10; ++k)
    CHECK((gradients.computed_at_whole[k] - gradients.exact_at_whole[k]).norm() <
          1e-9 * gradients.exact_at_whole[k].norm());
}

}  // namespace recurrent_unit_test
