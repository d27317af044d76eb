#!/usr/bin/env python3
"""How many pictures a second PyTorch learns from: the other side of ./doorbell bench train. Needs Debian's python3-torch and python3-torchvision.

The same step as trainer/.../MeasureTrainingCommand.cs: torchvision's network with 15 labels, every layer learning, AdamW, the loss read back.
Prints one JSON object."""
import argparse
import json
import resource
import time

import torch
import torchvision

WARM_UP_STEPS = 2


def page_faults():
    """Pages that the system has handed out so far when they were first touched."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


parser = argparse.ArgumentParser()
parser.add_argument("--network", default="resnet18")
parser.add_argument("--size", type=int, default=224)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--steps", type=int, default=10)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--mixed-precision", action="store_true")
options = parser.parse_args()

torch.set_num_threads(options.threads)
torch.manual_seed(1)
network = getattr(torchvision.models, options.network)(num_classes=15)
network.train()
optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.05)
pictures = torch.randn(options.batch, 3, options.size, options.size)
labels = torch.randint(0, 15, (options.batch,))
seconds, pages_before = [], 0
for step in range(WARM_UP_STEPS + options.steps):
    if step == WARM_UP_STEPS:
        pages_before = page_faults()
    started = time.perf_counter()
    optimizer.zero_grad()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.mixed_precision):
        answers = network(pictures)
    loss = torch.nn.functional.cross_entropy(answers.float(), labels)
    loss.backward()
    optimizer.step()
    loss.item()
    if step >= WARM_UP_STEPS:
        seconds.append(time.perf_counter() - started)
print(json.dumps({
    "network": options.network, "size": options.size, "batch": options.batch, "threads": torch.get_num_threads(), "steps": options.steps,
    "pictures_per_second": options.batch / sorted(seconds)[len(seconds) // 2], "best_pictures_per_second": options.batch / min(seconds), "page_faults_per_step": (page_faults() - pages_before) / options.steps, "version": torch.__version__,
}))
