"""The picture's strips of sun, battery and prices."""

from typing import Any

import numpy as np
from matplotlib.patches import Patch

from ..devices.price_entity import PriceEntity
from ..house.ledger import Ledger
from ..physics.flows import Node, Taker
from .picture_canvas import BATTERY, EXPORT, FUSE, HOUSE, INK, SUN, Canvas

WORDS = {Node.HOUSE: "house", Node.BATTERY: "into the battery", Node.GRID: "exported"}
COLOURS = {Node.HOUSE: HOUSE, Node.BATTERY: BATTERY, Node.GRID: EXPORT}
SOC = "#1b5e86"
SMALL_KWH = 0.05  # less is not seen


def draw_sun(axis: Any, canvas: Canvas, ledger: Ledger) -> None:
    """Draw who used the sun's power as layers [kW], with their energy in the legend."""
    colours = [_colour(canvas, taker) for taker in ledger.takers]
    layers = [canvas.binned(ledger.sun_to_w[taker]) / 1000 for taker in ledger.takers]
    axis.stackplot(canvas.times, layers, colors=colours, step="post", linewidth=0, alpha=0.9)
    axis.step(canvas.times, canvas.binned(canvas.record.solar_w) / 1000, where="post", color=SUN, linewidth=1.5)
    axis.set_ylim(0, max(1.0, max(canvas.record.solar_w) / 1000) * 1.12)
    axis.set_ylabel("sun\n[kW]")
    keys = [
        Patch(color=colour, label=f"{_word(taker)}: {ledger.kwh(Node.SUN, taker):.1f} kWh")
        for taker, colour in zip(ledger.takers, colours, strict=True)
        if ledger.kwh(Node.SUN, taker) > SMALL_KWH
    ]
    axis.legend(
        handles=keys[::-1],  # as they lie on each other
        title=f"sun {ledger.sun_kwh:.1f} kWh",
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
    entry = canvas.house.config["site"].get("battery") or {}
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


def draw_prices(axis: Any, canvas: Canvas, prices: PriceEntity) -> None:
    """Draw the market price as a step, filled from zero, and as a line the price with fees that plans use."""
    market = [prices.price_at(at) for at in canvas.times]
    paid = canvas.binned(canvas.record.price, np.max)
    axis.fill_between(canvas.times, market, step="post", color=EXPORT, alpha=0.35, linewidth=0)
    axis.step(canvas.times, market, where="post", color=INK, linewidth=0.6)
    axis.step(canvas.times, paid, where="post", color=FUSE, linewidth=1.2)
    axis.axhline(0, color=INK, linewidth=0.6)
    known = paid[np.isfinite(paid)]
    for words, level, colour in (("with fees", known[-1:], FUSE), ("market", market[-1:], INK)):
        if len(level):
            place = {"transform": axis.get_yaxis_transform(), "va": "center", "fontsize": 8.5}
            axis.text(1.004, level[0], words, color=colour, **place)
    axis.set_ylabel("price\n[EUR/kWh]")


def _word(taker: Taker) -> str:
    return WORDS[taker] if isinstance(taker, Node) else taker


def _colour(canvas: Canvas, taker: Taker) -> str:
    return COLOURS[taker] if isinstance(taker, Node) else canvas.colours[taker]
