#!/usr/bin/env python3
"""Golden values for lora_test.ts: what peft makes of a small Llama with adapters, without and with magnitudes (DoRA).

    pip install torch==2.13.0 transformers==5.24.0 peft==0.18.1
    python lora_golden.py > lora_golden.json
"""
import json, sys
import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

CONFIG = dict(vocab_size=20, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
              num_key_value_heads=1, max_position_embeddings=32, rms_norm_eps=1e-6, tie_word_embeddings=True)
LORA = dict(r=3, lora_alpha=6, target_modules=["q_proj", "v_proj", "down_proj"])
IDS = [1, 5, 9, 13, 2, 17]


def flat(tensor):
    return [round(float(x), 6) for x in tensor.flatten()]


def adapted(weights, use_dora):
    base = LlamaForCausalLM(LlamaConfig(**CONFIG, attention_bias=False)).eval()
    base.load_state_dict(weights, strict=False)
    model = get_peft_model(base, LoraConfig(**LORA, use_dora=use_dora, task_type="CAUSAL_LM")).eval()
    factors = {}
    with torch.no_grad():
        for name, p in model.named_parameters():
            if "lora_" not in name: continue
            p.copy_(torch.tensor(flat(torch.rand_like(p) + 0.5 if "magnitude" in name else torch.randn_like(p) * 0.3)).view_as(p))
            name = name.replace("base_model.model.", "").replace(".default", "")
            factors[name.removesuffix(".weight") if "magnitude" in name else name] = flat(p)
        logits = model(input_ids=torch.tensor([IDS])).logits
        merged = model.merge_and_unload().state_dict()
    return {"factors": factors, "logits": flat(logits),
            "merged": {k: flat(v) for k, v in merged.items() if any(t in k for t in LORA["target_modules"])}}


torch.manual_seed(7)
fresh = LlamaForCausalLM(LlamaConfig(**CONFIG, attention_bias=False)).state_dict()
rounded = {k: flat(v) for k, v in fresh.items() if k != "lm_head.weight"}
weights = {k: torch.tensor(v).view_as(fresh[k]) for k, v in rounded.items()}
json.dump({"config": CONFIG, "lora": LORA, "ids": IDS, "weights": rounded,
           "plain": adapted(weights, False), "magnitude": adapted(weights, True)}, sys.stdout)
