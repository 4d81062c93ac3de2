# What the cells of the notebook share: the images, colours and names of networks, and saving a figure in three forms.
# Every cell is a function that draws one figure and returns the numbers found, by the names that the report exports.
import gzip
import os
import pathlib
import time

import matplotlib
import numpy as np
import torch

matplotlib.use("Agg")
import matplotlib.pyplot as plt

plt.rcParams.update({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False})
INCH = 25.4
FULL = 175 / INCH
FLOAT_MAX, FLOAT_MIN = np.finfo(np.float32).max, np.finfo(np.float32).tiny
output = pathlib.Path(".")
images = labels = None
saving = 0.0  # seconds that saving figures has taken

COLOURS = {
    "tanh-normal": "#D55E00", "relu-normal": "#E69F00", "relu-he": "#0072B2", "tanh-xavier": "#009E73",
    "tanh-uniform-fan-in": "#CC79A7", "sigmoid-xavier": "black", "sigmoid-uniform-fan-in": "grey",
    "relu-xavier": "#56B4E9", "relu-uniform-fan-in": "#E69F00", "leaky-relu-he": "#D55E00", "gelu-he": "#009E73",
    "swish-he": "#CC79A7",
}
RATES = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7"]


def figure(rows, columns, height_mm, **options):
    return plt.subplots(rows, columns, figsize=(FULL, height_mm / INCH), layout="constrained", **options)


def save(drawing, name):
    global saving
    begun = time.perf_counter()
    drawing.savefig(output / f"{name}.pdf")
    drawing.set_layout_engine("none")  # the places are found; they are the same in the other forms
    for form in ("svg", "png"):
        drawing.savefig(output / f"{name}.{form}", dpi=192)
    plt.close(drawing)
    saving += time.perf_counter() - begun


def band(axes, x, low, middle, high, colour, label=None):
    axes.fill_between(x, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.plot(x, middle, color=colour, label=label)


def letters(drawing):
    for letter, axes in zip("abcdefgh", (a for a in drawing.axes if not hasattr(a, "_colorbar"))):
        axes.set_title(letter, loc="left", fontweight="bold")


def idx(name):
    folder = pathlib.Path(os.environ["REPORT_DATA"])
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            return (gzip.open if path.suffix == ".gz" else open)(path, "rb").read()
    raise SystemExit(f"no {name} in REPORT_DATA")


def load_images():
    global images, labels
    pixels = np.frombuffer(idx("train-images-idx3-ubyte"), np.uint8, offset=16)
    images = torch.from_numpy(pixels.reshape(-1, 784) / np.float32(255))
    labels = torch.from_numpy(np.frombuffer(idx("train-labels-idx1-ubyte"), np.uint8, offset=8).astype(np.int64))


def samples(batch, seeds):
    """The images and labels of each seed, the same for all networks: (seeds, batch, 784) and (seeds, batch)."""
    which = torch.stack([torch.randperm(len(images), generator=torch.Generator().manual_seed(s))[:batch]
                         for s in range(seeds)])
    return images[which], labels[which]
