#!/usr/bin/env python3
"""Golden values for lora_test.ts: what peft makes of a small Llama with adapters.

    pip install torch==2.13.0 transformers==5.24.0 peft==0.18.1
    python lora_golden.py > lora_golden.json
"""
import json, sys
import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

torch.manual_seed(7)
config = dict(vocab_size=20, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
              num_key_value_heads=1, max_position_embeddings=32, rms_norm_eps=1e-6, tie_word_embeddings=True)
base = LlamaForCausalLM(LlamaConfig(**config, attention_bias=False)).eval()
weights = {k: v.clone() for k, v in base.state_dict().items() if k != "lm_head.weight"}
lora = dict(r=3, lora_alpha=6, target_modules=["q_proj", "v_proj", "down_proj"])
model = get_peft_model(base, LoraConfig(**lora, task_type="CAUSAL_LM")).eval()
factors = {}
with torch.no_grad():
    for name, p in model.named_parameters():
        if "lora_" in name:
            p.copy_(torch.randn_like(p) * 0.3)
            factors[name.replace("base_model.model.", "").replace(".default", "")] = p.clone()
ids = torch.tensor([[1, 5, 9, 13, 2, 17]])
with torch.no_grad():
    logits = model(input_ids=ids).logits
    merged = model.merge_and_unload().state_dict()
flat = lambda t: [round(float(x), 7) for x in t.flatten()]
json.dump({"config": config, "lora": lora, "ids": ids.flatten().tolist(),
           "weights": {k: flat(v) for k, v in weights.items()},
           "factors": {k: flat(v) for k, v in factors.items()},
           "logits": flat(logits),
           "merged": {k: flat(v) for k, v in merged.items() if any(t in k for t in lora["target_modules"])}},
          sys.stdout)
