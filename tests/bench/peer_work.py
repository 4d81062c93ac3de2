# The work of numerics-bench and drawing-bench, done with PyTorch and matplotlib: prints the name of each and the seconds
# of processor time that it took, the median of some repetitions.
import sys, time
import numpy, torch

torch.set_num_threads(1)
torch.manual_seed(1)


def seconds(work, repetitions):
    work(), work()
    times = []
    for _ in range(repetitions):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return sorted(times)[len(times) // 2]


def perceptron(sizes, activation):
    layers = []
    for i in range(1, len(sizes)):
        layers.append(torch.nn.Linear(sizes[i - 1], sizes[i]))
        if i + 1 < len(sizes):
            layers.append(activation())
    return torch.nn.Sequential(*layers)


def training_step(width, activation, batch=128):
    model = perceptron([784] + 5 * [width] + [10], activation)
    descent = torch.optim.SGD(model.parameters(), lr=1e-3)
    images, labels = torch.rand(batch, 784), torch.arange(batch) % 10

    def step():
        descent.zero_grad()
        torch.nn.functional.cross_entropy(model(images), labels).backward()
        descent.step()

    return seconds(step, 60 if width < 500 else 15)


def gradient_depth(activation, batch=256):
    model = perceptron([784] + 49 * [100] + [10], activation)
    images, labels = torch.rand(batch, 784), torch.arange(batch) % 10

    def both_passes():
        model.zero_grad()
        torch.nn.functional.cross_entropy(model(images), labels).backward()
        return [layer.weight.grad.norm() for layer in model if hasattr(layer, "weight")]

    return seconds(both_passes, 15)


def full_batch(count=5000):
    model = perceptron([784, 200, 200, 10], torch.nn.Tanh)
    parameters = list(model.parameters())
    images, targets = torch.rand(count, 784), torch.nn.functional.one_hot(torch.arange(count) % 10, 10).float()

    def loss():
        return ((model(images) - targets) ** 2).sum() / (2 * count)

    def step():
        gradient = torch.autograd.grad(loss(), parameters)
        with torch.no_grad():
            for p, g in zip(parameters, gradient):
                p -= 1e-3 * g

    step_seconds = seconds(step, 7)
    gradient = torch.autograd.grad(loss(), parameters, create_graph=True)
    direction = [g.detach() for g in gradient]
    product = lambda: torch.autograd.grad(gradient, parameters, grad_outputs=direction, retain_graph=True)
    return step_seconds, seconds(product, 7)


def figure():
    import io
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plot

    # The bowl: three trajectories over contours, and their losses on a logarithmic axis.
    curvatures, start = numpy.array([1.0, 100.0]), numpy.ones(2)
    paths = {eta: start * (1 - eta * curvatures) ** numpy.arange(61)[:, None] for eta in (0.001, 0.019, 0.021)}
    x, y = numpy.meshgrid(numpy.linspace(-1.5, 1.5, 200), numpy.linspace(-1.5, 1.5, 200))

    def draw():
        drawing, (left, right) = plot.subplots(1, 2, figsize=(6.5, 3), layout="constrained")
        left.contour(x, y, (x**2 + 100 * y**2) / 2, levels=numpy.logspace(-1, 2, 8), linewidths=0.5)
        for eta, path in paths.items():
            left.plot(*path.T, marker=".", label=f"$\\eta = {eta}$")
            right.semilogy((curvatures * path**2).sum(axis=1) / 2)
        left.set_xlabel("$\\theta_1$"), left.set_ylabel("$\\theta_2$"), right.set_xlabel("step $k$"), right.set_ylabel("loss")
        left.legend()
        for form in ("pdf", "svg", "png"):
            drawing.savefig(io.BytesIO(), format=form, dpi=192)
        plot.close(drawing)

    return seconds(draw, 5)


work = {
    "training_step/128": lambda: training_step(128, torch.nn.ReLU),
    "training_step/128-tanh": lambda: training_step(128, torch.nn.Tanh),
    "training_step/512": lambda: training_step(512, torch.nn.ReLU),
    "gradient_depth/tanh": lambda: gradient_depth(torch.nn.Tanh),
    "full_batch": full_batch,
    "drawing/quadratic-bowl": figure,
}
for name in sys.argv[1:] or work:
    result = work[name]()
    if name == "full_batch":
        print("full_batch_step", result[0])
        print("hessian_product", result[1])
    else:
        print(name, result, flush=True)
