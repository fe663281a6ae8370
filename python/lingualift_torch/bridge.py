"""The bridge between encoder and LLM (the paper's language alignment layer, Section 3.1), as
`lib/model/bridge/layer.ts` has it: one to three linear layers, boundary vectors, and states that may be standardised
first."""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

ACTIVATIONS = {"gelu": nn.GELU, "relu": nn.ReLU}
PREFIX = "alignment."


@dataclass(frozen=True)
class BridgeConfig:
    d_enc: int
    d_lm: int
    layers: int
    activation: str
    boundaries: str
    standardised: bool


class Bridge(nn.Module):
    """float [B, S, d_enc] -> float [B, S, d_lm], with boundary vectors, float [d_lm]."""

    def __init__(self, config: BridgeConfig):
        super().__init__()
        self.config = config
        sizes = [config.d_enc, *[2 * config.d_enc] * (config.layers - 1), config.d_lm]
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:], strict=False))
        self.activation = ACTIVATIONS[config.activation]()
        if config.boundaries == "both":
            self.enc_start = nn.Parameter(torch.empty(config.d_lm))
        self.enc_end = nn.Parameter(torch.empty(config.d_lm))
        if config.standardised:
            # They never learn.
            self.register_buffer("states_mean", torch.empty(config.d_enc))
            self.register_buffer("states_scale", torch.empty(config.d_enc))

    def forward(self, states: Tensor) -> list[Tensor]:
        """What stands before the text: (enc_start), the bridged states, enc_end, float [B, ..., d_lm] each. One call,
        since a bridge that is sharded is whole only within its own; what leaves it must be no view of a parameter."""
        row = [vector.expand(states.shape[0], 1, -1).clone() for vector in self.boundaries()]
        return [*row[:-1], self.through(states.to(self.enc_end.dtype)), row[-1]]

    def through(self, states: Tensor) -> Tensor:
        if self.config.standardised:
            states = (states - self.states_mean) * self.states_scale
        for layer in self.layers[:-1]:
            states = self.activation(layer(states))
        return self.layers[-1](states)

    def boundaries(self) -> list[Tensor]:
        return [*([self.enc_start] if self.config.boundaries == "both" else []), self.enc_end]


def load_bridge(path: str) -> Bridge:
    """Reads what the lab's `saveBridge` wrote."""
    with safe_open(path, "pt") as file:
        bridge = Bridge(BridgeConfig(**json.loads(file.metadata()["config"])))
        bridge.load_state_dict({name.removeprefix(PREFIX): file.get_tensor(name) for name in file.keys()})
    return bridge


def save_bridge(path: Path, config: BridgeConfig, weights: dict[str, Tensor]) -> None:
    tensors = {f"{PREFIX}{name}": tensor.float().contiguous() for name, tensor in weights.items()}
    save_file(tensors, path, {"config": json.dumps(config.__dict__)})
