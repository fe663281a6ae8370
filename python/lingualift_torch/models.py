"""Models from their folders: an LLM by `AutoModelForCausalLM`, an encoder by `AutoModel` or the lab's own."""

import json
from pathlib import Path

import torch
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

from .errors import UserError
from .mini_encoder import load_mini_encoder

logging.set_verbosity_error()
logging.disable_progress_bar()


def load_llm(folder: str, dtype: torch.dtype = torch.float32) -> nn.Module:
    """Any decoder-only model of transformers. A weight that is missing is an error, not a random start."""
    return _load(AutoModelForCausalLM, folder, dtype)


def _load(kind, folder: str, dtype: torch.dtype) -> nn.Module:
    if not Path(folder, "config.json").exists():
        raise UserError(f'Cannot read the model "{folder}": it has no config.json')
    if not any(Path(folder).glob("*.safetensors")) and not any(Path(folder).glob("pytorch_model*.bin")):
        raise UserError(f'Cannot read the model "{folder}" with --engine torch: it has no safetensors')
    try:
        model, info = kind.from_pretrained(
            folder, dtype=dtype, attn_implementation="sdpa", local_files_only=True, output_loading_info=True
        )
    except (ValueError, OSError, KeyError, SafetensorError) as error:
        raise UserError(f'Cannot read the model "{folder}": {str(error).splitlines()[0]}') from error
    missing = sorted(name for name in info["missing_keys"] if "pooler" not in name)
    if missing:
        raise UserError(f'Cannot read the model "{folder}": it has no tensor "{missing[0]}" ({len(missing)} missing)')
    return model.eval()


class Encoder:
    """A frozen encoder: rows of ids in, states out."""

    def __init__(
        self, folder: dict, device: torch.device, layer: int | None = None, dtype: torch.dtype = torch.float32
    ):
        self.device, self.layer, self.dtype = device, layer, dtype
        path = folder["encoder"]
        self.is_mini = folder["kind"] == "mini"
        if self.is_mini:
            self.model = load_mini_encoder(path).to(device)
            self.layers = self.model.config["num_hidden_layers"]
            self.hidden_size = self.model.config["hidden_size"]
        else:
            # An encoder-decoder's encoder alone.
            config = AutoConfig.from_pretrained(path, local_files_only=True)
            model = (
                _load(AutoModel, path, dtype) if not config.is_encoder_decoder else _encoder_half(config, path, dtype)
            )
            self.model = model.to(device)
            self.layers = config.num_hidden_layers if not config.is_encoder_decoder else len(layers_of(model))
            self.hidden_size = config.hidden_size
        if layer is not None and layer > self.layers:
            raise UserError(f"Cannot take the states of layer {layer}: the encoder has {self.layers} layers")

    @torch.no_grad()
    def batch(self, rows: list[list[int]]) -> list[Tensor]:
        """Rows of ids, boundary tokens included -> float [tokens, hidden_size] of each; they go through together."""
        ids, mask = padded(rows, self.device)
        if self.is_mini:
            states = self.model(ids, mask)[-1 if self.layer is None else self.layer]
        else:
            output = self.model(input_ids=ids, attention_mask=mask, output_hidden_states=self.layer is not None)
            states = output.last_hidden_state if self.layer is None else output.hidden_states[self.layer]
        return [state[: len(row)] for state, row in zip(states, rows, strict=True)]

    def encode(self, rows: list[list[int]], size: int = 64) -> list[Tensor]:
        """The same of any number of rows: those of like length together."""
        found: list[Tensor | None] = [None] * len(rows)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
        for at in range(0, len(order), size):
            part = order[at : at + size]
            for i, state in zip(part, self.batch([rows[i] for i in part]), strict=True):
                found[i] = state.clone()
        return found


def _encoder_half(config, path: str, dtype: torch.dtype) -> nn.Module:
    """The encoder of mT5, T5, NLLB and others that have a decoder too."""
    from transformers import MT5EncoderModel, T5EncoderModel

    kind = {"mt5": MT5EncoderModel, "t5": T5EncoderModel}.get(config.model_type)
    return _load(kind, path, dtype) if kind else _load(AutoModel, path, dtype).get_encoder()


def layers_of(model: nn.Module) -> nn.ModuleList:
    """A transformer's layers: the longest list of modules that there is."""
    return max((m for m in model.modules() if isinstance(m, nn.ModuleList)), key=len)


def tokenizer_json(folder: str) -> str:
    """What `tokenizer.json` says, or would: of a folder with a sentencepiece model, as transformers converts it."""
    own = Path(folder, "tokenizer.json")
    if own.exists():
        return own.read_text()
    try:
        return AutoTokenizer.from_pretrained(folder, local_files_only=True).backend_tokenizer.to_str()
    except (ValueError, OSError, AttributeError) as error:
        raise UserError(f'Cannot use "{folder}": no tokenizer, {str(error).splitlines()[0]}') from error


def hidden_size(folder: str) -> int:
    return AutoConfig.from_pretrained(folder, local_files_only=True).hidden_size


def max_tokens(folder: str) -> int:
    """How many tokens an encoder reads at most; many where positions are relative."""
    config = json.loads(Path(folder, "config.json").read_text())
    if config.get("model_type") in ("t5", "mt5", "umt5"):
        return config.get("n_positions", 1024)
    offset = 2 if config.get("model_type") in ("xlm-roberta", "roberta", "camembert") else 0
    return config.get("max_position_embeddings", 512) - offset


def padded(rows: list[list[int]], device: torch.device) -> tuple[Tensor, Tensor]:
    """Ids and mask, int64 [B, T], padding at the end."""
    length = max(1, max(map(len, rows)))
    ids = torch.zeros(len(rows), length, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row, dtype=torch.long)
        mask[i, : len(row)] = 1
    return ids.to(device), mask.to(device)
