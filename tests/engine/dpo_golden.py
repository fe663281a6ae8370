"""DPO's loss and margins as the authors' code computes them (eric-mitchell/direct-preference-optimization f8b8c0f,
trainers.py: preference_loss and _get_batch_logps), on log-likelihoods of tokens that are drawn here.

    pip install torch==2.13.0
    python3 tests/engine/dpo_golden.py > tests/engine/dpo_golden.json
"""
import json
import torch
import torch.nn.functional as F

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
beta = 0.1
chosen_lengths, rejected_lengths = [3, 1, 6], [2, 5, 4]
nll = torch.rand(sum(chosen_lengths) + sum(rejected_lengths)) * 8
nll = nll.float().double().requires_grad_()
reference = torch.randn(3) * 5
reference = reference.float().double()
logps = [-part.sum() for part in nll.split(chosen_lengths + rejected_lengths)]
policy_chosen, policy_rejected = torch.stack(logps[:3]), torch.stack(logps[3:])
pi_logratios = policy_chosen - policy_rejected
logits = pi_logratios - reference
losses = -F.logsigmoid(beta * logits)
losses.mean().backward()
print(json.dumps({
    "beta": beta,
    "chosen_lengths": chosen_lengths,
    "rejected_lengths": rejected_lengths,
    "nll": nll.tolist(),
    "reference": reference.tolist(),
    "loss": losses.mean().item(),
    "chosen": policy_chosen.mean().item(),
    "rejected": policy_rejected.mean().item(),
    "margin": logits.mean().item(),
    "preferred": (logits > 0).double().mean().item(),
    "gradient": nll.grad.tolist(),
}))
