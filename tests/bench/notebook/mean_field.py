# Mean-field theory by vectorised quadrature: variances, correlations (as a series in Hermite polynomials) and phases.
# Poole et al. 2016, Schoenholz et al. 2017, Daniely, Frostig and Singer 2016; rectifiers after Cho and Saul 2009.
import functools

import numpy as np
import scipy.optimize
import scipy.special

from .networks import weight_variance

LEAK = 0.01


def sigmoid(z):
    return scipy.special.expit(z)


def density(z):
    return np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)


# Each activation with its slope; those with a kink as (straight, bent): straight z + bent max(z, 0).
SMOOTH = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * sigmoid(-z)),
    "gelu": (lambda z: z * scipy.special.ndtr(z), lambda z: scipy.special.ndtr(z) + z * density(z)),
    "swish": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) * (1 + z * sigmoid(-z))),
}
KINKED = {"relu": (0, 1), "leaky-relu": (LEAK, 1 - LEAK)}

# The trapezoidal rule, whose error falls exponentially for functions as smooth as these times a normal density.
STEP, TERMS = 1 / 32, 300
NODES = np.arange(-9, 9 + STEP, STEP)
WEIGHTS = STEP * density(NODES)
HERMITE = np.empty((TERMS, len(NODES)))  # normalised
HERMITE[0], HERMITE[1] = 1, NODES
for k in range(1, TERMS - 1):
    HERMITE[k + 1] = (NODES * HERMITE[k] - np.sqrt(k) * HERMITE[k - 1]) / np.sqrt(k + 1)
SERIES = HERMITE * WEIGHTS
POWERS = np.arange(TERMS)


def relu_kernel(c):
    return (np.sqrt(np.maximum(0, 1 - c * c)) + c * (np.pi - np.arccos(c))) / np.pi


class Means:
    """E[f(u) f(v)] of an activation and of its slope, u and v ~ N(0, q) with any correlation."""

    def __init__(self, activation, q):
        self.q, self.kinked = q, KINKED.get(activation)
        if not self.kinked:
            self.values = np.stack([f(np.sqrt(q) * NODES) for f in SMOOTH[activation]])
            self.self_value, self.self_slope = self.values**2 @ WEIGHTS
        else:
            straight, bent = self.kinked
            self.self_slope = straight**2 + straight * bent + bent**2 / 2
            self.self_value = q * self.self_slope

    @functools.cached_property
    def squares(self):
        return (self.values @ SERIES.T) ** 2

    def value(self, c):
        if not self.kinked:
            # What the series leaves out is correlated like its next term.
            rest = max(0.0, self.self_value - self.squares[0].sum())
            return self.squares[0] @ c**POWERS + rest * c**TERMS
        straight, bent = self.kinked
        return self.q * ((straight**2 + straight * bent) * c + bent**2 * relu_kernel(c) / 2)

    def slope(self, c):
        if not self.kinked:
            rest = max(0.0, self.self_slope - self.squares[1].sum())
            return self.squares[1] @ c**POWERS + rest * c**TERMS
        straight, bent = self.kinked
        return straight**2 + straight * bent + bent**2 * (1 - np.arccos(c) / np.pi) / 2


def pair_moments(columns):
    """Mean of |v_i|^2 and of v_i . v_j over different pairs, of (..., examples, units), averaged over the rest."""
    count = columns.shape[-2]
    own = (columns**2).sum((-2, -1)).mean()
    every = (columns.sum(-2) ** 2).sum(-1).mean()
    return float(own) / count, float(every - own) / (count * (count - 1))


def propagate(activation, initialisation, sizes, moments):
    """Moments of the inputs of each layer, and the factors that take those of an error signal one layer back."""
    inputs, back = [moments], []
    variance = [weight_variance(initialisation, n, m) for n, m in zip(sizes, sizes[1:])]
    for layer in range(1, len(sizes) - 1):
        own, pair = inputs[-1]
        means, c = Means(activation, variance[layer - 1] * own), min(1.0, max(-1.0, pair / own))
        inputs.append((sizes[layer] * means.self_value, sizes[layer] * means.value(c)))
        spread = sizes[layer] * variance[layer]
        back.append((spread * means.self_slope, spread * means.slope(c)))
    return inputs, back + [(1, 1)]


def gradient_theory(inputs, back, output_error, batch):
    """Norms of the error signals and of the weight gradients by layer, from the output layer's moments."""
    delta = np.cumprod([output_error, *back[::-1]], axis=0)[:0:-1]
    own, pair = delta.T * np.array(inputs).T
    return np.sqrt(delta[:, 0]), np.sqrt((own + (batch - 1) * pair) / batch)


def fixed_variance(activation, weight, bias):
    """q*, to which q = 1 is drawn, by bracketing from there; 0 or infinity where there is none."""
    def growth(q):
        return weight * Means(activation, q).self_value + bias - q

    if abs(growth(1)) <= 1e-13:
        return 1.0
    q, ratio = 1.0, np.sqrt(2) if growth(1) > 0 else np.sqrt(0.5)
    while growth(q * ratio) * growth(1) > 0:
        q *= ratio
        if not 1e-10 < q < 1e14:
            return 0.0 if q < 1 else np.inf
    return scipy.optimize.brentq(growth, *sorted((q, q * ratio)), xtol=1e-15, rtol=1e-14)


def settled_susceptibility(activation, weight, bias):
    q = fixed_variance(activation, weight, bias)
    return q, weight * Means(activation, min(max(q, 1e-200), 1e12)).self_slope
