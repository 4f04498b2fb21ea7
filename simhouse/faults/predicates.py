"""Predicates over a second of a house: the safe states by name, and the state "as before"."""

from __future__ import annotations

from .fault import Predicate
from .stage import Stage

NEAR_A = 0.05
GOOD_STATES = ("ok", "limited")


def at_most(a: float, *loads: str) -> Predicate:
    """Return a predicate: no load draws more than this on any phase [A]."""
    return lambda stage: all(stage.drawn_a(load) <= a + NEAR_A for load in loads)


def at_least(a: float, *loads: str) -> Predicate:
    """Return a predicate: every load draws at least this on some phase [A]."""
    return lambda stage: all(stage.drawn_a(load) >= a for load in loads)


def under_the_fuse(stage: Stage) -> bool:
    """Whether no circuit carries more than its rating."""
    return stage.highest_load_ratio <= 1


def reports(text: str) -> Predicate:
    """Return a predicate: the site's errors contain this text."""
    return lambda stage: any(text in error for error in stage.errors)


def status(load: str, word: str) -> Predicate:
    """Return a predicate: a load's status is this word."""
    return lambda stage: stage.shown(load).get("status") == word


def site(*words: str) -> Predicate:
    """Return a predicate: the site's state is one of these."""
    return lambda stage: stage.site in words


def all_well(stage: Stage) -> bool:
    """Whether the site's state is good and there is no error."""
    return stage.site in GOOD_STATES and not stage.errors


def both(*all_of: Predicate) -> Predicate:
    """Return a predicate: all of these hold."""
    return lambda stage: all(holds(stage) for holds in all_of)
