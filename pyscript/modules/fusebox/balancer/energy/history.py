"""Finished sessions added up by day or month, and by load and car or by group. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from typing import Any

from .storage import Line

PERIODS: Mapping[str, str] = {"day": "%Y-%m-%d", "month": "%Y-%m"}
"""Period -> how it is written."""
SESSION_FIELDS = (
    "load", "vehicle", "start", "end", "kwh", "solar_pct", "battery_pct", "cost", "saved", "starts", "pauses",
    "worst_phase", "worst_a", "measured", "group",
)  # fmt: skip
"""The fields of a session, in the order of a table."""
BY: Mapping[str, tuple[str, ...]] = {"load": ("load", "vehicle"), "group": ("group",)}
"""What sessions are added up by -> the fields that tell the sums of a period apart."""


def total_fields(by: str) -> tuple[str, ...]:
    """Return the fields of a sum, in the order of a table."""
    return ("period", *BY[by], "sessions", "kwh", "solar_pct", "cost", "saved")


def period_totals(lines: Iterable[Line], period: str, by: str, zone: tzinfo) -> list[dict[str, Any]]:
    """Return a row for each period, and load and car or group, the latest period first.

    A session counts in the period in which it ended. `solar_pct`, `cost` and `saved` are those of the sessions of which
    they are known; None where they are known of none.
    """
    groups: dict[tuple[str | None, ...], list[Line]] = {}
    for line in lines:
        written = datetime.fromisoformat(line["end"]).astimezone(zone).strftime(PERIODS[period])
        groups.setdefault((written, *(line.get(field) for field in BY[by])), []).append(line)
    ordered = sorted(groups, key=lambda key: [each or "" for each in key[1:]])
    keys = sorted(ordered, key=lambda key: key[0] or "", reverse=True)
    return [{**dict(zip(total_fields(by), key, strict=False)), **_total_row(groups[key])} for key in keys]


def _total_row(lines: list[Line]) -> dict[str, Any]:
    """Return the row of one period, load and car: the sums over its sessions."""
    sunny = [(line["solar_pct"], line["kwh"]) for line in lines if line.get("solar_pct") is not None]
    known_kwh = sum(kwh for _, kwh in sunny)
    return {
        "sessions": len(lines),
        "kwh": round(sum(line["kwh"] for line in lines), 3),
        "solar_pct": round(sum(pct * kwh for pct, kwh in sunny) / known_kwh) if known_kwh > 0 else None,
        "cost": _sum_of_known(lines, "cost"),
        "saved": _sum_of_known(lines, "saved"),
    }


def _sum_of_known(lines: list[Line], field: str) -> float | None:
    """Return the sum of a field of the sessions of which it is known; None where it is known of none."""
    known = [line[field] for line in lines if line.get(field) is not None]
    return round(sum(known), 2) if known else None
