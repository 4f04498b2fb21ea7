"""Small houses for tests: one line makes a load, a site or a snapshot."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from fusebox.model.decision import Decision
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Circuit, FuseType, Source
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN, Site
from fusebox.model.snapshot import LoadState, Reading, Snapshot, Status

from .rest import Steps

T0_S = 1_700_000_000.0
METER = Source(entity="sensor.meter")


def car(name: str, *, phases: str = "L1", circuit: str = MAIN, priority: int = 1, **more: object) -> Load:
    """Return a charger of 6..16 A in steps of 1 A, unless `more` says otherwise."""
    facts: dict[str, object] = {"mode": Mode.STANDARD, "min_a": 6.0, "max_a": 16.0, "step_a": 1.0, **more}
    return Load(name, "number", circuit, _phases(phases), priority, **facts)  # type: ignore[arg-type]


def plug(
    name: str, rated_w: float = 2300, *, phases: str = "L1", circuit: str = MAIN, priority: int = 1, **more: object
) -> Load:
    """Return a switched load."""
    amps = round(rated_w / 230 / len(_phases(phases)), 1)
    facts: dict[str, object] = {
        "mode": Mode.CONTINUOUS,
        "min_a": amps,
        "max_a": amps,
        "rated_w": rated_w,
        "on_off": True,
        **more,
    }
    return Load(name, "plug", circuit, _phases(phases), priority, **facts)  # type: ignore[arg-type]


def in_watts(
    name: str, max_w: float = 3000, *, phases: str = "L1", write_every_s: float = 10, priority: int = 1, **more: object
) -> Load:
    """Return a load in watts with steps of 1 W; keys of its driver go to `device`."""
    per_a = 230.0 * len(_phases(phases))
    keys = {key: more.pop(key) for key in ("renew_s", "max_c", "temperature") if key in more}
    facts: dict[str, object] = {
        "mode": Mode.STANDARD,
        "min_a": 1 / per_a,
        "max_a": max_w / per_a,
        "step_a": 1 / per_a,
        "rated_w": max_w,
        "failsafe_a": 0.0,
        "pause_s": 20,
        "start_after_s": 10,
        "device": {"watts_per_a": per_a, "min_write_s": write_every_s, **keys},
        **more,
    }
    return Load(name, "power", MAIN, _phases(phases), priority, **facts)  # type: ignore[arg-type]


def heating(offer_a: float, draw_a: float | None = None, **more: object) -> LoadState:
    """Return the state of a load in watts without a switch; it draws what it displays by default."""
    drawn = PerPhase.each((Phase.L1,), offer_a if draw_a is None else draw_a)
    facts = {"draw_a": drawn, "offer_a": offer_a, "offer_is_set": True, "starts_at_a": 1e-6, **more}
    return LoadState(device_min_a=0.0, device_max_a=40.0, device_step_a=1 / 230, **facts)  # type: ignore[arg-type]


def site(
    *loads: Load, fuse_a: float = 25, phases: str = "L1", circuits: tuple[Circuit, ...] = (), **more: object
) -> Site:
    """Return a house with one meter on each phase and no margin."""
    main = Circuit(MAIN, fuse_a, None, FuseType.B, dict.fromkeys(_phases(phases), METER))
    return Site(230, _phases(phases), (main, *circuits), loads, **{"margin_a": 0.0, **more})  # type: ignore[arg-type]


def _phases(names: str) -> tuple[Phase, ...]:
    return tuple(Phase[name] for name in names.split())


def seen(grid: dict[str, float | None], at_s: float = 0.0, **loads: LoadState) -> Snapshot:
    """Return a snapshot with fresh main meter readings `at_s` seconds after the start; None means never known."""
    main = {Phase[p]: Reading() if a is None else Reading(a, a, 0.0) for p, a in grid.items()}
    return Snapshot(T0_S + at_s, {MAIN: main}, loads)


def charger(
    offer_a: float,
    draw_a: float | None = None,
    *,
    on: bool | None = True,
    status: Status = Status.CHARGING,
    phases: str = "L1",
) -> LoadState:
    """A charger's state; it draws what it offers by default."""
    return LoadState(
        draw_a=PerPhase.each(_phases(phases), offer_a if draw_a is None else draw_a),
        offer_a=offer_a,
        switched=on is not None,
        on=on,
        status=status,
        can_use_power=status not in (Status.UNPLUGGED, Status.FULL, Status.FAULT),
        device_min_a=6.0,
        device_max_a=32.0,
        device_step_a=1.0,
    )


def switched(on: bool, draw_a: float | None = None, phases: str = "L1") -> LoadState:
    """Return a plug's state."""
    return LoadState(PerPhase.each(_phases(phases), draw_a), switched=True, on=on, status=Status.CONNECTED)


class Evening:
    """Steps a site through time and carries out its commands on devices that follow at once."""

    def __init__(self, of: Site, memory: Memory | None = None) -> None:
        self.site = of
        self.memory = memory or Memory()
        self.decision: Decision | None = None
        self._steps = Steps()

    def copy(self) -> Evening:
        """Return an evening that goes on by itself from here."""
        twin = copy(self)
        twin._steps = copy(self._steps)
        return twin

    def step(self, grid: dict[str, float | None], at_s: float, **loads: LoadState) -> Decision:
        """Return the decision of one step on these readings."""
        return self.decide(seen(grid, at_s, **loads))

    def decide(self, snapshot: Snapshot) -> Decision:
        """Return the decision of one step on a snapshot."""
        self.decision = self._steps.decide(self.site, snapshot, self.memory)
        self.memory = self.decision.memory
        return self.decision

    def in_circuits(self, flow_a: float, at_s: float, circuits: tuple[str, ...], **loads: LoadState) -> Decision:
        """Return the decision of one step of a one-phase house in which these circuits' meters show the same flow."""
        now = seen({"L1": flow_a}, at_s, **loads)
        return self.decide(replace(now, grid_a=dict.fromkeys(circuits, now.grid_a[MAIN])))

    def run(self, house_a: float, from_s: int, to_s: int, **loads: LoadState) -> dict[str, LoadState]:
        """Run a one-phase house with ideal devices for some seconds; return the devices' states."""
        for second in range(from_s, to_s):
            drawn = sum((s.draw_a[0] or 0.0) for s in loads.values())
            decision = self.step({"L1": house_a + drawn}, second, **loads)
            for command in decision.commands:
                loads[command.load] = obey(loads[command.load], command.current_a, command.on)
        return loads


def obey(state: LoadState, current_a: float | None, on: bool | None) -> LoadState:
    """Return a device's state after a command that it follows at once."""
    offer_a = state.offer_a if current_a is None else current_a
    is_on = state.on if on is None else on
    runs = is_on is not False and state.can_use_power
    drawn = [None if a is None else (offer_a or 0.0) if runs else 0.0 for a in state.draw_a]
    return replace(state, offer_a=offer_a, on=is_on, draw_a=PerPhase(*drawn))
