# Cells on networks as they are initialised: gradients by layer, signals on their way forward, and single precision.
import numpy as np
import scipy.special
import torch

from . import common, mean_field, networks
from .common import COLOURS, band

DEPTH, WIDTH, SEEDS = 50, 100, 10
SIZES = networks.layer_sizes(784, WIDTH, DEPTH)
SIX = ["tanh-normal", "relu-he", "tanh-xavier", "tanh-uniform-fan-in", "sigmoid-xavier", "sigmoid-uniform-fan-in"]
AT_ONCE = 2  # seeds; more of them leave the cache
# Doubles where rounding errors grow with the layers, and where gradients leave the range of floats.
DOUBLE = {"tanh-normal", "sigmoid-xavier", "sigmoid-uniform-fan-in"}


def log_norms(tensors):
    """log10 of the norm of each seed's matrix: (seeds, layers). Squares may leave the range of floats."""
    return torch.stack([torch.linalg.vector_norm(t, dim=(1, 2), dtype=torch.float64) for t in tensors], 1).log10().numpy()


def gradient_norms(name, images, labels):
    dtype = torch.float64 if name in DOUBLE else torch.float32
    batch = images.shape[1]
    errors, gradients, moments = [], [], []
    for first in range(0, SEEDS, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        w = [m.requires_grad_() for m in networks.weights(name, SIZES, AT_ONCE, dtype, seed=first)]
        z, _ = networks.forward(name, w, images[some].to(dtype))
        loss = networks.cross_entropy(z[-1], labels[some]) / batch
        found = torch.autograd.grad(loss, z + w)
        errors.append(log_norms(found[:DEPTH]) + 0.5 * np.log10(batch))
        gradients.append(log_norms(found[DEPTH:]))
        moments += [mean_field.pair_moments(batch * d.numpy()) for d in found[DEPTH - 1]]
    return np.concatenate(errors), np.concatenate(gradients), np.median(moments, axis=0)


def gradient_depth(figure, names):
    images, labels = common.samples(256, SEEDS)
    input_moments = mean_field.pair_moments(images.numpy())
    drawing, (left, right) = common.figure(1, 2, 85, sharey=True)
    layers, values = np.arange(1, DEPTH + 1), {}
    inset, hidden = right.inset_axes((0.1, 0.2, 0.4, 0.25)), slice(0, DEPTH - 1)
    for name in names:
        activation, initialisation = networks.parts(name)
        errors, gradients, output_error = gradient_norms(name, images, labels)
        theory = mean_field.gradient_theory(
            *mean_field.propagate(activation, initialisation, SIZES, input_moments), output_error, images.shape[1])
        theory = (theory[0], theory[1] * 10 ** np.median(gradients[:, -1]) / theory[1][-1])
        for axes, norms, expected in ((left, errors, theory[0]), (right, gradients, theory[1])):
            quantiles = 10 ** np.quantile(norms, (0.1, 0.5, 0.9), axis=0)
            band(axes, layers, *quantiles, COLOURS[name], name)
            axes.plot(layers, expected, "--", color="black", linewidth=0.8)
            if axes is right and quantiles[1].min() > 0.01 and quantiles[1].max() < 100:
                band(inset, layers, *quantiles, COLOURS[name])
        slopes = [-np.polyfit(layers[hidden], e[hidden], 1)[0] for e in errors]
        inner = np.median(gradients, axis=0)[1:-1]
        variance = WIDTH * networks.weight_variance(initialisation, WIDTH, WIDTH)
        values |= {
            f"{name}.slope": np.median(slopes),
            f"{name}.theory-slope": -np.polyfit(layers[hidden], np.log10(theory[0][hidden]), 1)[0],
            f"{name}.decades": np.median(errors[:, -1] - errors[:, 0]),
            f"{name}.gradient-decades": np.median(gradients[:, -1] - gradients[:, 0]),
            f"{name}.gradient-spread": inner.max() - inner.min(),
            f"{name}.sigma-w2": variance,
            f"{name}.chi": mean_field.settled_susceptibility(activation, variance, 0)[1],
        }
    for axes, title in ((left, r"error signal $\|\delta^{(\ell)}\|$"), (right, r"weight gradient $\|\nabla_W L\|$")):
        axes.set(title=title, xlabel=r"layer $\ell$ (output to input)", xlim=(DEPTH, 1), yscale="log")
    inset.set(xlim=(DEPTH, 1), yscale="log")
    low, high = left.get_ylim()
    if low < common.FLOAT_MIN:
        for axes in (left, right):
            axes.axhspan(low, common.FLOAT_MIN, color="lightgrey", linewidth=0)
        left.set_ylim(low, high)
    right.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    common.letters(drawing)
    common.save(drawing, figure)
    return values


def six_networks():
    return gradient_depth("gradient-depth", SIX)


def relatives():
    return gradient_depth("relatives", ["relu-he", "leaky-relu-he", "gelu-he", "swish-he", "relu-xavier"])


# Signals on their way forward.

FLOAT_RESOLUTION, DOUBLE_RESOLUTION = 2.0**-24, 2.0**-53


def profile(name, images):
    """Root mean square and relative variation over the images of each layer's activations: (layers, seeds) each."""
    with torch.no_grad():
        _, a = networks.forward(name, networks.weights(name, SIZES, SEEDS, torch.float64), images)
    rms, variation = [], []
    for signal in a:
        own = torch.linalg.vector_norm(signal, dim=(1, 2))
        spread = torch.linalg.vector_norm(signal - signal.mean(1, keepdim=True), dim=(1, 2))
        count, units = signal.shape[1:]
        rms.append(own / (count * units) ** 0.5)
        variation.append(spread / (count - 1) ** 0.5 / (own / count**0.5))
    return torch.stack(rms).numpy(), torch.stack(variation).numpy()


def forward_theory(name, moments):
    activation, initialisation = networks.parts(name)
    inputs, _ = mean_field.propagate(activation, initialisation, SIZES, moments)
    spread, variation = moments[0] - moments[1], []
    for layer, (own, pair) in enumerate(inputs):
        if layer > 0 and spread < 1e-5 * own:  # what is left of a difference is followed by its own linear law
            variance = networks.weight_variance(initialisation, SIZES[layer - 1], SIZES[layer])
            means = mean_field.Means(activation, variance * inputs[layer - 1][0])
            spread *= SIZES[layer] * variance * means.self_slope
        else:
            spread = own - pair
        variation.append((spread / own) ** 0.5)
    return [(own / n) ** 0.5 for (own, _), n in zip(inputs, SIZES)], variation


def follow_pairs(phi, weight, bias, q, width=1000, depth=40, draws=40, start=0.5):
    """Correlation by layer of two inputs of many random networks, whose layers are drawn in their exact law."""
    generator = np.random.default_rng(1)
    z = np.linalg.qr(generator.standard_normal((draws, width, 2)))[0] * (width * q) ** 0.5
    z[..., 1] = start * z[..., 0] + (1 - start**2) ** 0.5 * z[..., 1]
    found = []
    for layer in range(depth + 1):
        if layer > 0:
            a = phi(z)
            own = weight / width * (a.transpose(0, 2, 1) @ a) + bias
            root = np.zeros_like(own)  # Cholesky's, of a matrix that may be singular
            root[:, 0, 0] = own[:, 0, 0] ** 0.5
            root[:, 1, 0] = own[:, 1, 0] / root[:, 0, 0]
            root[:, 1, 1] = np.maximum(0, own[:, 1, 1] - root[:, 1, 0] ** 2) ** 0.5
            z = generator.standard_normal((draws, width, 2)) @ root.transpose(0, 2, 1)
        squares = z.transpose(0, 2, 1) @ z
        found.append(squares[:, 0, 1] / (squares[:, 0, 0] * squares[:, 1, 1]) ** 0.5)
    return np.array(found)


def signal_propagation():
    images = common.samples(64, SEEDS)[0].double()
    lengths = torch.linalg.vector_norm(images, dim=2, keepdim=True)
    images *= (lengths**2).mean(1, keepdim=True) ** 0.5 / lengths
    moments = mean_field.pair_moments(images.numpy())
    drawing, ((size, variation), (similarity, maps)) = common.figure(2, 2, 125)
    layers, values = np.arange(DEPTH), {}
    for name in SIX:
        measured, theory = profile(name, images), forward_theory(name, moments)
        for axes, found, expected in zip((size, variation), measured, theory):
            quantiles = np.quantile(found, (0.1, 0.5, 0.9), axis=1)
            band(axes, layers, *quantiles, COLOURS[name], name)
            axes.plot(layers, expected, "--", color="black", linewidth=0.8)
        rms, spread = (np.median(m, axis=1) for m in measured)
        lost = np.flatnonzero(spread < FLOAT_RESOLUTION)
        values |= {f"{name}.size-decades": np.log10(rms[-1] / rms[1]),
                   f"{name}.variation-decades": np.log10(spread[-1] / spread[0]),
                   f"{name}.indistinguishable-layer": lost[0] if len(lost) else np.nan}
    size.set(title="root mean square of the activations", xlabel=r"layer $\ell$", yscale="log")
    variation.set(title="variation over the inputs, relative", xlabel=r"layer $\ell$", yscale="log", ylim=(1e-17, 30))
    for resolution in (FLOAT_RESOLUTION, DOUBLE_RESOLUTION):
        variation.axhline(resolution, color="grey", linewidth=0.6)
    variation.legend(loc="center left", bbox_to_anchor=(1, 0.5))

    c = np.linspace(0, 1, 101)
    cases = [(f"sigma_w2={w}", "tanh", w, 0.05, colour) for w, colour in zip((1.3, 1.761, 2.5), common.RATES[:3])]
    for name, activation, weight, bias, colour in [*cases, ("relu", "relu", 2, 0, common.RATES[4])]:
        q = mean_field.fixed_variance(activation, weight, bias)
        phi = np.tanh if activation == "tanh" else lambda z: np.maximum(z, 0)
        found, means = follow_pairs(phi, weight, bias, q), mean_field.Means(activation, q)
        after = weight * means.self_value + bias

        def one_layer_on(c):
            return (weight * means.value(c) + bias) / after

        theory = [0.5]
        for _ in range(40):
            theory.append(one_layer_on(theory[-1]))
        low, high = np.quantile(found, (0.1, 0.9), axis=1)
        band(similarity, np.arange(41), low, found.mean(1), high, colour, name)
        similarity.plot(np.arange(41), theory, "--", color="black", linewidth=0.8)
        maps.plot(c, [min(1, one_layer_on(x)) for x in c], color=colour)
        values |= {f"{name}.final": found[-1].mean(), f"{name}.final-deviation": found[-1].std(ddof=1),
                   f"{name}.final-theory": theory[-1]}
    similarity.set(title="similarity of two inputs", xlabel=r"layer $\ell$", ylabel=r"correlation $c_\ell$", ylim=(0, 1))
    similarity.legend()
    maps.plot([0, 1], [0, 1], color="grey", linewidth=0.5)
    maps.set(title="one layer's map of the correlation", xlabel=r"$c_\ell$", ylabel=r"$c_{\ell+1}$")
    common.letters(drawing)
    common.save(drawing, "signal-propagation")
    return values


# Where single precision ends.

def both_passes(name, w, inputs, labels):
    """Root mean squares of activations and error signals, and norms summed in the signals' own precision."""
    for m in w:
        m.requires_grad_()
    z, a = networks.forward(name, w, inputs)
    delta = torch.autograd.grad(networks.cross_entropy(z[-1], labels) / inputs.shape[1], z)

    def rms(tensors):
        norms = [torch.linalg.vector_norm(t.detach(), dim=(1, 2), dtype=torch.float64) for t in tensors]
        return np.array([(n / (t.shape[1] * t.shape[2]) ** 0.5).numpy() for n, t in zip(norms, tensors)])

    own = [torch.linalg.vector_norm(t.detach(), dim=(1, 2)).numpy() for t in a]
    return rms(a), rms([d * inputs.shape[1] for d in delta]), np.array(own)


def first(holds):
    """The first index along the layers at which something holds, median over the seeds; NaN where it mostly does not."""
    found = np.where(holds.any(0), holds.argmax(0), np.nan)
    return np.nan if 2 * np.isfinite(found).sum() < len(found) else np.nanmedian(found)


def float_range(depth=60, width=256, batch=16, seeds=5):
    names = ["relu-normal", "tanh-normal", "relu-he", "sigmoid-xavier", "sigmoid-uniform-fan-in"]
    generator = torch.Generator().manual_seed(1)
    inputs = torch.randn(seeds, batch, width, dtype=torch.float64, generator=generator)
    labels = (torch.arange(batch) % 10).expand(seeds, batch)
    drawing, (forward, backward) = common.figure(1, 2, 85)
    values = {}
    for name in names:
        w = networks.weights(name, networks.layer_sizes(width, width, depth), seeds, torch.float64)
        exact = both_passes(name, w, inputs, labels)
        single = both_passes(name, [m.detach().float() for m in w], inputs.float(), labels)
        for axes, x, a, b in ((forward, np.arange(depth), exact[0], single[0]),
                              (backward, np.arange(1, depth + 1), exact[1], single[1])):
            axes.plot(x, np.median(a, axis=1), color=COLOURS[name], label=name)
            axes.plot(x[::2], np.median(b, axis=1)[::2], ".", color=COLOURS[name])
            for row in np.flatnonzero(~np.isfinite(np.median(b, axis=1))):
                axes.plot(x[row], 0.98, "x", color=COLOURS[name], transform=axes.get_xaxis_transform())
        values |= {
            f"{name}.forward-overflow": first(~np.isfinite(single[0])),
            f"{name}.norm-overflow": first(~np.isfinite(single[2])),
            f"{name}.backward-overflow": first(~np.isfinite(single[1][::-1])),
            f"{name}.backward-subnormal": first(exact[1][::-1] < common.FLOAT_MIN),
            f"{name}.backward-zero": first(single[1][::-1] == 0),
            f"{name}.forward-overflow-theory": overflow_in_theory(name, depth, width),
        }
    for axes, title in ((forward, "forward: activations"), (backward, "backward: error signal")):
        axes.set(title=title, xlabel=r"layer $\ell$", ylabel="root mean square", yscale="log")
        axes.axhline(common.FLOAT_MAX, color="grey", linewidth=0.6)
    forward.axhline(common.FLOAT_MAX**0.5, color="grey", linewidth=0.6)
    backward.axhspan(backward.get_ylim()[0], common.FLOAT_MIN, color="lightgrey", linewidth=0)
    backward.invert_xaxis()
    backward.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    common.letters(drawing)
    common.save(drawing, "float-range")
    return values


def overflow_in_theory(name, depth, width):
    sizes = networks.layer_sizes(width, width, depth)
    inputs, _ = mean_field.propagate(*networks.parts(name), sizes, (width, 0))
    sizes_log = 0.5 * np.log10([own / n for (own, _), n in zip(inputs, sizes)])
    beyond = np.flatnonzero(sizes_log >= np.log10(common.FLOAT_MAX))
    if len(beyond) == 0:
        return np.nan
    k = beyond[0]
    return k - (sizes_log[k] - np.log10(common.FLOAT_MAX)) / (sizes_log[k] - sizes_log[k - 1])


# Width and depth.

def width_and_depth(depth=50, draws=2000):
    drawing, (norms, variances) = common.figure(1, 2, 75)
    generator, values = torch.Generator().manual_seed(1), {}
    for width, colour in zip((16, 64, 256, 784), common.RATES[3::-1]):
        # He's weights in their exact law: z = sqrt(2/n) |x| times standard normals.
        logs = torch.zeros(draws, depth + 1, dtype=torch.float64)
        for layer in range(1, depth + 1):
            x = torch.randn(draws, width, generator=generator).relu_()
            logs[:, layer] = torch.log((2 / width) * (x * x).sum(1)).double()
        logs = logs.cumsum(1).numpy()
        alive = logs[np.isfinite(logs[:, -1])]
        live = np.arange(1, width + 1)
        share = np.exp(scipy.special.gammaln(width + 1) - scipy.special.gammaln(live + 1)
                       - scipy.special.gammaln(width - live + 1) - width * np.log(2))
        share /= share.sum()
        digamma = scipy.special.digamma(live / 2)
        mean_log = share @ digamma + np.log(4 / width)
        variance_log = share @ scipy.special.polygamma(1, live / 2) + share @ digamma**2 - (share @ digamma) ** 2
        layers = np.arange(depth + 1)
        low, high = np.exp(np.quantile(logs, (0.1, 0.9), axis=0) / 2)
        band(norms, layers, low, np.exp(alive.mean(0) / 2), high, colour, f"n = {width}")
        norms.plot(layers, np.exp(layers * mean_log / 2), "--", color="black", linewidth=0.8)
        measured = alive.var(0, ddof=1)
        variances.plot(layers[1:] / width, measured[1:], ".", color=colour, markersize=3)
        variances.plot(layers[1:] / width, layers[1:] * variance_log, "--", color="black", linewidth=0.8)
        name = f"n={width}"
        values |= {f"{name}.mean-log": depth * mean_log, f"{name}.measured-mean-log": alive[:, -1].mean(),
                   f"{name}.variance-log": depth * variance_log, f"{name}.measured-variance-log": measured[-1],
                   f"{name}.median": np.exp(np.median(logs[:, -1]) / 2),
                   f"{name}.measured-dead": 1 - len(alive) / draws}
    variances.plot([1 / 784, depth / 16], [5 / 784, 5 * depth / 16], color="grey", linewidth=0.5)
    norms.set(title="norm of the signal", xlabel=r"layer $\ell$", ylabel=r"$\|x_\ell\| / \|x_0\|$", yscale="log")
    norms.legend()
    variances.set(title="fluctuation between networks", xlabel=r"$\beta = \ell / n$", xscale="log", yscale="log",
                  ylabel=r"variance of $\ln \|x_\ell\|^2$")
    common.letters(drawing)
    common.save(drawing, "width-and-depth")
    return values
