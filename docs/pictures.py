"""Draws docs/allocation.png: a moment of a solar day, and what each distribution makes of it.

PYTHONPATH=pyscript/modules .venv/bin/python docs/pictures.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from solar_moment import CONFIG, SEEN, ceilings_of, decided

from fusebox.model.decision import Share
from fusebox.model.site import Distribution

PICTURE = Path(__file__).with_name("allocation.png")
INK, SOFT, GRID = "#22303c", "#6b7a88", "#e7ebef"
SUN, STORED, LENT, STREET = "#f2b705", "#7cc4ea", "#b9dff3", "#ccd3da"
LOADS = {"pool": "#4a7fc1", "runabout": "#e8833a", "van": "#1f9d8a"}
"""From left to right: those that live on the sun lie under it, the van reaches beyond."""

ORDER = (Distribution.PRIORITY, Distribution.SHARED, Distribution.STRICT, Distribution.OPTIMIZED)
STYLE: Any = {"font.family": "DejaVu Sans", "font.size": 9.5, "text.color": INK, "xtick.color": SOFT}
THICK = 0.62


def draw(path: Path) -> None:
    """Write the picture."""
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(11, 5.4))
        _draw_sources(axes)
        for row, distribution in enumerate(ORDER, start=1):
            _draw_distribution(axes, row, distribution)
        _draw_ceilings(axes)
        _draw_frame(axes)
        figure.savefig(path, dpi=110, bbox_inches="tight", pad_inches=0.2, facecolor="white")
        plt.close(figure)


def _draw_sources(axes: Axes) -> None:
    """What there is: the surplus in its three parts, and the rest of the contract."""
    rooms, voltage_v = ceilings_of(decided(ORDER[0])), 230
    export_a = 6.0 - SEEN["grid_a"]  # without the 6 A that the van draws
    charging_a = SEEN["charge_w"] / voltage_v
    parts = (
        ("exported", export_a, SUN),
        ("charging\nbattery", charging_a, STORED),
        ("it could\nadd", rooms["solar"] - export_a - charging_a, LENT),
        ("from the grid, within the contract", rooms["contract"] - rooms["solar"], STREET),
    )
    at_a = 0.0
    for name, wide_a, colour in parts:
        axes.barh(0, wide_a, THICK, left=at_a, color=colour, edgecolor="white", linewidth=1.5)
        axes.text(at_a + wide_a / 2, 0, f"{name}\n{wide_a:.1f} A", ha="center", va="center", fontsize=8.5)
        at_a += wide_a


def _draw_distribution(axes: Axes, row: int, distribution: Distribution) -> None:
    """Who gets what, end to end; who waits stands behind."""
    shares = decided(distribution).allocation
    at_a = 0.0
    for name, colour in LOADS.items():
        share = shares[name]
        if share.amps > 0:
            axes.barh(row, share.amps, THICK, left=at_a, color=colour, edgecolor="white", linewidth=1.5)
            words = f"{name} {share.amps:.1f} A\n{_stopped(share)}"
            axes.text(at_a + share.amps / 2, row, words, ha="center", va="center", color="white", fontsize=8.5)
            at_a += share.amps
    waits = [f"{name} waits: {_stopped(shares[name])}" for name in LOADS if shares[name].amps <= 0]
    axes.text(at_a + 0.4, row, "\n".join(waits), ha="left", va="center", color=SOFT, fontsize=8.5)


def _stopped(share: Share) -> str:
    return ", ".join(ceiling.name for ceiling in share.limited_by) or "all it can use"


def _draw_ceilings(axes: Axes) -> None:
    for name, headroom_a in ceilings_of(decided(ORDER[0])).items():
        axes.axvline(headroom_a, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        axes.text(
            headroom_a, -0.62, f"{name}\n{headroom_a:.1f} A", ha="center", va="bottom", fontsize=8.5, fontweight="bold"
        )


def _draw_frame(axes: Axes) -> None:
    site = CONFIG["site"]
    axes.set_title(
        f"{site['main_fuse_a']} A fuse, contract of {site['max_import_w']} W, battery at {SEEN['soc_pct']} %; "
        "the van in standard, runabout and pool in solar_only.\n"
        "The same moment in each distribution; under each share, what keeps it from more",
        loc="left",
        fontsize=11,
        pad=34,
    )
    axes.set_yticks(range(len(ORDER) + 1), ["there is", *ORDER], fontsize=10)
    axes.set_xlim(0, 38.5)
    axes.set_ylim(len(ORDER) + 0.5, -0.5)
    axes.set_xlabel("A", color=SOFT)
    axes.tick_params(length=0)
    axes.grid(axis="x", color=GRID)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)


if __name__ == "__main__":
    draw(PICTURE)
