# Wie leicht die Tiere zu fangen waren: der Anteil der Gezeichneten unter denen, die beim zweiten Mal gefangen wurden.
# Rechnet auch die Schätzungen der Tabelle aus den Rohzahlen nach.
BEGIN {
  FS = ","
  while ((getline < "../data/fang.csv") > 0) {
    if (++zeile == 1) continue
    if ($6 == "") { ++ausgefallen; continue }
    ++sitzungen
    erst = $6; zweit = $7; wieder = $8
    schaetzung = (erst + 1) * (zweit + 1) / (wieder + 1) - 1
    varianz = (erst + 1) * (zweit + 1) * (erst - wieder) * (zweit - wieder) / ((wieder + 1) ^ 2 * (wieder + 2))
    abweichung = groesser(abweichung, betrag(schaetzung - $9))
    abweichung = groesser(abweichung, betrag(sqrt(varianz) - $10))
    if (!($3 in zweite)) jahre[++n] = $3
    zweite[$3] += zweit
    gezeichnete[$3] += wieder
    zweite_bei[$5] += zweit
    gezeichnete_bei[$5] += wieder
    alle += zweit
    davon += wieder
    if (wieder == 0) ++ohne
  }
  for (k = 1; k <= n; ++k) {
    jahr = jahre[k]
    anteil = gezeichnete[jahr] / zweite[jahr]
    fehler = sqrt(anteil * (1 - anteil) / zweite[jahr])
    x = x komma jahr
    y = y komma zahl(anteil)
    unten = unten komma zahl(anteil - 2 * fehler)
    oben = oben komma zahl(anteil + 2 * fehler)
    komma = ", "
  }
  printf "{\"panels\": [{\"title\": \"Fangbarkeit\", \"series\": [{\"name\": \"Anteil\", \"x\": [%s], \"y\": [%s], ", x, y
  printf "\"lower\": [%s], \"upper\": [%s]}]}],\n \"values\": {", unten, oben
  printf "\"sitzungen\": %d, \"ausgefallen\": %d, \"ohne-wiederfang\": %d, ", sitzungen, ausgefallen, ohne
  for (fallen in zweite_bei) printf "\"anteil-%d\": %s, ", fallen, zahl(gezeichnete_bei[fallen] / zweite_bei[fallen])
  printf "\"anteil\": %s, \"abweichung\": %s}}\n", zahl(davon / alle), zahl(abweichung)
}
function zahl(wert) { return sprintf("%.12g", wert) }
function betrag(wert) { return wert < 0 ? -wert : wert }
function groesser(a, b) { return a > b ? a : b }
