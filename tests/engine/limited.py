"""A Python that gets a quarter of a GB more than it takes to load PyTorch: what comes after runs out of memory.

limited.py -m MODULE ARGUMENTS
"""

import os
import resource
import runpy
import sys
from pathlib import Path

import torch  # noqa: F401
import transformers  # noqa: F401

size = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmSize"))
limit = int(size.split()[1]) * 1024 + 2**28
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
# As `python -m` looks for modules.
sys.path.insert(0, os.getcwd())
sys.argv = sys.argv[2:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
