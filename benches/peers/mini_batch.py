"""Mini-batch training with JAX or PyTorch, one thread, as a peer of
benches/training.rs.

    mini_batch.py jax|torch SIZES BATCH f32|f64 SAMPLES EPOCHS

A network of sigmoids with softmax and cross-entropy at its end, plain gradient
descent with a rate of 0.1, batches in the order of the data. For every line on
standard input the data is gone through so often, and the seconds are printed.
"""

import os
import sys
import time

os.environ["XLA_FLAGS"] = (
    "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
)
os.environ["OMP_NUM_THREADS"] = "1"
if hasattr(os, "sched_setaffinity"):
    # Settings are not always heard; one processor is one thread.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import numpy as np

library, sizes, batch, precision, samples, epochs = sys.argv[1:]
sizes = [int(size) for size in sizes.split("-")]
batch, samples, epochs = int(batch), int(samples), int(epochs)
dtype = {"f32": np.float32, "f64": np.float64}[precision]

random = np.random.default_rng(1)
x = random.random((samples, sizes[0])).astype(dtype)
y = np.eye(sizes[-1], dtype=dtype)[np.arange(samples) % sizes[-1]]
weights = [
    (random.normal(size=(i, o)) / i**0.5).astype(dtype)
    for i, o in zip(sizes, sizes[1:])
]
biases = [np.zeros(o, dtype) for o in sizes[1:]]
xs = x.reshape(-1, batch, sizes[0])
ys = y.reshape(-1, batch, sizes[-1])


def with_jax():
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", precision == "f64")
    jax.config.update("jax_platforms", "cpu")

    def loss(parameters, x, y):
        for w, b in parameters[:-1]:
            x = jax.nn.sigmoid(x @ w + b)
        w, b = parameters[-1]
        return -jnp.mean(jnp.sum(y * jax.nn.log_softmax(x @ w + b), axis=1))

    def step(parameters, xy):
        slopes = jax.grad(loss)(parameters, *xy)
        return jax.tree.map(lambda p, g: p - 0.1 * g, parameters, slopes), None

    @jax.jit
    def train(parameters, xs, ys):
        def epoch(parameters, _):
            return jax.lax.scan(step, parameters, (xs, ys))[0], None

        return jax.lax.scan(epoch, parameters, None, length=epochs)[0]

    state = [(jnp.array(w), jnp.array(b)) for w, b in zip(weights, biases)]
    data = jnp.array(xs), jnp.array(ys)

    def run():
        nonlocal state
        state = jax.block_until_ready(train(state, *data))

    return run


def with_torch():
    import torch

    torch.set_num_threads(1)
    layers = []
    for w, b in zip(weights, biases):
        linear = torch.nn.Linear(*w.shape, dtype=torch.from_numpy(w).dtype)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w.T))
            linear.bias.copy_(torch.from_numpy(b))
        layers += [linear, torch.nn.Sigmoid()]
    model = torch.nn.Sequential(*layers[:-1])
    descent = torch.optim.SGD(model.parameters(), lr=0.1)
    cost = torch.nn.CrossEntropyLoss()
    data = [(torch.from_numpy(x), torch.from_numpy(y)) for x, y in zip(xs, ys)]

    def run():
        for _ in range(epochs):
            for x, y in data:
                descent.zero_grad(set_to_none=True)
                cost(model(x), y).backward()
                descent.step()

    return run


run = {"jax": with_jax, "torch": with_torch}[library]()
run()
print("ready", flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    run()
    print(time.perf_counter() - start, flush=True)
