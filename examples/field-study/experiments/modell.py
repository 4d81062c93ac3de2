"""Erdmäuse und Mauswiesel im Lauf der Jahreszeiten, mit und ohne Generalisten; Runge-Kutta vierter Ordnung.

Die Gleichungen stehen in Kapitel 5. Aufgerufen als "modell.py zeitreihe" oder "modell.py generalisten".
"""

import json
import math
import sys

NACHWUCHS, KAPAZITAET = 6.0, 150.0  # 1/Jahr, Tiere/ha
FRASS, SAETTIGUNG = 600.0, 6.0  # Mäuse je Wiesel und Jahr; Mäuse/ha bei halbem Fraß
WIESEL_ZUWACHS, BEDARF = 1.25, 40.0  # 1/Jahr; Mäuse, die ein Wiesel zum Bleiben braucht
GENERALISTEN_HALB = 14.0  # Mäuse/ha, bei denen Generalisten halb so viel fressen wie höchstens


def aenderung(t, n, p, saison, generalisten):
    """dN/dt und dP/dt."""
    jahreszeit = 1 - saison * math.sin(2 * math.pi * t)
    dn = (NACHWUCHS * jahreszeit * n - NACHWUCHS * n * n / KAPAZITAET
          - generalisten * n * n / (n * n + GENERALISTEN_HALB**2) - FRASS * n * p / (n + SAETTIGUNG))
    return dn, WIESEL_ZUWACHS * p * (jahreszeit - BEDARF * p / n)


def schritt(t, n, p, h, *umstaende):
    a, b = aenderung(t, n, p, *umstaende)
    c, d = aenderung(t + h / 2, n + h / 2 * a, p + h / 2 * b, *umstaende)
    e, f = aenderung(t + h / 2, n + h / 2 * c, p + h / 2 * d, *umstaende)
    g, i = aenderung(t + h, n + h * e, p + h * f, *umstaende)
    return n + h / 6 * (a + 2 * c + 2 * e + g), p + h / 6 * (b + 2 * d + 2 * f + i)


def bahn(jahre, schritte, saison, generalisten):
    """N und P an allen Schritten von Jahr 0 an."""
    n, p = 20.0, 0.3
    ns, ps = [n], [p]
    for k in range(jahre * schritte):
        n, p = schritt(k / schritte, n, p, 1 / schritte, saison, generalisten)
        ns.append(n)
        ps.append(p)
    return ns, ps


def herbste(jahre, vorlauf, schritte, saison, generalisten):
    """Mäuse im Oktober der letzten Jahre."""
    ns, _ = bahn(vorlauf + jahre, schritte, saison, generalisten)
    return [ns[k * schritte + round(0.79 * schritte)] for k in range(vorlauf, vorlauf + jahre)]


def umlauf(werte):
    """Nach wie vielen Werten die Folge sich wiederholt; 0, wenn sie es nicht tut."""
    for abstand in range(1, len(werte) // 2):
        if all(abs(werte[i + abstand] / werte[i] - 1) < 0.01 for i in range(len(werte) - abstand)):
            return abstand
    return 0


def gipfel(werte):
    return [k for k in range(1, len(werte) - 1) if werte[k - 1] < werte[k] >= werte[k + 1]]


def hauptgipfel(werte):
    """Die Gipfel über der Mitte zwischen Tief und Hoch, im Logarithmus."""
    mitte = math.sqrt(min(werte) * max(werte))
    hohe, letzter = [], None
    for k in gipfel(werte):
        if werte[k] < mitte:
            continue
        if letzter is not None and min(werte[letzter:k]) > mitte:  # noch derselbe Berg
            if werte[k] > werte[letzter]:
                hohe[-1] = letzter = k
            continue
        hohe.append(k)
        letzter = k
    return hohe


def zeitreihe(gefragt):
    schritte, vorlauf, jahre = gefragt["schritte"], 60, gefragt["jahre"]
    umstaende = gefragt["saison"], gefragt["generalisten"]
    ns, ps = bahn(vorlauf + 40, schritte, *umstaende)
    doppelt, _ = bahn(vorlauf + 40, 2 * schritte, *umstaende)
    fehler = max(abs(a / b - 1) for a, b in zip(ns, doppelt[::2]))
    ns, ps = ns[vorlauf * schritte:], ps[vorlauf * schritte:]
    maeuse, wiesel = hauptgipfel(ns), hauptgipfel(ps)
    folgen = [min(w - m for w in wiesel if w >= m) for m in maeuse if m <= wiesel[-1]]
    herbst = [ns[k * schritte + round(0.79 * schritte)] for k in range(40)]
    jede = max(1, schritte // 100)
    x = [k / schritte for k in range(0, jahre * schritte + 1, jede)]

    def reihe(name, werte):
        return {"series": [{"name": name, "x": x, "y": werte[:jahre * schritte + 1:jede]}]}

    return {
        "panels": [{"title": "Mäuse", **reihe("Mäuse", ns)}, {"title": "Wiesel", **reihe("Wiesel", ps)}],
        "values": {"umlauf": umlauf(herbst), "hoch": max(ns), "tief": min(ns), "spanne": max(herbst) / min(herbst),
                   "verzug": sum(folgen) / len(folgen) / schritte, "schrittfehler": fehler},
    }


def leiter(gefragt):
    stufen = [gefragt["hoechstens"] * k / (gefragt["stufen"] - 1) for k in range(gefragt["stufen"])]
    mitten, tiefs, hochs, umlaeufe = [], [], [], []
    for k, generalisten in enumerate(stufen):
        werte = sorted(herbste(16, 60, gefragt["schritte"], gefragt["saison"], generalisten))
        mitten.append((werte[7] + werte[8]) / 2)
        tiefs.append(werte[0])
        hochs.append(werte[-1])
        print("progress", (k + 1) / len(stufen), file=sys.stderr, flush=True)
    ruhig = [hoch / tief < 1.05 for hoch, tief in zip(hochs, tiefs)]
    unruhig = [stufe for stufe, ist_ruhig in zip(stufen, ruhig) if not ist_ruhig]
    return {
        "panels": [{"title": "Herbstdichte", "series": [{"name": "Median", "x": stufen, "y": mitten, "lower": tiefs,
                                                         "upper": hochs}]}],
        "values": {"spanne-ohne": hochs[0] / tiefs[0], "letzte-zyklen": unruhig[-1],
                   "ruhig-ab": next(s for s in stufen if s > unruhig[-1]), "ruhige-dichte": mitten[-1]},
    }


def main():
    gefragt = json.load(sys.stdin)["parameters"]
    json.dump({"zeitreihe": zeitreihe, "generalisten": leiter}[sys.argv[1]](gefragt), sys.stdout)


if __name__ == "__main__":
    main()
