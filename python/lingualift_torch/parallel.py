"""Processes and precision: one process, or several under torchrun, among which FSDP2 shards every parameter."""

import os
from contextlib import nullcontext
from dataclasses import dataclass

import torch
import torch.distributed as dist

from .errors import UserError
from .models import layers_of
from .system import System

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


@dataclass
class Place:
    """Where this process stands."""

    rank: int
    world: int
    device: torch.device
    dtype: torch.dtype

    def precision(self):
        """bfloat16 for products; what learns, its gradients and its moments stay float32."""
        if self.dtype == torch.float32:
            return nullcontext()
        return torch.autocast(self.device.type, self.dtype)

    def sum(self, numbers: list[float]) -> list[float]:
        """Over all processes."""
        if self.world == 1:
            return numbers
        both = torch.tensor(numbers, dtype=torch.float64, device=self.device)
        dist.all_reduce(both)
        return both.tolist()

    def gather(self, own: dict) -> dict:
        """What all processes have, by key; of a key that several have, any."""
        if self.world == 1:
            return own
        parts: list[dict] = [{} for _ in range(self.world)]
        dist.all_gather_object(parts, own)
        return {key: value for part in parts for key, value in part.items()}

    def share(self, items: list) -> list:
        """This process's part of a list, in order."""
        return items[self.rank * len(items) // self.world : (self.rank + 1) * len(items) // self.world]


def place_of(compute: dict, alone: bool = False) -> Place:
    """@param alone whether it stays out of the others' group, as a process that answers does"""
    rank, world = (
        (0, 1) if alone else (int(os.environ.get(name, default)) for name, default in (("RANK", 0), ("WORLD_SIZE", 1)))
    )
    dtype = DTYPES[compute.get("dtype") or "float32"]
    torch.set_num_threads(max(1, compute["threads"]))
    if compute["device"] == "cpu":
        device = torch.device("cpu")
    elif compute["device"] == "cuda":
        if not torch.cuda.is_available():
            raise UserError("Cannot use --device cuda: this PyTorch finds no CUDA device")
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", compute.get("gpu", 0))))
        torch.cuda.set_device(device)
    else:
        raise UserError(f"Cannot use --device {compute['device']} with --engine torch: it knows cpu and cuda")
    if world > 1 and not dist.is_initialized():
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return Place(rank, world, device, dtype)


def shard(system: System, place: Place) -> None:
    """Every layer for itself, then the bridge, then what is left; which parameters learn must be known before.

    A system that is whole in the processor's memory comes to the devices in pieces. What is gathered has the precision
    of products: a process would else keep a copy of every weight in it until the way back is done.
    """
    if place.world == 1:
        system.to(place.device)
        return
    from torch.distributed.device_mesh import init_device_mesh
    from torch.distributed.fsdp import MixedPrecisionPolicy, fully_shard

    # By default it would be whatever accelerator there is, though the training is to be on the processor.
    mesh = init_device_mesh(place.device.type, (place.world,))
    is_half = place.dtype != torch.float32
    policy = MixedPrecisionPolicy(place.dtype, torch.float32) if is_half else MixedPrecisionPolicy()
    for layer in layers_of(system.llm):
        fully_shard(layer, mesh=mesh, mp_policy=policy)
    if system.bridge is not None:
        fully_shard(system.bridge, mesh=mesh, mp_policy=policy)
    fully_shard(system, mesh=mesh, mp_policy=policy)
    # Buffers, which no one shards.
    system.to(place.device)
