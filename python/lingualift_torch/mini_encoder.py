"""The lab's own encoder (`lib/model/encoder/graph.ts`): layer normalisation before each sublayer, GELU, learned or
rotary positions. Frozen, so that only its states are here."""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn


class MiniEncoder(nn.Module):
    def __init__(self, config: dict, weights: dict[str, Tensor]):
        super().__init__()
        self.config = config
        self.weights = {name.removeprefix("encoder."): tensor.float() for name, tensor in weights.items()}

    def to(self, device):
        self.weights = {name: tensor.to(device) for name, tensor in self.weights.items()}
        return self

    def forward(self, ids: Tensor, attention_mask: Tensor) -> list[Tensor]:
        """int [B, T] each -> float [B, T, hidden_size] of the embeddings and of every layer."""
        config, weights = self.config, self.weights
        positions = (attention_mask.cumsum(1) - 1).clamp(min=0)
        keys = attention_mask[:, None, None, :].bool()
        x = weights["embed_tokens.weight"][ids]
        learned = config["position_embedding_type"] == "learned"
        if learned:
            x = x + weights["embed_positions.weight"][positions]
        states = [x]
        for i in range(config["num_hidden_layers"]):
            layer = f"layers.{i}"
            h = self.norm(x, f"{layer}.self_attn_layer_norm")
            q, k, v = (
                self.heads(self.affine(h, f"{layer}.self_attn.{name}")) for name in ("q_proj", "k_proj", "v_proj")
            )
            if not learned:
                q, k = self.turn(q, positions), self.turn(k, positions)
            context = F.scaled_dot_product_attention(q, k, v, attn_mask=keys).transpose(1, 2).flatten(2)
            x = x + self.affine(context, f"{layer}.self_attn.out_proj")
            inner = F.gelu(self.affine(self.norm(x, f"{layer}.final_layer_norm"), f"{layer}.fc1"))
            x = x + self.affine(inner, f"{layer}.fc2")
            states.append(x)
        last = self.norm(x, "layer_norm")
        return [*states[:-1], self.affine(last, "whitening") if config.get("whitened") else last]

    def affine(self, x: Tensor, name: str) -> Tensor:
        return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def norm(self, x: Tensor, name: str) -> Tensor:
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return F.layer_norm(x, x.shape[-1:], weight, bias, self.config["layer_norm_eps"])

    def heads(self, x: Tensor) -> Tensor:
        return x.unflatten(2, (self.config["num_attention_heads"], -1)).transpose(1, 2)

    def turn(self, x: Tensor, positions: Tensor) -> Tensor:
        """Rotary positions, the halves of a head as pairs."""
        half = x.shape[-1] // 2
        frequencies = self.config["rope_theta"] ** (-torch.arange(half, device=x.device, dtype=torch.float64) / half)
        angles = (positions[:, None, :, None] * frequencies).float()
        a, b = x[..., :half], x[..., half:]
        return torch.cat([a * angles.cos() - b * angles.sin(), b * angles.cos() + a * angles.sin()], -1)


def load_mini_encoder(folder: str) -> MiniEncoder:
    config = json.loads((Path(folder) / "config.json").read_text())
    return MiniEncoder(config, load_file(Path(folder) / "model.safetensors"))
