// A figure as a function from text to text: which experiment, with which values; its drawing, what can be read off it
// and its numbers. The program calls it when it tries what readers may do, and the page's module (src/wasm/) is this
// function, compiled for browsers: both give the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "plot/text/label.hpp"
#include "text/words.hpp"

namespace livefigure {

/// What an answer depends on beside its request.
struct AnswerContext {
  plot::Measure measure;
  const text::Words* words = nullptr;  // of the document's language
};

/// The request is JSON:
///   experiment, figure (its ID), seed, parameters (those that are not given have their defaults);
///   looks (marks and axes of an experiment without a drawing of its own), title, width, height, margin: its shape;
///   name, alt, prefix: what the drawing is called and described as, and what its ids begin with;
///   held: axes and colour bars that stay (held_axes.hpp), if any; kept: what the drawing before gave as `kept`
///   (kept_json.hpp), if there was one, and pace: how far a label may move from that to this, in points;
///   report, claims: the report's own parameters, and conditions that are judged (claims.hpp), if any;
///   give: a list of what is wanted, of "drawing", "reading", "kept", "values", "bits".
///
/// The answer is JSON with those: `drawing` is the page's SVG element, `reading` what reading_json.hpp gives, `kept`
/// what the next request is to bring, `values` the exported numbers by their names, `bits` a hash of every number of
/// the result, `claims` a verdict for each: true or false and the numbers, or null where it cannot be judged. Or it has
/// `error` alone, in words, where the request asks for nothing that can be run. An experiment's own exceptions are
/// passed on.
std::string answer(std::string_view request, const AnswerContext& context);

}  // namespace livefigure
