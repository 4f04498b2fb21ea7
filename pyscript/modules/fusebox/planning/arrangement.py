"""Places all loads of a plan and improves it: each load in turn gets its best response to the others."""

from __future__ import annotations

from collections.abc import Sequence

from .. import tuning
from .cheapest_slots import fill_cheapest_slots
from .least_runs import place_run
from .need import DUST_KW, DUST_KWH, SLOT_H, PlanProblem, Powers
from .response import LEAST_GAIN, Moves
from .sheet import NEVER, Market, Sheet

ROUNDS = 3
"""How often all loads are improved in turn, at most."""
WORTH_A_ROUND = 0.001
"""A further round follows only if the last one lowered the cost by this share."""


class Arrangement:
    """A plan being made for one problem."""

    def __init__(self, problem: PlanProblem) -> None:
        self.market = Market(problem)
        self.sheet = Sheet(self.market)
        self.moves = Moves(self.sheet)
        needs = problem.needs
        musts = [index for index, need in enumerate(needs) if need.worth is None]
        self.musts = sorted(
            musts,
            key=lambda n: (not needs[n].at_once, not needs[n].has_limited_runs, needs[n].priority, needs[n].end),
        )
        """The needs that have to be met, in the order in which they are placed."""

    def arrange_all(self) -> None:
        """Write the power of all needs on the sheet: a final plan, at the lowest cost found within the effort allowed.

        Needs that have to be met come first, and give way to each other where one lacks energy. Afterwards each is
        taken out and placed again, if there is more than one and effort is left. Optional needs get what is left.
        """
        self._place_lacking(with_offers=True)
        self._improve(tuning.PLAN_EFFORT_TIMES)
        if self.moves.effort > 0 and len(self.musts) > 1:
            self._reinsert_each()
        self._fill_optional()

    def arrange_quickly(self) -> None:
        """Write the power of all needs on the sheet with less effort than `arrange_all`, for one of many tries.

        Needs that have to be met are placed in free slots first, then where others can give way. They are taken out and
        placed again only while one lacks energy. Optional needs get what is left.
        """
        self._place_lacking(with_offers=False)
        self._improve(tuning.PLAN_HEIGHT_EFFORT_TIMES)
        if self.needs_lacking_energy() and len(self.musts) > 1:
            self._reinsert_each()
        self._fill_optional()

    def needs_lacking_energy(self) -> list[int]:
        """Return the needs that have to be met and lack energy, in the order in which they are placed."""
        return [index for index in self.musts if self.sheet.left_kwh[index] > DUST_KWH]

    def resume_plan(self, plan_before: Powers) -> None:
        """Give the needs that have to be met their power of an earlier plan for the same slots, as far as it fits.

        Cheapest slots first; a slot that offers less than a need's least power gives none. Needs that start at once or
        have limited runs are left out. Nothing already on the sheet is removed; what is missing then stays missing.
        """
        market, sheet = self.market, self.sheet
        for index in self.musts:
            powers = plan_before.get(market.needs[index].name, ())
            # The cheapest slots first: if less is needed by now, the dearest ones stay free.
            for _, slot in market.order[index] if powers and market.can_move[index] else ():
                power = min(powers[slot], sheet.spare_kw[index][slot], sheet.left_kwh[index] / SLOT_H)
                if power >= market.least_kw[index][slot]:
                    sheet.add_power(index, slot, power)

    def lower_peak_to(self, height_kw: float) -> None:
        """Limit the peak to `height_kw`: loads that can move give up the power above it, all others are removed.

        Those that start at once or have limited runs are removed whole, even below that height. What is given up or
        removed is lacking then. In a slot where the others cannot give up enough, they give up nothing.
        """
        for index in self.musts:
            if not self.market.can_move[index]:
                self.sheet.clear_need(index)
        self.sheet.set_peak_height(height_kw)
        for slot, slack in enumerate(self.sheet.slack_kw[self.market.peak_limit]):
            if slack < -DUST_KW:
                self.moves.lower_to_peak(slot)

    def _place_lacking(self, *, with_offers: bool) -> None:
        """Place each need that lacks energy: `with_offers` other loads make way, otherwise only free slots are used.

        Energy that no slot has headroom for stays lacking.
        """
        self.moves.effort = NEVER
        for index in self.needs_lacking_energy():
            self._place(index, with_offers=with_offers)

    def _place(self, index: int, *, with_offers: bool) -> None:
        """Place one need: in its cheapest runs, with other loads making way, or in free slots."""
        if self.market.needs[index].has_limited_runs:
            place_run(self.moves, index)
        elif with_offers:
            self.moves.move_to_cheaper_slots(index)
        else:
            fill_cheapest_slots(self.sheet, index)

    def _improve(self, effort: int) -> None:
        """Move loads to cheaper slots, those that lack energy first, then all in rounds until one saves nearly nothing.

        At most `ROUNDS` rounds, and none for a single need; limited runs do not move. `effort` limits the offers
        compared.
        """
        self.moves.effort = effort
        for index in self.needs_lacking_energy():
            if not self.market.needs[index].has_limited_runs:
                self.moves.move_to_cheaper_slots(index)
        for _ in range(ROUNDS if len(self.musts) > 1 else 0):
            before = self.sheet.total_cost
            self._improve_movable(self.musts)
            if self.sheet.total_cost > before - WORTH_A_ROUND * abs(self.sheet.cost):
                break

    def _improve_movable(self, musts: Sequence[int]) -> None:
        """Move each of these needs to cheaper slots, without those that start at once or have limited runs."""
        for index in musts:
            if self.market.can_move[index]:
                self.moves.move_to_cheaper_slots(index)

    def _reinsert_each(self) -> None:
        """Take each load out, let the others use its slots, and place it again; undo that where it saves nothing.

        None that starts at once, and only while effort is left.
        """
        sheet = self.sheet
        for index in self.musts:
            if self.moves.effort <= 0 or self.market.needs[index].at_once:
                continue
            saved, before = sheet.save(), sheet.total_cost
            sheet.clear_need(index)
            self._improve_movable([other for other in self.musts if other != index])
            self._place(index, with_offers=True)
            self._improve_movable(self.musts)
            if sheet.total_cost >= before - LEAST_GAIN:
                sheet.restore(saved)

    def _fill_optional(self) -> None:
        """Give free slots to optional needs, where it costs less than they are worth; the highest worth goes first.

        No other need is moved for them.
        """
        worth = {index: need.worth for index, need in enumerate(self.market.needs) if need.worth is not None}
        for index in sorted(worth, key=lambda index: -worth[index]):
            fill_cheapest_slots(self.sheet, index)
