# The report's experiments as a notebook would do them: PyTorch for the networks, SciPy for gradient flow, matplotlib for
# the figures. Same sizes, seeds, epochs and steps as the chapters; no document. Prints the seconds of each part.
#   REPORT_DATA=DIR peer_notebook.py OUTPUT [SHARE]    SHARE: this part of the training runs, scaled up in the sum
import time

begun = time.perf_counter()
import gzip, os, pathlib, sys
import numpy as np
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import scipy.integrate
import torch

output, share = pathlib.Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
output.mkdir(parents=True, exist_ok=True)
total, last = 0.0, begun


def lap(name, scale=1.0):
    global total, last
    now = time.perf_counter()
    total += (now - last) * scale
    print(f"{name:24s} {(now - last) * scale:9.2f} s" + (f"  (scaled by {scale:g})" if scale != 1 else ""), flush=True)
    last = now


def save(figure, name):
    for form in ("pdf", "svg", "png"):
        figure.savefig(output / f"{name}.{form}", dpi=192)
    plt.close(figure)


def idx(name):
    for path in (pathlib.Path(os.environ["REPORT_DATA"]) / name, pathlib.Path(os.environ["REPORT_DATA"]) / f"{name}.gz"):
        if path.exists():
            return (gzip.open if path.suffix == ".gz" else open)(path, "rb").read()
    raise SystemExit(f"no {name} in REPORT_DATA")


images = torch.from_numpy(np.frombuffer(idx("train-images-idx3-ubyte"), np.uint8, offset=16).reshape(-1, 784) / np.float32(255))
labels = torch.from_numpy(np.frombuffer(idx("train-labels-idx1-ubyte"), np.uint8, offset=8).astype(np.int64))
lap("imports and images")

activations = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid}


def network(name, depth, width):
    activation, initialisation = name.split("-", 1)
    sizes, layers = [784] + [width] * (depth - 1) + [10], []
    for n, m in zip(sizes, sizes[1:]):
        layer = torch.nn.Linear(n, m)
        torch.nn.init.zeros_(layer.bias)
        if initialisation == "xavier":
            torch.nn.init.xavier_normal_(layer.weight)
        elif initialisation == "he":
            torch.nn.init.normal_(layer.weight, 0, (2 / n) ** 0.5)
        elif initialisation == "normal":
            torch.nn.init.normal_(layer.weight)
        else:
            torch.nn.init.uniform_(layer.weight, -(n**-0.5), n**-0.5)
        layers += [layer, activations[activation]()]
    return torch.nn.Sequential(*layers[:-1])


# Gradient norms by layer: the error signal is the gradient of the bias, example by example.
figure, (left, right) = plt.subplots(1, 2, figsize=(6.5, 3.3), layout="constrained")
for name in ("tanh-normal", "relu-he", "tanh-xavier", "tanh-uniform", "sigmoid-xavier", "sigmoid-uniform"):
    errors, gradients = [], []
    for seed in range(10):
        torch.manual_seed(seed)
        which = torch.randperm(len(images))[:256]
        model, outputs = network(name, 50, 100), []
        a = images[which].double()
        for layer in model.double():
            a = layer(a)
            if isinstance(layer, torch.nn.Linear):
                a.retain_grad()
                outputs.append(a)
        torch.nn.functional.cross_entropy(a, labels[which]).backward()
        errors.append([256**0.5 * float(z.grad.norm()) for z in outputs])
        gradients.append([float(layer.weight.grad.norm()) for layer in model if isinstance(layer, torch.nn.Linear)])
    for axes, norms in ((left, errors), (right, gradients)):
        low, middle, high = np.quantile(norms, (0.1, 0.5, 0.9), axis=0)
        axes.semilogy(range(1, 51), middle, label=name)
        axes.fill_between(range(1, 51), low, high, alpha=0.3)
left.legend()
save(figure, "gradient-depth")
lap("gradient-depth")

# Training.
rates = {"tanh-xavier": 0.05, "relu-he": 0.02, "relu-xavier": 0.01, "relu-uniform": 0.01, "tanh-uniform": 0.01, "sigmoid-xavier": 0.01}
figure, axes = plt.subplots(figsize=(6.5, 3), layout="constrained")
runs = [(name, seed) for name in rates for seed in range(3)]
chosen = runs[: max(1, round(share * len(runs)))]


def mean_loss(model):
    with torch.no_grad():
        return sum(float(torch.nn.functional.cross_entropy(model(x), y, reduction="sum"))
                   for x, y in zip(images.split(1024), labels.split(1024))) / len(images)


for name, seed in chosen:
    torch.manual_seed(seed)
    model = network(name, 20, 64)
    descent = torch.optim.SGD(model.parameters(), lr=rates[name])
    losses = [mean_loss(model)]
    for epoch in range(6):
        for batch in torch.randperm(len(images)).split(64):
            descent.zero_grad()
            torch.nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
            descent.step()
        losses.append(mean_loss(model))
    axes.semilogy(losses, label=f"{name} {seed}")
axes.legend()
save(figure, "training-loss")
lap("training-loss", len(runs) / len(chosen))

# The bowl, and Rosenbrock's valley with its flow.
bowl = {eta: np.ones(2) * (1 - eta * np.array([1.0, 100.0])) ** np.arange(101)[:, None] for eta in (0.001, 0.019, 0.021)}
figure, (left, right) = plt.subplots(1, 2, figsize=(6.5, 3), layout="constrained")
x, y = np.meshgrid(np.linspace(-1.5, 1.5, 200), np.linspace(-1.5, 1.5, 200))
left.contour(x, y, (x**2 + 100 * y**2) / 2, levels=np.logspace(-1, 2, 8))
for eta, path in bowl.items():
    left.plot(*path.T, ".-", label=f"{eta}")
    right.semilogy((path**2 @ np.array([1.0, 100.0])) / 2)
left.legend()
save(figure, "quadratic-bowl")
lap("quadratic-bowl")


def gradient(p):
    x, y = p
    return np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def descend(eta, horizon):
    path = [np.array([-1.2, 1.0])]
    for _ in range(int(horizon / eta)):
        path.append(path[-1] - eta * gradient(path[-1]))
    return np.array(path)


flow = scipy.integrate.solve_ivp(lambda t, p: -gradient(p), (0, 10), [-1.2, 1.0], method="BDF", rtol=1e-8, atol=1e-10, dense_output=True)
figure, (left, right) = plt.subplots(1, 2, figsize=(6.5, 3), layout="constrained")
x, y = np.meshgrid(np.linspace(-2, 2, 300), np.linspace(-1, 3, 300))
for axes in (left, right):
    axes.contour(x, y, (1 - x) ** 2 + 100 * (y - x**2) ** 2, levels=np.logspace(-1, 3, 9))
    axes.plot(*flow.sol(np.linspace(0, 10, 1000)))
for eta in (0.0005, 0.001, 0.0015):
    left.plot(*descend(eta, 10).T)
save(figure, "flow-versus-descent")
lap("flow-versus-descent")
figure, axes = plt.subplots(figsize=(6.5, 3), layout="constrained")
for eta in (0.0005, 0.001, 0.0015, 0.0018):
    path = descend(eta, 10)
    axes.semilogy(eta * np.arange(len(path)), (1 - path[:, 0]) ** 2 + 100 * (path[:, 1] - path[:, 0] ** 2) ** 2)
save(figure, "effective-time")
lap("effective-time")
print(f"{'all':24s} {total:9.2f} s")
