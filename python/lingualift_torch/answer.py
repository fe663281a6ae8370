"""A system that is asked: greedy or drawn continuations with a key-value cache, and the likelihood of given texts."""

import torch
from torch import Tensor
from transformers import DynamicCache

from .objective import likelihoods
from .parallel import Place
from .system import Sequence, System, positions_of


@torch.no_grad()
def generate(
    system: System,
    prompts: list[Sequence],
    place: Place,
    max_new_tokens: int,
    stop_ids: list[int],
    temperature: float | None = None,
    draws: list[list[float]] | None = None,
) -> list[list[int]]:
    """The new ids of every prompt, without the stop token.

    @param draws uniform in [0, 1), one a new token of each prompt, where the temperature is not None
    """
    with place.precision():
        batch = system.batch(prompts, place.device)
        embeds, mask = system.embeds(batch), batch.attention_mask
        positions = positions_of(mask)
        room = getattr(system.llm.config, "max_position_embeddings", None) or 1 << 30
        lengths = mask.sum(1)
        most = [min(max_new_tokens, room - length) for length in lengths.tolist()]
        # The last token that is read: its logits say what comes next.
        last = (positions * mask).argmax(1)
        cache = DynamicCache(config=system.llm.config)
        written: list[list[int]] = [[] for _ in prompts]
        running = [limit > 0 for limit in most]
        given = {"inputs_embeds": embeds, "position_ids": positions, "logits_to_keep": last.unique()}
        column = torch.searchsorted(last.unique(), last)
        for new in range(max_new_tokens):
            output = system.llm(attention_mask=mask, past_key_values=cache, use_cache=True, **given)
            logits = output.logits[torch.arange(len(prompts)), column].float()
            ids = logits.argmax(-1) if temperature is None else drawn(logits / temperature, [row[new] for row in draws])
            for i, id in enumerate(ids.tolist()):
                if not running[i]:
                    continue
                if id in stop_ids:
                    running[i] = False
                else:
                    written[i].append(id)
                    running[i] = len(written[i]) < most[i]
            if not any(running):
                break
            mask = torch.cat([mask, mask.new_ones(len(prompts), 1)], 1)
            given = {"input_ids": ids[:, None], "position_ids": (lengths + new)[:, None], "logits_to_keep": 1}
            column = torch.zeros_like(column)
    return written


def drawn(logits: Tensor, draws: list[float]) -> Tensor:
    """The first index whose cumulative probability is above the row's draw."""
    up = logits.softmax(-1).cumsum(-1)
    wanted = torch.tensor(draws, device=logits.device)[:, None] * up[:, -1:]
    return (up <= wanted).sum(-1)


@torch.no_grad()
def score(system: System, examples: list[Sequence], place: Place) -> list[float]:
    """Log-likelihood of each target after its prompt, summed over its tokens, in nats."""
    with place.precision():
        return likelihoods(system, examples, place.device).tolist()
