"""Periodogramme von Lomb und Scargle, die Lücken vertragen, und eine Schwelle aus vertauschten Jahren."""

import json
import math
import random
import sys

import fangreihen

gefragt = json.load(sys.stdin)
vertauschungen = gefragt["parameters"]["vertauschungen"]
gleich = random.Random(gefragt["seed"]).random
SAISONS = {"Frühjahr": 0.36, "Herbst": 0.78}  # Mitte des Fangs, in Bruchteilen des Jahres

perioden = [2 * (9 / 2) ** (k / 120) for k in range(121)]


def ohne_jahresgang(reihe):
    """[(Zeit, Abweichung vom Mittel der Saison)]."""
    punkte = []
    for saison, bruchteil in SAISONS.items():
        werte = {jahr: wert for (jahr, s), wert in reihe.items() if s == saison and wert is not None}
        mittel = sum(werte.values()) / len(werte)
        punkte += [(jahr + bruchteil, wert - mittel) for jahr, wert in werte.items()]
    return sorted(punkte)


def drehungen(zeiten):
    """Zu jeder Periode Sinus und Kosinus, um Lombs Versatz verschoben, mit ihren Quadratsummen."""
    alle = []
    for periode in perioden:
        omega = 2 * math.pi / periode
        versatz = math.atan2(sum(math.sin(2 * omega * t) for t in zeiten),
                             sum(math.cos(2 * omega * t) for t in zeiten)) / (2 * omega)
        c = [math.cos(omega * (t - versatz)) for t in zeiten]
        s = [math.sin(omega * (t - versatz)) for t in zeiten]
        alle.append((c, sum(v * v for v in c), s, sum(v * v for v in s)))
    return alle


def leistungen(werte, gedreht):
    """Die Leistung je Periode in Einheiten der Varianz."""
    varianz = sum(w * w for w in werte) / (len(werte) - 1)
    return [(sum(w * v for w, v in zip(werte, c)) ** 2 / cc + sum(w * v for w, v in zip(werte, s)) ** 2 / ss)
            / (2 * varianz) for c, cc, s, ss in gedreht]


def vertauscht(punkte):
    """Die Werte mit vertauschten Jahren; was in einem Jahr beisammen war, bleibt es, soweit es geht."""
    jahre = sorted({int(t) for t, _ in punkte})
    for k in range(len(jahre) - 1, 0, -1):  # Fisher und Yates
        anderes = int((k + 1) * gleich())
        jahre[k], jahre[anderes] = jahre[anderes], jahre[k]
    rang = {jahr: k for k, jahr in enumerate(jahre)}
    ordnung = sorted(range(len(punkte)), key=lambda i: (rang[int(punkte[i][0])], punkte[i][0]))
    return [punkte[i][1] for i in ordnung]


kurven, werte = [], {}
reihen = fangreihen.lesen()
groesste = []
for nummer, (flaeche, reihe) in enumerate(reihen.items()):
    punkte = ohne_jahresgang(reihe)
    gedreht = drehungen([t for t, _ in punkte])
    leistung = leistungen([w for _, w in punkte], gedreht)
    hoechste = max(leistung)
    andere = [max(leistungen(vertauscht(punkte), gedreht)) for _ in range(vertauschungen)]
    groesste += andere
    kurven.append({"name": flaeche, "x": perioden, "y": leistung})
    werte[f"{flaeche}.periode"] = perioden[leistung.index(hoechste)]
    werte[f"{flaeche}.leistung"] = hoechste
    werte[f"{flaeche}.p"] = (1 + sum(a >= hoechste for a in andere)) / (1 + vertauschungen)
    print("progress", (nummer + 1) / len(reihen), file=sys.stderr, flush=True)
schwelle = sorted(groesste)[math.ceil(0.95 * len(groesste)) - 1]
werte["schwelle"] = schwelle
kurven.append({"name": "5 %", "kind": "reference", "x": [perioden[0], perioden[-1]], "y": [schwelle, schwelle]})
json.dump({"panels": [{"title": "Periodogramm", "series": kurven}], "values": werte}, sys.stdout)
