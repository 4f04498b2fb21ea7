"""The picture's strips of sun, battery and prices."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.patches import Patch

from simhouse.devices.source import as_list

from ..devices.price_entity import PriceEntity
from ..house.ledger import Ledger
from ..physics.flows import Node, Taker
from .picture_canvas import BATTERY, EXPORT, FUSE, HOUSE, INK, SUN, Canvas

WORDS = {Node.HOUSE: "house", Node.BATTERY: "into the battery", Node.GRID: "exported"}
COLOURS = {Node.HOUSE: HOUSE, Node.BATTERY: BATTERY, Node.GRID: EXPORT}
SOC = "#1b5e86"
SMALL_KWH = 0.05  # less is not seen


def draw_sun(axis: Any, canvas: Canvas, ledger: Ledger, name: str = "sun") -> None:
    """Draw the consumers of solar power as layers [kW], with their energy in the legend.

    Where the inverter was held back, a dashed line above them is what it could have given.
    """
    record = canvas.record
    colours = [_colour(canvas, taker) for taker in ledger.takers]
    layers = [canvas.binned(ledger.sun_to_w[taker]) / 1000 for taker in ledger.takers]
    axis.stackplot(canvas.times, layers, colors=colours, step="post", linewidth=0, alpha=0.9)
    axis.step(canvas.times, canvas.binned(record.solar_w) / 1000, where="post", color=SUN, linewidth=1.5)
    title = f"sun {ledger.sun_kwh:.1f} kWh"
    if record.held_back_kwh > SMALL_KWH:
        could_kw = canvas.binned(record.could_w) / 1000
        axis.step(canvas.times, could_kw, where="post", color=SUN, linewidth=1.0, linestyle=(0, (3, 2)), zorder=0.5)
        title += f"\nof {ledger.sun_kwh + record.held_back_kwh:.1f} kWh possible"
    axis.set_ylim(0, max(1.0, max(record.could_w) / 1000) * 1.12)
    axis.set_ylabel(f"{name}\n[kW]")
    keys = [
        Patch(color=colour, label=f"{_word(taker)}: {ledger.kwh(Node.SUN, taker):.1f} kWh")
        for taker, colour in zip(ledger.takers, colours, strict=True)
        if ledger.kwh(Node.SUN, taker) > SMALL_KWH
    ]
    axis.legend(
        handles=keys[::-1],  # as they lie on each other
        title=title,
        title_fontproperties={"weight": "bold", "size": 9},
        alignment="left",
        loc="center left",
        bbox_to_anchor=(1.0, 0.5),
        frameon=False,
        fontsize=8.5,
        handlelength=1.0,
        handleheight=1.0,
        labelspacing=0.35,
        borderaxespad=0.2,
    )


def draw_battery(axis: Any, canvas: Canvas) -> None:
    """Draw the state of charge as a line, with its target and its minimum marked."""
    entry: Mapping[str, Any] = next(iter(as_list(canvas.house.config["site"].get("battery"))), {})
    axis.fill_between(
        canvas.times, canvas.binned(canvas.record.soc_pct), step="post", color=BATTERY, alpha=0.25, linewidth=0
    )
    axis.step(canvas.times, canvas.binned(canvas.record.soc_pct), where="post", color=SOC, linewidth=1.3)
    for key, word in (("soc_target_pct", "target"), ("soc_min_pct", "lowest")):
        share_pct = entry.get(key)
        if isinstance(share_pct, int | float):
            axis.axhline(share_pct, color=SOC, linewidth=0.9, linestyle=(0, (4, 3)))
            axis.text(
                1.004,
                share_pct,
                f"{word} {share_pct:g} %",
                transform=axis.get_yaxis_transform(),
                va="center",
                fontsize=8.5,
                color=SOC,
            )
    axis.set_ylim(0, 104)
    axis.set_yticks([0, 50, 100])
    axis.set_ylabel("battery\n[%]")


def draw_prices(axis: Any, canvas: Canvas, market: PriceEntity | None) -> None:
    """Draw the price with fees that plans use as a line, and below it the market's, if there is one, as an area.

    A dashed line is the price above which a plan runs nothing.
    """
    paid = canvas.binned(canvas.record.price, np.max)
    axis.step(canvas.times, paid, where="post", color=FUSE, linewidth=1.2)
    axis.axhline(0, color=INK, linewidth=0.6)
    known = paid[np.isfinite(paid)]
    labels = [("with fees" if market else "price", float(last), FUSE) for last in known[-1:]]
    if market is not None:
        prices = np.array([market.price_at(at) for at in canvas.times], dtype=float)
        axis.fill_between(canvas.times, prices, step="post", color=EXPORT, alpha=0.35, linewidth=0)
        axis.step(canvas.times, prices, where="post", color=INK, linewidth=0.6)
        labels += [("market", float(last), INK) for last in prices[np.isfinite(prices)][-1:]]
    for load, max_price in canvas.record.max_prices.items():
        axis.axhline(max_price, color=canvas.colours[load], linewidth=1.2, linestyle=(0, (4, 3)))
        inside = {"transform": axis.get_yaxis_transform(), "va": "bottom", "fontsize": 8.5}
        axis.text(0.004, max_price, f"{load}: up to {max_price:g}", color=canvas.colours[load], **inside)
    place = {"transform": axis.get_yaxis_transform(), "va": "center", "fontsize": 8.5}
    for words, level, colour in labels:
        axis.text(1.004, level, words, color=colour, **place)
    axis.set_ylabel(f"price\n[{canvas.house.config['site'].get('currency', 'EUR')}/kWh]")


def _word(taker: Taker) -> str:
    return WORDS[taker] if isinstance(taker, Node) else taker


def _colour(canvas: Canvas, taker: Taker) -> str:
    return COLOURS[taker] if isinstance(taker, Node) else canvas.colours[taker]
