"""Plain PyTorch and transformers on the rows of `bench/cost.ts`: what someone writes who wants nothing else.

pytorch_llm.py MODEL DEVICE
"""

import sys
import time

import torch
from transformers import AutoModelForCausalLM

CASES = [(8, 256, False), (8, 256, True), (32, 512, True)]


def measure(folder: str, device: str, rows: int, length: int, half: bool, steps: int = 6) -> tuple[float, float]:
    """Tokens a second after the first step, and the device's memory at its highest in GB."""
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).to(device).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, betas=(0.9, 0.98), weight_decay=0.01)
    random = torch.Generator().manual_seed(1)
    started = 0.0
    for step in range(steps):
        if step == 1:
            if device == "cuda":
                torch.cuda.synchronize()
            started = time.perf_counter()
        ids = torch.randint(model.config.vocab_size, (rows, length), generator=random).to(device)
        labels = ids.clone()
        labels[:, : length // 2] = -100
        with torch.autocast(device, torch.bfloat16, enabled=half):
            loss = model(input_ids=ids, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        loss.item()
    seconds = time.perf_counter() - started
    memory = torch.cuda.max_memory_allocated() / 1e9 if device == "cuda" else float("nan")
    return rows * length * (steps - 1) / seconds, memory


folder, device = sys.argv[1:]
for rows, length, half in CASES:
    if device == "cuda":
        torch.cuda.reset_peak_memory_stats()
    speed, memory = measure(folder, device, rows, length, half)
    print(f"{rows} x {length} {'bfloat16' if half else 'float32'}: {speed:.0f} tokens/s, {memory:.2f} GB")
