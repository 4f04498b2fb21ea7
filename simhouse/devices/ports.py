"""Ports on loopback for what listens in a simulated house."""

from __future__ import annotations

import socket

_given: set[int] = set()


def free_port() -> int:
    """A port on which nobody listens, another one each time: the system may give one twice that was only asked for."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port not in _given:
            _given.add(port)
            return port
