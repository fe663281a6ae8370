"""`python -m lingualift_torch`: serves the lab on standard input and output until the input ends.

`python -m lingualift_torch FILE`: one request from a file, as each process of a `torchrun` does; rank 0 answers.
"""

import json
import os
import sys
import traceback
from pathlib import Path

from .frames import read_frame, write_frame


def main() -> None:
    # What libraries print must not get between the messages.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    is_first = os.environ.get("RANK", "0") == "0"

    def send(message: dict, payload: bytes = b"") -> None:
        # Of several processes the first one speaks for all; what went wrong in another is its own to tell.
        if is_first or message["type"] == "failed":
            write_frame(out, message, payload)

    def answer(request: dict, payload: bytes) -> bool:
        """Whether the process can go on."""
        try:
            send(*reply_to(server, request, payload))
            return True
        except Exception:  # a fault of ours: told whole
            send({"type": "failed", "user": False, "message": traceback.format_exc()})
            return False

    from .serve import Server, reply_to

    server = Server(send)
    if len(sys.argv) > 1:
        sys.exit(0 if answer(json.loads(Path(sys.argv[1]).read_text()), b"") else 1)
    send({"type": "ready"})
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        if not answer(*frame):
            sys.exit(1)


main()
