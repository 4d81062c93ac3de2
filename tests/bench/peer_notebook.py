# The report's fifteen figures as a notebook would make them: PyTorch for the networks, SciPy for flows and roots,
# matplotlib for the figures. The same sizes, seeds, steps, grids and tolerances; no document. Prints seconds by part.
#   REPORT_DATA=DIR peer_notebook.py OUTPUT [SHARE] [plain] [FIGURE...]
# SHARE: this part of the training's epochs, scaled up in the sum. With figures named these alone, one after the other. As many jobs run at once as there are cores, each in a
# process of its own and with BLAS on one thread: on products of this size a second thread costs more than it gains.
# plain: one after the other as cells do, and networks trained one by one as in tutorials. OUTPUT/values.json has the
# numbers found.
import time

begun = time.perf_counter()
import concurrent.futures
import json
import multiprocessing
import os
import pathlib
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
import numpy as np
import torch

from notebook import common, descents, edge, initialised, phase_diagram, training

def is_share(word):
    return word.replace(".", "", 1).isdigit()


output, words = pathlib.Path(sys.argv[1]), sys.argv[2:]
share = float(next(filter(is_share, words), 1.0))
plain = "plain" in words
chosen = [word for word in words if word != "plain" and not is_share(word)]
cells = {
    "gradient-depth": initialised.six_networks,
    "phase-diagram": phase_diagram.phase_diagram,
    "relatives": initialised.relatives,
    "width-and-depth": initialised.width_and_depth,
    "signal-propagation": initialised.signal_propagation,
    "float-range": initialised.float_range,
    "quadratic-bowl": descents.quadratic_bowl,
    "momentum": descents.momentum,
    "stability-function": descents.stability_function,
    "gradient-clipping": descents.gradient_clipping,
    "product-model": descents.product_model,
    "effective-time": descents.effective_time,
    "flow-versus-descent": descents.flow_versus_descent,
}
long = {"training-loss", "edge-of-stability"}  # made of several jobs
if unknown := set(chosen) - set(cells) - long:
    raise SystemExit(f"no such figure: {', '.join(sorted(unknown))}")
of_images = {"gradient-depth", "relatives", "signal-propagation", "training-loss"}


class Job:
    """What a job found, when, the processor time that it took, and how much of it saved the figure."""

    def __init__(self, work, *arguments):
        self.begin, processor, saving = time.perf_counter(), time.process_time(), common.saving
        self.found = work(*arguments)
        self.end, self.processor = time.perf_counter(), time.process_time() - processor
        self.saving = common.saving - saving


def spent(jobs, scale=1.0):
    """Seconds from the beginning of the first to the end of the last, of processor time, and of saving figures."""
    wall = max(job.end for job in jobs) - min(job.begin for job in jobs)
    return np.array([wall, sum(job.processor for job in jobs), sum(job.saving for job in jobs)]) * scale


def wanted(name):
    return not chosen or name in chosen


def main():
    output.mkdir(parents=True, exist_ok=True)
    common.output = output
    torch.set_num_threads(1)
    if not chosen or of_images.intersection(chosen):
        common.load_images()
    seconds = {"imports and images": np.array([time.perf_counter() - begun, time.process_time(), 0])}
    epochs = max(1, round(share * training.EPOCHS))
    workers = 1 if plain or chosen else os.cpu_count()
    with concurrent.futures.ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
        # What takes longest first.
        train = training.train_plainly if plain else training.train
        curves, edges = {}, []
        if wanted("training-loss"):
            curves = {name: pool.submit(Job, train, name, epochs) for name in training.RATES}
        if wanted("edge-of-stability"):
            edges = [pool.submit(Job, edge.flow)] + [pool.submit(Job, edge.descend, eta) for eta in edge.ETAS]
        figures = {name: pool.submit(Job, cell) for name, cell in cells.items() if wanted(name)}
        if edges:
            edges = [job.result() for job in edges]
            flow, *records = [job.found for job in edges]
            figures["edge-of-stability"] = pool.submit(Job, edge.draw, flow, records)
        if curves:
            curves = {name: job.result() for name, job in curves.items()}
            figures["training-loss"] = pool.submit(Job, training.draw, {name: job.found for name, job in curves.items()})
        results = {name: job.result() for name, job in figures.items()}
    seconds |= {name: spent([job]) for name, job in results.items()}
    scale, rest = training.EPOCHS / epochs, np.zeros(3)
    if edges:
        seconds["edge-of-stability"] += spent(edges)
    if curves:
        rest = spent(curves.values(), scale - 1)
        seconds["training-loss"] += spent(curves.values(), scale)
    wall = time.perf_counter() - begun + rest[0]
    seconds["all"] = np.array([wall, *np.sum(list(seconds.values()), axis=0)[1:]])
    print(f"{'seconds':24s} {'wall':>9s} {'processor':>9s} {'saving':>9s}"
          + (f"   (training times {scale:g})" if scale != 1 else ""))
    for name, parts in seconds.items():
        print(f"{name:24s} " + " ".join(f"{part:9.2f}" for part in parts))
    found = {name: {key: float(value) for key, value in job.found.items()} for name, job in results.items()}
    (output / "values.json").write_text(json.dumps(found, indent=1))
    (output / "seconds.json").write_text(json.dumps({name: list(part) for name, part in seconds.items()}, indent=1))


main()
