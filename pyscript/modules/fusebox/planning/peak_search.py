"""A better height for the month's peak, found with powers that loads can run at, and a plan that goes on.

What is drafted at any power takes a lower height than loads that do not run below their least. And a plan that is made
anew each quarter hour, each time a little other than the last, defers what it meant to do: it begins with what was
planned before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .draft import Draft
from .need import DUST_KW, DUST_KWH, Peak
from .outcome import Outcome, rank
from .packing import packing
from .peaks import CLOSE_KW, NEAR
from .terms import Terms
from .together import settled

RAISES = 3
"""So many greater heights are tried at most, and none after one that has not helped."""
LOWER_KW = 0.1
"""By so much less the best plan is tried once more [kW]."""
BEYOND_KW = 0.5
"""All loads are packed together at heights from so much below what is known to so much above it [kW]."""
PACKINGS = 8
"""At so many heights."""

Powers = Mapping[str, Sequence[float]]
"""Need -> what it takes in each slot from the first on [kW]."""


def raised(draft: Draft, outcome: Outcome, order: Sequence[int], peak: Peak) -> tuple[Draft, Outcome]:
    """The best of some greater heights; none that is dearer even if loads ran at any power."""
    terms, lowest_kw, least = draft.ledger.terms, draft.drafted_kw, draft.rank
    best, found = rank(terms.needs, outcome), (draft, outcome)
    if peak.price_per_kw <= 0:
        return found
    step_kw = max((best.cost - least.cost) / peak.price_per_kw / RAISES, CLOSE_KW)
    for look in range(1, RAISES + 1):
        if best.missing <= least.missing and best.cost - least.cost <= NEAR * abs(best.cost):
            break
        higher = Draft(terms, order, min(lowest_kw + look * step_kw, peak.most_kw))
        if higher.rank >= best:
            break
        higher_outcome = settled(higher, order)
        if rank(terms.needs, higher_outcome) >= best:
            break
        best, found = rank(terms.needs, higher_outcome), (higher, higher_outcome)
    return found


def continued(terms: Terms, order: Sequence[int], powers: Powers, height_kw: float) -> Outcome:
    """With what was planned before as far as it fits below a height; what lacks finds other slots."""
    draft = Draft(terms, [at for at in order if terms.needs[at].at_once], height_kw)
    ledger = draft.ledger
    for at in order:
        planned = () if terms.needs[at].at_once else powers.get(terms.needs[at].name, ())
        # The cheapest first: what is more than is needed by now is left where it costs most.
        for _, slot in terms.order[at] if planned else ():
            fits_kw = min(planned[slot], ledger.spare_kw[at][slot])
            if fits_kw > DUST_KW and ledger.left_kwh[at] > DUST_KWH:
                ledger.add(at, slot, fits_kw)
    return settled(draft, order, alone=True)


def height_of(powers: Powers, peak: Peak) -> float:
    """How high what was planned before comes by now [kW]."""
    height_kw = peak.free_kw
    for *planned_kw, house_kw in zip(*powers.values(), peak.house_kw, strict=True):
        if sum(planned_kw) > DUST_KW:
            height_kw = max(height_kw, sum(planned_kw) + house_kw)
    return min(height_kw, peak.most_kw)


def packed(terms: Terms, order: Sequence[int], known_kw: Sequence[float], peak: Peak) -> Iterator[Outcome]:
    """With all loads packed together, at heights about those that are known to be good."""
    least_kw = max(min(known_kw) - BEYOND_KW, peak.free_kw)
    most_kw = min(max(known_kw) + BEYOND_KW, peak.most_kw)
    step_kw = (most_kw - least_kw) / (PACKINGS - 1)
    for height_kw in sorted({least_kw + step * step_kw for step in range(PACKINGS)}):
        yield from packed_below(terms, order, height_kw)


def packed_below(terms: Terms, order: Sequence[int], height_kw: float) -> Iterator[Outcome]:
    """The same below one height, which counts for nothing where no peak is billed; none where that takes too long."""
    at_once = [at for at in order if terms.needs[at].at_once]
    powers = packing(Draft(terms, at_once, height_kw).ledger, [at for at in order if at not in at_once])
    if powers is not None:
        yield continued(terms, order, powers, height_kw)


def lowered(terms: Terms, order: Sequence[int], best: Outcome, peak: Peak) -> Iterator[Outcome]:
    """The best plan a little below it."""
    height_kw = max(best.peak_kw - LOWER_KW, peak.free_kw)
    if height_kw < best.peak_kw:
        yield continued(terms, order, best.powers, height_kw)
