"""The examples of a training, with what the frozen encoder makes of their texts."""

import json
from collections.abc import Iterator
from pathlib import Path

from safetensors import safe_open
from torch import Tensor

from .models import Encoder

# States that are kept in memory at most, in bytes; beyond, each batch goes through the encoder when its turn comes.
MOST_KEPT = 4 * 2**30


class Examples:
    """Lines of JSON: ids, target, with preferences rejected; and encoder_ids, or states (a name in `states`).

    A line is read when its turn comes: every process has all of them, which may be millions.
    """

    def __init__(self, file: str, encoder: Encoder | None, states: str | None):
        # Open as long as the process is.
        self.file = Path(file).open("rb")  # noqa: SIM115
        self.starts = list(starts(self.file))
        self.encoder = encoder
        self.given = None if states is None else safe_open(states, "pt")
        self.known: dict[tuple[int, ...], Tensor] = {}
        if encoder is not None:
            rows = self.few_rows(MOST_KEPT // (4 * encoder.hidden_size))
            if rows is not None:
                order = sorted(rows)
                self.known = dict(zip(order, encoder.encode([list(row) for row in order]), strict=True))

    def __len__(self) -> int:
        return len(self.starts)

    def line(self, at: int) -> dict:
        self.file.seek(self.starts[at])
        return json.loads(self.file.readline())

    def few_rows(self, most: int) -> set[tuple[int, ...]] | None:
        """What the encoder reads, each text once; None where that is more than `most` tokens."""
        rows: set[tuple[int, ...]] = set()
        tokens = 0
        for at in range(len(self)):
            row = tuple(self.line(at)["encoder_ids"])
            if row not in rows:
                rows.add(row)
                tokens += len(row)
            if tokens > most:
                return None
        return rows

    def take(self, places: list[int]) -> list[dict]:
        lines = [{**self.line(at), "at": at} for at in places]
        return [{**line, "states": states} for line, states in zip(lines, self.states(lines), strict=True)]

    def states(self, lines: list[dict]) -> list[Tensor | None]:
        if self.given is not None:
            return [self.given.get_tensor(line["states"]) for line in lines]
        if self.encoder is None:
            return [None] * len(lines)
        if self.known:
            return [self.known[tuple(line["encoder_ids"])] for line in lines]
        return self.encoder.encode([line["encoder_ids"] for line in lines])


def starts(file) -> Iterator[int]:
    """Where each line begins, in bytes."""
    at = 0
    for line in file:
        yield at
        at += len(line)
