#!/usr/bin/env python3
"""How many pictures a second PyTorch learns from: the other side of ./doorbell bench train. Needs Debian's python3-torch and python3-torchvision.

The same step as trainer/.../MeasureTrainingCommand.cs: torchvision's network with 15 labels, every layer learning, AdamW, the loss read back.
Prints one JSON object."""
import argparse
import json
import time

import torch
import torchvision

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
seconds = []
for step in range(2 + options.steps):
    started = time.perf_counter()
    optimizer.zero_grad()
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=options.mixed_precision):
        answers = network(pictures)
    loss = torch.nn.functional.cross_entropy(answers.float(), labels)
    loss.backward()
    optimizer.step()
    loss.item()
    if step >= 2:
        seconds.append(time.perf_counter() - started)
print(json.dumps({
    "network": options.network, "size": options.size, "batch": options.batch, "threads": torch.get_num_threads(), "steps": options.steps,
    "pictures_per_second": options.batch / sorted(seconds)[len(seconds) // 2], "best_pictures_per_second": options.batch / min(seconds), "version": torch.__version__,
}))
