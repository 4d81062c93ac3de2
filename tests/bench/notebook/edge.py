# Full-batch descent and gradient flow of a small network, with the sharpness along the way: Lanczos on Hessian-vector
# products. Those by double backward take a sixth of the time of forward-over-reverse (functorch) at this size.
import numpy as np
import scipy.integrate
import torch

from . import common
from .common import RATES

ETAS = (0.02, 0.04, 0.0666667, 0.1)
HORIZON, MEASUREMENTS, TOLERANCE = 400, 400, 1e-6
SHAPES = [(1, 50), (50,), (50, 50), (50,), (50, 1), (1,)]
NUMBERS = [int(np.prod(shape)) for shape in SHAPES]
X = torch.linspace(-1, 1, 20, dtype=torch.float64)[:, None]
Y = 4 * X**3 - 3 * X


def start():
    generator = torch.Generator().manual_seed(1)
    pieces = [torch.randn(s, dtype=torch.float64, generator=generator) / s[0] ** 0.5 if len(s) == 2 else
              torch.zeros(s, dtype=torch.float64) for s in SHAPES]
    return torch.cat([p.flatten() for p in pieces])


def loss_at(theta):
    w1, b1, w2, b2, w3, b3 = (p.view(s) for p, s in zip(theta.split(NUMBERS), SHAPES))
    h = torch.tanh(torch.addmm(b1, X, w1))
    h = torch.tanh(torch.addmm(b2, h, w2))
    return (torch.addmm(b3, h, w3) - Y).square().sum() / (2 * len(X))


def loss_and_gradient(theta):
    theta = theta.detach().requires_grad_()
    loss = loss_at(theta)
    return loss.item(), torch.autograd.grad(loss, theta)[0]


class Gauge:
    """The Hessian's largest eigenvalue, again and again along a path: each search starts from the last eigenvector."""

    def __init__(self):
        noise = torch.randn(sum(NUMBERS), dtype=torch.float64, generator=torch.Generator().manual_seed(2))
        self.noise = noise / noise.norm()
        self.direction = self.noise

    def measure(self, theta, tolerance=1e-4, most=40):
        theta = theta.detach().requires_grad_()
        gradient = torch.autograd.grad(loss_at(theta), theta, create_graph=True)[0]
        # Some noise, or the old eigenvector would still look converged where two eigenvalues change places.
        v = self.direction + 0.05 * self.noise
        basis = torch.empty(most, len(v), dtype=torch.float64)
        tridiagonal = np.zeros((most, most))
        basis[0] = v / v.norm()
        for k in range(most):
            w = torch.autograd.grad(gradient, theta, basis[k], retain_graph=True)[0]
            tridiagonal[k, k] = torch.dot(w, basis[k])
            for _ in range(2):  # once more, for rounding
                w = torch.addmv(w, basis[: k + 1].t(), torch.mv(basis[: k + 1], w), alpha=-1)
            off = w.norm().item()
            values, vectors = np.linalg.eigh(tridiagonal[: k + 1, : k + 1])
            if off * abs(vectors[-1, -1]) <= tolerance * abs(values[-1]) or k + 1 == most:
                break
            tridiagonal[k + 1, k] = off  # the lower triangle is what is read
            basis[k + 1] = w / off
        v = torch.mv(basis[: k + 1].t(), torch.from_numpy(vectors[:, -1]))
        self.direction = v / v.norm()
        return values[-1]


def crossing(theta, below, above, eta, gauge):
    """The first step with sharpness of 2 / eta or more, by bisection between two measurements."""
    while above - below > 1:
        middle, there = (below + above) // 2, theta
        for _ in range(middle - below):
            there = there - eta * loss_and_gradient(there)[1]
        if gauge.measure(there) >= 2 / eta:
            above = middle
        else:
            below, theta = middle, there
    return above


def descend(eta):
    steps = int(HORIZON / eta * (1 + 1e-12))
    every = steps // MEASUREMENTS
    gauge, theta = Gauge(), start()
    measured = theta, 0
    loss, gradient = loss_and_gradient(theta)
    losses, progress, smoothness, sharpness, crossed = [loss], [], [], [], np.inf
    for k in range(steps + 1):
        if k % every == 0 or k == steps:
            sharpness.append((k, gauge.measure(theta)))
            if crossed == np.inf:
                if sharpness[-1][1] >= 2 / eta:
                    crossed = crossing(*measured, k, eta, gauge)
                measured = theta, k
        if k == steps:
            break
        theta = theta - eta * gradient
        loss, after = loss_and_gradient(theta)
        square = eta * torch.dot(gradient, gradient).item()
        progress.append((loss - losses[-1]) / square)
        smoothness.append(1 / eta - torch.dot(after, gradient).item() / square)
        losses.append(loss)
        gradient = after
    return losses, progress, smoothness, np.array(sharpness), crossed


def flow():
    """Explicit steps of low order suit best: it is stability that limits them, and BDF would need the whole Hessian."""
    def velocity(_, theta):
        return -loss_and_gradient(torch.from_numpy(theta))[1].numpy()

    times, gauge = np.linspace(0, HORIZON, MEASUREMENTS + 1), Gauge()
    solution = scipy.integrate.solve_ivp(velocity, (0, HORIZON), start().numpy(), method="RK23", t_eval=times,
                                         rtol=TOLERANCE, atol=TOLERANCE)
    points = torch.from_numpy(np.ascontiguousarray(solution.y.T))
    return times, [loss_at(p).item() for p in points], [gauge.measure(p) for p in points]


def draw(flow_record, records):
    drawing, (above, below) = common.figure(2, 1, 110, sharex=True)
    times, losses, sharpness = flow_record
    above.semilogy(times, losses, color="grey", linewidth=4, alpha=0.55, label="gradient flow")
    below.plot(times, sharpness, color="grey", linewidth=4, alpha=0.55)
    values = {"flow.peak": max(sharpness), "flow.loss": losses[-1], "sharpness-start": sharpness[0]}
    for eta, (losses, progress, smoothness, found, crossed), colour in zip(ETAS, records, RATES):
        above.plot(eta * np.arange(len(losses)), losses, color=colour, linewidth=0.9, label=rf"$\eta={eta:.4g}$")
        below.plot(eta * found[:, 0], found[:, 1], color=colour, linewidth=0.9)
        below.axhline(2 / eta, linestyle="--", color=colour, linewidth=0.8)
        name, edges = f"eta={eta}", found[:, 1] * eta / 2
        values |= {f"{name}.steps": len(losses) - 1, f"{name}.crossing": crossed, f"{name}.peak": edges.max(),
                   f"{name}.loss": losses[-1], f"{name}.loss-rises": int((np.diff(losses) > 0).sum()),
                   f"{name}.sharpness": found[-1, 1]}
        before = int(min(crossed, len(progress)))
        values |= {f"{name}.progress-before": np.median(progress[:before]),
                   f"{name}.smoothness-before": np.median(smoothness[:before]) * eta / 2}
        if crossed < np.inf:
            low, middle, high = np.quantile(edges[found[:, 0] >= crossed], (0.05, 0.5, 0.95))
            values |= {f"{name}.hover": middle, f"{name}.hover-low": low, f"{name}.hover-high": high,
                       f"{name}.progress": np.median(progress[before:]),
                       f"{name}.smoothness": np.median(smoothness[before:]) * eta / 2}
    above.set_ylabel("training loss")
    above.legend()
    below.set(xlabel=r"effective time $t=k\eta$", ylabel=r"sharpness $\lambda_{\max}$", xlim=(0, HORIZON),
              ylim=(0, 1.2 * values["flow.peak"]))
    common.letters(drawing)
    common.save(drawing, "edge-of-stability")
    return values
