"""A training: batches by number, a schedule that the lab computed, checkpoints to go on from, the loss of every step.

One process, or each of several under torchrun; every one reads the whole job and takes its part of every batch.
"""

import hashlib
import json
import math
import time
from pathlib import Path
from collections.abc import Callable

import torch
from torch import nn
from torch.distributed.checkpoint.state_dict import StateDictOptions, get_model_state_dict

from . import checkpoint
from .bridge import load_bridge
from .errors import UserError
from .examples import Examples
from .lora import adapted
from .models import Encoder, load_llm
from .objective import Preferences, Targets
from .parallel import Place, shard
from .save import save_trained
from .system import System

BETAS, EPSILON, MAX_GRAD_NORM = (0.9, 0.98), 1e-8, 1.0


def fit(job: dict, place: Place, report: Callable[[dict], None]) -> dict:
    """Trains and writes; returns the mean loss of the first and the last tenth of the steps.

    job: model, trains, adapters, dpo, weight_decay, examples, states, order, lr (one a step), dir, checkpoint_dir,
    checkpoint_every, micro_batch, activation_checkpointing, compute
    """
    check_batches(job, place)
    system = open_system(job, place)
    names = {name for name, p in system.named_parameters() if p.requires_grad}
    shard(system, place)
    learning = [p for p in system.parameters() if p.requires_grad]
    optimizer = adamw(learning, job["weight_decay"])
    examples = Examples(job["examples"], encoder_of(job, place), job.get("states"))
    objective = Preferences(job["dpo"]["beta"]) if job.get("dpo") else Targets()
    if isinstance(objective, Preferences):
        with place.precision():
            objective.refer(system, examples, place)
    folder = Path(job["checkpoint_dir"])
    recipe = recipe_of(job)
    meta = checkpoint.load(folder, system, optimizer, place, recipe) or {"step": 0, "rows": []}
    rows, started, tokens = meta["rows"], None, 0
    steps = len(job["order"])
    for step in range(meta["step"], steps):
        for group in optimizer.param_groups:
            group["lr"] = job["lr"][step]
        batch = examples.take(job["order"][step])
        loss, metrics = gradients(system, objective, batch, place, job.get("micro_batch"))
        norm = nn.utils.clip_grad_norm_(learning, MAX_GRAD_NORM)
        norm = norm.full_tensor().item() if hasattr(norm, "full_tensor") else norm.item()
        if not math.isfinite(loss):
            raise UserError(f"The loss is {loss} at step {step}; lower lr")
        optimizer.step()
        optimizer.zero_grad()
        rows.append([loss, job["lr"][step], norm, *metrics])
        now = time.perf_counter()
        tokens += 0 if started is None else sum(map(length_of, batch))
        started = started or now
        speed = tokens / (now - started) if now > started else None
        if place.rank == 0:
            report({"type": "progress", "done": step + 1, "total": steps, "loss": loss, "tokens_per_second": speed})
        if (step + 1) % job["checkpoint_every"] == 0 and step + 1 < steps:
            checkpoint.save(folder, system, optimizer, place, {"step": step + 1, "rows": rows, "recipe": recipe})
    # Moments are twice the weights that are gathered now.
    optimizer.state.clear()
    full = StateDictOptions(full_state_dict=True, cpu_offload=True, ignore_frozen_params=True)
    trained = get_model_state_dict(system, options=full)
    if place.rank == 0:
        save_trained(Path(job["dir"]), job, system, {name: x for name, x in trained.items() if name in names})
        write_losses(Path(job["dir"]), objective.columns, rows)
    checkpoint.barrier(place)
    return ends([row[0] for row in rows])


def gradients(system: System, objective, batch: list, place: Place, micro: int | None) -> tuple[float, list[float]]:
    """Adds up the gradients of a step; its loss, and what is measured beside it, over all processes."""
    total = objective.count(batch)
    own = place.share(batch)
    micro = micro or len(own)
    sums = [0.0] * len(objective.columns)
    for at in range(0, len(own), micro):
        with place.precision():
            part = objective.part(system, own[at : at + micro], place.device)
        # FSDP takes the mean over the processes, of sums that the whole batch's count divides.
        (part.loss * place.world / total).backward()
        values = [part.loss.detach(), *part.metrics.values()]
        sums = [x + y.item() for x, y in zip(sums, values, strict=True)]
    loss, *metrics = [x / total for x in place.sum(sums)]
    return loss, metrics


def check_batches(job: dict, place: Place) -> None:
    for batch in job["order"]:
        own = len(batch) // place.world
        micro = job.get("micro_batch") or own
        if len(batch) % place.world or own % micro:
            raise UserError(
                f"Cannot train: a batch of {len(batch)} does not divide into {place.world} processes with "
                f"micro-batches of {micro}; change batch_size, --processes or --micro-batch"
            )


def open_system(job: dict, place: Place) -> System:
    """The models with what learns marked; what does not is bfloat16 where that is the precision."""
    trains, model = set(job["trains"]), job["model"]
    is_frozen = not trains & {"llm", "lora"}
    llm = load_llm(model["llm"], place.dtype if is_frozen else torch.float32)
    bridge = load_bridge(model["states"]["bridge"]) if model.get("states") else None
    llm.requires_grad_("llm" in trains)
    if "lora" in trains:
        llm = adapted(llm, job["adapters"])
    if bridge is not None:
        bridge.requires_grad_("bridge" in trains)
    if job.get("activation_checkpointing"):
        llm.gradient_checkpointing_enable({"use_reentrant": False})
    system = System(llm, bridge)
    # Activations are computed again in training mode alone, which brings a configuration's dropout back; no recipe
    # has any.
    for module in system.modules():
        for name in ("p", "attention_dropout"):
            if isinstance(getattr(module, name, None), float):
                setattr(module, name, 0.0)
    return system.train(bool(job.get("activation_checkpointing")))


def encoder_of(job: dict, place: Place) -> Encoder | None:
    states = job["model"].get("states")
    if not states or job.get("states"):
        return None
    return Encoder(states["encoder"], place.device, dtype=place.dtype)


def adamw(learning: list[nn.Parameter], weight_decay: float) -> torch.optim.AdamW:
    """What has two dimensions decays."""
    groups = [
        {"params": [p for p in learning if p.dim() >= 2], "weight_decay": weight_decay},
        {"params": [p for p in learning if p.dim() < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW([group for group in groups if group["params"]], lr=0.0, betas=BETAS, eps=EPSILON)


def length_of(example: dict) -> int:
    states = 0 if example["states"] is None else len(example["states"])
    return states + len(example["ids"]) + len(example["target"]) + len(example.get("rejected", []))


def recipe_of(job: dict) -> str:
    """What of a job a checkpoint belongs to: not where it lies, nor how many processes compute it."""
    own = {name: job.get(name) for name in ("trains", "dpo", "weight_decay", "order", "lr")}
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()


def write_losses(folder: Path, columns: tuple[str, ...], rows: list[list[float]]) -> None:
    head = ["step", columns[0], "lr", "grad_norm", *columns[1:]]
    lines = [head, *([i, *row] for i, row in enumerate(rows))]
    (folder / "loss.csv").write_text("".join(",".join(map(str, line)) + "\n" for line in lines))


def ends(losses: list[float]) -> dict:
    part = max(1, len(losses) // 10)
    return {"first": sum(losses[:part]) / part, "last": sum(losses[-part:]) / part}
