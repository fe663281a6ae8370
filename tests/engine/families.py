"""Models of the paper's families, and of two others, with two layers, in the layouts of their makers: an LLM with a
tokenizer.json, mT5's encoder-decoder with a sentencepiece model and no tokenizer.json.

    families.py FOLDER TOKENIZER FAMILY
"""

import shutil
import sys
from pathlib import Path

import sentencepiece
import torch
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    MT5Config,
    MT5ForConditionalGeneration,
    Qwen3Config,
    Qwen3ForCausalLM,
)

folder, tokenizer, family = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
torch.manual_seed(1)
size = dict(
    vocab_size=512,
    hidden_size=32,
    intermediate_size=64,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=512,
    bos_token_id=1,
    eos_token_id=2,
)
ends = dict(bos_token_id=1, eos_token_id=2)
llm = {
    "llama": lambda: LlamaForCausalLM(LlamaConfig(**size)),
    "mistral": lambda: MistralForCausalLM(MistralConfig(**size, sliding_window=256)),
    "qwen3": lambda: Qwen3ForCausalLM(Qwen3Config(**size, head_dim=8)),
    "gpt2": lambda: GPT2LMHeadModel(
        GPT2Config(vocab_size=512, n_embd=32, n_layer=2, n_head=4, n_positions=512, **ends)
    ),
}[family]()
llm.save_pretrained(folder / family)
for name in ("tokenizer.json", "tokenizer_config.json"):
    if (tokenizer / name).exists():
        shutil.copyfile(tokenizer / name, folder / family / name)

text = folder / "text.txt"
text.write_text(
    "\n".join(
        [
            "Tom has three apples and buys two more.",
            "সে তিনটি আপেল কিনেছে।",
            "How many are there?",
            "0 1 2 3 4 5 6 7 8 9",
        ]
        * 40
    )
)
encoder = folder / "mt5"
encoder.mkdir()
sentencepiece.SentencePieceTrainer.train(
    input=str(text),
    model_prefix=str(encoder / "spiece"),
    vocab_size=80,
    pad_id=0,
    eos_id=1,
    unk_id=2,
    bos_id=-1,
    hard_vocab_limit=False,
)
(encoder / "spiece.vocab").unlink()
mt5 = MT5ForConditionalGeneration(
    MT5Config(vocab_size=128, d_model=24, d_kv=6, d_ff=48, num_layers=2, num_heads=4, decoder_start_token_id=0)
)
mt5.save_pretrained(encoder)
(encoder / "tokenizer_config.json").write_text('{"tokenizer_class": "T5Tokenizer", "extra_ids": 0}')
