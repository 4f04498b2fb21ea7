"""Fixtures of the tests of the simulated house."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure


@pytest.fixture
def unrendered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are drawn and not written: matplotlib needs longer for that than most demos for the rest."""
    monkeypatch.setattr(Figure, "savefig", lambda *_, **__: None)
