"""Was die Schätzung taugt, gemessen an dem, was wirklich da war: nur hier, in erfundenen Daten, ist es bekannt."""

import csv
import json
import math
import sys

sys.path.insert(0, "../data")
import simulieren  # noqa: E402

gefragt = json.load(sys.stdin)
wiederholungen, fallen = gefragt["parameters"]["wiederholungen"], gefragt["parameters"]["fallen"]
zufall = simulieren.Zufall(gefragt["seed"])

dichten, mitten, unten, oben = [], [], [], []
for stufe in range(17):
    wahr = round(3 * 2 ** (stufe / 2.6))
    verhaeltnisse = sorted(simulieren.chapman(*simulieren.fang(zufall, wahr, fallen))[0] / wahr
                           for _ in range(wiederholungen))
    dichten.append(wahr)
    mitten.append(sum(verhaeltnisse) / wiederholungen)
    unten.append(verhaeltnisse[wiederholungen // 10])
    oben.append(verhaeltnisse[wiederholungen - 1 - wiederholungen // 10])
    print("progress", (stufe + 1) / 17, file=sys.stderr, flush=True)

# Die Reihen des Berichts selbst: Tabelle gegen Simulation.
wahr = simulieren.simulieren()["wahr"]
with open("../data/fang.csv", encoding="utf-8", newline="") as datei:
    zeilen = [z for z in csv.DictReader(datei) if z["bestand"]]
paare = [(wahr[z["flaeche"], int(z["jahr"]), z["saison"]], float(z["bestand"]), float(z["fehler"])) for z in zeilen]
enthalten = sum(abs(n - schaetzung) <= 1.96 * fehler for n, schaetzung, fehler in paare)

# Zuwachs von Herbst zu Herbst, wahr und geschätzt: ein gleichbleibender Fehler fällt heraus.
herbste = {(z["flaeche"], int(z["jahr"])): float(z["bestand"]) for z in zeilen if z["saison"] == "Herbst"}
zuwaechse = [(math.log(wahr[f, j + 1, "Herbst"] / wahr[f, j, "Herbst"]), math.log((herbste[f, j + 1] + 1) / (h + 1)))
             for (f, j), h in herbste.items() if (f, j + 1) in herbste]


def korrelation(punkte):
    n = len(punkte)
    ma, mb = (sum(p[k] for p in punkte) / n for k in (0, 1))
    ab, aa, bb = (sum((p[i] - (ma, mb)[i]) * (p[j] - (ma, mb)[j]) for p in punkte) for i, j in ((0, 1), (0, 0), (1, 1)))
    return ab / math.sqrt(aa * bb)


faktor = 1 / (1 + simulieren.UNGLEICH**2)
x = [dichten[0], dichten[-1]]
json.dump({
    "panels": [{"title": "Verhältnis", "series": [
        {"name": "Chapman", "x": dichten, "y": mitten, "lower": unten, "upper": oben},
        {"name": "Grenzwert", "kind": "theory", "x": x, "y": [faktor, faktor]},
        {"name": "ohne Fehler", "kind": "reference", "x": x, "y": [1, 1]}]}],
    "values": {
        "grenzwert": faktor,
        "bei-grossen": mitten[-1],
        "bei-kleinen": mitten[0],
        "verhaeltnis": sum(s for _, s, _ in paare) / sum(n for n, _, _ in paare),
        "intervalle": len(paare),
        "ueberdeckung": enthalten / len(paare),
        "zuwaechse": len(zuwaechse),
        "zuwachs-korrelation": korrelation(zuwaechse),
        "zuwachs-versatz": sum(b - a for a, b in zuwaechse) / len(zuwaechse),
        "messfehler": math.sqrt(sum((b - a) ** 2 for a, b in zuwaechse) / len(zuwaechse) / 2),
    },
}, sys.stdout)
