# The tables of report-beside-notebook.sh: medians of the seconds of each part, and how far the numbers agree.
import json
import math
import pathlib
import statistics
import sys

work = pathlib.Path(sys.argv[1])


def rounds(side):
    return [json.loads(path.read_text()) for path in sorted(work.glob(f"{side}-*.json"))]


def processor_seconds(line):
    wall, user, system = map(float, line.split())
    return wall, user + system


def median(side, name, column):
    return statistics.median(one[name][column] for one in side)


theirs = rounds("theirs")
imports = {"imports and images"}
names = set(theirs[0]) - imports - {"all"}
ours = [{figure["id"].removeprefix("fig:"): (figure["seconds"], math.nan, 0) for figure in one if figure["seconds"] is not None}
        for one in rounds("ours")]
if set(ours[0]) != names:
    raise SystemExit(f"not the same figures: {set(ours[0]) ^ names}")
for one, line in zip(ours, (work / "ours").read_text().splitlines()):
    one["all"] = processor_seconds(line)
for path in work.glob("command-*"):  # of a figure by itself, whose processor time is that of its command
    name = path.name.removeprefix("command-")
    for one, line in zip(ours, path.read_text().splitlines()):
        one[name] = (one[name][0], processor_seconds(line)[1], 0)

print("""A part's seconds are those from its begin to its end, with others beside it. Ours are without drawing, which is in the
line of all; theirs with it, and what saving the figure took of them. The last ratio leaves that out. Our processor time of
a figure that is taken by itself is the whole command's, drawing and reading the chapters included.
""")
print(f"{'seconds':24s} {'ours':>10s} {'theirs':>10s} {'ratio':>8s} {'processor':>10s} {'theirs':>10s} {'ratio':>8s}"
      f" {'saving':>8s} {'ratio':>8s}")
for name in sorted(ours[0], key=lambda name: (name == "all", -median(theirs, name, 0))):
    cells = []
    for column in (0, 1):
        a, b = median(ours, name, column), median(theirs, name, column)
        cells.append(f"{a:10.3f} {b:10.3f} {b / a:8.1f}")
    if name != "all":
        saving = median(theirs, name, 2)
        cells.append(f"{saving:8.3f} {(median(theirs, name, 0) - saving) / median(ours, name, 0):8.1f}")
    print(f"{name:24s} {' '.join(cells)}".replace("nan", "   "))
ratios = [b["all"][0] / a["all"][0] for a, b in zip(ours, theirs)]
print(f"ratios of the rounds: {min(ratios):.2f} to {max(ratios):.2f}")

print(f"\n{'numbers in common':24s} {'compared':>10s} {'to 1e-6':>10s} {'to 10 %':>10s}   others: ours, theirs")
for name, values in json.loads((work / "notebook" / "values.json").read_text()).items():
    data = json.loads((work / "report" / "data" / f"{name}.json").read_text())
    mine = dict(data["values"])
    for function, table in data["functions"].items():
        mine |= {f"{function}({table['first'] + i})": value for i, value in enumerate(table["values"])}
    same, near, others = 0, 0, []
    for key, value in values.items():
        expected = float(mine[key])
        if math.isnan(expected) and math.isnan(value) or math.isclose(expected, value, rel_tol=1e-6, abs_tol=1e-12):
            same += 1
        elif math.isclose(expected, value, rel_tol=0.1):
            near += 1
        else:
            others.append(f"{key} {expected:.3g}, {value:.3g}")
    print(f"{name:24s} {len(values):10d} {same:10d} {near:10d}   {'; '.join(others)}")
