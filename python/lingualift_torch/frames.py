"""How the lab and this process speak: a line of JSON, and after it as many bytes as its field "bytes" says."""

import json
from typing import BinaryIO


def read_frame(stream: BinaryIO) -> tuple[dict, bytes] | None:
    """The next message with its bytes; None at the end of the stream."""
    line = stream.readline()
    if not line:
        return None
    message = json.loads(line)
    return message, stream.read(message.get("bytes", 0))


def write_frame(stream: BinaryIO, message: dict, payload: bytes = b"") -> None:
    head = {**message, "bytes": len(payload)} if payload else message
    stream.write(json.dumps(head).encode() + b"\n" + payload)
    stream.flush()
