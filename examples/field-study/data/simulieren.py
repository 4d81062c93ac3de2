"""Erzeugt alle Tabellen dieses Ordners. Die Daten sind erfunden: eine Rechnung, keine Fänge.

    python3 data/simulieren.py          schreibt fang.csv, jahre.csv, tiere.csv und arten.csv neu
    python3 data/simulieren.py --pruefen   sagt nur, ob sie sind, was diese Datei ergibt

Das Modell steht in Kapitel 2 des Berichts. Der Zufall kommt allein aus random(), dessen Folge Python zu jedem
Startwert für alle Versionen gleich hält; Zwischenstände werden gerundet, damit die letzte Stelle einer
Mathematikbibliothek nichts ändern kann.
"""

import csv
import io
import math
import os
import random
import sys

STARTWERT = 1
JAHRE = range(2005, 2023)
SAISONS = ("Frühjahr", "Herbst")

# Das mittlere ln der Herbstdichte, und wie stark die Wiesel des Vorjahrs auf den Winter wirken.
FLAECHEN = {
    "Moorwiese": {"mittel": 3.9, "wiesel": 1.2},
    "Brache": {"mittel": 3.7, "wiesel": 1.2},
    "Auwiese": {"mittel": 3.6, "wiesel": 1.2},
    "Heckenrain": {"mittel": 3.5, "wiesel": 0.1},
}
WINTER = 0.3  # Anteil der Abweichung vom Mittel, der den Winter übersteht
SOMMER = 0.5  # ... und den Sommer
WIESEL_BEHARREN = 0.1
WIESEL_FOLGEN = 1.2  # Antwort der Wiesel auf die Mäuse des vorigen Herbstes
WINTERVERLUST = 1.1  # in ln
SCHNEE_WIRKT = 0.15
STREUUNG_WINTER, STREUUNG_SOMMER, STREUUNG_WIESEL = 0.45, 0.3, 0.2
UNGLEICH = 0.4  # die eine Hälfte der Tiere geht 1.4-mal so oft in die Falle wie im Mittel, die andere 0.6-mal

# Ausgefallene Fänge; None: auf allen Flächen.
AUSFALL = {
    ("Heckenrain", 2009, "Herbst"): "Straßenbau",
    ("Auwiese", 2013, "Frühjahr"): "Hochwasser",
    ("Auwiese", 2013, "Herbst"): "Hochwasserschäden",
    ("Brache", 2016, "Herbst"): "Fallen entwendet",
    (None, 2020, "Frühjahr"): "Kontaktbeschränkungen",
}


class Zufall:
    """Ziehungen, die nur random() brauchen."""

    def __init__(self, startwert):
        self.gleich = random.Random(startwert).random

    def normal(self):
        return math.sqrt(-2 * math.log(1 - self.gleich())) * math.cos(2 * math.pi * self.gleich())

    def poisson(self, mittel):
        anzahl, produkt, grenze = 0, self.gleich(), math.exp(-mittel)
        while produkt > grenze:
            anzahl += 1
            produkt *= self.gleich()
        return anzahl

    def unter(self, wahrscheinlichkeit):
        return self.gleich() < wahrscheinlichkeit


def fallen_im_jahr(jahr):
    """Raster von 7 x 7, 8 x 8 und 10 x 10 Fallen."""
    return 49 if jahr < 2010 else 64 if jahr < 2016 else 100


def chapman(erst, zweit, wieder):
    """Schätzung und Standardfehler aus Fang und Wiederfang."""
    schaetzung = (erst + 1) * (zweit + 1) / (wieder + 1) - 1
    varianz = (erst + 1) * (zweit + 1) * (erst - wieder) * (zweit - wieder) / ((wieder + 1) ** 2 * (wieder + 2))
    return schaetzung, math.sqrt(varianz)


def bestaende(zufall):
    """Was wirklich da ist: Mäuse je Fläche, Jahr und Saison; Wiesel (ln) und Schneetage je Winter."""
    schnee = {jahr: max(3, round(45 + 18 * zufall.normal())) for jahr in JAHRE}  # des Winters, der im Jahr beginnt
    maeuse, wiesel = {}, {}
    for flaeche, eigen in FLAECHEN.items():
        x, p = 0.0, 0.0  # Abweichungen vom Mittel: Mäuse im Herbst, Wiesel im Winter
        for jahr in range(JAHRE[0] - 20, JAHRE[-1] + 1):  # die ersten zwanzig Jahre sind Vorlauf
            wetter = (schnee[jahr - 1] - 45) / 18 if jahr - 1 in schnee else zufall.normal()
            y = WINTER * x - eigen["wiesel"] * p + SCHNEE_WIRKT * wetter + STREUUNG_WINTER * zufall.normal()
            p = WIESEL_BEHARREN * p + WIESEL_FOLGEN * x + STREUUNG_WIESEL * zufall.normal()
            fruehjahr = 1 + zufall.poisson(math.exp(round(eigen["mittel"] - WINTERVERLUST + y, 6)))
            y = math.log(fruehjahr) - eigen["mittel"] + WINTERVERLUST
            x = round(SOMMER * y + STREUUNG_SOMMER * zufall.normal(), 6)
            herbst = 1 + zufall.poisson(math.exp(eigen["mittel"] + x))
            x = round(math.log(herbst) - eigen["mittel"], 6)
            p = round(p, 6)
            if jahr in JAHRE:
                maeuse[flaeche, jahr, "Frühjahr"], maeuse[flaeche, jahr, "Herbst"] = fruehjahr, herbst
                wiesel[flaeche, jahr] = p
    return maeuse, wiesel, schnee


def fang(zufall, anzahl, fallen):
    """Erstfang, Zweitfang und Wiederfang; die Tiere sind ungleich leicht zu fangen."""
    neigung = -0.35 + 0.012 * (fallen - 49)
    chancen = [1 / (1 + math.exp(-neigung - 0.3 * zufall.normal())) for _ in range(2)]
    erst = zweit = wieder = 0
    for tier in range(anzahl):
        faktor = 1 + UNGLEICH if tier % 2 else 1 - UNGLEICH
        am_ersten, am_zweiten = (zufall.unter(faktor * chance) for chance in chancen)
        erst += am_ersten
        zweit += am_zweiten
        wieder += am_ersten and am_zweiten
    return erst, zweit, wieder


def masse(zufall, saison, geschlecht, zuwachs):
    """In Gramm, auf halbe genau. Im Herbst sind zwei Drittel Jungtiere; wächst der Bestand, sind alle schwerer."""
    jung = saison == "Herbst" and zufall.unter(2 / 3)
    mittel, streuung = (18, 2.6) if jung else (34, 4.2) if geschlecht == "Männchen" else (29, 4.0)
    return max(9, round(2 * (mittel + 1.2 * max(-1.5, min(1.5, zuwachs)) + streuung * zufall.normal())) / 2)


def simulieren(startwert=STARTWERT):
    """Alle Tabellen als Listen von Zeilen, und unter "wahr" die Bestände selbst."""
    zufall = Zufall(startwert)
    maeuse, wiesel, schnee = bestaende(zufall)
    faenge, tiere, arten = [], [], []
    geschaetzt, vorher = {}, {}
    for jahr in JAHRE:
        for saison in SAISONS:
            for flaeche in FLAECHEN:
                tag = 3 + int(16 * zufall.gleich())
                datum = f"{jahr}-{'05' if saison == 'Frühjahr' else '10'}-{tag:02d}"
                fallen = fallen_im_jahr(jahr)
                anzahl = maeuse[flaeche, jahr, saison]
                ort = [flaeche, datum, jahr, saison]
                if (flaeche, jahr, saison) in AUSFALL or (None, jahr, saison) in AUSFALL:
                    faenge.append(ort + [fallen] + 5 * [""])
                    continue
                erst, zweit, wieder = fang(zufall, anzahl, fallen)
                bestand, fehler = chapman(erst, zweit, wieder)
                geschaetzt[flaeche, jahr, saison] = round(bestand, 1)
                faenge.append(ort + [fallen, erst, zweit, wieder, f"{bestand:.1f}", f"{fehler:.1f}"])
                zuwachs = math.log(anzahl / vorher.get((flaeche, saison), anzahl))
                vorher[flaeche, saison] = anzahl
                for _ in range(erst):
                    geschlecht = "Männchen" if zufall.unter(0.53) else "Weibchen"
                    gramm = masse(zufall, saison, geschlecht, zuwachs)
                    tiere.append(ort + [geschlecht, "" if zufall.unter(0.03) else f"{gramm:.1f}"])
                roetel = zufall.poisson(math.exp(1.5 + 0.7 * (saison == "Herbst") + 0.5 * zufall.normal()))
                spitz = zufall.poisson(math.exp(1.1 + 0.6 * (saison == "Herbst") + 0.4 * zufall.normal()))
                for art, zahl in (("Erdmaus", erst), ("Rötelmaus", roetel), ("Waldspitzmaus", spitz)):
                    arten.append(ort + [art, zahl])

    jahre = []
    for flaeche in FLAECHEN:
        for jahr in JAHRE:
            herbste = [geschaetzt.get((flaeche, jahr + k, "Herbst")) for k in (-1, 0, 1)]
            logarithmen = [math.log(h + 1) if h is not None else None for h in herbste]
            zuwachs = logarithmen[2] - logarithmen[1] if None not in logarithmen[1:] else None
            spuren = sum(zufall.unter(1 - math.exp(-0.3 * math.exp(wiesel[flaeche, jahr]))) for _ in range(20))
            zerstoert = zufall.unter(0.06)
            jahre.append([flaeche, jahr]
                         + ["" if v is None else f"{v:.3f}" for v in (logarithmen[1], logarithmen[0], zuwachs)]
                         + ["" if zerstoert else 5 * spuren, schnee[jahr]])
    ort = ["flaeche", "datum", "jahr", "saison"]
    return {
        "fang": [ort + ["fallen", "erstfang", "zweitfang", "wiederfang", "bestand", "fehler"]] + faenge,
        "jahre": [["flaeche", "jahr", "herbst", "vorjahr", "zuwachs", "wiesel", "schneetage"]] + jahre,
        "tiere": [ort + ["geschlecht", "masse"]] + tiere,
        "arten": [ort + ["art", "individuen"]] + arten,
        "wahr": maeuse,
    }


def als_text(zeilen):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(zeilen)
    return text.getvalue()


def main():
    ordner = os.path.dirname(os.path.abspath(__file__))
    anders = []
    for name, zeilen in simulieren().items():
        if name == "wahr":
            continue
        pfad = os.path.join(ordner, name + ".csv")
        if "--pruefen" in sys.argv:
            with open(pfad, encoding="utf-8", newline="") as datei:
                if datei.read() != als_text(zeilen):
                    anders.append(name + ".csv")
        else:
            with open(pfad, "w", encoding="utf-8", newline="") as datei:
                datei.write(als_text(zeilen))
    if anders:
        sys.exit("nicht, was simulieren.py ergibt: " + ", ".join(anders))


if __name__ == "__main__":
    main()
