# Reads hours and amounts from the CSV file, and puts N(t) = K / (1 + (K / N(0) - 1) exp(-r t)) beside them.
BEGIN {
  FS = ","
  rate = ENVIRON["PARAMETER_RATE"]
  capacity = ENVIRON["PARAMETER_CAPACITY"]
  start = ENVIRON["PARAMETER_START"]
}

FNR > 1 {
  curve = capacity / (1 + (capacity / start - 1) * exp(-rate * $1))
  distance = curve > $2 ? curve - $2 : $2 - curve
  if (distance > apart) apart = distance
  last = $2
  comma = hours == "" ? "" : ", "
  hours = hours comma $1
  amounts = amounts comma $2
  curves = curves comma sprintf("%.17g", curve)
}

END {
  printf "{\"panels\": [{\"title\": \"growth\", \"series\": [\n"
  printf "  {\"name\": \"measured\", \"kind\": \"measured\", \"x\": [%s], \"y\": [%s]},\n", hours, amounts
  printf "  {\"name\": \"logistic curve\", \"kind\": \"theory\", \"x\": [%s], \"y\": [%s]}]}],\n", hours, curves
  printf " \"values\": {\"last\": %s, \"apart\": %.17g}}\n", last, apart
}
