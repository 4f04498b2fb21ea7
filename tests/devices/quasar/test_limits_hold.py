"""Laws: whatever controllers ask and the house does, the phase keeps its limit, and nothing unguarded is altered."""

from __future__ import annotations

import asyncio
import struct

from hypothesis import given, settings
from hypothesis import strategies as st

from fusebox.devices.modbus import Refused, parse_request, write_request
from fusebox.devices.quasar.controller import GuardSettings
from fusebox.devices.quasar.limits import Pace
from fusebox.devices.quasar.registers import GUARDED, Register, RegisterLimits, limit_request, limit_value
from simhouse.devices.quasar import CURRENT_A, KIND, POWER_W, signed

from .controllers import Refused as ToldNo
from .controllers import mask, read_write, write_many
from .homes import LIMIT_W, Home
from .test_frames import PDUS

WATTS = st.integers(-9000, 9000)
ASKED = st.one_of(
    st.tuples(st.just("power"), WATTS),
    st.tuples(st.just("current"), st.integers(-40, 40)),
    st.tuples(st.just("kind"), st.integers(0, 1)),
    st.tuples(st.just("many"), WATTS),
    st.tuples(st.just("mask"), WATTS),
    st.tuples(st.just("read and write"), WATTS),
    st.tuples(st.just("action"), st.integers(1, 2)),
    st.tuples(st.just("nothing"), st.just(0)),
)
SECONDS = st.lists(st.tuples(ASKED, st.floats(-9000, 9000)), min_size=1, max_size=40)
PACE = st.builds(Pace, st.sampled_from([0.0, 3.0, 10.0]), st.sampled_from([0.0, 5.0]), st.sampled_from([5.0, 20.0]))
LIMITS = st.builds(RegisterLimits, st.floats(-7400, 0), st.floats(0, 7400), st.floats(1380, 7400))
WISHES = st.dictionaries(st.sampled_from(sorted(GUARDED)), st.integers(0, 0xFFFF))


def pdu(kind: str, value: int) -> bytes:
    """What a controller sends for a request."""
    word = value & 0xFFFF
    return {
        "power": struct.pack(">BHH", 6, POWER_W, word),
        "current": struct.pack(">BHH", 6, CURRENT_A, word),
        "kind": struct.pack(">BHH", 6, KIND, word),
        "many": write_many(POWER_W, [word]),
        "mask": mask(POWER_W, 0, word),
        "read and write": read_write(526, 1, POWER_W, [word]),
        "action": struct.pack(">BHH", 6, 257, word),
    }[kind]


def keeps(home: Home) -> None:
    """The set value fits the requests that the guard has received, whichever of the two set-points applies."""
    for set_w in (signed(home.quasar.registers[POWER_W]), signed(home.quasar.registers[CURRENT_A]) * 230):
        if set_w > 0:
            assert home.house_w + set_w <= LIMIT_W + 1
        if set_w < 0:
            assert home.house_w + set_w >= -LIMIT_W - 1


@given(SECONDS, PACE)
@settings(max_examples=25)
def test_the_limit_is_exceeded_only_by_what_the_house_moved_since_the_last_reading(seconds, pace):
    """A charger that obeys at once: only the step of the meter remains."""

    async def play() -> None:
        async with Home(GuardSettings(LIMIT_W, 7400.0, pace)) as home:
            controller = await home.controller()
            await controller.take()
            await controller.write(257, 1)
            for (kind, value), house_w in seconds:
                before_w, home.house_w = home.house_w, house_w
                await home.second()
                step_w = abs(home.house_w - before_w)
                # What the charger itself adds in its direction never goes beyond the limit by more than that step.
                drawn_w, flow_w = home.quasar.power_w, home.phase_w
                if drawn_w > 0:
                    assert flow_w <= max(LIMIT_W, home.house_w) + step_w + 1
                if drawn_w < 0:
                    assert flow_w >= min(-LIMIT_W, home.house_w) - step_w - 1
                keeps(home)
                if kind != "nothing":
                    try:
                        answer = await controller.ask(pdu(kind, value))
                    except ToldNo:
                        continue
                    assert answer[0] & 0x7F == pdu(kind, value)[0]
                keeps(home)

    asyncio.run(play())


@given(PDUS, st.none() | LIMITS, WISHES)
def test_nothing_that_is_not_guarded_is_altered(raw, limits, wishes):
    try:
        asked = parse_request(raw)
        sent = limit_request(asked, limits, wishes, {}).sent
    except Refused:
        return
    if limits is None:
        assert sent == asked
    if asked.masks and asked.write_at in GUARDED:
        assert sent == asked or (sent.function, sent.write_at) == (6, asked.write_at)
    else:
        assert (sent.function, sent.read_at, sent.read_count) == (asked.function, asked.read_at, asked.read_count)
        assert (sent.write_at, len(sent.values)) == (asked.write_at, len(asked.values))
    for address, value in asked.written.items():
        if address not in GUARDED:
            assert sent.written[address] == value
    if asked.masks and asked.write_at not in GUARDED:
        assert sent == asked


MASKS = st.builds(mask, st.sampled_from(sorted(GUARDED)), st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))


@given(MASKS, LIMITS, WISHES, WISHES)
def test_a_mask_leaves_nothing_to_what_the_charger_holds(raw, limits, wishes, held):
    try:
        way = limit_request(parse_request(raw), limits, wishes, held)
    except Refused:
        assert not (wishes | held).keys() & {Register(parse_request(raw).write_at)}
        return
    register = parse_request(raw).write_at
    assert way.sent == write_request(register, limit_value(register, way.requested[register], limits))


@given(PDUS, LIMITS, WISHES)
def test_what_is_sent_is_within_the_limits_and_never_more_than_requested(raw, limits, wishes):
    try:
        asked = parse_request(raw)
        way = limit_request(asked, limits, wishes, {})
    except Refused:
        return
    wish = way.requested
    for address, value in way.sent.written.items():
        if address == Register.POWER_W:
            want, sent = signed(wish[Register.POWER_W]), signed(value)
            assert limits.low_w <= sent <= limits.high_w
            assert sent == want or abs(sent) < abs(want)
            assert sent == 0 or (sent > 0) == (want > 0)
            assert sent in (0, want) or abs(sent) >= 1380
        if address == Register.CURRENT_A:
            assert limits.low_w <= signed(value) * 230 <= limits.high_w
        if address == Register.MOST_W:
            assert value <= limits.most_w
        if address == Register.IDLE_S:
            assert 1 <= value <= 60
