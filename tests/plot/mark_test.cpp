// A mark that lacks one of the functions that every mark has is no alternative of Mark.
#include "plot/marks/mark.hpp"

#include "catch.hpp"
#include "plot/figure.hpp"

namespace mark_test {

using namespace plot;

namespace incomplete {

enum class Lack { nothing, ground, series, axes, ink, painting, label, place, sample, readout };

template <Lack lack>
struct Cross {};

template <Lack lack>
constexpr bool has(Lack one) {
  return lack != one;
}

template <Lack lack>
requires(has<lack>(Lack::ground)) Ground ground_of(const Cross<lack>&);
template <Lack lack>
requires(has<lack>(Lack::series)) std::optional<SeriesView> series_of(const Cross<lack>&);
template <Lack lack>
requires(has<lack>(Lack::axes)) void fit_axes(const Cross<lack>&, Autoscaler&);
template <Lack lack>
requires(has<lack>(Lack::ink)) void occupy(const Cross<lack>&, const ProjectedSeries&, const Frame&, InkMap&);
template <Lack lack>
requires(has<lack>(Lack::painting)) void paint(const Cross<lack>&, const ProjectedSeries&, PanelContext&);
template <Lack lack>
requires(has<lack>(Lack::label)) MarkLabel label_of(const Cross<lack>&);
template <Lack lack>
requires(has<lack>(Lack::place)) void place_label(const Cross<lack>&, std::size_t, Labeller&);
template <Lack lack>
requires(has<lack>(Lack::sample)) void draw_sample(const Cross<lack>&, LegendSample&);
template <Lack lack>
requires(has<lack>(Lack::readout)) void add_readout(const Cross<lack>&, ReadoutParts&);

}  // namespace incomplete

namespace {

using incomplete::Cross;
using incomplete::Lack;

template <class M>
constexpr bool is_mark = CompleteMark<M>;

}  // namespace

TEST_CASE("a mark that lacks one of its functions is not complete") {
  STATIC_REQUIRE(is_mark<Cross<Lack::nothing>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::ground>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::series>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::axes>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::ink>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::painting>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::label>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::place>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::sample>>);
  STATIC_REQUIRE(!is_mark<Cross<Lack::readout>>);
}

TEST_CASE("what turns into a mark, or is a panel, is not taken for a mark") {
  STATIC_REQUIRE(!is_mark<Mark>);
  STATIC_REQUIRE(!is_mark<Panel>);
  STATIC_REQUIRE(!is_mark<std::string>);
}

}  // namespace mark_test
