"""Low-rank adapters by peft: the lab draws their first values, so that both engines begin with the same."""

import json
from pathlib import Path

from peft import LoraConfig, PeftModel, get_peft_model, set_peft_model_state_dict
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from .models import load_llm


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


def merged(start: Path, folder: Path) -> dict[str, Tensor]:
    """The weights of an LLM's folder with the adapters of another in them, as peft merges them."""
    return PeftModel.from_pretrained(load_llm(str(start)), str(folder)).merge_and_unload().state_dict()
