"""A tiny Llama as a GGUF file, and the hashes of its weights as Python's `gguf` reads them, for gguf_llama_test.ts.

    pip install gguf==0.19.0 numpy
    python tests/model/gguf_llama_golden.py tests/model/gguf_llama.gguf > tests/model/gguf_llama_golden.json

Query and key rows are permuted as llama.cpp's converter does (`convert_hf_to_gguf.py`, `LlamaModel.permute`).
"""
import hashlib
import json
import sys

import numpy as np
from gguf import GGMLQuantizationType as Type
from gguf import GGUFReader, GGUFWriter, dequantize
from gguf.quants import quantize

HEADS, KV, D, FF, VOCAB = 2, 1, 32, 64, 48
SHAPES = {
    "token_embd.weight": (VOCAB, D, Type.Q8_0, "model.embed_tokens.weight"),
    "output_norm.weight": (D, None, Type.F32, "model.norm.weight"),
    "blk.0.attn_norm.weight": (D, None, Type.F32, "model.layers.0.input_layernorm.weight"),
    "blk.0.ffn_norm.weight": (D, None, Type.F32, "model.layers.0.post_attention_layernorm.weight"),
    "blk.0.attn_q.weight": (D, D, Type.Q4_0, "model.layers.0.self_attn.q_proj.weight"),
    "blk.0.attn_k.weight": (D // HEADS * KV, D, Type.F16, "model.layers.0.self_attn.k_proj.weight"),
    "blk.0.attn_v.weight": (D // HEADS * KV, D, Type.Q4_1, "model.layers.0.self_attn.v_proj.weight"),
    "blk.0.attn_output.weight": (D, D, Type.BF16, "model.layers.0.self_attn.o_proj.weight"),
    "blk.0.ffn_gate.weight": (FF, D, Type.Q4_0, "model.layers.0.mlp.gate_proj.weight"),
    "blk.0.ffn_up.weight": (FF, D, Type.Q4_1, "model.layers.0.mlp.up_proj.weight"),
    "blk.0.ffn_down.weight": (D, FF, Type.Q8_0, "model.layers.0.mlp.down_proj.weight"),
}


def permute(weights, heads):
    """From transformers' order to llama.cpp's."""
    return weights.reshape(heads, 2, weights.shape[0] // heads // 2, *weights.shape[1:]).swapaxes(1, 2).reshape(weights.shape)


def unpermute(weights, heads):
    return weights.reshape(heads, weights.shape[0] // heads // 2, 2, *weights.shape[1:]).swapaxes(1, 2).reshape(weights.shape)


random = np.random.default_rng(1)
writer = GGUFWriter(sys.argv[1], "llama")
writer.add_context_length(64)
writer.add_embedding_length(D)
writer.add_block_count(1)
writer.add_feed_forward_length(FF)
writer.add_head_count(HEADS)
writer.add_head_count_kv(KV)
writer.add_layer_norm_rms_eps(1e-5)
writer.add_rope_freq_base(10000.0)
writer.add_rope_dimension_count(D // HEADS)
writer.add_tokenizer_model("gpt2")
writer.add_token_list([f"t{i}" for i in range(VOCAB)])
writer.add_bos_token_id(1)
writer.add_eos_token_id(2)
for name, (rows, cols, kind, _) in SHAPES.items():
    data = random.normal(size=(rows,) if cols is None else (rows, cols)).astype(np.float32)
    if "attn_q" in name:
        data = permute(data, HEADS)
    if "attn_k" in name:
        data = permute(data, KV)
    writer.add_tensor(name, quantize(data, kind), raw_dtype=kind)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()

weights = {}
for tensor in GGUFReader(sys.argv[1]).tensors:
    value = dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
    if "attn_q" in tensor.name:
        value = unpermute(value, HEADS)
    if "attn_k" in tensor.name:
        value = unpermute(value, KV)
    value = np.ascontiguousarray(value)
    weights[SHAPES[tensor.name][3]] = {
        "shape": list(value.shape),
        "sha256": hashlib.sha256(value.tobytes()).hexdigest(),
        "first": [float(x) for x in value.flatten()[:3]],
    }
print(json.dumps(weights, indent=1))
