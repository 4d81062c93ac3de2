// Labels while a reader moves a slider of the report's live figures: where they jump, and where they come to rest.
//
// A walk goes along a slider from one end to the other in two hundred steps; each drawing is given what the one before
// it left, as the page's script does. Every text counts: names, notes, levels, numbers at axes and colour bars, titles,
// legends. Texts of two drawings are the same by what they are the label of (the mark, the level, the pointer), those
// of axes and bars by their words; of several alike the nearest. A step in which one of them goes farther than `jump`
// is a jump, but for a label whose own curve, or its place among the data, went as far from where the label stood.
#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "cairo/drawing.hpp"
#include "catch.hpp"
#include "engine/sources/project.hpp"
#include "livefigure/laid_out_figure.hpp"
#include "places.hpp"
#include "plot/layout/label_placement.hpp"
#include "scene_faults.hpp"

namespace still_labels_test {

using engine::Project;
using engine::Request;
using livefigure::Control;
using livefigure::FigureInputs;
using livefigure::LaidOutFigure;
using plot::distance;
using plot::PaperPoint;
using plot::Polyline;

namespace {

constexpr int steps = 200, most_jumps = 2;
constexpr double jump = 8;        // points
constexpr int most_further = 60;  // drawings until labels are at rest

/// A text of a drawing, and the outline of what it belongs to, if that can move by itself.
struct Label {
  std::string role;
  PaperPoint at;
  Polyline of;
};

std::string words_of(const plot::TextItem& text) {
  std::string words;
  for (const plot::TextRun& run : text.runs) words += run.text;
  return words;
}

Polyline outline_of(const std::vector<plot::Item>& items, const std::vector<std::size_t>& shown, std::size_t mark) {
  Polyline outline;
  for (std::size_t i = 0; i < std::min(items.size(), shown.size()); ++i) {
    const auto* path = std::get_if<plot::Path>(&items[i]);
    if (!path || shown[i] != mark) continue;
    for (const plot::PathStep& step : path->steps) {
      if (const auto* move = std::get_if<plot::MoveTo>(&step)) outline.push_back(move->to);
      if (const auto* line = std::get_if<plot::LineTo>(&step)) outline.push_back(line->to);
      if (const auto* curve = std::get_if<plot::CurveTo>(&step)) outline.push_back(curve->to);
    }
  }
  return outline;
}

/// What a label belongs to: at the margin the end of its line; a note's place; otherwise all of the mark. Levels and
/// what stands in legends have nothing that excuses them.
Polyline owner_of(const plot::DrawnPanel& panel, const plot::PlacedLabel& label) {
  const std::vector<plot::Mark>& marks = panel.plan.panel->marks;
  if (label.ground == plot::LabelGround::legend || plot::is_of_level(marks, label.role)) return {};
  std::size_t mark = 0;
  while (!(plot::role_of(marks, mark, label.role.part) == label.role)) ++mark;
  if (const auto* note = std::get_if<plot::Note>(&marks[mark])) {
    if (!note->x || !note->y) return {};
    const plot::Frame frame = plot::frame_on(panel.plan.box, panel.plan.x, panel.plan.y);
    return {{frame.x(*note->x), frame.y(*note->y)}};
  }
  Polyline outline = outline_of(panel.marks, panel.shown, mark);
  if (outline.empty() || label.ground != plot::LabelGround::margin) return outline;
  return {*std::max_element(outline.begin(), outline.end(), [](PaperPoint a, PaperPoint b) { return a.x < b.x; })};
}

void add_texts(const std::vector<plot::Item>& items, const std::string& where, bool by_words,
               std::vector<Label>& labels) {
  int line = 0;
  for (const plot::Item& item : items)
    if (const auto* text = std::get_if<plot::TextItem>(&item))
      labels.push_back({where + (by_words ? " " + words_of(*text) : fmt::format(" {}", line++)), text->origin, {}});
}

std::vector<Label> labels_of(const plot::DrawnFigure& drawn) {
  std::vector<Label> labels;
  add_texts(drawn.title, "title", false, labels);
  for (const plot::DrawnPanel& panel : drawn.panels) {
    const std::string& letter = panel.plan.letter;
    add_texts(panel.title, letter + " title", false, labels);
    for (const auto* items : {&panel.axes, &panel.strips}) add_texts(*items, letter + " axis", true, labels);
    add_texts(panel.color_bar, letter + " bar", true, labels);
    for (const plot::PlacedLabel& label : panel.placed)
      labels.push_back(
          {fmt::format("{} label {}.{} {:g}", letter, label.role.kind, label.role.ordinal, label.role.part), label.at,
           owner_of(panel, label)});
  }
  return labels;
}

struct Pair {
  const Label *before, *after;
  double way() const { return distance(before->at, after->at); }
};

/// The labels that are in both drawings; of one role the nearest first.
std::vector<Pair> pairs_of(const std::vector<Label>& before, const std::vector<Label>& after) {
  std::vector<Pair> all, pairs;
  for (const Label& b : before)
    for (const Label& a : after)
      if (a.role == b.role) all.push_back({&b, &a});
  std::stable_sort(all.begin(), all.end(), [](const Pair& p, const Pair& q) { return p.way() < q.way(); });
  std::set<const Label*> taken;
  for (const Pair& pair : all)
    if (!taken.contains(pair.before) && !taken.contains(pair.after)) {
      taken.insert({pair.before, pair.after});
      pairs.push_back(pair);
    }
  return pairs;
}

PaperPoint nearest(const Polyline& line, PaperPoint to) {
  PaperPoint best = line.front();
  for (std::size_t i = 0; i < line.size(); ++i) {
    const PaperPoint a = line[i > 0 ? i - 1 : 0], b = line[i];
    const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
    const double t = square > 0 ? std::clamp(((to.x - a.x) * dx + (to.y - a.y) * dy) / square, 0.0, 1.0) : 0;
    if (const PaperPoint at{a.x + t * dx, a.y + t * dy}; distance(at, to) < distance(best, to)) best = at;
  }
  return best;
}

bool follows_its_own(const Pair& pair) {
  const Polyline &before = pair.before->of, &after = pair.after->of;
  if (before.empty() || after.empty()) return false;
  const PaperPoint anchor = nearest(before, pair.before->at);
  return distance(anchor, nearest(after, anchor)) > jump;
}

struct Walked {
  int jumps = 0;       // steps
  int followed = 0;    // steps in which labels jumped only because what they belong to did
  int on_the_way = 0;  // drawings with a label between two places
  std::string told;    // of each jump
};

void compare(int step, const std::vector<Label>& before, const std::vector<Label>& after, Walked& walked) {
  bool has_jumped = false, has_followed = false;
  for (const Pair& pair : pairs_of(before, after)) {
    if (pair.way() <= jump) continue;
    if (follows_its_own(pair)) {
      has_followed = true;
      continue;
    }
    has_jumped = true;
    walked.told += fmt::format("\n  step {}: {} from ({:.0f}, {:.0f}) to ({:.0f}, {:.0f})", step, pair.after->role,
                               pair.before->at.x, pair.before->at.y, pair.after->at.x, pair.after->at.y);
  }
  walked.jumps += has_jumped;
  walked.followed += has_followed && !has_jumped;
}

/// A slider of the report, and what the page starts with.
struct Slider {
  const Request* request;
  const Control* control;
  FigureInputs report;
};

struct Sliders {
  Project project;
  std::vector<Slider> list;

  Sliders() {
    engine::Settings settings;
    settings.root = settings.document = source_folder();
    settings.chapters = settings.root / "chapters";
    cairo::use_fonts((settings.theme() / "fonts.conf").string());
    project = engine::read_project(settings);
    for (const Request& r : project.requests)
      for (const Control& control : r.live)
        if (control.frames.empty()) list.push_back({&r, &control, inputs_of(r)});
  }

  LaidOutFigure laid_out(const FigureInputs& inputs) const {
    return {inputs, livefigure::run_alone(inputs), cairo::text_measure(), project.words};
  }

  FigureInputs inputs_of(const Request& r) const {
    FigureInputs inputs{.experiment = r.experiment,
                        .parameters = r.parameters,
                        .looks = r.looks.drawing,
                        .figure = r.id,
                        .seed = r.seed,
                        .shape = {r.looks.title, r.looks.width, r.looks.height_mm, r.document.has_margin},
                        .kept = {},
                        .held = {}};
    const LaidOutFigure own = laid_out(inputs);
    inputs.held = own.axes();
    inputs.kept = own.kept();
    return inputs;
  }

  FigureInputs at(const Slider& s, int step) const {
    FigureInputs inputs = s.report;
    const double place = static_cast<double>(step) / steps;
    inputs.parameters = livefigure::with_value(inputs.parameters, *s.control, livefigure::value_at(*s.control, place));
    return inputs;
  }

  /// What is left once no label is on its way any more.
  plot::KeptLayout at_rest(FigureInputs inputs) const {
    for (int i = 0; i < most_further; ++i) {
      inputs.kept = laid_out(inputs).kept();
      if (inputs.kept.is_settled) break;
    }
    return inputs.kept;
  }

  Walked walk(const Slider& s, bool keeps) const {
    Walked walked;
    plot::KeptLayout kept = keeps ? at_rest(at(s, 0)) : plot::KeptLayout{};
    std::vector<Label> before;
    for (int step = 0; step <= steps; ++step) {
      FigureInputs inputs = at(s, step);
      inputs.kept = std::move(kept);
      const LaidOutFigure figure = laid_out(inputs);
      std::vector<Label> labels = labels_of(figure.drawn());
      if (step > 0) compare(step, before, labels, walked);
      before = std::move(labels);
      kept = keeps ? figure.kept() : plot::KeptLayout{};
      walked.on_the_way += keeps && !kept.is_settled;
    }
    return walked;
  }

  std::vector<Walked> walks(bool keeps) const {
    std::vector<Walked> all(list.size());
    tbb::parallel_for(std::size_t{0}, list.size(), [&](std::size_t i) { all[i] = walk(list[i], keeps); });
    return all;
  }
};

const Sliders& sliders() {
  static const Sliders all;
  return all;
}

}  // namespace

TEST_CASE("in the report's live figures labels jump in at most two of two hundred steps of each slider") {
  const std::vector<Walked> walked = sliders().walks(true);
  REQUIRE(walked.size() >= 10);
  for (std::size_t i = 0; i < walked.size(); ++i) {
    INFO(sliders().list[i].request->id << ", " << sliders().list[i].control->label << walked[i].told);
    CHECK(walked[i].jumps <= most_jumps);
  }
}

TEST_CASE("labels of live figures come to rest where they lie on nothing and are not cut") {
  for (const Slider& slider : sliders().list)
    for (int step = 0; step <= steps; step += steps / 5) {
      INFO(slider.request->id << ", " << slider.control->label << ", step " << step);
      FigureInputs inputs = sliders().at(slider, step);
      inputs.kept = sliders().at_rest(inputs);
      REQUIRE(inputs.kept.is_settled);
      const LaidOutFigure figure = sliders().laid_out(inputs);
      CHECK(figure.kept().is_settled);
      for (const std::string& fault : scene_faults::faults(figure.drawn(), cairo::text_measure())) FAIL_CHECK(fault);
    }
}

TEST_CASE("given what it left itself, the report's drawing of a live figure stays the same") {
  for (const Slider& slider : sliders().list) {
    FigureInputs fresh = slider.report;
    fresh.held = {};
    fresh.kept = {};
    const LaidOutFigure own = sliders().laid_out(fresh), again = sliders().laid_out(slider.report);
    INFO(slider.request->id);
    CHECK(again.drawn().height == Approx(own.drawn().height));
    CHECK(again.kept().is_settled);
    const std::vector<Label> before = labels_of(own.drawn()), after = labels_of(again.drawn());
    const std::vector<Pair> pairs = pairs_of(before, after);
    CHECK(pairs.size() == before.size());
    CHECK(pairs.size() == after.size());
    for (const Pair& pair : pairs) {
      INFO(pair.before->role);
      CHECK(pair.way() < 0.01);
    }
  }
}

// Not of the suite: what the first test holds, and how it would be if drawings knew nothing of each other.
TEST_CASE("how often labels of live figures jump", "[.table]") {
  const std::vector<Walked> alone = sliders().walks(false), walked = sliders().walks(true);
  for (std::size_t i = 0; i < walked.size(); ++i)
    std::cout << fmt::format("{:24} {:28} {:4} -> {:3} (following their curves {:3} -> {:3}; on the way {:3})\n",
                             sliders().list[i].request->id, sliders().list[i].control->label, alone[i].jumps,
                             walked[i].jumps, alone[i].followed, walked[i].followed, walked[i].on_the_way);
}

}  // namespace still_labels_test
