"""Predicates over a second of a house: the safe states by their names, and what "as before" is."""

from __future__ import annotations

from .fault import Sees
from .stage import Stage

NEAR_A = 0.05
CONTENT = ("ok", "limited")


def at_most(a: float, *loads: str) -> Sees:
    """No load draws more than this on any phase [A]."""
    return lambda stage: all(stage.drawn_a(load) <= a + NEAR_A for load in loads)


def at_least(a: float, *loads: str) -> Sees:
    """Every load draws at least this on some phase [A]."""
    return lambda stage: all(stage.drawn_a(load) >= a for load in loads)


def under_the_fuse(stage: Stage) -> bool:
    """No circuit carries more than its rating."""
    return stage.share <= 1


def told(text: str) -> Sees:
    """The errors of the site name it."""
    return lambda stage: any(text in error for error in stage.errors)


def status(load: str, word: str) -> Sees:
    """A load's status is this word."""
    return lambda stage: stage.shown(load).get("status") == word


def site(*words: str) -> Sees:
    """The site's state is one of these."""
    return lambda stage: stage.site in words


def content(stage: Stage) -> bool:
    """The site is well, and nothing is wrong."""
    return stage.site in CONTENT and not stage.errors


def both(*all_of: Sees) -> Sees:
    """All of them."""
    return lambda stage: all(sees(stage) for sees in all_of)
