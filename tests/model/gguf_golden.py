#!/usr/bin/env python3
"""Writes gguf_golden.gguf, a small file of every format that is read, and gguf_golden.safetensors, the values that the
package `gguf` reads from it. Needs gguf, numpy and safetensors: python gguf_golden.py
"""
from pathlib import Path
import numpy as np
from gguf import GGMLQuantizationType as T, GGUFReader, GGUFWriter, dequantize, quantize
from safetensors.numpy import save_file

HERE = Path(__file__).parent
FORMATS = [T.F32, T.F16, T.BF16, T.Q8_0, T.Q4_0, T.Q4_1]
draws = np.random.default_rng(17)

writer = GGUFWriter(HERE / "gguf_golden.gguf", "llama")
writer.add_uint32("test.count", 7)
writer.add_int32("test.below", -7)
writer.add_uint64("test.large", 2**40)
writer.add_float32("test.epsilon", 1e-5)
writer.add_bool("test.flag", True)
writer.add_string("test.text", "ab ▁ü")
writer.add_array("test.words", ["a", "ß", ""])
writer.add_array("test.numbers", [1, 2, 3])
for kind in FORMATS:
    values = (draws.standard_normal((3, 64)) * draws.choice([1e-4, 1, 50], (3, 64))).astype(np.float32)
    values[0, :32] = 0  # a block of nothing but zeros
    writer.add_tensor(f"{kind.name}.weight", quantize(values, kind), raw_dtype=kind)
writer.write_header_to_file(); writer.write_kv_data_to_file(); writer.write_tensors_to_file(); writer.close()

reader = GGUFReader(HERE / "gguf_golden.gguf")
save_file({t.name: np.ascontiguousarray(dequantize(t.data, t.tensor_type).astype(np.float32).reshape(3, 64))
           for t in reader.tensors}, HERE / "gguf_golden.safetensors")
