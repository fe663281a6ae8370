#!/bin/sh
# The engines on a GPU, in a few minutes: trainings of SmolLM2-135M in float32 and bfloat16 with their memory beside what
# --plan foretells, in the PyTorch engine and in the lab's own, and plain PyTorch on the same rows. Prints a page for docs/.
# Needs CUDA, SmolLM2-135M-Instruct below models/, and "deno task torch install --python" with a PyTorch that finds the
# GPU. DEVICE=cpu tries the script where there is none.
#
#     bench/gpu.sh > docs/gpu.md
set -eu
cd "$(dirname "$0")/.."
device=${DEVICE:-cuda}
model=${MODEL:-models/SmolLM2-135M-Instruct}
python=$(sed -n 's/.*"program": "\(.*\)".*/\1/p' .lab/torch.json)
if [ "$device" = cuda ]; then
  card=$("$python" -c 'import torch; print(torch.cuda.get_device_name())' 2> /dev/null) || {
    echo "No GPU: the PyTorch of $python finds no CUDA device" >&2
    exit 1
  }
else
  card="no GPU, a processor"
fi
version=$("$python" -c 'import torch; print(torch.__version__)')
# What cannot run here says why, and the page goes on.
block() {
  echo
  echo '```'
  "$@" 2>&1 || echo "(did not run)"
  echo '```'
  echo
}
echo "# On a GPU: $card"
echo
echo "Written by \`bench/gpu.sh\` on $(date -u +%Y-%m-%d), PyTorch $version."
echo
echo "## The PyTorch engine, beside the plan"
block deno task -q bench cost --device "$device" --model "$model"
echo "## The lab's own engine"
block deno task -q bench cost --engine onnx --device "$device" --model "$model"
echo "## Plain PyTorch on the same rows"
block "$python" bench/peers/pytorch_llm.py "$model" "$device"
