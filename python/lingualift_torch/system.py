"""A system as one module: the LLM, and the bridge where it reads an encoder's states. Training and asking both read
through here.

    tokens   [ids; target]
    states   [bos; (enc_start); bridge(states); enc_end; ids; target]
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .bridge import Bridge
from .errors import UserError
from .models import padded


@dataclass
class Sequence:
    """What the LLM reads: states, float [s, d_enc], where there is a bridge, and tokens; and what it is to write."""

    states: Tensor | None
    ids: list[int]
    target: list[int]


@dataclass
class Batch:
    """Every part is padded for itself, so that padding stands in the middle; mask and positions leave it out."""

    states: Tensor | None
    """float [B, S, d_enc]"""
    ids: Tensor
    """int [B, T]"""
    attention_mask: Tensor
    """int [B, length]"""
    targets: Tensor
    """int [N], in the order of the sequences"""
    rows: Tensor
    """int [N], the sequence of each target"""
    places: Tensor
    """int [N], the position whose logits predict it"""

    @property
    def position_ids(self) -> Tensor:
        return positions_of(self.attention_mask)


def positions_of(attention_mask: Tensor) -> Tensor:
    """int [B, T]: how many tokens stand before each; 0 at padding."""
    return (attention_mask.cumsum(1) - 1).clamp(min=0) * attention_mask


class System(nn.Module):
    def __init__(self, llm: nn.Module, bridge: Bridge | None):
        super().__init__()
        self.llm, self.bridge = llm, bridge
        self.bos = llm.config.bos_token_id
        if bridge is not None and not isinstance(self.bos, int):
            raise UserError("Cannot read states: the LLM's config.json has no bos_token_id")
        if bridge is not None and bridge.config.d_lm != llm.get_input_embeddings().weight.shape[1]:
            raise UserError(
                f"Cannot join bridge and LLM: the bridge gives states of size {bridge.config.d_lm}, "
                f"the LLM reads {llm.get_input_embeddings().weight.shape[1]}"
            )

    def batch(self, sequences: list[Sequence], device: torch.device) -> Batch:
        # The last token of a text predicts nothing.
        texts = [[*one.ids, *one.target][: len(one.ids) + max(0, len(one.target) - 1)] for one in sequences]
        ids, mask = (
            padded(texts, device) if any(texts) else (torch.zeros(len(texts), 0, dtype=torch.long, device=device),) * 2
        )
        states, before = None, 0
        if self.bridge is not None:
            lengths = [len(one.states) for one in sequences]
            longest = max(lengths)
            states = torch.stack([F.pad(one.states, (0, 0, 0, longest - len(one.states))) for one in sequences]).to(
                device
            )
            count = 2 if self.bridge.config.boundaries == "both" else 1
            of_states = torch.arange(longest, device=device)[None] < torch.tensor(lengths, device=device)[:, None]
            ones = torch.ones(len(sequences), count, dtype=torch.long, device=device)
            # bos and enc_start, the states, enc_end, the text.
            mask = torch.cat([ones, of_states.long(), ones[:, :1], mask], 1)
            before = count + longest + 1
        rows = [row for row, one in enumerate(sequences) for _ in one.target]
        places = [before + len(one.ids) - 1 + i for one in sequences for i in range(len(one.target))]
        targets = [id for one in sequences for id in one.target]
        return Batch(
            states, ids, mask, *(torch.tensor(x, dtype=torch.long, device=device) for x in (targets, rows, places))
        )

    def embeds(self, batch: Batch) -> Tensor:
        """float [B, length, d_lm]"""
        embed = self.llm.get_input_embeddings()
        text = embed(batch.ids)
        if self.bridge is None:
            return text
        bos = embed(torch.full((len(batch.ids), 1), self.bos, device=batch.ids.device))
        parts = [bos, *self.bridge(batch.states), text]
        return torch.cat([part.to(text.dtype) for part in parts], 1)

    def forward(self, batch: Batch) -> Tensor:
        """Negative log-likelihood of every target token, float32 [N]."""
        # Logits are computed only where a row of the batch has a target.
        kept, column = batch.places.unique(return_inverse=True)
        logits = self.llm(
            inputs_embeds=self.embeds(batch),
            attention_mask=batch.attention_mask,
            position_ids=batch.position_ids,
            use_cache=False,
            logits_to_keep=kept,
        ).logits
        return F.cross_entropy(logits[batch.rows, column].float(), batch.targets, reduction="none")
