"""How long to wait before something that failed is tried again: twice as long each time. Pure."""

from __future__ import annotations

MOST = 30
"""Doubled this often any wait is beyond any longest one."""


def backoff_s(first_s: float, times: int, longest_s: float) -> float:
    """The first wait doubled so many times, at most the longest [s]."""
    return min(first_s * 2.0 ** min(max(times, 0), MOST), longest_s)
