"""The fault matrix as a table: for a terminal, and for docs/faults.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.table import Table

from .fault import Fault, Outcome
from .matrix import GROUPS

BEGIN, END = "<!-- faults: begin, made by `make faults` -->", "<!-- faults: end -->"
HEADINGS = (
    "fault",
    "what happens",
    "safe state",
    "safe after / promised, s",
    "why",
    "worst, x In",
    "over In, s",
    "back, s",
)
KEY = "**{}**"

Outcomes = Mapping[str, Outcome]


def table_cells(fault: Fault, outcome: Outcome) -> tuple[str, ...]:
    """Return a row's texts, in the order of `HEADINGS`."""
    return (
        fault.name,
        fault.happens,
        fault.safe_state,
        f"{_seconds(outcome.safe_s)} / {fault.within_s:g}",
        fault.promise,
        f"{outcome.worst:.2f}",
        str(outcome.over_s),
        _seconds(outcome.fine_s),
    )


def terminal_table(outcomes: Outcomes) -> Table:
    """Return the whole table, with deviations in red."""
    table = Table(title="Fault matrix", title_style="bold", header_style="bold", row_styles=("", "dim"))
    for heading in HEADINGS:
        table.add_column(heading, justify="right" if heading in HEADINGS[5:] else "left", overflow="fold")
    for title, group in GROUPS.items():
        rows = [(fault, outcomes[fault.name]) for fault in group if fault.name in outcomes]
        if rows:
            table.add_row(f"[bold]{title}[/]", end_section=False)
        for fault, outcome in rows:
            table.add_row(*table_cells(fault, outcome), style="red" if outcome.complaints(fault) else None)
    return table


def markdown_table(outcomes: Outcomes) -> str:
    """Return the whole table as Markdown, one for each group."""
    lines: list[str] = []
    for title, group in GROUPS.items():
        lines += [f"### {title}", "", _row(HEADINGS), _row(("---",) * len(HEADINGS))]
        for fault in group:
            name, *rest = table_cells(fault, outcomes[fault.name])
            lines.append(_row((f"`{name}`", *rest)))
        lines.append("")
    return "\n".join(lines)


def text_around_table(page: Path) -> tuple[str, str]:
    """Return a page's text before and after its marks; OSError if it cannot be read, ValueError without marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{page} has no marks {BEGIN} and {END}")
    return before, after


def insert_into_page(page: Path, text: str) -> None:
    """Write this text between the marks of a page; see `text_around_table`."""
    before, after = text_around_table(page)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


def _row(texts: tuple[str, ...]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def _seconds(value: int | None) -> str:
    return "never" if value is None else str(value)
