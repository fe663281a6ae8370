"""Golden normalisations by a small table of SentencePiece's, for precompiled_test.ts.

    pip install sentencepiece==0.2.3 protobuf tokenizers==0.23.3
    python tests/model/precompiled_golden.py > tests/model/precompiled_golden.json

The rules are some of `nmt_nfkc`, XLM-R's, and a capital letter, whose marks the reference drops.
"""
import base64
import io
import json
import random
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import normalizers

RULES = {
    "\u0001": "", "\t": " ", "\n": " ", "\u200b": " ", "\u3000": " ", "\ufeff": " ",
    "ﬁ": "fi", "①": "1", "２": "2", "½": "1\u20442", "ﷺ": "صلى الله عليه وسلم", "A": "a", "Ω": "ω",
    "e\u0301": "\u00e9", "か\u3099": "\u304c", "ｶ": "カ", "ｶﾞ": "ガ", "\u0958": "\u0915\u093c", "\u1100\u1161": "\uac00", "𝟛": "3",
}
TEXTS = [
    "", "plain text", "ﬁgure ① ½ ２\u3000x\ty", "A B A\u0301 A\u0323\u0301 Ω\u0301", "e\u0301 e\u0323\u0301 é", "か\u3099か ｶﾞｶﾟｶ",
    "क\u093cक \u0958", "\u1100\u1161\u11a8\u1100", "ﷺ", "𝟛𝟛 x\u0001y", "a\r\nb", "zero\u200bwidth \u200d\u200c joiners",
    "ප්\u200dරාන්ත", "می\u200cروم", "👩\u200d🌾", "\ufeffA", "ａ～",
]


def table():
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as rules:
        for source, target in RULES.items():
            rules.write("\t".join(" ".join(f"{ord(c):X}" for c in text) for text in (source, target)) + "\n")
        rules.flush()
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(["some words to learn from"] * 9), model_writer=model, vocab_size=30,
            hard_vocab_limit=False, normalization_rule_tsv=rules.name, minloglevel=2,
        )
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(model.getvalue())
    return proto.normalizer_spec.precompiled_charsmap


charsmap = table()
reference = normalizers.Precompiled(charsmap)
draw = random.Random(1)
parts = [*RULES, *"aeｶかक", "\u0301", "\u0323", "\u3099", "\u200d", "\u11a8", " "]
texts = TEXTS + ["".join(draw.choices(parts, k=draw.randint(1, 8))) for _ in range(200)]
print(json.dumps({
    "charsmap": base64.b64encode(charsmap).decode(),
    "cases": [[text, reference.normalize_str(text)] for text in texts],
}, ensure_ascii=True))
