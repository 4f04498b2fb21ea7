"""Energy into the cheapest slots, also where somebody else has to move out of one for it.

A need takes the cheapest slot that has room. One that is taken costs what it costs those who are there to move to their
own cheapest room. What it comes to is held against a linear program in the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .ledger import LAST_CHOICE, Ledger
from .need import DUST_KW, DUST_KWH, SLOT_H

LEAST_MOVE_KW = 0.01
"""Nobody moves for less [kW]: where two wires wait for each other such moves become smaller for ever."""
MOST_AT_ONCE = 0.25
"""Others make room for so much of a need's power at a time: who has gone elsewhere may have no room for more."""
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


class Opening(NamedTuple):
    """A slot and how much more is to be had there."""

    cost: float
    """Per kWh."""
    slot: int
    power_kw: float


class Exchange:
    """Places needs on a sheet, one after another."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._closed: set[tuple[int, int]] = set()
        """Need and slot that moving did not open."""
        self._free: dict[int, Step | None] = {}
        """Need -> its cheapest room without moving anybody, as far as it was asked for since the last change."""
        self.fixed: set[int] = {at for at, need in enumerate(ledger.needs) if need.at_once}
        """Needs that nobody moves any more."""

    def place(self, need: int) -> None:
        """As much of what a need still needs as there is room for, and no more than it is worth."""
        ledger = self._ledger
        worth = ledger.needs[need].worth
        moved = False
        while ledger.left_kwh[need] > DUST_KWH:
            step = self._best(need)
            if step is None and moved:
                moved = False  # what was closed may be open after what was moved since
                self._closed.clear()
                continue
            if step is None or (worth is not None and step.cost >= worth):
                break
            moved |= self._take(need, step, ledger.left_kwh[need] / SLOT_H)
        self._closed.clear()

    def improve(self, need: int) -> None:
        """Moves what a need has in its dearest slots to cheaper ones."""
        ledger = self._ledger
        for slot in sorted(ledger.slots, key=lambda slot: -ledger.cost_of(need, slot)):
            while (power := ledger.power_kw[need][slot]) > LEAST_MOVE_KW:
                cost = ledger.slope(slot, more=False) + ledger.bias[need][slot]
                step = self._best(need)
                if step is None or step.slot == slot or step.cost > cost - LEAST_GAIN:
                    break
                if not self._take(need, step, power, slot) and not step.movers:
                    break
            self._closed.clear()

    def premiums(self, need: int) -> list[float]:
        """Slot -> how much more a kWh costs there because of who would have to leave."""
        ledger = self._ledger
        self._free.clear()
        found = [0.0] * len(ledger.slots)
        for _, slot in ledger.order[need]:
            if ledger.spare_kw[need][slot] <= DUST_KW:
                step = self._by_moving(need, slot)
                found[slot] = LAST_CHOICE if step is None else step.cost - ledger.cost_of(need, slot)
        return found

    def opening(self, need: int) -> Opening | None:
        """The cheapest way to more energy that a need can run at: more where it runs, or a slot more."""
        ledger = self._ledger
        each = ledger.needs[need]
        wanted = ledger.left_kwh[need] / SLOT_H
        best: Opening | None = None
        self._free.clear()
        for least, slot in ledger.order[need]:
            if best is not None and least >= best.cost:
                break
            runs = ledger.power_kw[need][slot] > DUST_KW
            lowest = DUST_KW if runs else max(each.min_kw, DUST_KW)
            spare = ledger.spare_kw[need][slot]
            step: Step | None = Step(ledger.cost_of(need, slot), slot)
            if spare < lowest - DUST_KW or spare <= DUST_KW:
                spare = ledger.room_kw(need, slot, self.fixed) - ledger.power_kw[need][slot]
                step = self._by_moving(need, slot) if spare >= max(lowest, LEAST_MOVE_KW) - DUST_KW else None
                spare = min(spare, max(lowest, MOST_AT_ONCE * each.max_kw))
            if step is None:
                continue
            power = max(min(spare, wanted), lowest)
            cost = step.cost + ledger.price_of(need, slot, power) - ledger.price_of(need, slot, DUST_KW)
            if best is None or cost < best.cost:
                best = Opening(cost, slot, power)
        return best

    def clear(self, need: int, slot: int, power_kw: float) -> None:
        """Gives a need more power in a slot; who has to make room for it there finds another one."""
        ledger = self._ledger
        ledger.add(need, slot, power_kw)
        left = set()
        for limit, _ in ledger.weights[need]:
            for other in sorted(range(len(ledger.needs)), key=lambda at: -ledger.needs[at].priority):
                weight = ledger.limits[limit].weights.get(ledger.needs[other].name, 0.0)
                over = -ledger.slack_kw[limit][slot]
                if over > DUST_KW and weight and other != need and other not in self.fixed:
                    ledger.add(other, slot, -min(over / weight, ledger.power_kw[other][slot]))
                    left.add(other)
        self._free.clear()
        self.fixed.add(need)
        for other in sorted(left):
            self.place(other)
        self.fixed.discard(need)

    def _best(self, need: int) -> Step | None:
        ledger = self._ledger
        spare, power, most = ledger.spare_kw[need], ledger.power_kw[need], ledger.needs[need].max_kw - DUST_KW
        best = self._room(need)
        for least, slot in ledger.order[need]:
            if best is not None and least >= best.cost:
                break
            if power[slot] < most and (need, slot) not in self._closed:
                found = (self._in_the_sun if spare[slot] > DUST_KW else self._by_moving)(need, slot)
                if found is not None and (best is None or found.cost < best.cost):
                    best = found
        return best

    def _room(self, need: int) -> Step | None:
        """The cheapest slot that has room."""
        if need not in self._free:
            ledger = self._ledger
            spare, best = ledger.spare_kw[need], None
            for least, slot in ledger.order[need]:
                if best is not None and least >= best.cost:
                    break
                if spare[slot] > DUST_KW and (best is None or ledger.cost_of(need, slot) < best.cost):
                    best = Step(ledger.cost_of(need, slot), slot)
            self._free[need] = best
        return self._free[need]

    def _in_the_sun(self, need: int, slot: int) -> Step | None:
        """Another one's sun, where that is cheaper than the grid here although he has to go elsewhere; else None."""
        ledger = self._ledger
        lost = ledger.sun_lost(slot)
        if not lost:
            return None
        cost = ledger.cost_of(need, slot)
        ways = [(step.cost - ledger.cost_of(other, slot), other) for other, step in self._others(need, slot)]
        dearer, other = min(ways, default=(0.0, need))
        return Step(cost + dearer, slot, ((other, 1.0),)) if dearer < 0 else None

    def _by_moving(self, need: int, slot: int) -> Step | None:
        """What a slot costs that others have to leave; None where nobody can."""
        ledger = self._ledger
        cost, movers = ledger.cost_of(need, slot), []
        for limit, weight in ledger.weights[need]:
            if ledger.slack_kw[limit][slot] > DUST_KW * weight:
                continue
            ways = [
                (weight / own * (step.cost - ledger.cost_of(other, slot)), other, weight / own)
                for other, step in self._others(need, slot)
                for at, own in ledger.weights[other]
                if at == limit
            ]
            if not ways:
                return None
            dearer, other, ratio = min(ways)
            cost += dearer
            movers.append((other, ratio))
        return Step(cost, slot, tuple(movers))

    def _others(self, need: int, slot: int) -> Iterator[tuple[int, Step]]:
        """Who else is in a slot, and where he would go."""
        ledger = self._ledger
        for other, power in enumerate(ledger.power_kw):
            if other != need and power[slot] > DUST_KW and other not in self.fixed:
                step = self._room(other)
                if step is not None and step.slot != slot:
                    yield other, step

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
            return False
        for (each, slot), share in changes.items():
            ledger.add(each, slot, share * amount)
        self._free.clear()
        return True
