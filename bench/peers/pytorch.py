"""PyTorch on CPU, as the benchmark's peer: the same training step and the same greedy decoding.

Run with the Python of bench/torch.ts, never as part of the library: `pytorch.py train|decode WORKLOAD_JSON`. Speaks the
protocol of bench/serve.ts: one JSON line when ready, one for each line read (a round), one with the peak memory when
the input ends.

The model is written as a competent user of this version would (nanoGPT's choices): one matmul for q, k and v, fused
layer_norm and gelu kernels, cross entropy over flat logits, gradients set to None, threads = cores. Version 1.13 has
no fused attention on CPU, so attention is a batched matmul, a masked softmax and a batched matmul.
"""
import json
import math
import os
import resource
import sys
import time

workload = json.loads(sys.argv[2])
os.environ["OMP_NUM_THREADS"] = str(workload["threads"])

import numpy as np  # noqa: E402 (the thread count must be set before the BLAS library loads)
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import nn  # noqa: E402

torch.set_num_threads(workload["threads"])
torch.set_flush_denormal(True)


def hashed(count, salt):
    """Integers in [0, 2^32) from position and salt; bench/workload.ts has the same function."""
    x = np.arange(count, dtype=np.uint32) * np.uint32(2654435761) + np.uint32(salt * 40503 + 12345)
    for _ in range(2):
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x45D9F3B)
    return x ^ (x >> np.uint32(16))


def uniform(shape, salt, std):
    """Float32 weights, uniform with the given standard deviation; the same numbers in every peer."""
    unit = hashed(math.prod(shape), salt).astype(np.float64) / 2**32
    return torch.from_numpy(((unit * 2 - 1) * std * math.sqrt(3)).astype(np.float32).reshape(shape))


def tokens(count, salt, vocab):
    return torch.from_numpy((hashed(count, salt) % np.uint32(vocab)).astype(np.int64))


class Block(nn.Module):
    def __init__(self, w, salt):
        super().__init__()
        d = w["width"]
        self.heads = w["heads"]
        self.norm1 = nn.Parameter(torch.ones(d))
        # Weights are drawn as (in, out), the layout of the other peers, and transposed for F.linear.
        q, k, v = (uniform((d, d), salt + i, w["std"]) for i in range(3))
        self.qkv = nn.Parameter(torch.cat([q, k, v], dim=1).t().contiguous())
        self.out = nn.Parameter(uniform((d, d), salt + 3, w["std"]).t().contiguous())
        self.norm2 = nn.Parameter(torch.ones(d))
        self.up = nn.Parameter(uniform((d, 4 * d), salt + 4, w["std"]).t().contiguous())
        self.down = nn.Parameter(uniform((4 * d, d), salt + 5, w["std"]).t().contiguous())

    def forward(self, x, mask):
        b, t, d = x.shape
        h = F.layer_norm(x, (d,), self.norm1)
        q, k, v = (
            y.view(b, t, self.heads, d // self.heads).transpose(1, 2) for y in F.linear(h, self.qkv).split(d, dim=2)
        )
        scores = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(d // self.heads))
        a = F.softmax(scores.masked_fill(mask, float("-inf")), dim=-1) @ v
        x = x + F.linear(a.transpose(1, 2).reshape(b, t, d), self.out)
        h = F.layer_norm(x, (d,), self.norm2)
        return x + F.linear(F.gelu(F.linear(h, self.up), approximate="tanh"), self.down)


class Gpt(nn.Module):
    def __init__(self, w):
        super().__init__()
        self.w = w
        d = w["width"]
        self.embedding = nn.Parameter(uniform((w["vocab"], d), 1, w["std"]))
        self.position = nn.Parameter(uniform((w["length"], d), 2, w["std"]))
        self.blocks = nn.ModuleList(Block(w, 10 * (layer + 1)) for layer in range(w["layers"]))
        self.norm = nn.Parameter(torch.ones(d))
        self.head = nn.Parameter(uniform((d, w["vocab"]), 3, w["std"]).t().contiguous())
        self.register_buffer("mask", torch.ones(w["length"], w["length"], dtype=torch.bool).triu(1), persistent=False)

    def forward(self, ids, targets):
        x = F.embedding(ids, self.embedding) + self.position
        for block in self.blocks:
            x = block(x, self.mask)
        logits = F.linear(F.layer_norm(x, (x.shape[-1],), self.norm), self.head)
        return F.cross_entropy(logits.view(-1, self.w["vocab"]), targets.view(-1))


def trainer(w):
    model = Gpt(w)
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": w["weightDecay"]}, {"params": vectors, "weight_decay": 0.0}],
        lr=w["lr"], betas=(0.9, 0.999), eps=1e-8,
    )
    shape = (w["batch"], w["length"])
    ids = tokens(math.prod(shape), 100, w["vocab"]).view(shape)
    targets = tokens(math.prod(shape), 101, w["vocab"]).view(shape)

    def step():
        loss = model(ids, targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), w["clip"])
        optimizer.step()
        return loss.item()

    def round_of(request):
        for _ in range(request["steps"]):
            loss = step()
        return {"tokens": request["steps"] * math.prod(shape), "loss": loss}

    return round_of, {"parameters": sum(p.numel() for p in model.parameters())}


def rms_norm(x, weight, eps):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + eps) * weight


class Llama:
    """A Llama decoder with a preallocated KV cache; weights as in bench/workload.ts `llamaWeights`."""

    def __init__(self, w):
        self.w = w
        d, f, std = w["width"], w["intermediate"], w["std"]
        self.embedding = uniform((w["vocab"], d), 1, std)
        self.head = uniform((w["vocab"], d), 3, std)
        self.layers = []
        for layer in range(w["layers"]):
            salt = 10 * (layer + 1)
            q, k, v, o = (uniform((d, d), salt + i, std) for i in range(4))
            gate, up = (uniform((f, d), salt + i, std) for i in (4, 5))
            down = uniform((d, f), salt + 6, std)
            self.layers.append((torch.cat([q, k, v]), o, torch.cat([gate, up]), down))
        self.ones = torch.ones(d)
        size = d // w["heads"]
        inverse = 1.0 / (w["ropeTheta"] ** (torch.arange(0, size, 2).float() / size))
        angles = torch.outer(torch.arange(w["promptLength"] + w["newTokens"]).float(), inverse)
        self.cos = torch.cat([angles, angles], dim=-1).cos()
        self.sin = torch.cat([angles, angles], dim=-1).sin()

    def rope(self, x, start):
        length, half = x.shape[-2], x.shape[-1] // 2
        rotated = torch.cat([-x[..., half:], x[..., :half]], dim=-1)
        return x * self.cos[start:start + length] + rotated * self.sin[start:start + length]

    def forward(self, ids, cache, start):
        """Logits (batch, vocab) of the last position; `cache` holds keys and values of the first `start` positions."""
        w = self.w
        b, t = ids.shape
        d, heads, eps = w["width"], w["heads"], w["normEps"]
        x = F.embedding(ids, self.embedding)
        end = start + t
        mask = torch.ones(t, end, dtype=torch.bool).triu(1) if t > 1 else None
        for (qkv, o, gate_up, down), (keys, values) in zip(self.layers, cache):
            h = rms_norm(x, self.ones, eps)
            q, k, v = (y.view(b, t, heads, d // heads).transpose(1, 2) for y in F.linear(h, qkv).split(d, dim=2))
            q, keys[:, :, start:end], values[:, :, start:end] = self.rope(q, start), self.rope(k, start), v
            scores = (q @ keys[:, :, :end].transpose(-2, -1)) * (1.0 / math.sqrt(d // heads))
            if mask is not None:
                scores = scores.masked_fill(mask, float("-inf"))
            a = F.softmax(scores, dim=-1) @ values[:, :, :end]
            x = x + F.linear(a.transpose(1, 2).reshape(b, t, d), o)
            gate, up = F.linear(rms_norm(x, self.ones, eps), gate_up).split(w["intermediate"], dim=2)
            x = x + F.linear(F.silu(gate) * up, down)
        return F.linear(rms_norm(x[:, -1], self.ones, eps), self.head)


def decoder(w):
    model = Llama(w)
    prompt = tokens(w["batch"] * w["promptLength"], 100, w["vocab"]).view(w["batch"], w["promptLength"])
    total = w["promptLength"] + w["newTokens"]
    shape = (w["batch"], w["heads"], total, w["width"] // w["heads"])
    cache = [(torch.zeros(shape), torch.zeros(shape)) for _ in range(w["layers"])]

    @torch.inference_mode()
    def generate():
        ids, start, out = prompt, 0, []
        for _ in range(w["newTokens"]):
            token = model.forward(ids, cache, start).argmax(-1, keepdim=True)
            start += ids.shape[1]
            out.append(token)
            ids = token
        return torch.cat(out, dim=1)

    def round_of(_request):
        out = generate()
        return {"tokens": out.numel(), "first": out[:, :8].tolist()}

    return round_of, {}


def main():
    round_of, about = (trainer if sys.argv[1] == "train" else decoder)(workload)
    ready = {"name": "PyTorch", "version": torch.__version__, "threads": torch.get_num_threads(), **about}
    print(json.dumps(ready), flush=True)
    for line in sys.stdin:
        started, cpu = time.perf_counter(), time.process_time()
        answer = round_of(json.loads(line))
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        print(json.dumps({"seconds": seconds, "cpuSeconds": cpu, **answer}), flush=True)
    print(json.dumps({"peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}), flush=True)


main()
