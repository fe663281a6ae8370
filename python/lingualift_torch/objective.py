"""What a training minimises: the mean negative log-likelihood of the target tokens, or direct preference optimisation
(arXiv:2305.18290, Eq. 7) with the reference's margins computed once, before anything learns."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from .examples import Examples
from .parallel import Place
from .system import Sequence, System


@dataclass
class Part:
    """Of a micro-batch: sums, which the whole step's count divides."""

    loss: Tensor
    metrics: dict[str, Tensor]


class Targets:
    columns = ("loss",)

    def count(self, examples: list) -> int:
        return sum(len(one["target"]) for one in examples)

    def part(self, system: System, examples: list, device: torch.device) -> Part:
        return Part(system(system.batch([sequence_of(one) for one in examples], device)).sum(), {})


class Preferences:
    columns = ("loss", "chosen", "rejected", "margin", "preferred")

    def __init__(self, beta: float):
        self.beta = beta
        self.reference: dict[int, float] = {}

    def count(self, examples: list) -> int:
        return len(examples)

    @torch.no_grad()
    def refer(self, system: System, examples: Examples, place: Place, size: int = 16) -> None:
        """Margins of the model that the training begins with: each process has its part of the examples."""
        own = list(range(place.rank, len(examples), place.world))
        margins: dict[int, float] = {}
        # As many rounds in every process: of sharded parameters all gather at once.
        for at in range(0, math.ceil(len(examples) / place.world), size):
            part = examples.take(own[at : at + size] or [0])
            chosen, rejected = self.likelihoods(system, part, place.device)
            for one, margin in zip(part, (chosen - rejected).tolist(), strict=True):
                margins[one["at"]] = margin
        self.reference = place.gather(margins)

    def part(self, system: System, examples: list, device: torch.device) -> Part:
        chosen, rejected = self.likelihoods(system, examples, device)
        reference = torch.tensor([self.reference[one["at"]] for one in examples], device=device)
        margin = chosen - rejected - reference
        metrics = {"chosen": chosen, "rejected": rejected, "margin": margin, "preferred": (margin > 0).float()}
        return Part(F.softplus(-self.beta * margin).sum(), {name: x.detach().sum() for name, x in metrics.items()})

    def likelihoods(self, system: System, examples: list, device: torch.device) -> tuple[Tensor, Tensor]:
        """Of chosen and rejected answers, summed over their tokens: float [pairs] each."""
        sequences = [sequence_of(one) for one in examples] + [sequence_of(one, "rejected") for one in examples]
        sums = likelihoods(system, sequences, device)
        return sums[: len(examples)], sums[len(examples) :]


def likelihoods(system: System, sequences: list[Sequence], device: torch.device) -> Tensor:
    """Log-likelihood of each target after its prompt, in nats: float32 [B]."""
    batch = system.batch(sequences, device)
    return torch.zeros(len(sequences), device=device).index_add(0, batch.rows, -system(batch))


def sequence_of(example: dict, answer: str = "target") -> Sequence:
    return Sequence(example["states"], example["ids"], example[answer])
