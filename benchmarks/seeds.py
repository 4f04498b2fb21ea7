"""Seeds as a command line names them."""

from __future__ import annotations


def first_to_last(text: str) -> list[int]:
    """Return the seeds of a text: one, a first and a last ("500-503"), or several of these with commas between them."""
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found
