"""Random short evenings of a charger that switches phases, with all behaviours of chargers and cars.

    python -m benchmarks.phases.evenings [--seeds 1-10000] [--workers 2] [--keep FILE]

Counted are moves of a contactor under current, seconds above a fuse's rating after a start on other phases into a house
that was as full before, and breakers that opened. That a car is held at its minimum while the house load rises is a
rule of fuses and not of phases. Results of this code are stored in a journal next to FILE and not computed again, so it
may be stopped at any time. A third of a second of CPU for an evening.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.phases.kept import Row, play_with_journal
from benchmarks.phases.moves import LENGTH_S, DisturbedFusebox, Moves
from benchmarks.phases.scene import BY_PHASE, PHASES, PhaseScene, config, only_charger, play_scene
from benchmarks.seeds import first_to_last
from simhouse.devices.phase_box import Obeys, PhaseBox
from simhouse.house.house import House, Instant
from simhouse.physics.car import Car, Visit

FUSE_A = 25.0
BORNE_RATIO = 1.13
"""A breaker carries this multiple of its rating for an hour (IEC 60898-1)."""
SEEN_S = 3
"""A step of the house is noticed within this time: a reading, and a command on its way [s]."""
TRIAL_S = 20
"""A charger that only pretends to have switched is detected within this time [s]."""
METER_A = 0.5
"""Meters and margins are no finer [A]."""
TOLD_EVERY = 500
KEPT = Path(".cache/phase_evenings")
DRAWS: tuple[Any, ...] = (dict(BY_PHASE), "sensor.car_power", "sensor.car_current", None)
"""A sensor a phase, a power, one current for all, and none."""


@dataclass
class Harm:
    """The harmful events of an evening."""

    under_current: int = 0
    over_s: int = 0
    """Above a rating because it began on other phases."""
    tried_s: int = 0
    """Seconds of overload by a charger that only pretends to have switched, which is tried once."""
    trips: int = 0
    switches: int = 0

    @property
    def is_none(self) -> bool:
        """Whether nothing forbidden happened."""
        return not any(getattr(self, name) for name in HARMS)


HARMS = ("under_current", "over_s", "trips")


def random_evening(seed: int) -> PhaseScene:
    """Return the scene of a seed: a house whose phases fill and empty, maybe sun, a random car and box."""
    dice = Random(f"phases:{seed}")
    base = {phase: _random_steps(dice) for phase in PHASES}
    sun = dice.random() < 0.5
    solar = _random_clouds(dice) if sun else None
    box = PhaseBox(dice.choice((*Obeys, *[Obeys.YES] * 4)), dice.uniform(0.5, 20.0), dice.choice((1, 3)))
    car = Car(
        phases=dice.choice((1, 2, 3, 3, 3)),
        max_a=dice.choice((13.0, 16.0, 32.0)),
        visits=(Visit(0, LENGTH_S / 2 + dice.uniform(-60, 600), 5.0), Visit(LENGTH_S * 0.8, 1e9, 5.0)),
        cut_after_s=dice.choice((1, 2, 4)),
        wakes_after_s=dice.uniform(2, 30),
        ignores_nothing=dice.random() < 0.15,
        uses_all_after_s=dice.choice((0.0, 0.0, 20.0, 100.0)),
    )
    load = {
        "draw": dice.choice(DRAWS),
        "mode": dice.choice(("solar_only", "solar_priority", "standard")) if sun else "standard",
        "phase_rest_s": dice.choice((5, 15)),
        "phase_dwell_s": 60,
        "start_after_s": 10,
        "stop_after_s": 20,
        "pause_s": dice.choice((30, 180)),
        "max_a": 16,
        "switch": "switch.car" if dice.random() < 0.8 else None,
        "failsafe_a": 0,
    }
    site: dict[str, Any] = {"solar_w": "sensor.solar_power"} if sun else {}
    if dice.random() < 0.2:
        site["imbalance_max_a"] = dice.choice((8, 10, 20))
    if load["draw"] is not None and Random(f"status:{seed}").random() < 0.2:
        load["status"] = None
    return PhaseScene(base, solar, car, box, config(load, main_fuse_a=int(FUSE_A), **site))


def _random_steps(dice: Random) -> Sequence[float]:
    """Return a phase's power by second [W]: steps, none of which fills the phase alone."""
    watts: list[float] = []
    while len(watts) < LENGTH_S:
        watts += [dice.choice((200.0, 900.0, 2300.0, 4400.0, 5400.0))] * dice.randint(25, 120)
    return watts[:LENGTH_S]


def _random_clouds(dice: Random) -> Sequence[float]:
    watts: list[float] = []
    while len(watts) < LENGTH_S:
        watts += [dice.choice((0.0, 2000.0, 3500.0, 5500.0, 9000.0))] * dice.randint(20, 110)
    return watts[:LENGTH_S]


class Begun:
    """When the car last got an offer after none, and when a phase last filled up: which of them came first."""

    def __init__(self, scene: PhaseScene) -> None:
        self._scene, self._began_s, self._offered = scene, 0, False
        self._filled_s = dict.fromkeys(PHASES, 0)

    def set_by_hand(self, t_s: int) -> None:
        """Attribute the car's draw on other phases to its user, until charging starts again."""
        self._filled_s = dict.fromkeys(PHASES, t_s)

    def at(self, t_s: int, offered: bool) -> int:
        """Note this second, once for each in order; return when the car was last begun to be offered current [s].

        That moment is retained after the offer ends. When each phase last became fuller is noted too.
        """
        for phase in PHASES:
            self._filled_s[phase] = (
                t_s if t_s and self._used_w(phase, t_s) > self._used_w(phase, t_s - 1) else self._filled_s[phase]
            )
        if offered and not self._offered:
            self._began_s = t_s
        self._offered = offered
        return self._began_s

    def is_ours(self, phase: str, began_s: int) -> bool:
        """Whether the phase last became fuller more than `SEEN_S` before the car's charging began (`began_s`)."""
        return self._filled_s[phase] + SEEN_S < began_s

    def _used_w(self, phase: str, t_s: int) -> float:
        """Return the house's power on a phase [W], less a third of the sun."""
        solar_w = self._scene.solar_w
        return self._scene.base_w[phase][t_s] - (0.0 if solar_w is None else solar_w[t_s] / len(PHASES))


def play_for_harm(seed: int) -> Harm:
    """Play an evening; return its harmful events."""
    scene, moves = random_evening(seed), Moves.of(seed)
    host = DisturbedFusebox(scene, moves)
    harm, begun = Harm(), Begun(scene)

    def watch(house: House, instant: Instant, reply: Mapping[str, Any]) -> None:
        switch, charger = host.memory.phase_switches.get("car"), only_charger(house)
        began_s = begun.at(instant.t_s, charger.offered_a > 0)
        if moves.by_hand and instant.t_s == moves.dies_s + 1:
            charger.contactor.set_by_hand()
            begun.set_by_hand(instant.t_s)
        harm.trips += len(instant.trips)
        if switch is None or not switch.switches_s or charger.car.ignores_nothing:
            return
        bears_a = FUSE_A * (1.0 if switch.proven else BORNE_RATIO) + METER_A
        over = any(
            instant.net_a[phase] > bears_a and begun.is_ours(phase, began_s)
            for phase, drawn_a in charger.draw_a().items()
            if drawn_a > 0
        )
        if over and not switch.proven and charger.contactor.box.obeys is Obeys.ONLY_SAYS_SO:
            harm.tried_s += 1
            over = harm.tried_s > TRIAL_S
        harm.over_s += over

    house = play_scene(scene, host, watch)
    box = only_charger(house)
    return replace(harm, under_current=box.contactor.under_current, switches=box.contactor.moves)


def row_of(seed: int) -> Row:
    """Return an evening's harm as a row for the journal."""
    return {"seed": seed, **asdict(play_for_harm(seed))}


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures of all evenings."""
    parser = argparse.ArgumentParser(prog="benchmarks.phases.evenings", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=first_to_last, default="1-10000", help="one, or a first and a last")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--keep", type=Path, default=KEPT, help="where the journal is")
    options = parser.parse_args(argv)
    rows: Sequence[Row] = []
    for rows in play_with_journal(options.seeds, row_of, options.keep, options.workers):
        if rows and len(rows) % TOLD_EVERY == 0:
            print(_summary_text(rows), flush=True)
    print(_summary_text(rows))


def _summary_text(rows: Sequence[Row]) -> str:
    """Return all evenings' switches and harmful events in one sentence, with the first seeds that had harm."""
    counts = [f"{name} {sum(row[name] for row in rows)}" for name in HARMS]
    with_one = sum(row["switches"] > 0 for row in rows)
    bad = sorted(row["seed"] for row in rows if any(row[name] for name in HARMS))
    total = sum(row["switches"] for row in rows)
    said = f"{len(rows)} evenings, {total} switches in {with_one} of them; {', '.join(counts)}"
    return f"{said}; evenings with harm: {bad[:20] or 'none'}"


if __name__ == "__main__":
    main()
