// Wie viele Jahre man fangen muss, um eine verzögerte Dichteabhängigkeit zu erkennen, und wie stark man sie dann sieht.
// Reihen der Gleichung x_t = phi1 x_(t-1) + phi2 x_(t-2) + Umwelt, gesehen mit einem Messfehler; eine Regression auf
// die beiden Vorjahre, deren t-Wert an Reihen mit phi2 = 0 geeicht ist.
#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <sstream>

#include "experiment/experiment.hpp"

namespace experiments {
namespace {

struct Nachweis {
  double phi1 = 0.25, phi2 = -0.735, umwelt = 0.42;
  std::vector<double> messfehler{0, 0.19, 0.4};
  int von = 8, bis = 40, reihen = 2000;
  double irrtum = 0.05;
};

/// Eine Länge der Reihe bei einem Messfehler.
struct Fall {
  double messfehler;
  int jahre;
};

/// Was sehr viele Reihen ergeben.
struct Befund {
  double anteil = 0;                      // der Reihen, in denen phi2 < 0 nachgewiesen ist
  double mitte = 0, unten = 0, oben = 0;  // der geschätzten phi2: Median und die mittleren 80 %
};

struct Kurven {
  Curve anteil, phi2;
};

struct Ergebnis {
  std::vector<Kurven> kurven;  // je Messfehler
  Curve naeherung, wahr;
};

struct Schaetzung {
  double phi2, t;
};

/// Kleinste Quadrate mit Achsenabschnitt; nur was phi2 angeht.
Schaetzung regression(const std::vector<double>& x) {
  const std::size_t n = x.size() - 2;
  double mittel[3]{};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < 3; ++k) mittel[k] += x[i + 2 - k] / static_cast<double>(n);
  double s[3][3]{};
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t l = 0; l < 3; ++l) s[k][l] += (x[i + 2 - k] - mittel[k]) * (x[i + 2 - l] - mittel[l]);
  const double determinante = s[1][1] * s[2][2] - s[1][2] * s[1][2];
  const double phi1 = (s[0][1] * s[2][2] - s[0][2] * s[1][2]) / determinante;
  const double phi2 = (s[0][2] * s[1][1] - s[0][1] * s[1][2]) / determinante;
  const double rest = std::max(s[0][0] - phi1 * s[0][1] - phi2 * s[0][2], 0.0);
  return {phi2, phi2 / std::sqrt(rest / static_cast<double>(n - 3) * s[1][1] / determinante)};
}

template <class Zufall>
Schaetzung eine_reihe(const Nachweis& p, double phi2, const Fall& fall, Zufall& zufall) {
  boost::random::normal_distribution<double> normal;
  std::vector<double> gesehen;
  double x = 0, davor = 0;
  for (int jahr = -30; jahr < fall.jahre; ++jahr) {  // dreißig Jahre Vorlauf
    const double naechstes = p.phi1 * x + phi2 * davor + p.umwelt * normal(zufall);
    davor = x;
    x = naechstes;
    if (jahr >= 0) gesehen.push_back(x + fall.messfehler * normal(zufall));
  }
  return regression(gesehen);
}

std::string text(double zahl) {
  std::ostringstream strom;
  strom << zahl;
  return strom.str();
}

/// Der Wert einer sortierten Liste, unter dem dieser Teil von ihr liegt.
double quantil(const std::vector<double>& sortiert, double teil) {
  const double ort = teil * static_cast<double>(sortiert.size() - 1);
  const auto unten = static_cast<std::size_t>(ort);
  const std::size_t oben = std::min(unten + 1, sortiert.size() - 1);
  return sortiert[unten] + (ort - std::floor(ort)) * (sortiert[oben] - sortiert[unten]);
}

double normalverteilung(double z) { return std::erfc(-z / std::sqrt(2.0)) / 2; }

double normalquantil(double teil) {
  double unten = -10, oben = 10;
  while (oben - unten > 1e-12) ((normalverteilung((unten + oben) / 2) < teil) ? unten : oben) = (unten + oben) / 2;
  return unten;
}

/// Bei langen Reihen streut das geschätzte phi2 normal um das wahre, mit der Varianz (1 - phi2^2)/n.
Curve naeherung(const Nachweis& p) {
  Curve kurve;
  for (int jahre = p.von; jahre <= p.bis; ++jahre) {
    const double fehler = std::sqrt((1 - p.phi2 * p.phi2) / (jahre - 2));
    kurve.x.push_back(jahre);
    kurve.y.push_back(normalverteilung(normalquantil(p.irrtum) - p.phi2 / fehler));
  }
  return kurve;
}

Ergebnis run(const Nachweis& p, Run& run) {
  std::vector<Fall> faelle;
  for (const double messfehler : p.messfehler)
    for (int jahre = p.von; jahre <= p.bis; ++jahre) faelle.push_back({messfehler, jahre});
  const auto befunde = run.each(faelle, [&](const Fall& fall) {
    auto zufall =
        run.random.child("Messfehler " + text(fall.messfehler), static_cast<std::uint64_t>(fall.jahre)).engine();
    std::vector<double> ohne, phi2, t;
    for (int k = 0; k < p.reihen; ++k) {
      ohne.push_back(eine_reihe(p, 0, fall, zufall).t);
      const Schaetzung mit = eine_reihe(p, p.phi2, fall, zufall);
      phi2.push_back(mit.phi2);
      t.push_back(mit.t);
    }
    std::sort(ohne.begin(), ohne.end());
    std::sort(phi2.begin(), phi2.end());
    const double schranke = quantil(ohne, p.irrtum);
    const auto gefunden = std::count_if(t.begin(), t.end(), [&](double wert) { return wert < schranke; });
    return Befund{static_cast<double>(gefunden) / p.reihen, quantil(phi2, 0.5), quantil(phi2, 0.1), quantil(phi2, 0.9)};
  });

  Ergebnis ergebnis{{}, naeherung(p), {{double(p.von), double(p.bis)}, {p.phi2, p.phi2}}};
  for (std::size_t i = 0; i < befunde.size(); ++i) {
    if (faelle[i].jahre == p.von) ergebnis.kurven.emplace_back();
    auto& [anteil, phi2] = ergebnis.kurven.back();
    anteil.x.push_back(faelle[i].jahre);
    anteil.y.push_back(befunde[i].anteil);
    phi2.x.push_back(faelle[i].jahre);
    phi2.y.push_back(befunde[i].mitte);
    phi2.lower.push_back(befunde[i].unten);
    phi2.upper.push_back(befunde[i].oben);
  }
  return ergebnis;
}

Outputs<Ergebnis> outputs(const Nachweis& p) {
  const PanelInfo anteil{"Nachweis", {"Jahre"}, {"Anteil der Reihen mit Nachweis"}};
  const PanelInfo staerke{"gesehene Rückkopplung", {"Jahre"}, {"geschätztes $\\varphi_2$"}};
  const Allowed gezogen = within({0.02, 0.005}, "Anteile und Quantile von Reihen aus demselben Startwert");
  std::vector<std::string> namen;
  for (const double messfehler : p.messfehler) namen.push_back("tau=" + text(messfehler));
  const auto je_messfehler = [&](std::size_t) {
    return Outputs<Kurven>{gezogen}
        .curve(measured, anteil, "", &Kurven::anteil)
        .curve(measured, staerke, "", &Kurven::phi2)
        .sequence(
            "anteil", p.von, [](const Kurven& k) { return k.anteil.y; }, "Anteil der Reihen dieser Länge mit Nachweis")
        .sequence(
            "phi2", p.von, [](const Kurven& k) { return k.phi2.y; }, "Median der geschätzten phi2 bei dieser Länge");
  };
  return Outputs<Ergebnis>{within(closed_form, "eine Formel")}
      .each(namen, &Ergebnis::kurven, je_messfehler)
      .curve(theory, anteil, "Näherung", &Ergebnis::naeherung)
      .curve(reference, staerke, "wahr", &Ergebnis::wahr);
}

plot::Figure draw(const Nachweis& p, const Ergebnis& r) {
  const plot::Ink farben[] = {plot::Ink::blue, plot::Ink::vermillion, plot::Ink::green, plot::Ink::purple};
  plot::Panel anteil{
      .title = "Nachweis", .x = {.label = "Jahre"}, .y = {.label = "Anteil der Reihen", .min = 0, .max = 1}};
  plot::Panel staerke{
      .title = "gesehene Rückkopplung", .x = {.label = "Jahre"}, .y = {.label = "geschätztes $\\varphi_2$"}};
  for (std::size_t i = 0; i < r.kurven.size(); ++i) {
    const auto& [nachgewiesen, phi2] = r.kurven[i];
    std::string zahl = text(p.messfehler[i]);
    const std::string name = "tau=" + zahl;
    std::replace(zahl.begin(), zahl.end(), '.', ',');
    const std::string label = "$\\tau = " + zahl + "$";
    const plot::StrokeStyle strich{farben[i % 4]};
    anteil.marks.push_back(
        plot::Line{.series = name, .x = nachgewiesen.x, .y = nachgewiesen.y, .stroke = strich, .label = label});
    staerke.marks.push_back(
        plot::Band{.series = name, .x = phi2.x, .lower = phi2.lower, .upper = phi2.upper, .ink = farben[i % 4]});
    staerke.marks.push_back(plot::Line{.series = name, .x = phi2.x, .y = phi2.y, .stroke = strich, .label = label});
  }
  anteil.marks.push_back(plot::Line{.series = "Näherung",
                                    .x = r.naeherung.x,
                                    .y = r.naeherung.y,
                                    .stroke = {plot::Ink::black, 0.8, plot::Dash::dashed},
                                    .label = "Näherung",
                                    .role = plot::Role::theory});
  staerke.marks.push_back(plot::Rule{.y = p.phi2, .label = "wahr"});
  return {.panels = {anteil, staerke}, .columns = 2, .width = plot::FigureWidth::full, .height_mm = 75};
}

const bool registered = add(
    "nachweis", "Jahre bis zum Nachweis",
    "Wie oft eine verzögerte Dichteabhängigkeit in Reihen von so vielen Jahren erkannt wird, und wie stark sie darin "
    "erscheint.",
    Parameters<Nachweis>{}
        .number("phi1", &Nachweis::phi1, "Wirkung des vorigen Herbstes", from(-1.5).to(1.5))
        .number("phi2", &Nachweis::phi2, "Wirkung des vorvorigen Herbstes", from(-0.99).to(0))
        .number("umwelt", &Nachweis::umwelt, "Streuung der Umwelt in ln N", above(0).to(10))
        .numbers("messfehler", &Nachweis::messfehler, "Messfehler tau in ln N", from(0).to(10))
        .integer("von", &Nachweis::von, "kürzeste Reihe, in Jahren", from(6).to(1000))
        .integer("bis", &Nachweis::bis, "längste Reihe, in Jahren", from(6).to(1000))
        .integer("reihen", &Nachweis::reihen, "Reihen je Länge und Messfehler", from(20).to(100000))
        .number("irrtum", &Nachweis::irrtum, "wie oft es auch ohne Rückkopplung einen Nachweis gäbe", above(0).to(0.5)),
    outputs, run, draw);

}  // namespace
}  // namespace experiments
