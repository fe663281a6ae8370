"""Golden ids of 1,000 sentences of 20 languages, for tokenizers_sentences_test.ts.

    pip install tokenizers==0.23.3
    python tests/model/tokenizers_sentences.py ../shared/data > tests/model/tokenizers_sentences.json

Tokenizers of the kinds of SmolLM2 and XLM-R (`tokenizer_kinds.py`), learned from other sentences of the same files. Of
the ids of a language's sentences only the hash is kept.
"""
import hashlib
import json
import sys

from tokenizer_kinds import bpe, unigram

FILES = {
    **{code: f"flores200/{code}_{script}.devtest" for code, script in [
        ("afr", "Latn"), ("ben", "Beng"), ("deu", "Latn"), ("eng", "Latn"), ("fra", "Latn"), ("hau", "Latn"),
        ("isl", "Latn"), ("mkd", "Cyrl"), ("swh", "Latn"), ("tel", "Telu"), ("tha", "Thai"), ("zho", "Hans"),
    ]},
    **{code: f"tatoeba/tatoeba.{code}-eng.{code}" for code in ["ara", "jpn", "rus"]},
    **{name: f"multimwp/Simple-{name}.txt" for name in ["Assamese", "Hindi", "Odia", "Sinhala", "Tamil"]},
}
ASKED, LEARNED = 50, 150


def lines(file):
    with open(f"{sys.argv[1]}/{file}", encoding="utf-8", newline="\n") as opened:
        return opened.read().split("\n")[:ASKED + LEARNED]


texts = {name: lines(file) for name, file in FILES.items()}
training = [text for own in texts.values() for text in own[ASKED:]]


def digest(made, own):
    ids = [made.encode(text).ids for text in own]
    return hashlib.sha256(json.dumps(ids, separators=(",", ":")).encode()).hexdigest()


print(json.dumps({
    "asked": ASKED,
    "files": FILES,
    "tokenizers": {
        name: {
            "tokenizer": made.to_str(),
            "sha256": {language: digest(made, own[:ASKED]) for language, own in texts.items()},
        }
        for name, made in [("SmolLM2", bpe(training, 1400)), ("XLM-R", unigram(training, 2700))]
    },
}, ensure_ascii=False))
