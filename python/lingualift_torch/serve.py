"""What this process does for the lab, one request after another: opens models under a number, asks them, trains."""

import itertools
import resource
import sys
from collections.abc import Callable

import numpy
import torch
from torch import Tensor

from . import answer
from .bridge import load_bridge
from .errors import UserError
from .fit import fit
from .models import Encoder, hidden_size, load_llm, max_tokens, tokenizer_json
from .parallel import place_of
from .system import Sequence, System


class Server:
    def __init__(self, report: Callable[[dict], None]):
        self.report = report
        self.numbers = itertools.count(1)
        self.opened: dict[int, dict] = {}

    def do(self, request: dict, payload: bytes) -> tuple[dict, bytes]:
        method = getattr(self, f"do_{request['method']}")
        result = method(request, payload)
        return result if isinstance(result, tuple) else (result, b"")

    def do_fit(self, request: dict, _payload: bytes) -> dict:
        place = place_of(request["job"]["compute"])
        loss = fit(request["job"], place, self.report)
        # All processes of a training are told of by the first one.
        return {"loss": loss, "used": dict(zip(USED, place.sum(list(used().values())), strict=True))}

    def do_encoder(self, request: dict, _payload: bytes) -> dict:
        """An encoder, with a bridge behind it where one is named."""
        place = place_of(request["compute"], alone=True)
        encoder = Encoder(request["folder"], place.device, request.get("layer"), place.dtype)
        bridge = request.get("bridge")
        number = self.keep(encoder=encoder, bridge=bridge and load_bridge(bridge).to(place.device).eval())
        return {"opened": number, "hidden_size": encoder.hidden_size}

    def do_tokenizer(self, request: dict, _payload: bytes) -> dict:
        folder = request["folder"]
        return {"json": tokenizer_json(folder), "max_tokens": max_tokens(folder), "hidden_size": hidden_size(folder)}

    def do_encode(self, request: dict, _payload: bytes) -> tuple[dict, bytes]:
        """States of rows of ids, one after another: float32 [all tokens, hidden_size]."""
        opened = self.opened[request["opened"]]
        states = opened["encoder"].encode(request["rows"])
        bridge = opened["bridge"]
        with torch.no_grad():
            through = [x.float() if bridge is None else bridge.through(x.float()) for x in states]
        return {}, bytes_of(through)

    def do_open(self, request: dict, _payload: bytes) -> dict:
        place = place_of(request["compute"], alone=True)
        model = request["model"]
        states = model.get("states")
        bridge = load_bridge(states["bridge"]) if states else None
        system = System(load_llm(model["llm"], place.dtype), bridge).to(place.device).eval().requires_grad_(False)
        encoder = (
            Encoder(states["encoder"], place.device, dtype=place.dtype) if states and not request.get("given") else None
        )
        return {"opened": self.keep(system=system, place=place, encoder=encoder)}

    def do_generate(self, request: dict, payload: bytes) -> dict:
        opened = self.opened[request["opened"]]
        prompts = self.sequences(opened, request["prompts"], payload)
        options = {name: request.get(name) for name in ("max_new_tokens", "stop_ids", "temperature", "draws")}
        return {"ids": answer.generate(opened["system"], prompts, opened["place"], **options)}

    def do_score(self, request: dict, payload: bytes) -> dict:
        opened = self.opened[request["opened"]]
        return {
            "scores": answer.score(
                opened["system"], self.sequences(opened, request["prompts"], payload), opened["place"]
            )
        }

    def do_close(self, request: dict, _payload: bytes) -> dict:
        del self.opened[request["opened"]]
        return {}

    def keep(self, **what) -> int:
        number = next(self.numbers)
        self.opened[number] = what
        return number

    def sequences(self, opened: dict, prompts: list[dict], payload: bytes) -> list[Sequence]:
        """Prompts with the states of their texts: computed here, or given, float32 rows of d_enc one after another."""
        system, encoder = opened["system"], opened["encoder"]
        if system.bridge is None:
            states: list[Tensor | None] = [None] * len(prompts)
        elif encoder is not None:
            states = encoder.encode([one["encoder_ids"] for one in prompts])
        else:
            rows = torch.from_numpy(numpy.frombuffer(payload, numpy.float32).copy()).view(
                -1, system.bridge.config.d_enc
            )
            states = list(rows.split([one["tokens"] for one in prompts]))
        return [Sequence(x, one["ids"], one.get("target", [])) for x, one in zip(states, prompts, strict=True)]


USED = ("cpu_s", "peak_bytes")


def used() -> dict:
    """What this process has used since it began: processor time in seconds; memory at its highest, its own and its
    device's."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    unit = 1 if sys.platform == "darwin" else 1024
    found = dict(zip(USED, (own.ru_utime + own.ru_stime, own.ru_maxrss * unit), strict=True))
    if torch.cuda.is_available() and torch.cuda.is_initialized():
        found["device_bytes"] = torch.cuda.max_memory_allocated()
    return found


def bytes_of(states: list[Tensor]) -> bytes:
    return b"".join(x.cpu().contiguous().numpy().tobytes() for x in states)


def reply_to(server: Server, request: dict, payload: bytes) -> tuple[dict, bytes]:
    """The result as a message; whatever goes wrong is one too, so that the process can go on."""
    try:
        result, data = server.do(request, payload)
        return {"type": "done", "used": used(), **result}, data
    except UserError as error:
        return {"type": "failed", "user": True, "message": str(error)}, b""
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        message = (
            f"Out of memory on this device: {str(error).splitlines()[0]}; lower --micro-batch or use more --processes"
        )
        return {"type": "failed", "user": True, "message": message}, b""


def is_out_of_memory(error: Exception) -> bool:
    """PyTorch has an error of its own on GPUs; its allocator on CPUs has words alone."""
    return isinstance(
        error, (torch.OutOfMemoryError, MemoryError)
    ) or "DefaultCPUAllocator: can't allocate memory" in str(error)
