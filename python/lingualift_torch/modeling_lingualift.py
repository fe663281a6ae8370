"""A system that reads an encoder's states, as `AutoModelForCausalLM.from_pretrained(folder, trust_remote_code=True)`
opens it: `deno task export` writes the folder, this file and those beside it in it, so that it needs no lab.

    llm/                  the LLM with its tokenizer, Hugging Face layout
    encoder/              the frozen encoder with its tokenizer
    bridge.safetensors    what maps states into the LLM's embedding space
"""

from pathlib import Path

import torch
from tokenizers import Tokenizer, pre_tokenizers
from transformers import PretrainedConfig, PreTrainedModel

from .answer import generate
from .bridge import load_bridge
from .models import Encoder, load_llm
from .parallel import Place
from .system import Sequence, System


class LinguaLiftConfig(PretrainedConfig):
    """encoder: kind, before and after (ids around a text), max_tokens, digits; beside: "nothing", "instruction" or
    "question"; instruction: what the LLM reads after a question; stop_ids; max_new_tokens."""

    model_type = "lingualift"


class LinguaLiftForCausalLM(PreTrainedModel):
    config_class = LinguaLiftConfig

    def __init__(self, config: LinguaLiftConfig, folder: str, dtype: torch.dtype = torch.float32):
        super().__init__(config)
        root = Path(folder)
        self.system = System(load_llm(str(root / "llm"), dtype), load_bridge(str(root / "bridge.safetensors"))).eval()
        self.system.requires_grad_(False)
        self.encoder = Encoder({**config.encoder, "encoder": str(root / "encoder")}, torch.device("cpu"), dtype=dtype)
        self.llm_tokenizer = Tokenizer.from_file(str(root / "llm" / "tokenizer.json"))
        self.encoder_tokenizer = Tokenizer.from_file(str(root / "encoder" / "tokenizer.json"))
        if config.encoder.get("digits") == "apart":
            own = self.encoder_tokenizer.pre_tokenizer
            digits = pre_tokenizers.Digits(individual_digits=True)
            self.encoder_tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*([own] if own else []), digits])

    @classmethod
    def from_pretrained(cls, folder, *_args, config=None, dtype=torch.float32, **_options):
        return cls(
            config or LinguaLiftConfig.from_pretrained(folder),
            folder,
            dtype if isinstance(dtype, torch.dtype) else torch.float32,
        )

    @torch.no_grad()
    def generate(self, questions: list[str], max_new_tokens: int | None = None, batch_size: int = 32) -> list[str]:
        """Answers, greedily, to questions in any language that the encoder knows."""
        new = max_new_tokens or self.config.max_new_tokens
        place = Place(0, 1, next(self.system.parameters()).device, torch.float32)
        self.encoder.device = place.device
        texts: list[str] = []
        for at in range(0, len(questions), batch_size):
            prompts = [self.prompt(question, new) for question in questions[at : at + batch_size]]
            ids = generate(self.system, prompts, place, new, self.config.stop_ids)
            texts += [self.llm_tokenizer.decode(row) for row in ids]
        return texts

    def prompt(self, question: str, max_new_tokens: int) -> Sequence:
        """[bos; (enc_start); bridge(states); enc_end; what stands beside], cut where the LLM's positions end."""
        encoder, beside = self.config.encoder, self.config.beside
        after = [] if beside == "nothing" else self.plain(self.llm_tokenizer, self.config.instruction)
        around = 3 if self.system.bridge.config.boundaries == "both" else 2
        room = self.system.llm.config.max_position_embeddings - around - len(after) - max_new_tokens
        most = min(room, encoder["max_tokens"]) - len(encoder["before"]) - len(encoder["after"])
        row = [*encoder["before"], *self.plain(self.encoder_tokenizer, question)[:most], *encoder["after"]]
        own = self.plain(self.llm_tokenizer, question)[: room - len(row)] if beside == "question" else []
        return Sequence(self.encoder.encode([row])[0], [*own, *after], [])

    @staticmethod
    def plain(tokenizer: Tokenizer, text: str) -> list[int]:
        return tokenizer.encode(text, add_special_tokens=False).ids
