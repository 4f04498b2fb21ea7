"""Which charging profile counts, and when: OCPP 1.6 as a table, and as laws."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simhouse.devices.ocpp.profiles import (
    DEFAULT,
    MAXIMUM,
    OWN,
    Moment,
    NotUnderstood,
    Profile,
    limit_a,
    read_profile,
    with_profile,
    without_profiles,
    without_transaction,
)

NOW_S = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()


def profile(limit=10.0, level=1, purpose=DEFAULT, id=None, unit="A", **more) -> Profile:
    """A profile of one period; its id is its own unless said."""
    id = hash((limit, level, purpose)) if id is None else id
    return Profile(
        id, more.pop("connector", 1), level, purpose, unit, ((0.0, limit),), more.pop("since_s", 0.0), **more
    )


def at(now_s=0.0, ahead_s=0.0, **more) -> Moment:
    """An instant in a transaction that began at second 0, by a clock that may be ahead."""
    return Moment(NOW_S + now_s + ahead_s, now_s, **{"transaction": 7, "started_s": 0.0} | more)


def limit(*profiles, moment=None):
    found = ()
    for each in profiles:
        found = with_profile(found, each)
    return limit_a(found, moment or at(), 690.0)


@pytest.mark.parametrize(
    ("profiles", "expected"),
    [
        ([], None),
        ([profile(10)], 10),
        ([profile(6, level=0), profile(16, level=3)], 16),
        ([profile(16, level=3), profile(6, level=0)], 16),
        ([profile(16, purpose=DEFAULT, level=9), profile(8, purpose=OWN, level=0, transaction=7)], 8),
        ([profile(16, purpose=DEFAULT), profile(8, purpose=OWN, transaction=6)], 16),
        ([profile(16, purpose=DEFAULT), profile(12, purpose=MAXIMUM, connector=0)], 12),
        ([profile(9, purpose=DEFAULT), profile(12, purpose=MAXIMUM, connector=0)], 9),
        ([profile(12, purpose=MAXIMUM, connector=0)], 12),
        ([profile(6900, unit="W")], 10),
        ([profile(10, connector=0), profile(9, connector=1)], 9),
        ([profile(10, connector=2)], None),
        ([profile(0, level=3), profile(6)], 0),
    ],
)
def test_the_least_of_the_purposes_and_the_highest_level_within_one(profiles, expected):
    assert limit(*profiles) == expected


def test_the_same_id_replaces_and_so_does_the_same_purpose_and_level():
    assert limit(profile(10, id=1, level=1), profile(8, id=1, level=0)) == 8
    assert len(with_profile((profile(10, id=1),), profile(8, id=2))) == 1
    assert len(with_profile((profile(10, id=1, connector=0),), profile(8, id=2, connector=1))) == 2


@pytest.mark.parametrize(
    ("now_s", "ahead_s", "expected"),
    [(0, 0, 16), (119, 0, 16), (120, 0, 6), (0, 119, 16), (0, 120, 6), (0, -300, 16), (0, -301, 6), (200, -100, 16)],
)
def test_an_absolute_lease_ends_by_the_charge_points_own_clock(now_s, ahead_s, expected):
    lease = profile(16, level=3, starts_s=NOW_S - 300, valid_from_s=NOW_S - 300, valid_to_s=NOW_S + 120)
    assert limit(profile(6, level=2), lease, moment=at(now_s, ahead_s)) == expected


@pytest.mark.parametrize(
    ("relative_to", "now_s", "expected"),
    [("transaction", 1119, 6), ("activation", 1000, 16), ("activation", 1119, 16), ("activation", 1120, 6)],
)
def test_a_relative_lease_counts_from_the_transaction_or_from_when_it_came(relative_to, now_s, expected):
    lease = profile(16, level=3, duration_s=120, since_s=1000)
    assert limit(profile(6, level=2), lease, moment=at(now_s, relative_to=relative_to)) == expected


def test_a_relative_profile_that_came_before_the_transaction_waits_for_it():
    lease = profile(16, level=3, duration_s=120)
    waiting = at(5000, transaction=None, started_s=None)
    assert limit(profile(6), lease, moment=waiting) == 16
    assert limit(profile(6), lease, moment=at(5000, started_s=4900)) == 16
    assert limit(profile(6), lease, moment=at(5000, started_s=4880)) == 6


def test_periods_follow_one_another():
    steps = Profile(1, 1, 1, DEFAULT, "A", ((0, 6), (60, 10), (120, 0)), 0.0)
    assert [limit(steps, moment=at(s)) for s in (0, 59, 60, 119, 120)] == [6, 6, 10, 10, 0]


@pytest.mark.parametrize(
    ("criteria", "left"),
    [({}, []), ({"id": 1}, [2, 3]), ({"purpose": DEFAULT}, [2]), ({"purpose": DEFAULT, "level": 4}, [1, 2]),
     ({"connector": 2}, [1, 2, 3])],
)  # fmt: skip
def test_what_a_clear_leaves(criteria, left):
    all_three = (profile(1, id=1), profile(2, id=2, purpose=OWN, transaction=7), profile(3, id=3, level=4))
    assert [p.id for p in without_profiles(all_three, **criteria)] == left


def test_a_transactions_profiles_go_with_it():
    kept = profile(6, id=1)
    assert without_transaction((kept, profile(16, id=2, purpose=OWN, transaction=7)), 1) == (kept,)


def wire(**more):
    """A profile as it comes over the wire, in snake case."""
    schedule = {"charging_rate_unit": "A", "charging_schedule_period": [{"start_period": 0, "limit": 12.5}]}
    return {
        "charging_profile_id": 11,
        "stack_level": 3,
        "charging_profile_purpose": DEFAULT,
        "charging_profile_kind": "Absolute",
        "charging_schedule": schedule | more.pop("schedule", {}),
    } | more


def test_times_are_read_with_and_without_their_zone():
    read = read_profile(
        wire(
            schedule={"start_schedule": "2026-03-01T11:55:00Z", "duration": 420},
            valid_from="2026-03-01T12:55:00+01:00",
            valid_to="2026-03-01T12:02:00",
        ),
        1,
        50.0,
    )
    assert (read.starts_s, read.valid_from_s, read.valid_to_s) == (NOW_S - 300, NOW_S - 300, NOW_S + 120)
    assert (read.duration_s, read.since_s, read.periods) == (420, 50, ((0, 12.5),))


@pytest.mark.parametrize(
    "broken",
    [
        wire(charging_profile_kind="Recurring"),
        wire(schedule={"charging_schedule_period": []}),
        wire(schedule={"charging_schedule_period": [{"start_period": 5, "limit": 6}]}),
        wire(schedule={"charging_schedule_period": [{"start_period": s, "limit": 6} for s in (0, 9, 5)]}),
    ],
)
def test_what_is_not_understood_is_rejected(broken):
    with pytest.raises(NotUnderstood):
        read_profile(broken, 1, 0.0)


PROFILES = st.lists(
    st.builds(
        Profile,
        id=st.integers(1, 5),
        connector=st.sampled_from([0, 1, 2]),
        level=st.integers(0, 3),
        purpose=st.sampled_from([MAXIMUM, DEFAULT, OWN]),
        unit=st.sampled_from(["A", "W"]),
        periods=st.lists(st.tuples(st.integers(1, 90), st.floats(0, 32)), max_size=2).map(
            lambda later: ((0.0, 11.0), *sorted(later))
        ),
        since_s=st.integers(0, 60),
        starts_s=st.none() | st.integers(-60, 60).map(lambda s: NOW_S + s),
        duration_s=st.none() | st.integers(1, 120),
        valid_to_s=st.none() | st.integers(-60, 120).map(lambda s: NOW_S + s),
        transaction=st.none() | st.just(7),
    ),
    max_size=6,
)


@given(PROFILES)
def test_no_two_profiles_ever_share_an_id_or_a_place(profiles):
    found = ()
    for each in profiles:
        found = with_profile(found, each)
        assert each in found
    assert len({p.id for p in found}) == len({(p.purpose, p.level, p.connector) for p in found}) == len(found)


@given(PROFILES, st.integers(0, 120), st.floats(0, 32))
def test_a_maximum_never_permits_more_and_a_profile_above_all_others_decides(profiles, now_s, value_a):
    without = tuple(p for p in profiles if p.purpose == DEFAULT)
    ceiling = profile(value_a, level=9, purpose=MAXIMUM, id=99, connector=0)
    below = limit_a((*without, ceiling), at(now_s), 690.0)
    assert below is not None and below <= value_a
    top = profile(value_a, level=9, purpose=DEFAULT, id=98)
    assert limit_a((*without, top), at(now_s), 690.0) == value_a


@given(PROFILES, st.integers(121, 10_000))
def test_when_every_lease_is_over_only_what_has_no_end_counts(profiles, now_s):
    ending = [p for p in profiles if p.valid_to_s is not None]
    endless = [p for p in profiles if p.valid_to_s is None]
    assert limit_a((*ending, *endless), at(now_s), 690.0) == limit_a(tuple(endless), at(now_s), 690.0)
