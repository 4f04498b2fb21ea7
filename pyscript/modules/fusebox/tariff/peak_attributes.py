"""The attributes of `sensor.fusebox_peak`, and the warning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from .. import tuning
from ..control.limits.power_limits import ITALY_EVER_RATIO
from ..control.limits.tariff_limit import TARIFF, expected_house_w, house_alone_exceeds, house_now_w, power_left_w
from ..model.ceiling import Ceiling
from ..model.decision import Decision
from ..model.durations import HOUR_S
from ..model.electrics import amps, number_text, watts
from ..model.equipment import LimitKind, Tariff
from ..model.house_memory import CycleMemory
from ..model.messages.message import Message, Value, as_event_data, message
from ..model.own_entities import WATTS, appearance
from ..model.site import MAIN, Site
from ..model.tariff_rules import rules_for
from .dimmings import Order
from .ledger import WindowState
from .watch import TariffWatch, fuse_w, wall_text

LOOK = {**appearance("Fusebox peak", "mdi:chart-bar"), **WATTS, "unit_of_measurement": "kW"}


@dataclass(frozen=True, slots=True)
class Overrun:
    """The house alone exceeds the target: the reason, the notification, and its facts as plain values."""

    reason: Message
    title: Message
    text: Message
    data: Mapping[str, object]


def peak_state(watch: TariffWatch) -> str:
    """Return the projected mean of this window [kW] as text.

    "unknown" before the first readings, and while the net power of the meters is unknown.
    """
    window = watch.window
    if window is None or window.net_w is None:
        return "unknown"
    return f"{window.projected_kw(watch.moment.now_s):.3f}"


def peak_attributes(
    site: Site, watch: TariffWatch, overrun: Overrun | None, unusable: Sequence[str] = (), *, balanced: bool
) -> dict[str, Any]:
    """Return the attributes of the peak entity.

    `unusable`: sentences on live values that are invalid; `balanced`: whether balance_site.py runs, which keeps the
    import within the target.
    """
    tariff, window, now_s = site.tariff, watch.window, watch.moment.now_s
    assert tariff is not None and window is not None
    found: dict[str, Any] = {
        **LOOK,
        "allowed_import_w": _allowed_w(site, tariff, window, now_s),
        "month_peak_kw": round(window.month_peak_kw, 3),
        "target_kw": None if tariff.limits is LimitKind.DIMMABLE else round(window.target_kw, 3),
        "seconds_left": max(round(window.ends_s - now_s), 0),
        "window_min": rules_for(tariff).window_s // 60,
        "imported_kwh": round(window.imported_ws / (1000 * HOUR_S), 3),
        "kind": tariff.kind,
    }
    bill = window.bill
    if rules_for(tariff).billed_months > 1:
        found |= {"billed_kw": round(bill.mean_kw, 3), "billed_months": bill.months}
    if bill.cost_per_year is not None:
        found["cost_per_year"] = round(bill.cost_per_year, 2)
    if bill.month_cost is not None:
        found |= {"month_cost": round(bill.month_cost, 2), "capped": bill.is_capped}
    if rules_for(tariff).steps_kw:
        found["step_kw"] = list(rules_for(tariff).step_ends_kw(window.month_peak_kw))
    if tariff.limits is LimitKind.DIMMABLE:
        found |= {"dimmed": watch.order.dims, "dimmings": [[row["start"], row["end"]] for row in last_dimmings(watch)]}
    errors = [problem for problem in (*unusable, watch.problem) if problem]
    return {**found, "reason": _reason(site, watch, overrun, balanced), "errors": errors}


def last_dimmings(watch: TariffWatch) -> list[dict[str, object]]:
    """Return the last `TARIFF_DIMMINGS_SHOWN` dimmings as rows, the oldest first."""
    return watch.dimmings.rows(0.0)[-tuning.TARIFF_DIMMINGS_SHOWN :]


def dimmings_state(watch: TariffWatch) -> str:
    """Return the number of dimmings that began or lasted this year, by the wall clock."""
    moment = watch.moment
    year_began_s = datetime(moment.local.year, 1, 1, tzinfo=UTC).timestamp() - moment.ahead_s
    return str(len(watch.dimmings.rows(year_began_s)))


def dimmings_attributes(watch: TariffWatch) -> dict[str, Any]:
    """Return the last dimmings as rows, and the problem of their file, if any."""
    problem = watch.dimmings.problem
    look = {**appearance("Fusebox dimmings", "mdi:transmission-tower-off"), "state_class": "measurement"}
    shown = {**look, "dimmings": last_dimmings(watch)}
    return shown if problem is None else {**shown, "problem": str(problem)}


def _allowed_w(site: Site, tariff: Tariff, window: WindowState, now_s: float) -> int:
    """Return the import that keeps the window within its limit [W], at most what the main fuse allows.

    Without a limit in this window, and by section 14a, that is what the fuse allows; under an Italian contract what
    that always allows.
    """
    most_w = fuse_w(site)
    if tariff.limits is LimitKind.POWER:
        return round(min(1000 * ITALY_EVER_RATIO * window.target_kw, most_w))
    allowed_w = window.allowed_mean_import_w(now_s) if tariff.limits is LimitKind.WINDOWS else None
    return round(most_w if allowed_w is None else min(allowed_w, most_w))


def _reason(site: Site, watch: TariffWatch, overrun: Overrun | None, balanced: bool) -> Message:
    """Return the message of the peak entity, by the first that applies.

    Nothing limits the import (not `balanced`), the house alone exceeds the target, dry run, unknown meters, dimming;
    otherwise the limit in force, or that this window does not count.
    """
    tariff, window = site.tariff, watch.window
    assert tariff is not None and window is not None
    if not balanced:
        return message("tariff_not_kept")
    if overrun is not None:
        return overrun.reason
    if site.dry_run:
        return message("tariff_dry_run")
    if window.net_w is None:
        return message("tariff_meter_unknown")
    if tariff.limits is LimitKind.DIMMABLE:
        return _dimming_message(watch.order)
    values: dict[str, Value] = {"limit_kw": window.target_kw, "until": wall_text(watch.moment, window.ends_s)}
    if window.began_unseen_s is not None:
        values["unseen_until"] = wall_text(watch.moment, window.began_unseen_s)
    if tariff.limits is LimitKind.POWER:
        return message("contract_kept", **values)
    if window.limit_kw is None:
        return message("peak_not_counted")
    is_paid = window.target_kw > rules_for(tariff).target_kw(tariff, 0.0, watch.moment)
    return message("peak_paid_already" if is_paid else "peak_kept", **{**values, "limit_kw": window.limit_kw})


def _dimming_message(order: Order) -> Message:
    """Return the message whether the grid operator dims, to what limit if that is known, or that it is unknown."""
    if order.dims is None:
        return message("dimming_unknown")
    if not order.dims:
        return message("not_dimmed")
    return message("dimmed_by_operator", limit_w=order.limit_w)


def find_overrun(site: Site, decision: Decision, watch: TariffWatch) -> Overrun | None:
    """Return the warning if, by a known meter, the house alone exceeds the target now and on average, else None.

    It has the house's power now and expected, what it may take until the window ends, and what was switched on.
    """
    over = [c for c in decision.ceilings if c.name == TARIFF and c.known and house_alone_exceeds(c)]
    if not over or watch.window is None:
        return None
    ceiling, window = over[0], watch.window
    house_w, mean_w, limit_w = house_now_w(decision.ceilings), expected_house_w(ceiling), power_left_w(ceiling)
    if house_w <= limit_w:
        return None
    until = wall_text(watch.moment, window.ends_s)
    loads_a = {name: round(note.setpoint_a, 1) for name, note in decision.notes.items() if name in ceiling.weights}
    consumers = _consumers(site, decision, ceiling, watch)
    target_kw = round(window.limit_kw if window.limit_kw is not None else window.target_kw, 2)
    values: dict[str, Value] = {"house_w": house_w, "left_w": limit_w, "limit_kw": target_kw, "until": until}
    values |= {} if house_w == mean_w else {"mean_w": mean_w}
    values |= {"consumers": ", ".join(consumers)} if consumers else {}
    values["loads"] = ", ".join(f"{name} {number_text(a)} A" for name, a in loads_a.items()) or "none"
    is_contract = site.tariff is not None and site.tariff.limits is LimitKind.POWER
    text = message("contract_warning_text" if is_contract else "peak_warning_text", **values)
    return Overrun(
        reason=message("contract_exceeded_by_house" if is_contract else "peak_exceeded_by_house", **values),
        title=message("contract_warning" if is_contract else "peak_warning", **values),
        text=text,
        data={
            **as_event_data(text),
            "house_w": house_w,
            "expected_w": mean_w,
            "limit_w": limit_w,
            "target_kw": target_kw,
            "until": None if is_contract else until,
            "loads_a": loads_a,
            "consumers": list(map(str, consumers)),
        },
    )


def _consumers(site: Site, decision: Decision, ceiling: Ceiling, watch: TariffWatch) -> tuple[Message, ...]:
    """Return the `LAST_TIMES` largest consumers now, the largest first, each with its power in kW.

    These are appliances that the main meter shows to be on, with phase and since when, and loads that draw and are not
    being stopped. No rise of the meter that may be the batteries' own: they charge, or no longer feed the house.
    """
    found: list[tuple[float, str, Mapping[str, Value]]] = []
    for phase in site.phases:
        cycles = decision.memory.cycles.get(f"{MAIN} {phase.name}")
        for began_s, still_a in _rises_still_on(cycles) if cycles is not None else ():
            if still_a > amps(watch.batteries_rose_w(began_s), site.voltage_v) + tuning.DRAWS_A:
                since = wall_text(watch.moment, began_s)
                found.append((still_a, "consumer_on_phase", {"phase": phase.name, "since": since}))
    drawn_a = {name: a for name, a in ceiling.drawn_a.items() if decision.notes[name].setpoint_a > 0}
    found += [(a, "consumer_load", {"load": name}) for name, a in drawn_a.items() if a > tuning.DRAWS_A]
    largest = sorted(found, key=itemgetter(0), reverse=True)[: tuning.LAST_TIMES]
    return tuple(message(code, power_kw=round(watts(a, site.voltage_v) / 1000, 1), **at) for a, code, at in largest)


def _rises_still_on(cycles: CycleMemory) -> Iterator[tuple[float, float]]:
    """Yield when each rise of a meter that is still on began [s since 1970], and how much of it is left [A].

    That is what was left when the next one still on began, or is left now: two appliances may begin in one second, and
    one of them stop. One that was on before the rise and has ended since was no part of it.
    """
    left_a = cycles.used_a
    for peak in reversed([each for each in cycles.peaks if each.ended_s is None]):
        ended_a = sum(p.height_a for p in cycles.peaks if p.began_s < peak.began_s < (p.ended_s or 0.0))
        from_a = peak.from_a - ended_a
        yield peak.began_s, min(peak.height_a, left_a - from_a)
        left_a = from_a
