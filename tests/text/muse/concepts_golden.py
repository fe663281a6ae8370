"""Golden values of tests/text/muse/concepts_test.ts, computed with numpy alone, without blocks, in float32 as MUSE
(in float64 the refined en-es mapping has one hit more).

    python3 tests/text/muse/concepts_golden.py ../shared/data/word_vectors > tests/text/muse/concepts_golden.json

Concepts that both files have, in order of their glosses, without those whose vector came before in either language
("dividir" is both DIVIDE and SPLIT: which of two equal vectors is nearer would be rounding); every second one (from the first) is the dictionary for
Procrustes, the others are asked. Candidates: all shared concepts of the target language. Then five refinements (CSLS
dictionary of all source concepts, Procrustes), scored again.
"""

import csv
import json
import sys

import numpy as np

csv.field_size_limit(10**7)


def load(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["CONCEPTICON_GLOSS"]: json.loads(row["EMBEDDING"]) for row in csv.DictReader(file)}


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def rotation(x, y):
    u, _, vt = np.linalg.svd(y.T @ x)
    return u @ vt


def scores(x, y, how):
    cosine = unit(x) @ unit(y).T
    if how == "nn":
        return cosine
    of_x = np.sort(cosine, axis=1)[:, -10:].mean(axis=1)
    of_y = np.sort(cosine, axis=0)[-10:].mean(axis=0)
    return 2 * cosine - of_x[:, None] - of_y[None, :]


def hits(x, y, asked):
    out = {}
    for how in ["nn", "csls"]:
        order = np.argsort(-scores(x, y, how), axis=1, kind="stable")
        for k in [1, 5, 10]:
            out[f"{how}@{k}"] = int(sum(i in order[i, :k] for i in asked))
    return out


def pair(folder, source, target):
    a, b = load(f"{folder}/{source}_embeddings.csv"), load(f"{folder}/{target}_embeddings.csv")
    glosses, seen = [], set()
    for gloss in sorted(a.keys() & b.keys()):
        vectors = {(source, *a[gloss]), (target, *b[gloss])}
        if not vectors & seen:
            glosses.append(gloss)
        seen |= vectors
    x, y = (np.array([vectors[gloss] for gloss in glosses], dtype=np.float32) for vectors in (a, b))
    known, asked = range(0, len(glosses), 2), range(1, len(glosses), 2)
    w = rotation(x[known], y[known])
    result = {"concepts": len(glosses), "asked": len(asked), "procrustes": hits(x @ w.T, y, asked)}
    for _ in range(5):
        w = rotation(x, y[scores(x @ w.T, y, "csls").argmax(axis=1)])
    return {**result, "refined": hits(x @ w.T, y, asked)}


folder = sys.argv[1]
json.dump(
    {f"en-{code}": pair(folder, "english", name) for code, name in [("es", "spanish"), ("ru", "russian")]},
    sys.stdout,
    indent=2,
)
print()
