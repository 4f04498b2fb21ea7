"""Seeds as a command line names them."""

from __future__ import annotations


def first_to_last(text: str) -> list[int]:
    """One seed, or a first and a last: "500-503"."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))
