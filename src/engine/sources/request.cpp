// Binding of directives: looks, the common keys, and the experiment's own parameters.
#include "engine/sources/request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>

#include "data/catalogue.hpp"
#include "engine/runs/experiment_code.hpp"
#include "engine/sources/directive_places.hpp"
#include "engine/sources/known_outputs.hpp"
#include "experiment/drawing/default_figure.hpp"
#include "experiment/figure_keys.hpp"
#include "livefigure/can_run.hpp"
#include "manuscript/markdown/latex_commands.hpp"
#include "plot/text/label.hpp"

namespace engine {
namespace {

using manuscript::Diagnostic;
using manuscript::Entry;
using manuscript::SourceLocation;
using manuscript::YamlNode;

const std::vector<std::string> widths{"margin", "column", "full"};

/// A value for messages: text in quotes, other values as captions print them.
std::string shown_parameter(const Json& value) {
  if (value.is_null()) return "nothing";
  return value.is_string() ? "'" + value.get<std::string>() + "'" : parameter_text(value);
}

class Binder {
 public:
  Binder(const manuscript::Source& source, const manuscript::Directive& directive, const BindContext& context)
      : source_(source), directive_(directive), context_(context) {}

  BoundDirective run() {
    request_.id = directive_.id;
    request_.place = directive_.place;
    request_.seed = context_.metadata->seed;
    request_.document = context_.metadata->looks;
    if (!find_experiment()) {
      if (!request_.withheld.empty()) texts_alone();
      return done();
    }
    looks_ = experiment::looks_of(*request_.experiment);
    for (const auto& [key, node] : entries()) entry(*key, *node);
    override_by_settings();
    bind_parameters();
    bind_looks();
    if (live_ && errors_.empty()) bind_live();
    if (errors_.empty()) put_in_names();
    return done();
  }

 private:
  BoundDirective done() { return {std::move(request_), std::move(errors_)}; }

  void fail(const SourceLocation& place, std::string message, std::string hint = "") {
    if (place.file == source_.file)
      errors_.push_back(manuscript::error_at(source_, place, std::move(message), std::move(hint)));
    else
      errors_.push_back({manuscript::Severity::error, place, std::move(message), "", std::move(hint)});
  }

  std::vector<std::pair<const Entry*, const YamlNode*>> entries() const {
    std::vector<std::pair<const Entry*, const YamlNode*>> all;
    if (const auto* mapping = directive_.body.entries())
      for (const auto& e : *mapping) all.emplace_back(&e, &e.value);
    return all;
  }

  bool find_experiment() {
    const YamlNode* name = nullptr;
    for (const auto& [entry, node] : entries())
      if (entry->key == "experiment") name = node;
    if (!name) {
      fail(directive_.place, "the figure names no experiment",
           "add a line 'experiment: NAME' ('report describe' lists all experiments)");
      return false;
    }
    const Json json = name->json();
    if (!json.is_string()) {
      fail(name->place, "the experiment must be a name", "'report describe' lists all experiments");
      return false;
    }
    const auto wanted = json.get<std::string>();
    request_.experiment = context_.experiments->find(wanted);
    if (!request_.experiment && context_.withheld.contains(wanted)) {
      request_.withheld = wanted;
      return false;
    }
    if (!request_.experiment && !context_.broken_experiments.contains(wanted)) {
      const std::string near = manuscript::did_you_mean(wanted, context_.experiments->names());
      fail(name->place, fmt::format("unknown experiment '{}'", wanted),
           near.empty() ? "'report describe' lists all experiments"
                        : near + " ('report describe' lists all experiments)");
    }
    return request_.experiment != nullptr;
  }

  /// Which parameters the experiment has, and what others are by default, only its code would say.
  void texts_alone() {
    for (const auto& [key, node] : entries()) {
      const Json value = node->json();
      if (!take_text(*key, value) && !value.is_structured()) request_.parameters[key->key] = value;
    }
    if (errors_.empty()) put_in_names();
  }

  bool take_text(const Entry& e, const Json& value) {
    FigureOptions& looks = request_.looks;
    const std::pair<const char*, std::string&> texts[] = {
        {"caption", looks.caption}, {"short-caption", looks.short_caption}, {"alt", looks.alt}, {"title", looks.title}};
    for (const auto& [key, into] : texts)
      if (e.key == key) return text(e, value, into), true;
    return false;
  }

  void entry(const Entry& e, const YamlNode& node) {
    const Json value = node.json();
    if (e.key == "experiment" || take_text(e, value)) return;
    // Networks have a width too: a name is the figure's, a number theirs.
    const bool own_width = e.key == "width" && request_.experiment->parameter("width") && !value.is_string();
    if (e.key == "width" && !own_width) return width(node, value);
    if (e.key == "height") return height(node, value);
    if (e.key == "live") return void(live_ = &e);
    if (e.key == "seed") return seed(node.place, value);
    if (Json* into = values_with(e.key)) {
      (*into)[e.key] = value;
      return;
    }
    fail(e.key_place, fmt::format("unknown parameter '{}' for experiment '{}'", e.key, request_.experiment->name),
         unknown_hint(e.key));
  }

  /// Where a key's value belongs; nullptr where the experiment has no such key.
  Json* values_with(const std::string& key) {
    if (request_.experiment->parameter(key)) return &given_;
    const auto is_key = [&](const experiment::ParameterInfo& info) { return info.name == key; };
    return std::any_of(looks_.begin(), looks_.end(), is_key) ? &given_looks_ : nullptr;
  }

  std::string unknown_hint(const std::string& key) const {
    std::vector<std::string> known(experiment::figure_keys.begin(), experiment::figure_keys.end());
    known.push_back("width");
    for (const auto* infos : {&request_.experiment->parameters, &looks_})
      for (const auto& info : *infos) known.push_back(info.name);
    const std::string near = manuscript::did_you_mean(key, known);
    return fmt::format("{}('report describe {}' lists all parameters)", near.empty() ? "" : near + " ",
                       request_.experiment->name);
  }

  void text(const Entry& e, const Json& value, std::string& into) {
    if (value.is_string())
      into = value.get<std::string>();
    else if (value.is_null())
      fail(e.value.place, fmt::format("'{}' has no value", e.key), "leave it out, or write text after it");
    else
      fail(e.value.place, fmt::format("'{}' must be text", e.key), "put it in quotes");
  }

  void width(const YamlNode& node, const Json& value) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    if (std::find(widths.begin(), widths.end(), text) == widths.end()) {
      const std::string near = manuscript::did_you_mean(text, widths);
      const bool networks_have_one = request_.experiment->parameter("width") != nullptr;
      return fail(node.place, fmt::format("unknown width '{}'; known are {}", text, fmt::join(widths, ", ")),
                  near.empty() && networks_have_one ? "a number without quotes is the width of the networks" : near);
    }
    request_.looks.width = text;
  }

  void height(const YamlNode& node, const Json& value) {
    const double mm = value.is_number() ? value.get<double>() : NAN;
    if (!(mm >= 20 && mm <= 240))
      return fail(node.place,
                  fmt::format("the height must be a number of millimetres in the range 20 to 240, but this is {}",
                              shown_parameter(value)));
    request_.looks.height_mm = mm;
  }

  void seed(const SourceLocation& place, const Json& value) {
    if (value.is_number_integer() && (value.is_number_unsigned() || value.get<std::int64_t>() >= 0))
      request_.seed = value.get<std::uint64_t>();
    else
      fail(place, fmt::format("the seed must be a whole number from 0 to 18446744073709551615, but this is {}",
                              shown_parameter(value)));
  }

  void override_by_settings() {
    for (const auto& [name, text] : context_.settings) {
      const manuscript::Source line{"--set", name + ": " + text + "\n"};
      auto parsed = manuscript::parse_yaml(line);
      if (!parsed.errors.empty()) {
        errors_.insert(errors_.end(), parsed.errors.begin(), parsed.errors.end());
        continue;
      }
      const Json value = parsed.root.at({name}).json();
      if (name == "seed") {
        seed({"--set", 1, 1, 1}, value);
      } else if (Json* into = values_with(name)) {
        (*into)[name] = value;
        overridden_.push_back(name);
      } else {
        errors_.push_back(manuscript::error_at(
            line, {"--set", 1, 1, static_cast<int>(name.size())},
            fmt::format("unknown parameter '{}' for experiment '{}'", name, request_.experiment->name),
            unknown_hint(name)));
      }
    }
  }

  void bind_parameters() {
    const auto* dataset = request_.experiment->parameter("dataset");
    const bool wants_one = dataset && dataset->default_value != "none";
    if (wants_one && !given_.contains("dataset") && !context_.metadata->dataset.empty())
      given_["dataset"] = context_.metadata->dataset;
    auto checked = experiment::effective_parameters(request_.experiment->parameters, given_);
    if (checked.errors.empty()) ask_experiment(checked);
    for (const auto& error : checked.errors) parameter_error(error);
    request_.parameters = std::move(checked.value);
    if (!dataset || !checked.errors.empty()) return;
    Json& name = request_.parameters["dataset"];
    if (name == "auto") name = context_.auto_dataset;
    if (name != "none") request_.dataset = name.get<std::string>();
  }

  void bind_looks() {
    if (looks_.empty()) return;
    auto checked = experiment::effective_parameters(looks_, given_looks_);
    if (checked.errors.empty() && errors_.empty()) checked.errors = look_errors(checked.value);
    for (const auto& error : checked.errors) parameter_error(error);
    request_.looks.drawing = std::move(checked.value);
  }

  void bind_live() {
    request_.live_place = live_->key_place;
    auto controls = livefigure::read_controls(*request_.experiment, request_.parameters, live_->value.json());
    for (const auto& error : controls.errors) parameter_error(error);
    const std::string why = livefigure::why_not(*request_.experiment);
    if (!why.empty() && runs_in_page(controls.list) && controls.errors.empty())
      return fail(
          live_->key_place, fmt::format("experiment '{}' cannot run in the page: {}", request_.experiment->name, why),
          fmt::format("with frames, the report is made with several values: {}: {{from: ..., to: ..., frames: 12}}",
                      controls.list.front().parameter));
    for (const auto& control : controls.list) check_frames(control);
    request_.live = std::move(controls.list);
  }

  /// What an experiment refuses is known before it runs.
  void check_frames(const livefigure::Control& control) {
    for (const double value : control.frames) try {
        const auto wrong = parameter_errors(*request_.experiment, with_value(request_.parameters, control, value));
        if (!wrong.empty())
          return fail(live_->key_place, fmt::format("there is no frame with '{}' at {}: {}", control.label,
                                                    parameter_text(value), wrong.front().message));
      } catch (const CodeFailure& failure) {
        return fail(directive_.place, failure.what());
      }
  }

  std::vector<experiment::ParameterError> look_errors(const Json& looks) {
    const auto asked = experiment::read_drawing_request(looks);
    auto errors = contradictions(asked);
    if (!errors.empty() || given_looks_.empty()) return errors;
    try {
      errors = contradictions(asked, series_panels_of(*request_.experiment, request_.parameters));
    } catch (const CodeFailure& failure) {
      fail(directive_.place, failure.what());
    }
    return errors;
  }

  void ask_experiment(experiment::Checked& checked) {
    const KnownOutputs known(*request_.experiment, checked.value, context_.store);
    if (auto outputs = known.get()) {
      request_.outputs = std::move(*outputs);
      return;
    }
    try {
      checked.errors = parameter_errors(*request_.experiment, checked.value);
      if (checked.errors.empty()) {
        request_.outputs = outputs_of(*request_.experiment, checked.value);
        known.put(request_.outputs);
      }
    } catch (const CodeFailure& failure) {
      fail(directive_.place, failure.what());
    }
  }

  void parameter_error(const experiment::ParameterError& error) {
    const std::string& name = error.path.empty() ? std::string() : error.path.front();
    if (!error.place && std::find(overridden_.begin(), overridden_.end(), name) != overridden_.end())
      return fail({"--set", 0, 0, 1}, error.message, hint_of(error));
    errors_.push_back(diagnostic_of(error, directive_, source_));
  }

  // {{names}} in captions and alternative texts.

  void put_in_names() {
    request_.looks.caption = with_names("caption", request_.looks.caption);
    request_.looks.short_caption =
        with_macros("short-caption", with_names("short-caption", request_.looks.short_caption));
    request_.looks.alt = with_formulas_as_signs(with_macros("alt", with_names("alt", request_.looks.alt)));
    request_.looks.title = with_macros("title", with_names("title", request_.looks.title));
    check_title();
    if (request_.dataset.empty()) return;
    name_dataset(request_.looks.caption, "*");
    name_dataset(request_.looks.alt, "");
  }

  /// Pandoc puts macros in place in captions; other texts of a figure do not come to it.
  std::string with_macros(const std::string& key, const std::string& text) {
    if (text.find('\\') == std::string::npos) return text;
    const auto expanded = context_.macros.expanded(text);
    if (!expanded) return fail(directive_.body.at({key}).place, "macros of this text multiply without end"), text;
    std::size_t at = 0;
    for (const auto& [begin, end] : manuscript::formulas_in(*expanded)) {
      refuse_commands(key, std::string_view(*expanded).substr(at, begin - at));
      at = end;
    }
    refuse_commands(key, std::string_view(*expanded).substr(at));
    return *expanded;
  }

  /// Outside of formulas.
  void refuse_commands(const std::string& key, std::string_view text) {
    for (const auto& use : manuscript::latex_names(text)) {
      const std::string command(text.substr(use.at, use.length));
      fail(place_of_text(key, command, 0), fmt::format("'{}' is LaTeX, but '{}' is plain text", command, key),
           "formulas stand between dollars, and macros of the chapters before the figure are known");
    }
  }

  /// Who hears the text hears signs; a formula that has none for a command stays as it is written.
  static std::string with_formulas_as_signs(const std::string& text) {
    std::string out;
    std::size_t at = 0;
    for (const auto& [begin, end] : manuscript::formulas_in(text)) {
      const std::string formula = text.substr(begin, end - begin);
      out += text.substr(at, begin - at);
      try {
        out += plot::plain_text(formula);
      } catch (const std::invalid_argument&) {
        out += formula;
      }
      at = end;
    }
    return out + text.substr(at);
  }

  void check_title() {
    try {
      plot::plain_text(request_.looks.title);
    } catch (const std::invalid_argument& unknown) {
      fail(directive_.body.at({"title"}).place, fmt::format("the drawing cannot set this title: {}", unknown.what()),
           "it knows Greek letters, scripts, fractions, roots and the signs of docs/plots.md; \\$ is a dollar");
    }
  }

  /// A caption always names the data set that was really used, in a sentence between these marks.
  void name_dataset(std::string& text, const char* mark) const {
    const std::string title = dataset_title(request_.dataset, *context_.words);
    if (text.empty() || text.find(title) != std::string::npos) return;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    text += fmt::format(" {}{}{}", mark, context_.words->say({"data_sentence", {{"dataset", title}}}), mark);
  }

  std::string with_names(const std::string& key, const std::string& text) {
    std::string out;
    std::size_t from = 0;
    while (true) {
      const std::size_t open = text.find("{{", from);
      const std::size_t close = open == std::string::npos ? open : text.find("}}", open);
      if (close == std::string::npos) return out + text.substr(from);
      out += text.substr(from, open - from);
      const std::string name = text.substr(open + 2, close - open - 2);
      if (!is_name(name))  // braces of TeX
        out += text.substr(open, close + 2 - open);
      else if (const auto value = value_of(name, setting_at(key, text, open)))
        out += *value;
      else if (!request_.withheld.empty())
        out += unknown_number;
      else
        unknown_name(key, name);
      from = close + 2;
    }
  }

  static bool is_name(const std::string& text) {
    return !text.empty() &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ ") ==
               std::string::npos &&
           std::isalpha(static_cast<unsigned char>(text[0]));
  }

  /// How numbers are set at a place: captions are Markdown, within their formulas is TeX, alternative texts are plain.
  static NumberSetting setting_at(const std::string& key, const std::string& text, std::size_t at) {
    if (key != "caption") return text::plain;
    bool is_formula = false;
    for (std::size_t i = 0; i < at; ++i) {
      if (text[i] == '\\')
        ++i;
      else if (text[i] == '$')
        is_formula = !is_formula;
    }
    if (is_formula && text.find('$', at) != std::string::npos) return text::formula;
    return text::markdown;
  }

  std::optional<std::string> value_of(const std::string& name, NumberSetting setting) const {
    if (name == "dataset" && !request_.dataset.empty()) return dataset_title(request_.dataset, *context_.words);
    if (name == "seed") return std::to_string(request_.seed);
    if (request_.parameters.contains(name))
      return parameter_text(request_.parameters[name], setting, text::number_marks(context_.metadata->language));
    return std::nullopt;
  }

  void unknown_name(const std::string& key, const std::string& name) {
    std::vector<std::string> known{"seed"};
    for (const auto& info : request_.experiment->parameters) known.push_back(info.name);
    const std::string near = manuscript::did_you_mean(name, known);
    fail(place_of_name(key, name, unknown_[key + name]++),
         fmt::format("'{{{{{}}}}}' names no parameter of experiment '{}'", name, request_.experiment->name),
         near.empty() ? fmt::format("known are {}", fmt::join(known, ", ")) : near);
  }

  /// The {{name}} in the source from the line on where the caption begins, after as many others of this name.
  SourceLocation place_of_name(const std::string& key, const std::string& name, int others) const {
    return place_of_text(key, "{{" + name + "}}", others);
  }

  SourceLocation place_of_text(const std::string& key, const std::string& wanted, int others) const {
    SourceLocation place = directive_.body.at({key}).place;
    for (int line = place.line; line < place.line + 200; ++line) {
      const std::string text = manuscript::line_of(source_, line);
      for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
        if (others-- > 0) continue;
        const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
        const auto before = std::count_if(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), is_start);
        const auto length = std::count_if(wanted.begin(), wanted.end(), is_start);
        return {source_.file, line, static_cast<int>(before) + 1, static_cast<int>(length)};
      }
    }
    return place;
  }

  const manuscript::Source& source_;
  const manuscript::Directive& directive_;
  const BindContext& context_;
  Request request_;
  std::vector<experiment::ParameterInfo> looks_;  // that the experiment leaves to the directive
  Json given_ = Json::object(), given_looks_ = Json::object();
  const Entry* live_ = nullptr;  // what readers may move
  std::vector<std::string> overridden_;
  std::map<std::string, int> unknown_;  // names in captions reported so far
  std::vector<Diagnostic> errors_;
};

}  // namespace

std::string parameter_text(const Json& value, NumberSetting setting, const text::NumberMarks& marks) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return setting(text::exact(value.get<double>()), marks);
  const bool is_list = value.is_array();
  if (!is_list && !value.is_object()) return value.dump();
  std::vector<std::string> parts;
  for (const auto& [key, item] : value.items())
    parts.push_back((is_list ? "" : key + " ") + parameter_text(item, setting, marks));
  return fmt::format("{}", fmt::join(parts, text::list_separator(marks)));
}

std::string Request::title(const text::Words& words) const {
  if (!looks.title.empty()) return plot::plain_text(looks.title);
  return experiment->name == "table" ? words["table_title"] : experiment->title;
}

BoundDirective bind(const manuscript::Source& source, const manuscript::Directive& directive,
                    const BindContext& context) {
  return Binder(source, directive, context).run();
}

std::string dataset_title(const std::string& name, const text::Words& words) {
  if (name == "digits") return words["generated_digits"];
  for (const auto& set : data::catalogue())
    if (set.name == name) return set.title;
  return name;
}

}  // namespace engine
