# The report's fifteen figures as a notebook would make them: PyTorch for the networks, SciPy for flows and roots,
# matplotlib for the figures. The same sizes, seeds, steps, grids and tolerances; no document. Prints seconds by part.
#   REPORT_DATA=DIR peer_notebook.py OUTPUT [SHARE [plain]]
# SHARE: this part of the training's epochs, scaled up in the sum. As many jobs run at once as there are cores, each in a
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

output, share = pathlib.Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
plain = sys.argv[3:] == ["plain"]
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


class Job:
    """What a job found, when, and the processor time that it took."""

    def __init__(self, work, *arguments):
        self.begin, processor = time.perf_counter(), time.process_time()
        self.found = work(*arguments)
        self.end, self.processor = time.perf_counter(), time.process_time() - processor


def spent(jobs, scale=1.0):
    """Seconds from the beginning of the first to the end of the last, and of processor time."""
    wall = max(job.end for job in jobs) - min(job.begin for job in jobs)
    return np.array([wall, sum(job.processor for job in jobs)]) * scale


def main():
    output.mkdir(parents=True, exist_ok=True)
    common.output = output
    torch.set_num_threads(1)
    common.load_images()
    seconds = {"imports and images": np.array([time.perf_counter() - begun, time.process_time()])}
    epochs = max(1, round(share * training.EPOCHS))
    with concurrent.futures.ProcessPoolExecutor(1 if plain else os.cpu_count(), multiprocessing.get_context("fork")) as pool:
        # What takes longest first.
        train = training.train_plainly if plain else training.train
        curves = {name: pool.submit(Job, train, name, epochs) for name in training.RATES}
        edges = [pool.submit(Job, edge.flow)] + [pool.submit(Job, edge.descend, eta) for eta in edge.ETAS]
        figures = {name: pool.submit(Job, cell) for name, cell in cells.items()}
        edges = [job.result() for job in edges]
        flow, *records = [job.found for job in edges]
        figures["edge-of-stability"] = pool.submit(Job, edge.draw, flow, records)
        curves = {name: job.result() for name, job in curves.items()}
        figures["training-loss"] = pool.submit(Job, training.draw, {name: job.found for name, job in curves.items()})
        results = {name: job.result() for name, job in figures.items()}
    seconds |= {name: spent([job]) for name, job in results.items()}
    seconds["edge-of-stability"] += spent(edges)
    scale = training.EPOCHS / epochs
    rest = spent(curves.values(), scale - 1)
    seconds["training-loss"] += spent(curves.values(), scale)
    wall = time.perf_counter() - begun + rest[0]
    seconds["all"] = np.array([wall, sum(processor for _, processor in seconds.values())])
    print(f"{'seconds':24s} {'wall':>9s} {'processor':>9s}" + (f"   (training times {scale:g})" if scale != 1 else ""))
    for name, (part, processor) in seconds.items():
        print(f"{name:24s} {part:9.2f} {processor:9.2f}")
    found = {name: {key: float(value) for key, value in job.found.items()} for name, job in results.items()}
    (output / "values.json").write_text(json.dumps(found, indent=1))
    (output / "seconds.json").write_text(json.dumps({name: list(part) for name, part in seconds.items()}, indent=1))


main()
