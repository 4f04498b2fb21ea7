"""An account at Easee's cloud on a real socket: tokens, refusals, pauses, and nothing private in any text."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from fusebox.config.presets import PRESETS
from fusebox.devices.easee import endpoints
from fusebox.devices.easee.cloud import Bucket, Cloud, CloudError, LaterError
from fusebox.devices.easee.states import MODES, last_heard_at_s, read_numbers, status_word
from fusebox.model.snapshot import Status
from simhouse.devices.easee_cloud import EaseeCloud

NOON = 1_780_000_000.0
STATE = endpoints.state_request("EH123456")
LIMIT = endpoints.circuit_limit_request(1, 2, 10, 3, 1)


def played(scene: Callable[[EaseeCloud, Cloud], Awaitable[None]], password: str = "correct horse", **facts: Any):
    """A scene with the simulated cloud and an account there, both closed at its end."""

    async def play() -> tuple[EaseeCloud, Cloud]:
        there = EaseeCloud(**facts)
        there.advance(NOON)
        await there.start()
        here = Cloud(there.url, there.username, password)
        try:
            await scene(there, here)
        finally:
            await here.close()
            await there.stop()
        return there, here

    return asyncio.run(play())


def test_one_login_serves_until_the_token_is_about_to_end_and_then_it_is_refreshed():
    async def scene(there, here):
        for second in (0, 1000, 3585):
            there.advance(NOON + second)
            assert (await here.request(NOON + second, STATE))["chargerOpMode"] == 3
        assert there.asked("refresh_token") == []
        there.advance(NOON + 3591)
        await here.request(NOON + 3591, STATE)

    there, _ = played(scene)
    assert there.logins == 1
    assert len(there.asked("refresh_token")) == 1


def test_a_refused_refresh_is_a_new_login_and_an_expired_token_is_replaced_once():
    async def scene(there, here):
        await here.request(NOON, STATE)
        there.refuses_refresh = True
        there.advance(NOON + 3600)
        await here.request(NOON + 3600, STATE)
        there.forget_tokens()
        assert (await here.request(NOON + 3601, STATE))["chargerOpMode"] == 3

    there, here = played(scene)
    assert (there.logins, here.problem) == (3, "")


def test_a_wrong_password_is_reported_with_its_place_and_retried_after_ten_minutes():
    async def scene(there, here):
        with pytest.raises(CloudError, match=r"user name or the password: check secrets\.yaml"):
            await here.request(NOON, STATE)
        for second in (1, 300, 599):
            with pytest.raises(LaterError, match="password"):
                await here.request(NOON + second, STATE)
        assert len(there.log) == 1
        with pytest.raises(CloudError):
            await here.request(NOON + 600, STATE)
        assert len(there.log) == 2

    played(scene, password="wrong horse")


def test_a_cloud_that_rejects_its_own_tokens_does_not_get_repeated_logins():
    class Forgetful(dict):
        def __setitem__(self, *token):
            pass

    async def scene(there, here):
        there._tokens = Forgetful()
        for second in range(0, 420, 10):
            there.advance(NOON + second)
            with pytest.raises((CloudError, LaterError)):
                await here.request(NOON + second, STATE)

    assert played(scene)[0].logins <= 2 * (1 + 420 // 600)


@pytest.mark.parametrize("told, kept_s", [("nan", 10), ("soon", 10), ("1e9", 600), ("-5", 1)])
def test_a_pause_that_means_nothing_is_that_after_any_failure_and_none_is_for_ever(told, kept_s):
    async def scene(there, here):
        await here.request(NOON, STATE)
        there.answers, there.retry_after_s = [429], told
        with pytest.raises(CloudError, match=f"pause of {kept_s} s"):
            await here.request(NOON + 1, STATE)
        asked = len(there.log)
        with pytest.raises(LaterError):
            await here.request(NOON + kept_s + 0.9, STATE)
        assert len(there.log) == asked
        await here.request(NOON + 1 + kept_s, STATE)

    played(scene)


def test_a_pause_that_the_cloud_wants_is_kept_by_cuts_too():
    async def scene(there, here):
        await here.request(NOON, STATE)
        there.answers, there.retry_after_s = [429], 45
        with pytest.raises(CloudError, match="pause of 45 s"):
            await here.request(NOON + 1, STATE)
        asked = len(there.log)
        with pytest.raises(LaterError):
            await here.request(NOON + 45.9, LIMIT, urgent=True)
        assert len(there.log) == asked
        await here.request(NOON + 46, LIMIT, urgent=True)

    assert played(scene)[1].problem == ""


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_failing_cloud_gets_fewer_requests_until_its_first_answer(status):
    async def scene(there, here):
        await here.request(NOON, STATE)
        there.answers, tries = [status] * 6, []
        for second in range(1, 700):
            before = len(there.log)
            with contextlib.suppress(CloudError):
                await here.request(NOON + second, STATE)
            if len(there.log) > before:
                tries.append(second)
            if not there.answers and not here.problem:
                break
        assert tries == [1, 11, 31, 71, 151, 311, 611]

    played(scene)


def test_an_answer_that_does_not_come_is_given_up(monkeypatch):
    monkeypatch.setattr("fusebox.tuning.ANSWER_S", 0.2)

    async def scene(there, here):
        await here.request(NOON, STATE)
        there.answers = [0]
        with pytest.raises(CloudError, match=r"cannot be reached \(\w*Timeout\w*\)"):
            await here.request(NOON + 1, STATE)
        await here.request(NOON + 11, STATE)

    played(scene)


def test_a_request_after_the_end_opens_no_connection():
    async def scene(there, here):
        await here.close()
        with pytest.raises(CloudError):
            await here.request(NOON, STATE)

    there, here = played(scene)
    assert here._session is None and there.log == []


def test_a_cloud_that_is_away_is_a_problem_and_no_exception_of_another_kind():
    async def scene(there, here):
        await there.stop()
        with pytest.raises(CloudError, match="cannot be reached"):
            await here.request(NOON, STATE)

    assert "cannot be reached" in played(scene)[1].problem


@pytest.mark.parametrize("answers", [[400], [403], [404], [500], [429], []])
def test_nothing_private_is_in_any_text(answers, caplog):
    caplog.set_level("DEBUG")
    texts = []

    async def scene(there, here):
        there.answers = list(answers)
        for second in range(3):
            try:
                await here.request(NOON + second, STATE)
            except CloudError as error:
                texts.append(f"{error!r} {error} {error.__cause__!r} {error.__context__!r}")
        texts.extend((repr(here), here.problem, repr(endpoints.login_request(there.username, there.password))))

    played(scene)
    told = " ".join([*texts, *(record.getMessage() for record in caplog.records)])
    for private in ("correct horse", "someone@", "token-1", "r-token"):
        assert private not in told


def test_the_bucket_allows_a_burst_then_spaced_requests_and_reserves_some_for_cuts():
    bucket, made = Bucket(), 0
    for second in range(600):
        for urgent in (False,) * 5:
            made += bucket.take_request(NOON + second, urgent)
    assert 200 <= made <= 300, "one each 2.5 s, far below the 500 in 300 s that Easee allows"
    cuts = 0
    while bucket.take_request(NOON + 600, urgent=True):
        cuts += 1
    assert 8 <= cuts <= 16


def test_a_clock_that_was_set_back_neither_fills_the_bucket_nor_keeps_it_shut():
    bucket = Bucket()
    while bucket.take_request(NOON, urgent=True):
        pass
    assert not bucket.take_request(NOON - 3600, urgent=True)
    assert bucket.take_request(NOON + 2.5, urgent=True)


def test_a_pause_of_the_past_lasts_no_longer_when_the_clock_is_set_back():
    bucket = Bucket(closed_s=NOON + 30)
    assert not bucket.take_request(NOON, urgent=True)
    assert bucket.take_request(NOON + 30, urgent=True)
    assert bucket.take_request(NOON + 60 - 3600, urgent=True)
    assert bucket.take_request(NOON + 70 - 3600, urgent=True)


def test_no_request_writes_what_the_charger_keeps_in_its_flash():
    rows = {
        name: make
        for name, make in inspect.getmembers(endpoints, inspect.isfunction)
        if make.__module__ == endpoints.__name__
    }
    values = {"phase_count": 3, "site": 1, "circuit": 2, "amps": 6, "minutes": 1, "service": "restart"}
    for name, make in rows.items():
        if name.startswith("_"):
            continue
        request = make(*[values.get(argument, "x") for argument in inspect.signature(make).parameters])
        told = f"{request.path} {sorted(request.body or {})}".lower()
        assert request.method == "GET" or not any(word in told for word in ("settings", "max", "offline")), name
    limits = [LIMIT, endpoints.charger_limit_request("x", 6, 1)]
    assert [sorted(limit.body or {}) for limit in limits] == [
        ["phase1", "phase2", "phase3", "timeToLive"],
        ["amps", "minutes"],
    ]


@pytest.mark.parametrize(
    "seen, word",
    [
        ({"chargerOpMode": 1}, "disconnected"),
        ({"chargerOpMode": 3, "isOnline": True}, "charging"),
        ({"chargerOpMode": 3, "isOnline": False}, "offline"),
        ({"chargerOpMode": 0}, "offline"),
        ({"chargerOpMode": 102, "isOnline": True}, "mode 102"),
        ({"chargerOpMode": 109, "isOnline": True}, "searching_for_master"),
        ({"chargerOpMode": 99}, "mode 99"),
        ({"chargerOpMode": True}, "no mode"),
        ({"chargerOpMode": "3"}, "no mode"),
        ({}, "no mode"),
    ],
)
def test_what_the_charger_says_of_itself_is_one_word(seen, word):
    assert status_word(seen) == word


def test_every_mode_means_the_same_over_the_cloud_and_over_the_integration():
    meanings = PRESETS["easee"].words
    assert set(MODES.values()) <= meanings.keys()
    faults = {word for word in MODES.values() if "error" in word or "erratic" in word}
    assert {meanings[word] for word in faults} == {Status.FAULT}


def test_invalid_numbers_are_unknown_and_the_state_precedes_the_installation():
    numbers = read_numbers(
        {"inCurrentT3": None, "totalPower": "much", "maxChargerCurrent": 16.0},
        {"maxChargerCurrent": 32.0, "circuitMaxCurrentP1": True},
    )
    assert (numbers["l1_a"], numbers["power_kw"], numbers["installed_a"], numbers["circuit_most_a"]) == (
        None,
        None,
        16.0,
        None,
    )


@pytest.mark.parametrize("pulse, told", [("2026-06-01T12:00:00Z", True), ("yesterday", False), (None, False)])
def test_a_pulse_is_a_time_or_nothing(pulse, told):
    assert (last_heard_at_s({"latestPulse": pulse}) is not None) is told
