# Networks by name, as batches of matrices: one product serves all seeds, which takes two thirds of the time of a loop.
# Derivatives are left to autograd, for which one takes PyTorch.
import math

import torch
from torch.nn import functional

ACTIVATIONS = {
    "tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "gelu": functional.gelu, "swish": functional.silu,
    "leaky-relu": lambda z: functional.leaky_relu(z, 0.01),
}


def parts(name):
    for initialisation in ("uniform-fan-in", "xavier", "he", "normal"):
        if name.endswith("-" + initialisation):
            return name[: -len(initialisation) - 1], initialisation
    raise ValueError(name)


def layer_sizes(inputs, width, depth, classes=10):
    return [inputs] + [width] * (depth - 1) + [classes]


def weight_variance(initialisation, n, m):
    return {"uniform-fan-in": 1 / (3 * n), "xavier": 2 / (n + m), "he": 2 / n, "normal": 1}[initialisation]


def weights(name, sizes, seeds, dtype=torch.float32, seed=1):
    """A list of (seeds, inputs, outputs), one a layer. Drawn as floats, which takes a quarter of the time of doubles."""
    initialisation, result = parts(name)[1], []
    generator = torch.Generator().manual_seed(seed)
    for n, m in zip(sizes, sizes[1:]):
        if initialisation == "uniform-fan-in":
            w = torch.empty(seeds, n, m).uniform_(-(n**-0.5), n**-0.5, generator=generator)
        else:
            deviation = math.sqrt(weight_variance(initialisation, n, m))
            w = torch.empty(seeds, n, m).normal_(0, deviation, generator=generator)
        result.append(w.to(dtype))
    return result


def forward(name, matrices, inputs):
    """Pre-activations and activations of each layer; the last layer is linear."""
    activate, z, a = ACTIVATIONS[parts(name)[0]], [], [inputs]
    for w in matrices:
        z.append(torch.bmm(a[-1], w))
        a.append(activate(z[-1]))
    return z, a[:-1]


def cross_entropy(z, labels, reduction="sum"):
    return functional.cross_entropy(z.flatten(0, 1), labels.flatten(), reduction=reduction)
