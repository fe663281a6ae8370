"""A Llama behind LayAlign's aligner, written out example by example (no batch, no padding, no cache) in double precision:
what lib/model/fusion and lib/engine/fused have to compute, with its gradients.

    pip install torch==2.13.0
    python3 tests/engine/fused_golden.py > tests/engine/fused_golden.json

From the facts of ../shared/reference/newer-systems.md, section 1 (arXiv:2502.11405; davidguzmanr/LayAlign 9c78716).
"""
import json, math, sys
import torch

D, INNER, LAYERS, HEADS, KV, VOCAB, EPS, THETA = 16, 24, 2, 4, 2, 20, 1e-6, 10000.0
SIZE = D // HEADS
D_ENC, LOWER = 6, 3
torch.manual_seed(5)
torch.set_default_dtype(torch.float64)


def drawn(*shape, scale=0.3, about=0.0):
    return (torch.randn(*shape) * scale + about).mul(1e4).round().div(1e4)


weights = {"model.embed_tokens.weight": drawn(VOCAB, D, scale=1), "model.norm.weight": drawn(D, about=1)}
for i in range(LAYERS):
    at = f"model.layers.{i}."
    weights |= {at + "input_layernorm.weight": drawn(D, about=1), at + "post_attention_layernorm.weight": drawn(D, about=1),
                at + "self_attn.q_proj.weight": drawn(D, D), at + "self_attn.k_proj.weight": drawn(KV * SIZE, D),
                at + "self_attn.v_proj.weight": drawn(KV * SIZE, D), at + "self_attn.o_proj.weight": drawn(D, D),
                at + "mlp.gate_proj.weight": drawn(INNER, D), at + "mlp.up_proj.weight": drawn(INNER, D),
                at + "mlp.down_proj.weight": drawn(D, INNER)}
learned = {
    "alignment.layers.0.weight": drawn(2 * D_ENC, D_ENC), "alignment.layers.0.bias": drawn(2 * D_ENC),
    "alignment.layers.1.weight": drawn(D, 2 * D_ENC), "alignment.layers.1.bias": drawn(D),
    "alignment.enc_end": drawn(D),
    "aligner.layers.weight": drawn(2 * LAYERS, LOWER), "aligner.layers.bias": drawn(2 * LAYERS),
    "aligner.features.weight": drawn(D, D_ENC), "aligner.features.bias": drawn(D),
    "fusion.gates": drawn(LAYERS, scale=0.5),
}
for tensor in learned.values():
    tensor.requires_grad_()
examples = [
    {"ids": [4, 5], "target": [6, 7, 2], "states": drawn(3, LOWER + 1, D_ENC, scale=1)},
    {"ids": [], "target": [9, 2], "states": drawn(7, LOWER + 1, D_ENC, scale=1)},
    {"ids": [11, 12, 13, 3], "target": [14, 15, 16, 2], "states": drawn(4, LOWER + 1, D_ENC, scale=1)},
]


def norm(x, weight):
    return x / (x.pow(2).mean(-1, keepdim=True) + EPS).sqrt() * weight


def rotated(x):
    """[heads, T, SIZE], element i with element i + SIZE / 2, by the place in the sequence."""
    half = SIZE // 2
    angles = torch.arange(x.shape[1])[:, None] * THETA ** (-2 * torch.arange(half) / SIZE)
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * angles.cos() - b * angles.sin(), b * angles.cos() + a * angles.sin()], -1)


def heads(x, count):
    return x.view(x.shape[0], count, SIZE).transpose(0, 1)


def attend(q, k, v, hidden):
    """One head after the other: query head h reads key head h / (HEADS / KV)."""
    out = []
    for h in range(HEADS):
        scores = q[h] @ k[h * KV // HEADS].T / math.sqrt(SIZE)
        out.append(scores.masked_fill(hidden, -math.inf).softmax(-1) @ v[h * KV // HEADS])
    return torch.cat(out, -1)


def logits(states, ids):
    last, lower = states[:, LOWER], states[:, :LOWER]
    inner = (last @ learned["alignment.layers.0.weight"].T + learned["alignment.layers.0.bias"]).relu()
    soft = inner @ learned["alignment.layers.1.weight"].T + learned["alignment.layers.1.bias"]
    embed = weights["model.embed_tokens.weight"]
    x = torch.cat([embed[1:2], soft, learned["alignment.enc_end"][None], embed[ids]])
    # [tokens, 2 m, d_enc], then [tokens, 2 m, d]
    mixed = torch.stack([(learned["aligner.layers.weight"] @ s + learned["aligner.layers.bias"][:, None]).relu() for s in lower])
    aligned = mixed @ learned["aligner.features.weight"].T + learned["aligner.features.bias"]
    future = torch.ones(len(x), len(x), dtype=torch.bool).triu(1)
    for i in range(LAYERS):
        w = lambda name: weights[f"model.layers.{i}.{name}.weight"]
        h = norm(x, w("input_layernorm"))
        q = rotated(heads(h @ w("self_attn.q_proj").T, HEADS))
        k = rotated(heads(h @ w("self_attn.k_proj").T, KV))
        v = heads(h @ w("self_attn.v_proj").T, KV)
        own = attend(q, k, v, future) @ w("self_attn.o_proj").T
        k2 = heads(aligned[:, 2 * i] @ w("self_attn.k_proj").T, KV)
        v2 = heads(aligned[:, 2 * i + 1] @ w("self_attn.v_proj").T, KV)
        second = attend(q, k2, v2, torch.zeros(len(x), len(states), dtype=torch.bool)) @ w("self_attn.o_proj").T
        x = x + own + learned["fusion.gates"][i] * second
        m = norm(x, w("post_attention_layernorm"))
        gate = m @ w("mlp.gate_proj").T
        x = x + (gate * gate.sigmoid() * (m @ w("mlp.up_proj").T)) @ w("mlp.down_proj").T
    return norm(x, weights["model.norm.weight"]) @ embed.T


def nll(example):
    text = example["ids"] + example["target"]
    scores = logits(example["states"], text[:-1]).log_softmax(-1)[-len(example["target"]):]
    return -scores[range(len(example["target"])), example["target"]]


tokens = torch.cat([nll(example) for example in examples])
loss = tokens.mean()
loss.backward()
flat = lambda tensor: [float(x) for x in tensor.detach().flatten()]
json.dump({
    "llm": {"hidden_size": D, "intermediate_size": INNER, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
            "num_key_value_heads": KV, "vocab_size": VOCAB, "rms_norm_eps": EPS, "rope_theta": THETA,
            "max_position_embeddings": 32, "tie_word_embeddings": True, "bos_token_id": 1, "eos_token_id": 2},
    "fusion": {"d_enc": D_ENC, "d_lm": D, "encoder_layers": LOWER, "llm_layers": LAYERS},
    "weights": {name: flat(x) for name, x in weights.items()},
    "learned": {name: flat(x) for name, x in learned.items()},
    "examples": [{**e, "states": flat(e["states"])} for e in examples],
    "nll": flat(tokens),
    "gradients": {name: flat(x.grad) for name, x in learned.items()},
}, sys.stdout)
