# The phases of tanh networks over the plane of weight and bias variances, all places of the map at once.
# Fixed points by Newton's method, which from the right of a concave function's root cannot miss it.
import numpy as np
import scipy.optimize

from . import common, mean_field, networks

# Even integrands need half of the nodes, and these variances every fourth of those.
HALF = np.arange(0.0625, 9, 0.125)
HALF_WEIGHTS = 0.25 * mean_field.density(HALF)
TRAINABLE = 6
DEPTHS = (20, 50, 200)


def moments(q):
    """E[tanh^2], E[tanh'^2] and E[tanh'' tanh] for z ~ N(0, q), of an array of variances."""
    t2 = np.tanh(np.sqrt(q)[..., None] * HALF) ** 2
    slope = 1 - t2
    return t2 @ HALF_WEIGHTS, slope**2 @ HALF_WEIGHTS, -2 * (t2 * slope) @ HALF_WEIGHTS


def newton(q, step):
    """Repeats q -= step(q) where it still moves."""
    moving = np.arange(len(q))
    for _ in range(200):
        change = step(q[moving], moving)
        q[moving] -= change
        moving = moving[np.abs(change) > 1e-14 * q[moving]]
        moving = moving[q[moving] > 1e-10]
        if len(moving) == 0:
            break
    return q


def fixed_variances(weight, bias):
    def step(q, some):
        square, slope, curvature = moments(q)
        return (weight[some] * square + bias[some] - q) / (weight[some] * (slope + curvature) - 1)

    q = newton(weight + bias, step)
    return np.where(q > 1e-10, q, 0)


def horner(coefficients, c):
    """sum_k coefficients[:, k] c^k"""
    total = np.zeros_like(c)
    for column in coefficients.T[::-1]:
        total = total * c + column
    return total


def phases(weight, bias):
    """q*, chi_1, c* and xi_c of arrays of variances."""
    q = fixed_variances(weight, bias)
    chi = weight * moments(q)[1]
    correlation, contraction = np.ones_like(q), chi.copy()
    chaotic = np.flatnonzero(chi > 1)
    values = np.tanh(np.sqrt(q[chaotic])[:, None] * mean_field.NODES)
    squares = (values @ mean_field.SERIES.T) ** 2
    squares = np.column_stack([squares, np.maximum(0, values**2 @ mean_field.WEIGHTS - squares.sum(1))])
    # (1 - c') / (1 - c) without cancellation, a convex function of c: Newton's method from c = 1.
    tails = weight[chaotic, None] / q[chaotic, None] * squares[:, :0:-1].cumsum(1)[:, ::-1]
    powers = np.arange(1, tails.shape[1])

    def step(c, some):
        return (horner(tails[some], c) - 1) / horner(tails[some, 1:] * powers, c)

    correlation[chaotic] = np.where(tails[:, 0] >= 1, 0, newton(np.ones(len(chaotic)), step))
    orders = np.arange(1, squares.shape[1])
    slopes = weight[chaotic, None] * squares[:, 1:] * orders / q[chaotic, None]
    contraction[chaotic] = horner(slopes, correlation[chaotic])
    with np.errstate(divide="ignore"):
        return q, chi, correlation, 1 / np.abs(np.log(contraction))


def critical_weight_variance(bias):
    """Where chi_1 = 1: there sigma_w^2 = 1 / E[tanh'^2], which leaves one equation for q."""
    if bias == 0:
        return 1.0, 0.0

    def excess(q):
        square, slope, _ = moments(np.array(q))
        return q - square / slope - bias

    q = scipy.optimize.brentq(excess, 1e-9, 50, xtol=1e-15, rtol=1e-14)
    return 1 / float(moments(np.array(q))[1]), q


def phase_diagram(resolution=80):
    weights = np.linspace(0.2, 5, resolution + 1)
    biases = 2 * np.linspace(0, 1, resolution + 1) ** 2
    grid = np.meshgrid(weights, biases)
    _, chi, _, depth = (a.reshape(grid[0].shape) for a in phases(grid[0].ravel(), grid[1].ravel()))
    decades = 0.5 * np.log10(chi)
    line = np.array([critical_weight_variance(b)[0] for b in biases])
    here, variance = critical_weight_variance(0.05)
    values = {"critical.weight-variance": here, "critical.variance": variance}
    for k, bias in enumerate((2.01e-5, 0.001, 0.01, 0.05, 0.1, 0.5, 1, 2)):
        found = critical_weight_variance(bias)
        values |= {f"critical-weight-variance({k + 1})": found[0], f"critical-variance({k + 1})": found[1]}
    points = np.array([1, 1.3, 1.7, 1.75, 2, 4])
    for w, q, x, c, xi in zip(points, *phases(points, np.full(len(points), 0.05))):
        name = f"sigma_w2={w:g}"
        values |= {f"{name}.variance": q, f"{name}.chi": x, f"{name}.correlation": c, f"{name}.correlation-depth": xi,
                   f"{name}.trainable-depth": TRAINABLE * xi}
    kinds = [(a, i, 1) for a in ("sigmoid", "tanh") for i in ("uniform-fan-in", "xavier", "he", "normal")]
    kinds += [("relu", i, 1) for i in ("xavier", "he", "normal")] + [("sigmoid", "normal", s) for s in (1.014889, 1.0198039)]
    for activation, initialisation, scale in kinds:
        name = f"{activation}-{initialisation}" + (f"-{scale}" if scale != 1 else "")
        w = scale**2 * 100 * networks.weight_variance(initialisation, 100, 100)
        q, x = mean_field.settled_susceptibility(activation, w, 0)
        values |= {f"{name}.weight-variance": w, f"{name}.variance": q, f"{name}.chi": x, f"{name}.factor": x**0.5,
                   f"{name}.decades": 0.5 * np.log10(x)}

    drawing, axes = common.figure(1, 1, 82)
    levels = np.arange(-8, 3) * 0.05
    colours = axes.contourf(*grid, decades, levels=levels, cmap="RdBu_r", vmin=-0.4, vmax=0.4, extend="both")
    drawing.colorbar(colours, label=r"decades per layer, $\log_{10}\sqrt{\chi_1}$")
    inverse = np.copysign(1 / (TRAINABLE * depth), decades)
    signed = sorted([1 / d for d in DEPTHS] + [-1 / d for d in DEPTHS])
    lines = axes.contour(*grid, inverse, levels=signed, colors="black", linewidths=0.5, linestyles="solid")
    axes.clabel(lines, fmt=lambda level: f"{abs(1 / level):.0f}")
    axes.plot(line, biases, color="black", linewidth=1.6)
    for text, place in (("ordered:\ngradients vanish", (1.3, 1.5)), ("chaotic:\ngradients explode", (4, 0.2))):
        axes.annotate(text, place, ha="center")
    axes.plot(here, 0.05, "o", color="black", markersize=4)
    axes.annotate(f"({here:.4g}, 0.05)", (here, 0.05), (10, 4), textcoords="offset points")
    for initialisation in ("uniform-fan-in", "xavier", "he"):
        x = 100 * networks.weight_variance(initialisation, 100, 100)
        axes.plot(x, 0, "o", color="black", markersize=4, clip_on=False)
        axes.annotate(initialisation, (x, 0), (-8, -9), textcoords="offset points")
    axes.set(xlabel=r"weight variance $\sigma_w^2$", ylabel=r"bias variance $\sigma_b^2$", ylim=(-0.12, 2))
    common.save(drawing, "phase-diagram")
    return values
