"""Number of examples of a law: one for `make test`, many times that for `make laws`."""

from __future__ import annotations

from hypothesis import settings

USUAL_EXAMPLES = 100
"""The profile's number of examples at which a law gets exactly the number that it asks for; `make test` has 15."""


def examples(usual: int) -> settings:
    """Return settings with this many examples in an ordinary run, scaled by the profile in force."""
    return settings(max_examples=max(usual * settings().max_examples // USUAL_EXAMPLES, 1))
