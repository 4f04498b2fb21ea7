"""Garbage collection waits while a decision is made, and never longer."""

from __future__ import annotations

import gc

import pytest

from fusebox.runtime.tasks import gc_paused


def test_nothing_is_collected_within_and_all_is_as_it_was_after():
    with gc_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_leaves_nothing_behind():
    with pytest.raises(ValueError), gc_paused():
        raise ValueError
    assert gc.isenabled()


def test_a_user_who_has_switched_it_off_finds_it_off():
    gc.disable()
    try:
        with gc_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
