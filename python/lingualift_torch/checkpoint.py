"""Checkpoints of a training that is under way, by torch.distributed.checkpoint: what learns and the optimiser's
moments, in as many pieces as there are processes, readable by any other number of them."""

import json
import shutil
from pathlib import Path

import torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
from torch.distributed.checkpoint.state_dict import StateDictOptions, get_state_dict, set_state_dict

from .errors import UserError
from .parallel import Place
from .system import System

# The meta file is written last: a folder that has none is not whole.
META = "meta.json"
OPTIONS = StateDictOptions(ignore_frozen_params=True)


def save(folder: Path, system: System, optimizer: torch.optim.Optimizer, place: Place, meta: dict) -> None:
    """@param meta of every process the same; "step" is the number of steps that are done"""
    whole = folder / f"torch-{meta['step']}"
    if place.rank == 0:
        shutil.rmtree(whole, ignore_errors=True)
    barrier(place)
    model, moments = get_state_dict(system, optimizer, options=OPTIONS)
    dcp.save({"model": model, "optimizer": moments}, checkpoint_id=whole, no_dist=place.world == 1)
    barrier(place)
    if place.rank == 0:
        partial = whole / f"{META}.part"
        partial.write_text(json.dumps(meta))
        partial.rename(whole / META)
        for old in found(folder):
            if old != whole:
                shutil.rmtree(old)


def load(folder: Path, system: System, optimizer: torch.optim.Optimizer, place: Place, recipe: str) -> dict | None:
    """What was saved last, put into place; None where there is nothing.

    @param recipe a hash of the job: a checkpoint of another one is refused
    """
    whole = [path for path in found(folder) if (path / META).exists()]
    if not whole:
        return None
    newest = max(whole, key=lambda path: int(path.name.split("-")[1]))
    meta = json.loads((newest / META).read_text())
    if meta["recipe"] != recipe:
        raise UserError(f'Cannot go on from "{newest}": it is a checkpoint of another recipe; remove it to begin anew')
    model, moments = get_state_dict(system, optimizer, options=OPTIONS)
    state = {"model": model, "optimizer": moments}
    dcp.load(state, checkpoint_id=newest, no_dist=place.world == 1)
    options = StateDictOptions(ignore_frozen_params=True, strict=False)
    set_state_dict(
        system, optimizer, model_state_dict=state["model"], optim_state_dict=state["optimizer"], options=options
    )
    return meta


def found(folder: Path) -> list[Path]:
    return [path for path in folder.glob("torch-*") if path.is_dir()]


def barrier(place: Place) -> None:
    if place.world > 1:
        dist.barrier()
