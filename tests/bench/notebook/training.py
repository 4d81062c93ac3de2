# Training: the seeds of a network at once, as batches of matrices, which takes two thirds of the time of one by one.
import torch

from . import common, networks
from .common import COLOURS, band

RATES = {"tanh-xavier": 0.05, "relu-he": 0.02, "relu-xavier": 0.01, "relu-uniform-fan-in": 0.01,
         "tanh-uniform-fan-in": 0.01, "sigmoid-xavier": 0.01}
DEPTH, WIDTH, SEEDS, EPOCHS, BATCH = 20, 64, 3, 6, 64
# In place: what these need on the way back is their result.
IN_PLACE = {"tanh": torch.tanh_, "relu": torch.relu_, "sigmoid": torch.sigmoid_}


def forward(activate, w, b, x):
    for matrix, bias in zip(w[:-1], b[:-1]):
        x = activate(torch.baddbmm(bias, x, matrix))
    return torch.baddbmm(b[-1], x, w[-1])


@torch.no_grad()
def mean_losses(activate, w, b, at_once=1000):
    """Mean cross entropy over the whole set, of each seed."""
    total = torch.zeros(SEEDS)
    for x, y in zip(common.images.split(at_once), common.labels.split(at_once)):
        z = forward(activate, w, b, x.expand(SEEDS, *x.shape))
        total += networks.cross_entropy(z, y.repeat(SEEDS), "none").view(SEEDS, -1).sum(1)
    return (total / len(common.images)).tolist()


def train(name, epochs=EPOCHS):
    """The losses after each epoch of each seed."""
    activate, sizes = IN_PLACE[networks.parts(name)[0]], networks.layer_sizes(784, WIDTH, DEPTH)
    w = [m.requires_grad_() for m in networks.weights(name, sizes, SEEDS)]
    b = [torch.zeros(SEEDS, 1, n, requires_grad=True) for n in sizes[1:]]
    parameters = w + b
    generators = [torch.Generator().manual_seed(seed) for seed in range(SEEDS)]
    losses = [mean_losses(activate, w, b)]
    for _ in range(epochs):
        order = torch.stack([torch.randperm(len(common.images), generator=g) for g in generators])
        for batch in order.split(BATCH, 1):
            z = forward(activate, w, b, common.images[batch])
            loss = networks.cross_entropy(z, common.labels[batch]) * (RATES[name] / batch.shape[1])
            steps = torch.autograd.grad(loss, parameters)  # the loss has the step size in it
            with torch.no_grad():
                for p, step in zip(parameters, steps):
                    p -= step
        losses.append(mean_losses(activate, w, b))
    return losses


def train_plainly(name, epochs=EPOCHS):
    """The same as PyTorch's tutorials would: one network after the other."""
    activation = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid}[networks.parts(name)[0]]
    sizes = networks.layer_sizes(784, WIDTH, DEPTH)
    matrices, curves = networks.weights(name, sizes, SEEDS), []
    for seed in range(SEEDS):
        layers = []
        for m in matrices:
            layer = torch.nn.Linear(m.shape[1], m.shape[2])
            layer.weight.data, layer.bias.data = m[seed].t().contiguous(), torch.zeros(m.shape[2])
            layers += [layer, activation()]
        model = torch.nn.Sequential(*layers[:-1])
        descent = torch.optim.SGD(model.parameters(), lr=RATES[name])
        criterion = torch.nn.CrossEntropyLoss()

        @torch.no_grad()
        def mean_loss():
            return sum(float(criterion(model(x), y)) * len(x)
                       for x, y in zip(common.images.split(1000), common.labels.split(1000))) / len(common.images)

        generator, curve = torch.Generator().manual_seed(seed), [mean_loss()]
        for _ in range(epochs):
            for batch in torch.randperm(len(common.images), generator=generator).split(BATCH):
                descent.zero_grad()
                criterion(model(common.images[batch]), common.labels[batch]).backward()
                descent.step()
            curve.append(mean_loss())
        curves.append(curve)
    return list(zip(*curves))


def draw(curves):
    drawing, axes = common.figure(1, 1, 75)
    values = {}
    for name, losses in curves.items():
        losses = torch.tensor(losses).sort(1).values
        band(axes, range(len(losses)), *losses.T.numpy(), COLOURS[name], name)
        low, middle, high = losses[-1].tolist()
        values |= {f"{name}.initial": float(losses[0, 1]), f"{name}.final": middle, f"{name}.final-min": low,
                   f"{name}.final-max": high}
    axes.axhline(2.302585, linestyle="--", color="grey", linewidth=0.8)
    axes.set(xlabel="epoch", ylabel="training loss (mean cross entropy)", yscale="log")
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    common.save(drawing, "training-loss")
    return values
