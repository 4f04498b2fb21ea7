"""How many examples a law is tried on: a number for `make test`, many times that for `make laws`."""

from __future__ import annotations

from hypothesis import settings

USUAL_EXAMPLES = 100
"""What the default profile has."""


def examples(usual: int) -> settings:
    """So many in an ordinary run, and as many times more as the profile in force has."""
    return settings(max_examples=max(usual * settings().max_examples // USUAL_EXAMPLES, 1))
