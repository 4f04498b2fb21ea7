"""Free loopback ports for a simulated house."""

from __future__ import annotations

import socket

_given: set[int] = set()


def free_port() -> int:
    """Return a free port, a different one each time: the system may return one twice until it is used."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port not in _given:
            _given.add(port)
            return port
