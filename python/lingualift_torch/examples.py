"""The examples of a training, with what the frozen encoder makes of their texts."""

import json
from pathlib import Path

from safetensors import safe_open
from torch import Tensor

from .models import Encoder

# States that are kept in memory at most, in bytes; beyond, each batch goes through the encoder when its turn comes.
MOST_KEPT = 4 * 2**30


class Examples:
    """Lines of JSON: ids, target, with preferences rejected; and encoder_ids, or states (a name in `states`)."""

    def __init__(self, file: str, encoder: Encoder | None, states: str | None):
        self.lines = [json.loads(line) for line in Path(file).read_text().splitlines() if line]
        self.encoder = encoder
        self.given = None if states is None else safe_open(states, "pt")
        self.known: dict[tuple[int, ...], Tensor] = {}
        if encoder is not None:
            rows = {tuple(line["encoder_ids"]) for line in self.lines}
            if 4 * encoder.hidden_size * sum(map(len, rows)) <= MOST_KEPT:
                order = sorted(rows)
                self.known = dict(zip(order, encoder.encode([list(row) for row in order]), strict=True))

    def take(self, places: list[int]) -> list[dict]:
        lines = [{**self.lines[at], "at": at} for at in places]
        return [{**line, "states": states} for line, states in zip(lines, self.states(lines), strict=True)]

    def states(self, lines: list[dict]) -> list[Tensor | None]:
        if self.given is not None:
            return [self.given.get_tensor(line["states"]) for line in lines]
        if self.encoder is None:
            return [None] * len(lines)
        if self.known:
            return [self.known[tuple(line["encoder_ids"])] for line in lines]
        return self.encoder.encode([line["encoder_ids"] for line in lines])
