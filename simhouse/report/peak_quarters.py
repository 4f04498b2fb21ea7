"""Quarter hours against a tariff's target: from a record, in the picture, and in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from rich.console import Console
from rich.table import Table

from ..host.package_path import reach_package
from ..house.record import Record
from .peak_year import tariff_of
from .picture_canvas import FUSE, HOUSE, INK, LOADS, Canvas

reach_package()

from fusebox.model.durations import QUARTER_S  # noqa: E402
from fusebox.model.tariff_rules import RULES, Moment  # noqa: E402

QUARTER_KINDS = [kind for kind, rule in RULES.items() if rule.window_s == QUARTER_S]


@dataclass(frozen=True)
class Evening:
    """Result of one run: import of each whole quarter hour [kW], and energy of the loads [kWh]."""

    begins_s: tuple[int, ...]
    quarters_kw: tuple[float, ...]
    house_kw: tuple[float, ...]
    loads_kwh: float


@dataclass(frozen=True)
class Comparison:
    """One evening with the tariff and without it, and the target [kW]."""

    target_kw: float
    kept: Evening
    without: Evening


def fixed_target_kw(config: Any) -> float | None:
    """Return CONFIG's fixed target for quarter hours [kW]; None without one, and where an entity shows it."""
    tariff = tariff_of(config["tariff"]) if config.get("tariff") else None
    if tariff is None or tariff.kind not in QUARTER_KINDS:
        return None
    if not all(isinstance(each, int | float) for each in (tariff.target_kw, tariff.minimum_kw)):
        return None
    return RULES[tariff.kind].target_kw(tariff, 0.0, Moment(0.0))


def quarter_hours_of_record(record: Record) -> Evening:
    """Return the whole quarter hours of a record."""
    house, volts = record.house, record.house.voltage_v
    first_s = -(house.start.minute * 60 + house.start.second) % QUARTER_S
    begins = tuple(range(first_s, record.seconds - QUARTER_S + 1, QUARTER_S))

    def means(columns: Any) -> tuple[float, ...]:
        sums = [sum(each) for each in zip(*columns, strict=True)]
        return tuple(sum(max(a, 0.0) for a in sums[t : t + QUARTER_S]) * volts / QUARTER_S / 1000 for t in begins)

    taken = sum(sum(column) for column in record.load_a.values()) * volts / 3.6e6
    return Evening(begins, means(record.net_a.values()), means(record.base_a.values()), taken)


def print_quarters(console: Console, comparison: Comparison) -> None:
    """Print how many quarter hours were above the target, and the loads' energy."""
    table = Table(title=f"Quarters of an hour against {comparison.target_kw:g} kW", title_style="bold")
    for heading in ("", "highest kW", "above the target", "of these by the house alone", "loads kWh"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, evening in (("with the tariff", comparison.kept), ("without it", comparison.without)):
        pairs = tuple(zip(evening.quarters_kw, evening.house_kw, strict=True))
        over = [(kw, house) for kw, house in pairs if kw > comparison.target_kw]
        alone = sum(house > comparison.target_kw for _, house in over)
        highest = f"{max(evening.quarters_kw, default=0.0):.2f}"
        table.add_row(name, highest, str(len(over)), str(alone), f"{evening.loads_kwh:.1f}")
    console.print(table)


def draw_quarters(axis: Any, canvas: Canvas, comparison: Comparison) -> None:
    """Draw a bar for each quarter hour: the house below, the total with the tariff above it, a line for without."""
    width = timedelta(seconds=QUARTER_S)
    kept, without = comparison.kept, comparison.without
    times = [canvas.at(begin) for begin in kept.begins_s]
    axis.bar(times, kept.quarters_kw, width=width, align="edge", color=LOADS[0], edgecolor="white", linewidth=0.8)
    below = [min(pair) for pair in zip(kept.house_kw, kept.quarters_kw, strict=True)]
    axis.bar(times, below, width=width, align="edge", color=HOUSE, edgecolor="white", linewidth=0.8)
    axis.step(_edges(canvas, without.begins_s), _held(without.quarters_kw), where="post", color=INK, linewidth=1.2)
    axis.axhline(comparison.target_kw, color=FUSE, linewidth=1.4)
    axis.set_ylabel("quarters\n[kW]")
    axis.set_ylim(bottom=0)
    keys: list[Any] = [
        Patch(color=HOUSE, label="house"),
        Patch(color=LOADS[0], label="loads"),
        Line2D([], [], color=INK, linewidth=1.2, label="without the tariff"),
        Line2D([], [], color=FUSE, linewidth=1.4, label=f"target {comparison.target_kw:g} kW"),
    ]
    axis.legend(handles=keys, loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, fontsize=8.5)


def _edges(canvas: Canvas, begins_s: Sequence[int]) -> list[Any]:
    return [canvas.at(begin) for begin in begins_s] + ([canvas.at(begins_s[-1] + QUARTER_S)] if begins_s else [])


def _held(values: Sequence[float]) -> list[float]:
    return [*values, *values[-1:]]
