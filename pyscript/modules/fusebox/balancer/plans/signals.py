"""The loads that prices steer by a signal: heat pumps and tanks, their hours, and what prices request of them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...model.durations import HOUR_S
from ...model.load import Load, Mode
from ...model.load_plan import PriceHours, PriceSignal
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.site import Site
from ...planning.prices import Prices, SignalHours, SignalSpan, choose_signal_hours
from ...planning.times import Ahead
from .plan_format import MOST_ROWS, PlanState, Terms, attributes_of_plan, span_times, time_row


class PriceSignals:
    """What prices request of each load. `hours`: load -> its quarter hours; `now`: load -> the present signal."""

    def __init__(self) -> None:
        self.hours: Mapping[str, SignalHours] = {}
        # After a start, or a save of CONFIG, the signals of before count until the first update.
        self.now: Mapping[str, PriceSignal] = {}

    def update(self, site: Site, prices: Prices, now_s: float, ahead: Ahead) -> None:
        """Update the present signal of each load in `now`; loads without one are left out.

        The hours are chosen again only where prices or CONFIG have changed.
        """
        requested = {load.name: _requested_hours(load) for load in site.loads if load.price_hours is not None}
        self.hours = {name: choose_signal_hours(prices.by_start, *each, ahead) for name, each in requested.items()}
        found = ((name, hours.signal_at(now_s)) for name, hours in self.hours.items())
        self.now = {name: signal for name, signal in found if signal is not None}

    def attributes_by_load(self, site: Site, prices: Prices, terms: Terms) -> dict[str, dict[str, Any]]:
        """Return load -> its attributes: the coming hours as a plan, and in a sentence."""
        return {load.name: self._attributes(load, prices, terms) for load in site.loads if load.name in self.hours}

    def _attributes(self, load: Load, prices: Prices, terms: Terms) -> dict[str, Any]:
        """Return a load's plan attributes: at most `MOST_ROWS` spans to come, each with its signal, and the reason.

        Running while it has a signal now, otherwise waiting. Mode off is a reason to wait. A recommended span has its
        rated power, a blocked one 0.
        """
        coming = [span for span in self.hours[load.name].signal_spans() if span.signal.until_s > terms.now_s]
        rated_kw = round((load.rated_w or 0.0) / 1000, 2)
        rows = []
        for span in coming[:MOST_ROWS]:
            kind, price = span.signal.state, prices.by_start[span.start_s]
            kw = rated_kw if kind == "recommend" else 0.0
            rows.append(time_row(span.start_s, span.signal.until_s, price, terms.ahead, kw=kw, signal=kind))
        if load.mode is Mode.OFF:
            return attributes_of_plan(PlanState.WAITING, message("mode_off"), rows)
        state = PlanState.RUNNING if load.name in self.now else PlanState.WAITING
        return attributes_of_plan(state, _hours_reason(coming, terms), rows)


def _hours_reason(coming: Sequence[SignalSpan], terms: Terms) -> Message:
    """Return the message of the next hours in which prices recommend a load and those in which they block it.

    Of the kinds there are; with neither, that no prices are known or that no hours were chosen.
    """
    if terms.why_no_prices:
        return message("signal_no_prices", cause=terms.why_no_prices)
    cheap, dear = (_next_span_text(coming, kind, terms) for kind in ("recommend", "block"))
    if cheap:
        return message("signal_recommends", cheap=cheap, dear=dear)
    return message("signal_blocks", dear=dear) if dear else message("signal_no_hours")


def _next_span_text(coming: Sequence[SignalSpan], kind: str, terms: Terms) -> str | None:
    """Return the next hours of a kind, such as `02:00–06:00`; None for none."""
    spans = [span for span in coming if span.signal.state == kind]
    return "–".join(span_times(spans[0].start_s, spans[0].signal.until_s, terms)) if spans else None


def _requested_hours(load: Load) -> tuple[PriceHours, float]:
    """Return the hours that a load has, no more blocked ones than it may be blocked for, and its dwell time [s]."""
    hours, most_s = load.price_hours or PriceHours(), number_of(load.device.get("max_block_s"))
    if most_s is not None:
        hours = replace(hours, block_hours=min(hours.block_hours, most_s / HOUR_S))
    return hours, number_of(load.device.get("dwell_s")) or 0.0
