"""Wovon der Bestand des nächsten Herbstes abhängt: Regression auf die beiden Herbste davor, Fläche für Fläche."""

import json
import math
import sys

import fangreihen

sys.path.insert(0, "../data")
import simulieren  # noqa: E402


def geloest(matrix, rechts):
    """Gauß mit Spaltenpivot; rechts darf mehrere Spalten haben."""
    n = len(matrix)
    zeilen = [list(m) + list(r) for m, r in zip(matrix, rechts)]
    for i in range(n):
        haupt = max(range(i, n), key=lambda k: abs(zeilen[k][i]))
        zeilen[i], zeilen[haupt] = zeilen[haupt], zeilen[i]
        zeilen[i] = [v / zeilen[i][i] for v in zeilen[i]]
        for k in range(n):
            if k != i:
                zeilen[k] = [a - zeilen[k][i] * b for a, b in zip(zeilen[k], zeilen[i])]
    return [z[n:] for z in zeilen]


def regression(zeilen, y, verbraucht=0):
    """Koeffizienten, ihre Kovarianz, Freiheitsgrade; verbraucht: Mittel, die vorher abgezogen wurden."""
    k = len(zeilen[0])
    xx = [[sum(z[i] * z[j] for z in zeilen) for j in range(k)] for i in range(k)]
    xy = [[sum(z[i] * w for z, w in zip(zeilen, y))] for i in range(k)]
    b = [v[0] for v in geloest(xx, xy)]
    rest = sum((w - sum(c * v for c, v in zip(b, z))) ** 2 for z, w in zip(zeilen, y))
    frei = len(y) - k - verbraucht
    einheit = [[float(i == j) for j in range(k)] for i in range(k)]
    return b, [[v * rest / frei for v in z] for z in geloest(xx, einheit)], frei


def student(t, frei):
    """P(T <= t), durch Simpsons Regel über die Dichte."""
    faktor = math.exp(math.lgamma((frei + 1) / 2) - math.lgamma(frei / 2)) / math.sqrt(frei * math.pi)
    n, h = 2000, t / 2000
    summe = sum((1 if i in (0, n) else 4 if i % 2 else 2) * (1 + (i * h) ** 2 / frei) ** (-(frei + 1) / 2)
                for i in range(n + 1))
    return 0.5 + faktor * summe * h / 3


def periode(phi1, phi2):
    """Jahre je Umlauf; unendlich, wo die Wurzeln reell sind."""
    if phi2 >= 0 or phi1 * phi1 + 4 * phi2 >= 0:
        return "Infinity"
    return 2 * math.pi / math.acos(phi1 / (2 * math.sqrt(-phi2)))


def ellipse(b, kovarianz, frei):
    """Rand des Bereichs, der die wahren Werte mit 95 % Wahrscheinlichkeit enthält; der F-Wert in geschlossener Form."""
    f = frei / 2 * (0.05 ** (-2 / frei) - 1)
    (a, c), (_, d) = kovarianz
    l11 = math.sqrt(a)
    l21 = c / l11
    l22 = math.sqrt(d - l21 * l21)
    rand = [(math.sqrt(2 * f) * math.cos(w), math.sqrt(2 * f) * math.sin(w))
            for w in (2 * math.pi * k / 72 for k in range(73))]
    return [b[0] + l11 * u for u, _ in rand], [b[1] + l21 * u + l22 * v for u, v in rand]


def paare(reihe, verzoegerung):
    """Herbste, denen so viele lückenlos vorangehen: (x_t, x_t-1, ..., x_t-k)."""
    herbst = {jahr: wert for (jahr, saison), wert in reihe.items() if saison == "Herbst"}
    folgen = [[herbst.get(jahr - k) for k in range(verzoegerung + 1)] for jahr in sorted(herbst)]
    return [folge for folge in folgen if None not in folge]


def partielle(reihe, verzoegerung):
    """Der letzte Koeffizient einer Regression auf alle Verzögerungen bis zu dieser."""
    folgen = paare(reihe, verzoegerung)
    return regression([[1] + f[1:] for f in folgen], [f[0] for f in folgen])[0][-1], len(folgen)


reihen = fangreihen.lesen()
werte, korrelogramme, flaechen, ellipsen = {}, [], [], []
verbund_z, verbund_y = [], []
for flaeche, reihe in reihen.items():
    folgen = paare(reihe, 2)
    b, kovarianz, frei = regression([[1] + f[1:] for f in folgen], [f[0] for f in folgen])
    b, kovarianz = b[1:], [z[1:] for z in kovarianz[1:]]
    fehler = [math.sqrt(kovarianz[k][k]) for k in (0, 1)]
    werte |= {f"{flaeche}.phi1": b[0], f"{flaeche}.phi2": b[1], f"{flaeche}.fehler1": fehler[0],
              f"{flaeche}.fehler2": fehler[1], f"{flaeche}.p": student(b[1] / fehler[1], frei),
              f"{flaeche}.periode": periode(*b), f"{flaeche}.n": len(folgen)}
    koeffizienten = [partielle(reihe, k)[0] for k in range(1, 6)]
    korrelogramme.append({"name": flaeche, "x": [1, 2, 3, 4, 5], "y": koeffizienten})
    x, y = ellipse(b, kovarianz, frei)
    ellipsen.append({"name": flaeche, "x": x, "y": y})
    if simulieren.FLAECHEN[flaeche]["wiesel"] > 1:
        mittel = [sum(f[k] for f in folgen) / len(folgen) for k in range(3)]
        verbund_z += [[f[1] - mittel[1], f[2] - mittel[2]] for f in folgen]
        verbund_y += [f[0] - mittel[0] for f in folgen]

# Die drei Flächen mit Wieseln gemeinsam, jede mit eigenem Mittel.
b, kovarianz, frei = regression(verbund_z, verbund_y, verbraucht=3)
fehler = [math.sqrt(kovarianz[k][k]) for k in (0, 1)]
werte |= {"Verbund.phi1": b[0], "Verbund.phi2": b[1], "Verbund.fehler1": fehler[0], "Verbund.fehler2": fehler[1],
          "Verbund.p": student(b[1] / fehler[1], frei), "Verbund.periode": periode(*b), "Verbund.n": len(verbund_y),
          "Verbund.modul": math.sqrt(-b[1])}

# Was die Simulation wirklich enthält.
a, w = simulieren.SOMMER * simulieren.WINTER, simulieren.WIESEL_BEHARREN
KREUZ = ((1, 1), (-1, -1), (0, 0), (1, -1), (-1, 1))
for name, flaeche, gezeigt in (("wahr", "Moorwiese", "wahr"), ("wahr-Heckenrain", "Heckenrain", "wahr (Heckenrain)")):
    folge = simulieren.SOMMER * simulieren.FLAECHEN[flaeche]["wiesel"] * simulieren.WIESEL_FOLGEN
    phi1, phi2 = a + w, -(a * w + folge)
    werte |= {f"{name}.phi1": phi1, f"{name}.phi2": phi2, f"{name}.periode": periode(phi1, phi2),
              f"{name}.modul": math.sqrt(-phi2)}
    ellipsen.append({"name": gezeigt, "x": [phi1 + 0.09 * u for u, _ in KREUZ],
                     "y": [phi2 + 0.045 * v for _, v in KREUZ]})

schranke = 1.96 / math.sqrt(min(werte[f"{f}.n"] for f in reihen))
werte["schranke"] = schranke
for vorzeichen in (1, -1):
    korrelogramme.append({"name": "5 %" if vorzeichen > 0 else "–5 %", "kind": "reference", "x": [1, 5],
                          "y": [vorzeichen * schranke] * 2})
ecken = {"name": "stabil", "kind": "reference", "x": [-2, 0, 2, -2], "y": [-1, 1, -1, -1]}
parabel = [-2 + 4 * k / 80 for k in range(81)]
ellipsen += [ecken, {"name": "darunter Zyklen", "kind": "reference", "x": parabel, "y": [-x * x / 4 for x in parabel]}]
json.dump({"panels": [{"title": "partielle Autokorrelation", "series": korrelogramme},
                      {"title": "Koeffizienten", "series": ellipsen}], "values": werte}, sys.stdout)
