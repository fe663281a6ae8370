"""Golden states of tiny BERT and XLM-R encoders, for bert_test.ts.

    pip install torch==2.13.0 transformers==5.24.0
    python tests/model/bert_golden.py > tests/model/bert_golden.json

Weights are drawn with three decimals, so that the file holds exactly what transformers computes with.
"""
import json

import torch
from transformers import BertConfig, BertModel, XLMRobertaConfig, XLMRobertaModel

SIZE = dict(hidden_size=8, intermediate_size=12, num_hidden_layers=2, num_attention_heads=2, vocab_size=20)
BATCH = [[2, 5, 6, 7, 3], [2, 9, 3], [2, 19, 18, 17, 16, 15, 14, 3]]


def golden(model, config, pad):
    torch.manual_seed(1)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            drawn = torch.randn_like(weight) * 0.4 + (1 if name.endswith("LayerNorm.weight") else 0)
            weight.copy_(drawn.mul(1000).round().div(1000))
    longest = max(map(len, BATCH))
    ids = torch.tensor([row + [pad] * (longest - len(row)) for row in BATCH])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in BATCH])
    with torch.no_grad():
        states = model(input_ids=ids, attention_mask=mask, output_hidden_states=True).hidden_states
    return {
        "config": {key: value for key, value in config.to_dict().items() if value is not None},
        "weights": {
            name: {"shape": list(weight.shape), "data": [round(x, 3) for x in weight.flatten().tolist()]}
            for name, weight in model.named_parameters()
        },
        "states": [
            [[round(x, 6) for x in layer[i, :len(row)].flatten().tolist()] for layer in states]
            for i, row in enumerate(BATCH)
        ],
    }


bert = BertConfig(**SIZE, max_position_embeddings=10, type_vocab_size=2, pad_token_id=0)
xlmr = XLMRobertaConfig(**SIZE, max_position_embeddings=12, type_vocab_size=1, pad_token_id=1, layer_norm_eps=1e-5)
for config, name in [(bert, "BertModel"), (xlmr, "XLMRobertaModel")]:
    config.architectures = [name]
print(json.dumps({
    "batch": BATCH,
    "bert": golden(BertModel(bert, add_pooling_layer=False).eval(), bert, 0),
    "xlm-roberta": golden(XLMRobertaModel(xlmr, add_pooling_layer=False).eval(), xlmr, 1),
}))
