#include "plot/figure.hpp"

#include <utility>

namespace plot {

template <class M>
requires std::constructible_from<AnyMark, M> && CompleteMark<M> Mark::Mark(M mark) : AnyMark(std::move(mark)) {}

template Mark::Mark(HeatMap);
template Mark::Mark(Region);
template Mark::Mark(Contours);
template Mark::Mark(Band);
template Mark::Mark(Rule);
template Mark::Mark(Line);
template Mark::Mark(Points);
template Mark::Mark(ErrorBars);
template Mark::Mark(Bars);
template Mark::Mark(Boxes);
template Mark::Mark(Arrows);
template Mark::Mark(SlopeGuide);
template Mark::Mark(Note);

Mark::Mark(const Mark&) = default;
Mark::Mark(Mark&&) noexcept = default;
Mark& Mark::operator=(const Mark&) = default;
Mark& Mark::operator=(Mark&&) noexcept = default;
Mark::~Mark() = default;

}  // namespace plot
