"""Liest die Tabelle der Fänge: je Fläche die Logarithmen der geschätzten Bestände, None wo keiner bestimmt wurde."""

import csv
import math


def lesen(pfad="../data/fang.csv"):
    """{Fläche: {(Jahr, Saison): ln(Bestand + 1) oder None}}, in der Reihenfolge der Tabelle."""
    reihen = {}
    with open(pfad, encoding="utf-8", newline="") as datei:
        for z in csv.DictReader(datei):
            wert = math.log(float(z["bestand"]) + 1) if z["bestand"] else None
            reihen.setdefault(z["flaeche"], {})[int(z["jahr"]), z["saison"]] = wert
    return reihen
