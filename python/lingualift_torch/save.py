"""A trained system's folder: `llm/` in Hugging Face layout, the bridge's file, the adapters in peft's layout."""

import json
import shutil
from pathlib import Path

from huggingface_hub import save_torch_state_dict
from safetensors import safe_open
from torch import Tensor

from .bridge import save_bridge
from .lora import is_factor, merged, save_factors
from .system import System

# Files of a model's folder that hold its weights.
WEIGHTS = ("*.safetensors", "*.safetensors.index.json", "*.bin", "*.bin.index.json")


def save_trained(folder: Path, job: dict, system: System, trained: dict[str, Tensor]) -> None:
    """@param trained what learned, by its name in the system"""
    start = Path(job["model"]["llm"])
    of_llm = part(trained, "llm.")
    if "lora" in job["trains"]:
        save_factors(folder / "adapter", job["adapters"], {name: x for name, x in of_llm.items() if is_factor(name)})
        copy_llm(start, folder / "llm", with_weights=False)
        save_llm(folder / "llm", stored(merged(start, folder / "adapter"), start))
    elif of_llm:
        copy_llm(start, folder / "llm", with_weights=False)
        save_llm(folder / "llm", stored(of_llm, start))
    else:
        copy_llm(start, folder / "llm", with_weights=True)
    if system.bridge is None:
        return
    bridge = job["model"]["states"]["bridge"]
    learned = part(trained, "bridge.")
    if not learned:
        shutil.copyfile(bridge, folder / "bridge.safetensors")
        return
    fixed = {name: x for name, x in system.bridge.named_buffers()}
    save_bridge(folder / "bridge.safetensors", system.bridge.config, {**learned, **fixed})


def part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): x for name, x in tensors.items() if name.startswith(prefix)}


def copy_llm(start: Path, to: Path, with_weights: bool) -> None:
    """The folder's files; a frozen LLM's weights come out byte for byte."""
    to.mkdir(parents=True, exist_ok=True)
    weights = {path for pattern in WEIGHTS for path in start.glob(pattern)}
    for path in sorted(start.iterdir()):
        # The lab's record of how the folder was made tells times: no bytes of a model.
        if path.is_file() and path.name != "step.json" and (with_weights or path not in weights):
            shutil.copyfile(path, to / path.name)
    if not with_weights:
        # The weights are float32 now, whatever they were.
        config = json.loads((to / "config.json").read_text())
        for name in ("dtype", "torch_dtype"):
            if name in config:
                config[name] = "float32"
        (to / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def save_llm(to: Path, weights: dict[str, Tensor]) -> None:
    save_torch_state_dict({name: x.contiguous() for name, x in sorted(weights.items())}, to)


def stored(weights: dict[str, Tensor], folder: Path) -> dict[str, Tensor]:
    """Those that the folder has, as float32: of tied matrices one is stored."""
    names: set[str] = set()
    for path in folder.glob("*.safetensors"):
        with safe_open(path, "pt") as file:
            names.update(file.keys())
    return {name: x.float() for name, x in weights.items() if name in names}
