"""Low-rank adapters by peft: the lab draws their first values, so that both engines begin with the same."""

import json
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model, set_peft_model_state_dict
from safetensors.torch import load_file, save_file
from torch import Tensor, nn


def adapted(llm: nn.Module, folder: str) -> nn.Module:
    """The LLM with the adapters of a folder in peft's layout; they alone learn."""
    config = json.loads(Path(folder, "adapter_config.json").read_text())
    model = get_peft_model(
        llm, LoraConfig(**{k: v for k, v in config.items() if k not in ("peft_type", "base_model_name_or_path")})
    )
    set_peft_model_state_dict(model, load_file(Path(folder, "adapter_model.safetensors")))
    return model


def is_factor(name: str) -> bool:
    return "lora_" in name


def factor_name(name: str) -> str:
    """Its name in a file: without the adapter's."""
    return name.replace(".default", "").replace("lora_magnitude_vector.weight", "lora_magnitude_vector")


def save_factors(folder: Path, first: str, factors: dict[str, Tensor]) -> None:
    """The adapters alone, beside the model that they were trained on."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {factor_name(name): tensor.float().contiguous() for name, tensor in factors.items()}
    save_file(tensors, folder / "adapter_model.safetensors", {"format": "pt"})
    (folder / "adapter_config.json").write_text(Path(first, "adapter_config.json").read_text())


@torch.no_grad()
def merged(weights: dict[str, Tensor], folder: Path) -> dict[str, Tensor]:
    """The LLM's weights with the adapters of a folder in them: W + (alpha / r) B A, its rows of length m for DoRA."""
    config = json.loads((folder / "adapter_config.json").read_text())
    factors = load_file(folder / "adapter_model.safetensors")
    result = dict(weights)
    for name, b in factors.items():
        if not name.endswith(".lora_B.weight"):
            continue
        layer = name.removesuffix(".lora_B.weight")
        weight = f"{layer.removeprefix('base_model.model.')}.weight"
        total = weights[weight].float() + config["lora_alpha"] / config["r"] * (b @ factors[f"{layer}.lora_A.weight"])
        magnitude = factors.get(f"{layer}.lora_magnitude_vector")
        if magnitude is not None:
            total = total * (magnitude / total.norm(dim=1))[:, None]
        result[weight] = total
    return result
