"""The demo's picture: each phase with its fuse, each charger's offer and draw, the sun, the events."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..house.record import Record
from .households import household_kwh
from .peak_quarters import Comparison, draw_quarters
from .picture_canvas import FUSE, HOUSE, INK, NET, STYLE, SUN, Canvas
from .picture_sun import draw_battery, draw_prices, draw_sun
from .verdict import Verdict

WORD_SHARE = 0.05  # of the width, for the word next to a mark
MARKS = {"arrives": "v", "leaves": "^", "full": "*", "paused": "s"}  # charging is visible without a mark

RELAY_COLOURS = {"block": FUSE, "recommend": SUN, "force": SUN}
"""Of SG-Ready states other than normal."""


def draw_picture(
    record: Record,
    verdict: Verdict,
    path: Path,
    comparison: Comparison | None = None,
    others: Mapping[str, Record] = MappingProxyType({}),
) -> None:
    """Write the picture as PNG; with a comparison it has a strip of quarter hours.

    `others` are the same day with another CONFIG, such as without tests for hidden sun: the sun of each is a strip
    below, under its name.
    """
    canvas = Canvas(record)
    strips = _strips(canvas)
    if comparison is not None:
        strips.append((1.8, partial(draw_quarters, canvas=canvas, comparison=comparison)))
    for name, other in others.items():
        if other.ledger is not None:
            strips.append((2.4, partial(draw_sun, canvas=Canvas(other), ledger=other.ledger, name=name)))
    heights = [height for height, _ in strips]
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(
            len(heights),
            1,
            sharex=True,
            squeeze=False,
            figsize=(13, 1.75 + sum(heights)),
            gridspec_kw={"height_ratios": heights, "hspace": 0.2},
        )
        for axis, (_, draw) in zip(axes[:, 0], strips, strict=True):
            draw(axis)
            _shade_outage(axis, canvas)
        _time_axis(axes[-1, 0], canvas)
        _title(figure, axes[0, 0], canvas, verdict)
        figure.align_ylabels(axes[:, 0])
        figure.savefig(path, dpi=140, bbox_inches="tight", pad_inches=0.25)
        plt.close(figure)


def _strips(canvas: Canvas) -> list[tuple[float, Callable[[Any], None]]]:
    """Return (height, painting function) of each strip, from top to bottom."""
    record, house = canvas.record, canvas.house
    tall = 2.0 if len(house.phases) > 1 else 3.4
    strips: list[tuple[float, Callable[[Any], None]]] = []
    strips += [(tall, partial(_draw_phase, canvas=canvas, phase=phase)) for phase in house.phases]
    for group, loads in canvas.groups.items():
        strips.append((1.0, partial(_draw_group, canvas=canvas, group=group, loads=loads)))
    alone = [load for load in house.chargers if load in canvas.keys]
    strips += [(1.5, partial(_draw_charger, canvas=canvas, load=load)) for load in alone]
    if any(plug.starts for plug in house.plugs.values()):
        strips.append((1.0, partial(_draw_plugs, canvas=canvas)))
    if record.ledger is not None and any(record.solar_w):
        strips.append((2.4, partial(draw_sun, canvas=canvas, ledger=record.ledger)))
    if house.roof.battery is not None:
        strips.append((0.9, partial(draw_battery, canvas=canvas)))
    market = house.prices[0] if house.prices else None
    if market is not None or np.isfinite(record.price).any():
        strips.append((1.2, partial(draw_prices, canvas=canvas, market=market)))
    return strips


def _draw_phase(axis: Any, canvas: Canvas, phase: str) -> None:
    """Draw the stack of base load and loads, the net current with its peaks, and the fuse."""
    record, fuse_a = canvas.record, canvas.house.circuits["main"].device.rating_a
    layers = [canvas.binned(record.base_a[phase])] + [
        canvas.binned(record.load_a[load, phase]) for load in record.loads
    ]
    colours = [HOUSE, *canvas.colours.values()]
    axis.stackplot(canvas.times, layers, colors=colours, step="post", linewidth=0)
    net = record.net_a[phase]
    low, high = canvas.binned(net, np.min), canvas.binned(net, np.max)
    axis.fill_between(canvas.times, low, high, step="post", color=NET, alpha=0.4, linewidth=0)
    axis.step(canvas.times, canvas.binned(net), where="post", color=NET, linewidth=0.8)
    axis.axhline(fuse_a, color=FUSE, linewidth=1.4)
    axis.axhline(0, color="#b8c2cc", linewidth=0.8)
    beside = {"va": "center", "fontsize": 9, "weight": "bold", "color": FUSE}
    axis.text(1.004, fuse_a, f"fuse {fuse_a:g} A", transform=axis.get_yaxis_transform(), **beside)
    lowest = min(0.0, float(np.min(low)))
    highest = max(fuse_a * 1.14, float(np.max(high)) * 1.05)
    axis.set_ylim(lowest * 1.15, highest)
    axis.set_ylabel(f"{phase}  [A]")
    for circuit in canvas.house.circuits.values():
        if circuit.trip is not None:
            at = canvas.at(circuit.trip.at_s)
            axis.axvline(at, color=FUSE, linewidth=1.2, linestyle=(0, (2, 2)))
            axis.text(at, highest, f" {circuit.trip.circuit} trips", **(beside | {"va": "top"}))


def _draw_charger(axis: Any, canvas: Canvas, load: str) -> None:
    """Draw as an area, the offer as a step above it, and marks for what the car did."""
    record, colour = canvas.record, canvas.colours[load]
    charger = canvas.house.chargers[load]
    draw = record.load_a[load, charger.spec.phases[0]]
    offer = canvas.binned(record.offer_a[load], np.min)
    axis.fill_between(canvas.times, offer, step="post", color=colour, alpha=0.16, linewidth=0)
    axis.fill_between(canvas.times, canvas.binned(draw), step="post", color=colour, alpha=0.85, linewidth=0)
    axis.step(canvas.times, offer, where="post", color=INK, linewidth=0.9)
    top_a = charger.spec.limit_a * 1.45
    axis.set_ylim(0, top_a)
    axis.set_ylabel(f"{load}\n[A]")
    kwh = f"{charger.car_state.taken_kwh:.1f} kWh on {'+'.join(charger.car_phases)}"
    axis.text(1.004, 0.5, kwh, color=colour, transform=axis.transAxes, va="center", fontsize=9, weight="bold")
    _draw_events(axis, canvas, load, top_a, colour)


def _draw_group(axis: Any, canvas: Canvas, group: str, loads: list[str]) -> None:
    """Draw the power of a household's loads, one on top of the other, and its energy."""
    record, house = canvas.record, canvas.house
    power_kw = [sum(canvas.binned(record.load_a[n, p]) for p in house.phases) * house.voltage_v / 1000 for n in loads]
    axis.stackplot(canvas.times, power_kw, colors=[canvas.keys[group]], step="post", edgecolor="white", linewidth=0.3)
    axis.set_ylim(0, 24)
    axis.set_ylabel(f"{group}\n[kW]")
    kwh = f"{household_kwh(record, loads):.1f} kWh"
    axis.text(1.004, 0.5, kwh, transform=axis.transAxes, va="center", fontsize=9, weight="bold", color=INK)


def _draw_events(axis: Any, canvas: Canvas, load: str, top: float, colour: str) -> None:
    """Draw a mark for each event, with a word if there is room."""
    mine = [event for event in canvas.record.events if event.load == load and event.kind in MARKS]
    shares = [event.at_s / canvas.record.seconds for event in mine]
    word_ends = 0.0
    for event, share, following in zip(mine, shares, [*shares[1:], 2.0], strict=True):
        at = canvas.at(event.at_s)
        axis.plot([at], [top * 0.82], MARKS[event.kind], color=colour, markersize=5, clip_on=False)
        if word_ends <= share < 0.96 and following - share > WORD_SHARE:
            place = {"xytext": (5, 0), "textcoords": "offset points", "va": "center"}
            axis.annotate(event.kind, (at, top * 0.82), fontsize=8, color=INK, **place)
            word_ends = share + WORD_SHARE


def _draw_plugs(axis: Any, canvas: Canvas) -> None:
    """Draw the plugs' power as steps."""
    for load, plug in canvas.house.plugs.items():
        draw_a = sum(canvas.binned(canvas.record.load_a[load, phase]) for phase in plug.spec.phases)
        power_kw = draw_a * canvas.house.voltage_v / 1000
        axis.fill_between(canvas.times, power_kw, step="post", color=canvas.colours[load], alpha=0.25, linewidth=0)
        axis.step(canvas.times, power_kw, where="post", color=canvas.colours[load], linewidth=1.3)
        _draw_relay_states(axis, canvas, load)
    axis.set_ylim(bottom=0)
    axis.set_ylabel("switched\n[kW]")


def _draw_relay_states(axis: Any, canvas: Canvas, load: str) -> None:
    """Shade the times in which a heat pump is blocked or recommended to run, and name each."""
    states = canvas.record.relay_states.get(load, [])
    for (from_s, state), (end_s, _) in pairwise([*states, (canvas.record.seconds, "")]):
        if state in RELAY_COLOURS:
            axis.axvspan(canvas.at(from_s), canvas.at(end_s), color=RELAY_COLOURS[state], alpha=0.18, linewidth=0)
            if (end_s - from_s) / canvas.record.seconds > WORD_SHARE:
                place = {"transform": axis.get_xaxis_transform(), "va": "bottom", "fontsize": 8}
                axis.text(canvas.at(from_s), 1.0, state, color=INK, **place)


def _shade_outage(axis: Any, canvas: Canvas) -> None:
    """Shade the time without the grid, and name it where the strip has room."""
    gone = canvas.house.outage
    if not gone:
        return
    axis.axvspan(canvas.at(gone.start), canvas.at(gone.stop), color=INK, alpha=0.08, linewidth=0)
    place = {"transform": axis.get_xaxis_transform(), "va": "top", "ha": "center", "fontsize": 8}
    axis.text(canvas.at((gone.start + gone.stop) // 2), 0.97, "no grid", color=INK, **place)


def _time_axis(axis: Any, canvas: Canvas) -> None:
    zone = canvas.house.start.tzinfo
    dates: Any = mdates
    locator = dates.AutoDateLocator(tz=zone, minticks=5, maxticks=12)
    axis.xaxis.set_major_locator(locator)
    hours = canvas.record.seconds / 3600
    axis.xaxis.set_major_formatter(dates.DateFormatter("%H:%M" if hours <= 30 else "%d %b %H:%M", tz=zone))
    axis.set_xlim(canvas.house.start, canvas.end)


def _title(figure: Any, top: Any, canvas: Canvas, verdict: Verdict) -> None:
    """Draw the title, the verdict in a line, and the legend."""
    main = verdict.circuits[0]
    line = (
        f"Everything held: worst {main.worst_a:.1f} A of {main.rating_a:g} A, "
        f"{main.over_rating_s:.0f} s above the rating, {main.over_113_s:.0f} s above 1.13 times the rating"
    )
    if verdict.complaints:
        line = "NOT HELD: " + verdict.complaints[0]
    elif verdict.unjudged:
        line = "No verdict: " + verdict.unjudged[0]
    small = len(canvas.house.phases) > 1
    same_day = canvas.end.date() == canvas.house.start.date()
    until = "%H:%M" if same_day else "%A %d %B, %H:%M"
    when = f"{canvas.house.start:%A %d %B %Y, %H:%M} to {canvas.end:{until}}"
    top.text(0, 1.36 if small else 1.22, when, transform=top.transAxes, fontsize=15, weight="bold")
    colour = "#1c7c54" if verdict.held else FUSE
    top.text(0, 1.2 if small else 1.12, line, transform=top.transAxes, fontsize=10.5, color=colour)
    keys: list[Any] = [Patch(color=HOUSE, label="house")]
    keys += [Patch(color=colour, label=name) for name, colour in canvas.keys.items()]
    if any(canvas.record.solar_w):
        keys.append(Line2D([], [], color=SUN, linewidth=1.5, drawstyle="steps", label="sun"))
    keys.append(Line2D([], [], color=NET, linewidth=1, label="through the meter (band: peaks)"))
    keys.append(Line2D([], [], color=INK, linewidth=0.9, drawstyle="steps", label="offered to the car"))
    top.legend(
        handles=keys,
        loc="lower left",
        bbox_to_anchor=(-0.005, 1.0),
        ncol=len(keys),
        frameon=False,
        fontsize=9,
        handlelength=1.2,
        columnspacing=1.4,
        borderaxespad=0.1,
    )
