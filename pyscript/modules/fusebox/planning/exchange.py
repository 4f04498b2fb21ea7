"""Energy into the cheapest slots, also where somebody else has to move out of one for it.

A need takes the cheapest slot that has room. One that is taken costs what it costs those who are there to move to their
own cheapest room. What it comes to is held against a linear program in the tests.
"""

from __future__ import annotations

from typing import NamedTuple

from .ledger import Ledger
from .need import DUST_KW, DUST_KWH, SLOT_H

LEAST_MOVE_KW = 0.01
"""Nobody moves for less [kW]: where two wires wait for each other such moves become smaller for ever."""
LEAST_GAIN = 1e-4
"""Nor for a smaller gain per kWh."""

Changes = dict[tuple[int, int], float]
"""Need and slot -> so many kW more, for each kW that is placed."""


class Step(NamedTuple):
    """A way of a need to more energy."""

    cost: float
    """Per kWh."""
    slot: int
    movers: tuple[tuple[int, float], ...] = ()
    """Who leaves the slot for it, and with how many kW for each kW."""


class Exchange:
    """Places needs on a sheet, one after another."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._closed: set[tuple[int, int]] = set()
        """Need and slot that moving did not open."""
        self._free: dict[int, Step | None] = {}
        """Need -> its cheapest room without moving anybody, as far as it is known."""
        self._found: dict[int, Step | None] = {}
        """Need -> its best way, as far as it was asked for since the last change."""
        self.fixed: set[int] = {at for at, need in enumerate(ledger.needs) if need.at_once}
        """Needs that nobody moves any more."""

    def place(self, need: int) -> None:
        """As much of what a need still needs as there is room for, and no more than it is worth."""
        ledger = self._ledger
        worth = ledger.needs[need].worth
        moved = False
        self.forget()
        while ledger.left_kwh[need] > DUST_KWH:
            step = self._best(need)
            if step is None and moved:
                moved = False  # what was closed may be open after what was moved since
                self._open()
                continue
            if step is None or (worth is not None and step.cost >= worth):
                break
            moved |= self._take(need, step, ledger.left_kwh[need] / SLOT_H)
        self._open()

    def improve(self, need: int) -> None:
        """Moves what a need has in its dearest slots to cheaper ones."""
        ledger = self._ledger
        self.forget()
        powers = ledger.power_kw[need]
        on = [slot for slot in ledger.slots if powers[slot] > LEAST_MOVE_KW]
        for slot in sorted(on, key=lambda slot: -ledger.cost_of(need, slot)):
            while powers[slot] > LEAST_MOVE_KW:
                cost = ledger.slope(slot, more=False) + ledger.bias[need][slot]
                step = self._best(need)
                if step is None or step.cost > cost - LEAST_GAIN:
                    break
                if step.slot == slot or (not self._take(need, step, powers[slot], slot) and not step.movers):
                    break
            self._open()

    def forget(self) -> None:
        """To be called when the sheet has changed."""
        ledger = self._ledger
        self._found.clear()
        for need, best in list(self._free.items()):
            spare, bias = ledger.spare_kw[need], ledger.bias[need]
            for slot in ledger.touched:
                cost = ledger.base[slot] + bias[slot]
                if best is not None and slot == best.slot:
                    if spare[slot] <= DUST_KW or cost != best.cost:
                        del self._free[need]
                        break
                elif spare[slot] > DUST_KW and (best is None or cost < best.cost):
                    best = self._free[need] = Step(cost, slot)
        ledger.touched.clear()

    def _open(self) -> None:
        if self._closed:
            self._closed.clear()
            self._found.clear()

    def _best(self, need: int) -> Step | None:
        if need not in self._found:
            self._found[need] = self._search(need)
        return self._found[need]

    def _search(self, need: int) -> Step | None:
        ledger = self._ledger
        spare, power, most = ledger.spare_kw[need], ledger.power_kw[need], ledger.most_kw[need]
        sun, floor = ledger.outlook.sun_kw, self.floor(need)
        best = self._room(need)
        for least, slot in ledger.order[need]:
            if best is not None and least >= best.cost:
                break
            if power[slot] >= most[slot] - DUST_KW or (need, slot) in self._closed:
                continue
            # Where somebody has to go elsewhere it is no cheaper then.
            is_found = best is not None and best.cost <= floor
            if spare[slot] <= DUST_KW:
                if is_found and ledger.is_full(need, slot):
                    continue
                found = self.by_moving(need, slot)
            elif sun[slot] > DUST_KW and ledger.users[slot] and not is_found:
                found = self._in_the_sun(need, slot)
            else:
                continue
            if found is not None and (best is None or found.cost < best.cost):
                best = found
        return best

    def floor(self, need: int) -> float:
        """What a slot costs at least where others make room, in it or in its sun: they go to their cheapest room."""
        ledger = self._ledger
        movable = [at for at in ledger.placed if at != need and at not in self.fixed]
        rooms = [room.cost - ledger.terms.dearest[at] for at in movable if (room := self._room(at)) is not None]
        return min(rooms, default=float("inf")) + LEAST_GAIN

    def _room(self, need: int) -> Step | None:
        """The cheapest slot that has room."""
        if need not in self._free:
            ledger = self._ledger
            spare, bias, base, best = ledger.spare_kw[need], ledger.bias[need], ledger.base, None
            for least, slot in ledger.order[need]:
                if best is not None and least >= best.cost:
                    break
                if spare[slot] > DUST_KW and (best is None or base[slot] + bias[slot] < best.cost):
                    best = Step(base[slot] + bias[slot], slot)
            self._free[need] = best
        return self._free[need]

    def _in_the_sun(self, need: int, slot: int) -> Step | None:
        """Another one's sun, where that is cheaper than the grid here although he has to go elsewhere; else None."""
        dearer, other = min(self._others(need, slot), default=(0.0, need))
        return Step(self._ledger.cost_of(need, slot) + dearer, slot, ((other, 1.0),)) if dearer < 0 else None

    def by_moving(self, need: int, slot: int) -> Step | None:
        """What a slot costs that others have to leave; None where nobody can."""
        ledger = self._ledger
        others = self._others(need, slot)
        cost, movers = ledger.cost_of(need, slot), []
        for limit, weight in ledger.weights[need]:
            if ledger.slack_kw[limit][slot] > DUST_KW * weight:
                continue
            shares = ledger.shares[limit]
            ways = [
                (weight / shares[other] * dearer, other, weight / shares[other])
                for dearer, other in others
                if shares[other]
            ]
            if not ways:
                return None
            dearer, other, ratio = min(ways)
            cost += dearer
            movers.append((other, ratio))
        return Step(cost, slot, tuple(movers))

    def _others(self, need: int, slot: int) -> list[tuple[float, int]]:
        """Who else is in a slot, and how much dearer per kWh it is where he would go."""
        ledger = self._ledger
        base = ledger.base[slot]
        return [
            (room.cost - base - ledger.bias[other][slot], other)
            for other in ledger.users[slot]
            if other != need and other not in self.fixed
            if (room := self._room(other)) is not None and room.slot != slot
        ]

    def _take(self, need: int, step: Step, most_kw: float, left: int | None = None) -> bool:
        """As much as this way bears, out of a slot that is left for it; False where that is nothing or no gain."""
        ledger = self._ledger
        changes: Changes = {(need, step.slot): 1.0}
        for other, ratio in step.movers:
            room = self._room(other)
            assert room is not None
            changes[other, step.slot] = changes.get((other, step.slot), 0.0) - ratio
            changes[other, room.slot] = changes.get((other, room.slot), 0.0) + ratio
        most_cost = step.cost + LEAST_GAIN
        if left is not None:
            changes[need, left] = changes.get((need, left), 0.0) - 1.0
            most_cost = 0.0
        amount = min(most_kw, ledger.bears_kw(changes))
        if (step.movers or left is not None) and (amount <= LEAST_MOVE_KW or ledger.slope_of(changes) > most_cost):
            self._closed.add((need, step.slot))
            self._found.clear()
            return False
        for (each, slot), share in changes.items():
            ledger.add(each, slot, share * amount)
        self.forget()
        return True
