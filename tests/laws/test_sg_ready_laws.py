"""No forbidden state of SG-Ready's relays, whatever is read, and however late or lame the relays are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from fusebox.devices.appliances.sg_ready import SG_READY, Wiring
from fusebox.devices.driver import Aim, Contact
from fusebox.model.load import Load, Mode
from fusebox.model.load_plan import PriceSignal
from fusebox.model.memory import Memory
from fusebox.model.readings import View
from fusebox.model.snapshot import Reading
from tests.control.houses import T0_S, plug, seen, site
from tests.control.rest import Steps
from tests.runtime.home import State

from .effort import examples

FACTS = {
    "relay_1": "switch.one",
    "relay_2": "switch.two",
    "power": None,
    "recommend_above_w": 1500,
    "force_above_w": 4000,
    "dwell_s": 120,
    "max_block_s": 900,
}
FLOWS = st.sampled_from([-30.0, -10.0, 0.0, 10.0, 26.0, 32.0])
SIGNALS = st.sampled_from([None, "recommend", "block"])
MOMENTS = st.tuples(FLOWS, st.sampled_from(["fresh"] * 6 + ["late", "unknown"]), st.integers(1, 400), SIGNALS)


def pump(mode: Mode) -> Load:
    load = plug("pump", mode=mode, start_after_s=10.0, stop_after_s=20.0)
    return replace(load, type="sg_ready", device=FACTS)


@examples(12)
@given(
    st.sampled_from([Mode.STANDARD, Mode.SOLAR_ONLY, Mode.EXCESS]),
    st.lists(MOMENTS, min_size=1, max_size=8),
    st.lists(st.sampled_from([0, 0, 0, 1, 3, 20]), min_size=1, max_size=30),
)
def test_every_change_goes_through_both_open_rests_and_blocks_a_part_of_the_day(
    mode: Mode, moments: list[tuple[float, str, int, str | None]], delays_s: list[int]
) -> None:
    """A step a second; each command arrives after its delay."""
    house = site(pump(mode))
    load, memory, wiring, steps = house.loads[0], Memory(), Wiring(), Steps()
    relays, underway = {"switch.one": False, "switch.two": False}, []
    at, turn = 0, 0
    for house_a, quality, seconds, asked in moments:
        signal = None if asked is None else PriceSignal(asked, T0_S + at + seconds)  # type: ignore[arg-type]
        house = site(replace(load, signal=signal))
        for _ in range(seconds):
            at += 1
            now_s = T0_S + at
            for due in [each for each in underway if each[0] <= at]:
                relays[due[1]] = due[2]
                underway.remove(due)
            view = View(lambda entity: _shown(relays[entity]), now_s)
            contact = Contact(load, view, SG_READY.read(load, view, 230.0), 230.0)
            state, wiring = SG_READY.session.observe(contact, wiring, ())  # type: ignore[union-attr]
            now = seen({"L1": house_a}, at, pump=state)
            if quality != "fresh":
                reading = Reading(None, house_a, 5.0) if quality == "unknown" else Reading(house_a, house_a, 400.0)
                now = replace(now, grid_a={c: dict.fromkeys(p, reading) for c, p in now.grid_a.items()})
            memory = steps.decide(house, now, memory).memory
            past = memory.loads["pump"]
            aim = Aim(past.setpoint_a, None, False, past.switched)
            calls, wiring = SG_READY.session.act(replace(contact, state=state), wiring, aim)  # type: ignore[union-attr]
            _are_lawful(calls, dict(relays))
            for call in calls:
                turn += 1
                delay_s = delays_s[turn % len(delays_s)]
                underway.append((at + delay_s, str(call.data["entity_id"]), call.service == "turn_on"))
            known = past.switched.pump
            assert known is not None
            assert known.blocked_time_s(now_s) <= 900 + 45, "late relays may open late"
            assert len(known.calls_s) <= 4


def _are_lawful(calls: tuple[object, ...], relays: dict[str, bool]) -> None:
    """What opens goes before what closes, and nothing closes while the other relay is closed."""
    closes = [call for call in calls if call.service == "turn_on"]  # type: ignore[attr-defined]
    opens = [call for call in calls if call.service == "turn_off"]  # type: ignore[attr-defined]
    assert not (closes and opens)
    if closes:
        assert not any(relays.values()), "both are open before anything closes"


def _shown(on: bool) -> State:
    state = State("on" if on else "off")
    state.last_reported = datetime.fromtimestamp(T0_S, UTC)
    return state
