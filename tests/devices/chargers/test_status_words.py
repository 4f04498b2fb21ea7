"""What chargers call their states becomes one vocabulary, however it is spelt."""

from __future__ import annotations

import pytest

from fusebox.devices.chargers.status import STATUS_WORDS, parse_status_word
from fusebox.model.snapshot import Status

OCPP = {
    "Available": Status.UNPLUGGED,
    "Preparing": Status.CONNECTED,
    "Charging": Status.CHARGING,
    "SuspendedEV": Status.SUSPENDED_CAR,
    "SuspendedEVSE": Status.PAUSED,
    "Finishing": Status.FULL,
    "Reserved": Status.UNPLUGGED,
    "Unavailable": Status.FAULT,
    "Faulted": Status.FAULT,
}
"""OCPP 1.6, StatusNotification."""

OTHERS = {
    "connected": Status.CONNECTED,
    "ready": Status.CONNECTED,
    "charging": Status.CHARGING,
    "paused": Status.PAUSED,
    "waiting": Status.CONNECTED,
    "disconnected": Status.UNPLUGGED,
    "unplugged": Status.UNPLUGGED,
    "full": Status.FULL,
    "completed": Status.FULL,
    "error": Status.FAULT,
    "fault": Status.FAULT,
}
"""The words that docs name in addition to those of OCPP."""

ROWS = [*OCPP.items(), *OTHERS.items()]


@pytest.mark.parametrize("word, status", ROWS)
def test_a_word_is_understood_in_any_case(word, status):
    assert {parse_status_word(w) for w in (word, word.lower(), word.upper(), word.title(), word.swapcase())} == {status}


@pytest.mark.parametrize(
    "spelling", ["SuspendedEV", "suspended_ev", "Suspended EV", "suspended-ev", " SUSPENDED_EV ", "suspended.ev"]
)
def test_blanks_dashes_and_underscores_do_not_count(spelling):
    assert parse_status_word(spelling) is Status.SUSPENDED_CAR


@pytest.mark.parametrize("word", [None, "", "unknown", "idle?", "Ladend", "charging now", "42", "é"])
def test_what_is_no_status_word_is_unknown(word):
    assert parse_status_word(word) is Status.UNKNOWN


def test_every_word_that_is_understood_has_its_row_here():
    assert {word.lower() for word, _ in ROWS} == set(STATUS_WORDS)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("No Error", Status.UNKNOWN),
        ("no_fault", Status.UNKNOWN),
        ("default", Status.UNKNOWN),
        ("ground_fault", Status.FAULT),
        ("no_error_but_a_fault", Status.FAULT),
    ],
)
def test_an_unknown_word_that_names_a_fault_is_one(word, status):
    assert parse_status_word(word) is status
