# Cells on descent in few parameters: the bowl, momentum, stability functions, a recurrent unit's wall, and flows.
# Paths of two numbers are followed in Python's own floats, which takes a fifth of the time of arrays of two.
import math

import numpy as np
import scipy.integrate
import scipy.optimize

from . import common
from .common import RATES


def descend(gradient, start, eta, steps):
    """The points of gradient descent, (steps + 1, 2)."""
    x, y = start
    path = [(x, y)]
    for _ in range(steps):
        gx, gy = gradient(x, y)
        x, y = x - eta * gx, y - eta * gy
        path.append((x, y))
    return np.array(path)


def steps_within(horizon, eta):
    return math.floor(horizon / eta * (1 + 1e-12))


def decade_levels(low, high, factors=(1, 3)):
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    levels = (f * 10.0**d for d in decades for f in factors)
    return [level for level in levels if low <= level < high]


def landscape(axes, loss, window, lowest, labelled=True, cells=200, factors=(1, 3)):
    x, y = np.meshgrid(np.linspace(*window[0], cells + 1), np.linspace(*window[1], cells + 1))
    z = loss(x, y)
    lines = axes.contour(x, y, z, levels=decade_levels(lowest, z.max(), factors), colors="grey", linewidths=0.5)
    if labelled:
        axes.clabel(lines, fmt="%g", fontsize=6)
    axes.set(xlim=window[0], ylim=window[1])


def rises(losses):
    return int((np.diff(losses) > 0).sum())


# The bowl.

def quadratic_bowl(steps=100, decay_steps=700):
    curvatures, etas = np.array([1.0, 100.0]), (0.001, 0.019, 0.019801980198019802, 0.021)
    drawing, (above, below) = common.figure(2, 4, 100, sharey="row")
    values = {"kappa": 100, "eta-max": 2 / 100, "eta-optimal": 2 / 101}
    for axes, decay, eta, colour in zip(above, below, etas, RATES):
        def gradient(x, y):
            return x, 100 * y

        whole = descend(gradient, (1.0, 1.0), eta, decay_steps)
        path = whole[: steps + 1]
        landscape(axes, lambda x, y: (x * x + 100 * y * y) / 2, ((-0.25, 1.25), (-1.7, 1.7)), 5e-3, False, factors=(1,))
        axes.plot(*path.T, ".-", color=colour, linewidth=0.5, markersize=3)
        for here, there in zip(path[:3], path[1:4]):
            axes.annotate("", (here + there) / 2, here, arrowprops={"arrowstyle": "->", "color": colour, "lw": 0.7})
        axes.plot(0, 0, "+", color="black")
        axes.plot(*path[0], "o", color="black", fillstyle="none")
        axes.set(title=rf"$\eta={eta:.4g}$, $\eta\lambda_2={100 * eta:.3g}$", xlabel=r"$\theta_1$")
        k = np.arange(decay_steps + 1)
        decay.semilogy(k, np.abs(whole), color=colour)
        decay.semilogy(k, np.abs(1 - eta * curvatures) ** k[:, None], "--", color="black", linewidth=0.8)
        decay.axhline(1e-3, color="grey", linewidth=0.5)
        # The first step closer than a thousandth, from as many steps as it takes.
        arrivals = []
        for curvature in curvatures:
            if abs(1 - eta * curvature) >= 1:
                arrivals.append(np.inf)
                continue
            theta, step = 1.0, 0
            while abs(theta) >= 1e-3:
                theta -= eta * curvature * theta
                step += 1
            arrivals.append(step)
        last = max(a for a in arrivals if a < np.inf)
        decay.annotate(f"$k={last}$", (min(last, decay_steps), 1e-3), ha="right")
        decay.set(xlabel="step $k$", ylim=(1e-6, 1e4))
        name = f"eta={eta}"
        values |= {f"{name}.steps(1)": arrivals[0], f"{name}.steps(2)": arrivals[1],
                   f"{name}.final(1)": path[-1, 0], f"{name}.final(2)": path[-1, 1],
                   f"{name}.loss-rises": rises(path**2 @ curvatures / 2)}
    above[0].set_ylabel(r"$\theta_2$")
    below[0].set_ylabel(r"$|\theta_i|$")
    common.letters(drawing)
    common.save(drawing, "quadratic-bowl")
    return values


# Momentum.

def contraction(alpha_lambda, beta):
    half = (1 + beta - alpha_lambda) / 2
    rest = half * half - beta
    return np.where(rest <= 0, np.sqrt(beta), np.abs(half) + np.sqrt(np.maximum(0, rest)))


def momentum_path(alpha, beta, kappa, steps):
    x = y = 1.0
    u = v = 0.0
    path = [(x, y)]
    for _ in range(steps):
        u, v = beta * u + x, beta * v + kappa * y
        x, y = x - alpha * u, y - alpha * v
        path.append((x, y))
    return np.array(path)


def momentum(kappa=100, resolution=160, steps=400, accuracy=1e-6):
    drawing, (rates, distances) = common.figure(1, 2, 75)
    x, beta = np.meshgrid(np.linspace(0, 4, resolution + 1), np.linspace(0, 1, resolution + 1))
    rate = np.maximum(contraction(x / kappa, beta), contraction(x, beta))
    gained = np.where(rate <= 1 + 1e-12, np.maximum(0, -100 * np.log10(rate)), np.nan)
    inside = (x > 0) & (beta < 1) & (np.abs(x - 2 - 2 * beta) > 1e-9)
    drawing.colorbar(rates.pcolormesh(x, beta, gained, rasterized=True), label="decades gained in 100 steps")
    rates.plot([2, 4], [0, 1], "--", color="black", linewidth=0.8)
    rates.annotate("diverges beyond\n" r"$\alpha\lambda_{\max}=2+2\beta$", (3.9, 0.2), ha="right")
    values = {"map.best": rate.min(), "map.violations": int((((rate < 1) != (x < 2 + 2 * beta)) & inside).sum())}
    root = math.sqrt(kappa)
    best = {"descent": (2 / (1 + kappa), 0.0), "momentum": ((2 / (1 + root)) ** 2, ((root - 1) / (root + 1)) ** 2)}
    k = np.arange(steps + 1)
    for (name, (alpha, b)), colour, marker in zip(best.items(), (RATES[0], RATES[3]), "oD"):
        here = max(contraction(alpha, b), contraction(alpha * kappa, b))
        rates.plot(alpha * kappa, b, marker, color=colour, fillstyle="none")
        rates.annotate(rf"$\times {here:.4g}$ a step", (alpha * kappa, b), (6, 0), textcoords="offset points")
        path = momentum_path(alpha, b, kappa, 1000)
        far = np.linalg.norm(path, axis=1)
        distances.semilogy(k, far[: steps + 1], color=colour, label=name)
        theory = 0
        for curvature, sign in ((1, 1), (kappa, -1)):
            factor = 1 - alpha * curvature
            r = sign * math.sqrt(b)
            theory = theory + (factor**k if b == 0 else (1 + (factor / r - 1) * k) * r**k) ** 2
        distances.semilogy(k, np.sqrt(theory), "--", color="black", linewidth=0.8)
        values |= {f"{name}.alpha": alpha, f"{name}.beta": b, f"{name}.rate": float(here),
                   f"{name}.steps": np.flatnonzero(far >= accuracy * math.sqrt(2))[-1] + 1,
                   f"{name}.peak": np.abs(path[: steps + 1, 1]).max()}
    distances.axhline(accuracy * math.sqrt(2), color="grey", linewidth=0.5)
    distances.set(xlabel="step $k$", ylabel="distance from the minimum", ylim=(accuracy / 100, None))
    distances.legend()
    rates.set(xlabel=r"$\alpha\lambda_{\max}$", ylabel=r"$\beta$")
    common.letters(drawing)
    common.save(drawing, "momentum")
    return values


# Stability functions.

def stability_function():
    drawing, (multipliers, rates) = common.figure(1, 2, 75)
    z, dots = np.linspace(0, 3, 802), 3 * (np.arange(12) + 0.5) / 12
    functions = {"gradient-descent": lambda z: 1 - z,
                 "runge-kutta-4": lambda z: 1 - z + z**2 / 2 - z**3 / 6 + z**4 / 24,
                 "implicit-euler": lambda z: 1 / (1 + z)}

    def runge_kutta(z):  # one step on theta' = -theta from theta = 1
        k1 = -1.0
        k2 = -(1 + z / 2 * k1)
        k3 = -(1 + z / 2 * k2)
        return 1 + z / 6 * (k1 + 2 * k2 + 2 * k3 - (1 + z * k3))

    run = {"gradient-descent": lambda z: 1 - z, "runge-kutta-4": runge_kutta,
           "implicit-euler": lambda z: scipy.optimize.newton(lambda q: q - 1 + z * q, np.ones_like(z))}
    multipliers.axhspan(-1, 1, color="lightgrey", alpha=0.5, linewidth=0)
    multipliers.plot(z, np.exp(-z), color="grey", linewidth=3, alpha=0.6, label="flow")
    values, deviation = {}, 0
    for (name, function), colour, marker in zip(functions.items(), (RATES[0], RATES[2], RATES[4]), "os^"):
        multipliers.plot(z, function(z), color=colour, label=name)
        measured = run[name](dots)
        deviation = max(deviation, np.abs(measured - function(dots)).max())
        multipliers.plot(dots, measured, marker, color=colour, markersize=3.4)
        limit = np.inf
        if name != "implicit-euler":
            limit = scipy.optimize.brentq(lambda z: abs(function(z)) - 1, 1.5, 4)
            multipliers.plot(limit, function(limit), "o", color=colour, fillstyle="none")
            multipliers.annotate(f"$z={limit:.4g}$", (limit, function(limit)), ha="right")
        values[f"{name}.limit"] = limit
    multipliers.set(xlabel=r"$z=\eta\lambda$", ylabel="multiplier $R(z)$", ylim=(-2.1, 1.6))
    multipliers.legend()

    def descent_rate(z):
        return -np.log(np.abs(1 - z)) / z

    z, dots = 2.4 * (np.arange(800) + 0.5) / 800, 2.4 * (np.arange(12) + 0.5) / 12
    theta = np.ones_like(dots)
    for _ in range(20):
        theta -= dots * theta
    rates.plot(z, np.ones_like(z), color="grey", linewidth=3, alpha=0.6, label="flow")
    rates.plot(z, 1 + z / 2, "--", color=RATES[3], label="modified flow")
    for side in (z < 1, z > 1):
        rates.plot(z[side], descent_rate(z[side]), color=RATES[0], label="descent" if side[0] else None)
    rates.plot(dots, -np.log(np.abs(theta)) / (20 * dots), "o", color=RATES[0], markersize=3.4)
    rates.axvline(2, color="grey", linewidth=0.5)
    rates.set(xlabel=r"$z=\eta\lambda$", ylabel=r"decay per unit of time, over $\lambda$", ylim=(-0.6, 4))
    rates.legend()

    def order(difference):
        return np.log2(difference(2e-3) / difference(1e-3))

    values |= {"largest-deviation": deviation, "order.flow": order(lambda z: descent_rate(z) - 1),
               "order.modified": order(lambda z: descent_rate(z) - 1 - z / 2),
               "equal-rate": scipy.optimize.brentq(lambda z: descent_rate(z) - 1, 1.1, 2)}
    common.letters(drawing)
    common.save(drawing, "stability-function")
    return values


# A recurrent unit's wall.

def sigma(x):
    return 1 / (1 + math.exp(-x))


def recurrent_gradient(w, b, unrolled=50, target=0.7):
    """(dL/dw, dL/db) with the derivatives carried along."""
    x, xw, xb = 0.5, 0.0, 0.0
    for _ in range(unrolled):
        y = sigma(x)
        slope = w * y * (1 - y)
        x, xw, xb = w * y + b, y + slope * xw, 1 + slope * xb
    y = sigma(x)
    outer = 2 * (y - target) * y * (1 - y)
    return outer * xw, outer * xb


def recurrent_loss(w, b, unrolled=50, target=0.7):
    x = np.full_like(w, 0.5)
    for _ in range(unrolled):
        x = w / (1 + np.exp(-x)) + b
    return (1 / (1 + np.exp(-x)) - target) ** 2


def gradient_clipping(eta=0.1, threshold=1.0, steps=400):
    drawing, ((plane, gradients), (steepness, losses)) = common.figure(2, 2, 130)
    slope, start = -sigma(0.5), 1 / (sigma(0.5) * (1 - sigma(0.5)))
    values, paths = {"wall.start": start, "wall.slope": slope}, {}
    for name, limit in (("clipped", threshold), ("unclipped", math.inf)):
        w, b = 5.3, -2.1
        path, norms = [(w, b)], []
        for k in range(steps + 1):
            gw, gb = recurrent_gradient(w, b)
            norms.append(math.hypot(gw, gb))
            if k < steps:
                factor = eta * min(1, limit / norms[-1]) if norms[-1] > 0 else eta
                w, b = w - factor * gw, b - factor * gb
                path.append((w, b))
        path, norms = np.array(path), np.array(norms)
        loss, lengths = recurrent_loss(*path.T), np.linalg.norm(np.diff(path, axis=0), axis=1)
        paths[name] = path
        colour = RATES[0] if name == "clipped" else RATES[3]
        gradients.semilogy(norms, color=colour, label=name)
        losses.semilogy(loss, color=colour, label=name)
        values |= {f"{name}.largest-step": lengths.max(), f"{name}.largest-gradient": norms.max(),
                   f"{name}.loss": loss[-1], f"{name}.smallest-loss": loss.min()}
        if name == "clipped":
            values["clipped.clipped-steps"] = int((norms[:-1] > threshold).sum())
        else:
            values["unclipped.largest-step-at"] = lengths.argmax()
    held = paths["clipped"]
    margin = 0.2 * np.ptp(held, axis=0)
    window = list(zip(held.min(0) - margin, held.max(0) + margin))
    landscape(plane, recurrent_loss, window, 1e-3, cells=120)
    plane.plot([start, 2 * start], [0.5 + slope * start, 0.5 + 2 * slope * start], "--", color="black")
    plane.plot(*held.T, "D-", color=RATES[0], linewidth=0.8, markersize=2.8, label=f"clipped at {threshold:g}")
    jump = values["unclipped.largest-step-at"]
    free = paths["unclipped"][: jump + 1]
    plane.plot(*free.T, "D-", color=RATES[3], linewidth=0.8, markersize=2.8)
    landing = paths["unclipped"][jump + 1]
    share = min(((window[i][landing[i] > free[-1, i]]) - free[-1, i]) / (landing[i] - free[-1, i]) for i in (0, 1))
    leaves = free[-1] + share * (landing - free[-1])
    plane.annotate("", leaves, free[-1], arrowprops={"arrowstyle": "->", "color": RATES[3]})
    plane.annotate(f"a step of {values['unclipped.largest-step']:.4g}\nto ({landing[0]:.3g}, {landing[1]:.3g})", leaves,
                   (-9, -18), textcoords="offset points", ha="right", color=RATES[3])
    plane.plot(5.3, -2.1, "o", color="black", fillstyle="none")
    plane.set(title="paths of descent", xlabel="weight $w$", ylabel="bias $b$")
    plane.legend()

    def exact(w):
        m = w / start
        return 2 * (sigma(0.5) - 0.7) / start * (m**50 - 1) / (m - 1)

    w = np.linspace(0.8, 1.3, 101) * start
    steepness.semilogy(w, np.abs(exact(w * (1 + 1e-12))), "--", color="black", linewidth=0.8)
    found = np.array([recurrent_gradient(x, 0.5 + slope * x)[1] for x in w[5::10]])
    steepness.semilogy(w[5::10], np.abs(found), "o", color=RATES[2], markersize=3.6)
    steepness.axvline(start, color="grey", linewidth=0.5)
    steepness.set(title="steepness of the wall", xlabel="weight $w$", ylabel=r"$|\partial L/\partial b|$ on the wall")
    values |= {f"wall.derivative({k})": recurrent_gradient(k, 0.5 + slope * k)[1] for k in range(1, 11)}
    gradients.axhline(threshold, color="grey", linewidth=0.5)
    gradients.set(title="gradient, before clipping", xlabel="step", ylim=(1e-3, 5 * values["unclipped.largest-gradient"]))
    losses.set(title="loss", xlabel="step")
    losses.legend()
    common.letters(drawing)
    common.save(drawing, "gradient-clipping")
    return values


# Flows and descents.

class Rosenbrock:
    lowest = 0.0242

    @staticmethod
    def loss(x, y):
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2

    @staticmethod
    def gradient(x, y):
        return -2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)

    @staticmethod
    def hessian(x, y):
        return np.array([[1200 * x * x - 400 * y + 2, -400 * x], [-400 * x, 200]])


class Product:
    lowest = 0.03872

    @staticmethod
    def loss(a, b):
        return (1 - a * b) ** 2 / 2

    @staticmethod
    def gradient(a, b):
        return -(1 - a * b) * b, -(1 - a * b) * a

    @staticmethod
    def hessian(a, b):
        return np.array([[b * b, 2 * a * b - 1], [2 * a * b - 1, a * a]])


class Bowl:
    @staticmethod
    def loss(x, y):
        return (x * x + 100 * y * y) / 2

    @staticmethod
    def gradient(x, y):
        return x, 100 * y

    @staticmethod
    def hessian(x, y):
        return np.diag([1.0, 100.0])


def flow(model, start, times, tolerance, eta=0, **options):
    """Gradient flow, or the flow of L + (eta / 4) |grad L|^2, at these times. LSODA finds out whether it is stiff."""
    def velocity(t, p):
        gx, gy = model.gradient(*p)
        if eta:
            (a, b), (_, c) = model.hessian(*p)
            gx, gy = gx + eta / 2 * (a * gx + b * gy), gy + eta / 2 * (b * gx + c * gy)
        return -gx, -gy

    options = {"jac": lambda t, p: -model.hessian(*p), **options} if not eta else options
    return scipy.integrate.solve_ivp(velocity, (0, times[-1]), start, method="LSODA", t_eval=times, rtol=tolerance,
                                     atol=tolerance, **options)


def sample_times(horizon, fastest, count=2000):
    """From 0 to the horizon, spaced geometrically from 0.05 / fastest on."""
    first = min(0.05 / fastest, horizon / count)
    growth = scipy.optimize.brentq(lambda g: first * math.expm1(count * g) / math.expm1(g) - horizon, 1e-12, 500 / count)
    times = horizon * np.expm1(np.arange(count + 1) * growth) / math.expm1(count * growth)
    times[-1] = horizon
    return times


def two_cycle(path):
    """The middle of the two points between which a path ends, if it does."""
    jump, period = np.linalg.norm(path[-1] - path[-2]), np.linalg.norm(path[-1] - path[-3])
    return (path[-1] + path[-2]) / 2 if jump > 0 and period < 1e-3 * jump and jump > 1e-9 else None


def flow_and_descents(name, model, start, etas, horizon, minima, zoomed, tolerance=1e-10):
    fastest = np.linalg.eigvalsh(model.hessian(*start))[-1]
    times = sample_times(horizon, fastest)
    ends = [eta * steps_within(horizon, eta) for eta in etas]
    every = np.unique(np.concatenate([times, ends]))
    events = []
    for n in (1, 2, 3):
        def close(t, p, n=n):
            return min(math.hypot(p[0] - m[0], p[1] - m[1]) for m in minima) - 10.0**-n
        events.append(close)
    solution = flow(model, start, every, tolerance, events=events)
    line = solution.y[:, np.isin(every, times)]
    minimum = min(minima, key=lambda m: math.hypot(line[0, -1] - m[0], line[1, -1] - m[1]))
    eigenvalues = np.linalg.eigvalsh(model.hessian(*minimum))
    values = {"lambda-min": eigenvalues[0], "lambda-max": eigenvalues[1], "eta-max": 2 / eigenvalues[1],
              "flow.distance": np.linalg.norm(line[:, -1] - minimum),
              "flow.final(1)": line[0, -1], "flow.final(2)": line[1, -1]}
    values |= {f"flow.time({n + 1})": t[0] if len(t) else np.inf for n, t in enumerate(solution.t_events)}
    paths = {eta: descend(model.gradient, start, eta, steps_within(horizon, eta)) for eta in etas}

    drawing, (left, right) = common.figure(1, 2, 85)
    shown = np.concatenate([line.T, [minimum]])
    reach = np.ptp(shown, axis=0)
    for path in paths.values():
        head = path[:41]
        kept = head[(np.abs(head - (shown.max(0) + shown.min(0)) / 2) <= reach).all(1)]
        shown = np.concatenate([shown, kept])
    pad = 0.15 * np.ptp(shown, axis=0)
    landscape(left, model.loss, list(zip(shown.min(0) - pad, shown.max(0) + pad)), model.lowest)
    left.plot(*line, color=RATES[0], linewidth=2.4, label="gradient flow")
    cycles = {eta: two_cycle(path) for eta, path in paths.items()}
    middles = [m for m in cycles.values() if m is not None]
    if zoomed:
        near = np.array([minimum, *middles])
        pad = 0.8 * np.maximum(np.ptp(near, axis=0), 1e-3)
        landscape(right, model.loss, list(zip(near.min(0) - pad, near.max(0) + pad)), 0.01)
        right.plot(*line, color=RATES[0], linewidth=2.4)
    else:
        right.semilogy(times, model.loss(*line), color=RATES[0], linewidth=2.4)
    for (eta, path), end, colour in zip(paths.items(), ends, RATES[1:]):
        left.plot(*path[:41].T, ".-", color=colour, linewidth=0.7, label=rf"$\eta={eta}$")
        loss, middle, label = model.loss(*path.T), cycles[eta], f"eta={eta:g}"
        far = np.min([np.linalg.norm(path - m, axis=1) for m in minima], axis=0)
        then = solution.y[:, np.searchsorted(every, end)]
        values |= {f"{label}.distance": np.linalg.norm(path[-1] - minimum), f"{label}.gap": np.linalg.norm(path[-1] - then),
                   f"{label}.loss-rises": rises(loss), f"{label}.two-cycle": int(middle is not None),
                   f"{label}.final(1)": path[-1, 0], f"{label}.final(2)": path[-1, 1]}
        for n in (1, 2, 3):
            arrived = np.flatnonzero(far < 10.0**-n)
            values[f"{label}.steps({n})"] = arrived[0] if len(arrived) else np.inf
        if not zoomed:
            right.semilogy(eta * np.arange(len(path)), loss, color=colour)
        elif middle is None:
            right.plot(*path.T, color=colour, linewidth=0.9)
        else:
            values[f"{label}.edge"] = np.linalg.eigvalsh(model.hessian(*middle))[-1] * eta / 2
            x, s = np.linspace(-2, 2, 401), 2 / eta
            right.plot(x, (1200 * x * x + 2 - s + 160000 * x * x / (s - 200)) / 400, "--", color="black", linewidth=0.8)
            right.plot(*path[-2:].T, "o-", color=colour, markersize=4.5)
    left.plot(*start, "o", color="black", fillstyle="none")
    left.plot(*minimum, "*", color="black")
    left.set_title("the first 40 steps")
    left.legend()
    right.set_title("where they come to rest" if zoomed else "loss")
    common.letters(drawing)
    common.save(drawing, name)
    return values


def flow_versus_descent():
    return flow_and_descents("flow-versus-descent", Rosenbrock, (-1.2, 1.0), (0.00199, 0.0025), 25, [(1.0, 1.0)], True)


def product_model():
    minima = [(1.0, 1.0), (-1.0, -1.0)]
    return flow_and_descents("product-model", Product, (2.8, 3.5), (0.025, 0.05, 0.1), 5, minima, False)


def effective_time(horizon=4, tolerance=1e-12):
    drawing, (left, right) = common.figure(1, 2, 75)
    etas = (0.001, 0.019, 0.0199, 0.021)
    times = sample_times(horizon, 100)
    ends = [eta * steps_within(horizon, eta) for eta in etas]
    every = np.unique(np.concatenate([times, ends]))
    loss = Bowl.loss(*flow(Bowl, (1.0, 1.0), every, tolerance).y)
    left.semilogy(every, loss, color="grey", linewidth=4, alpha=0.55, label="gradient flow")
    values = {"flow.loss": loss[-1]}
    for eta, end, colour in zip(etas, ends, RATES):
        descent = Bowl.loss(*descend(Bowl.gradient, (1.0, 1.0), eta, steps_within(horizon, eta)).T)
        left.semilogy(eta * np.arange(len(descent)), descent, color=colour, label=rf"$\eta={eta}$")
        name = f"eta={eta}.loss"
        values |= {name: descent[-1], f"{name}-ratio": descent[-1] / loss[np.searchsorted(every, end)]}
    left.set(xlabel=r"effective time $t=k\eta$", ylabel="loss", ylim=(None, 100 * 50.5))
    left.legend()

    start, time, rates = (2.8, 3.5), 0.1, np.array([0.02, 0.01, 0.005, 0.0025, 0.00125, 0.000625])
    ends = np.array([descend(Product.gradient, start, eta, round(time / eta))[-1] for eta in rates])
    plain = np.linalg.norm(ends - flow(Product, start, [time], tolerance).y[:, -1], axis=1)
    modified = np.linalg.norm(ends - [flow(Product, start, [time], tolerance, eta).y[:, -1] for eta in rates], axis=1)
    for name, label, errors, colour, marker in (("flow", "to the flow", plain, RATES[0], "o"),
                                                ("modified", "to the modified flow", modified, RATES[3], "s")):
        right.loglog(rates, errors, marker + "-", color=colour, markersize=4.5, label=label)
        values |= {f"error.{name}({k + 1})": e for k, e in enumerate(errors)}
        values[f"order.{name}"] = order = np.log2(errors[-2] / errors[-1])
        guide = rates[[-1, 3]]
        right.loglog(guide, 0.55 * errors[-1] * (guide / guide[0]) ** round(order), color="black", linewidth=0.5)
        right.annotate(f"slope {round(order)}", (guide[1], 0.45 * errors[3]))
    right.set(xlabel=r"learning rate $\eta$", ylabel="distance at $t=0.1$")
    right.legend()
    common.letters(drawing)
    common.save(drawing, "effective-time")
    return values
