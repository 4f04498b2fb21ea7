"""A mistake that a person can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at which path of CONFIG, the value, and what would be right. Never shows a secret."""

    path: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"
