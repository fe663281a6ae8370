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
        if is_first:
            write_frame(out, message, payload)

    from .serve import Server, reply_to

    server = Server(send)
    if len(sys.argv) > 1:
        message, payload = reply_to(server, json.loads(Path(sys.argv[1]).read_text()), b"")
        send(message, payload)
        if message["type"] == "failed":
            sys.exit(1)
        return
    send({"type": "ready"})
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        try:
            send(*reply_to(server, *frame))
        except Exception:  # a fault of ours: told whole, and the process ends
            send({"type": "failed", "user": False, "message": traceback.format_exc()})
            sys.exit(1)


main()
