"""Ports for servers that begin to listen later in a test, or that come back at the same address."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_port() -> Iterator[int]:
    """A port of 127.0.0.1 that the machine gives to nobody else inside the block. It does not listen: whoever asks for
    this very port may, again and again."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do, or they could not join it
        holder.bind(("127.0.0.1", 0))
        port: int = holder.getsockname()[1]
        yield port
