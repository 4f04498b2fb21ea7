"""Writes docs/chargers.md from the presets.

PYTHONPATH=pyscript/modules .venv/bin/python docs/chargers_page.py
"""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import fill

from fusebox.config.presets import MAKES, NOT_STEERABLE, POWER_PRESETS, PRESETS, Action, NamingPreset, PauseBy, Preset

PAGE = Path(__file__).with_name("chargers.md")
MAKES_FILE = json.loads(MAKES.read_text(encoding="utf-8"))
ENTRIES = {**MAKES_FILE["chargers"], **MAKES_FILE["in_watts"]}
"""Name of a preset -> its entry."""

HEAD = """# Your charger

<!-- Made by docs/chargers_page.py from pyscript/modules/fusebox/config/makes.json: change it there, not this page. -->

How to connect your make of charger. A preset knows the names of its entities, how its current is set, how it pauses,
how often it accepts a command, and what its status means. Name the preset and one entity, and the others follow:

```python
"car": {"type": "number", "preset": "peblar", "current": "number.garage_charge_limit", "max_a": 16}
```

- `<name>` in the tables is what your charger is called in Home Assistant, the same in all of its entities.
- What you write yourself takes precedence. `"draw": None` leaves out the entity that would follow.
- If an entity that follows is missing, `errors` of `sensor.fusebox_site` says so: some are disabled by default. Enable
  it under *Settings > Devices*, or name another in CONFIG. Meanwhile the charger is controlled without it.
- If you have renamed an entity, or its id is in another language, write the id into CONFIG.
- `min_write_s` is the shortest time between two commands that raise, or cut for missing sun. A cut for a fuse is sent
  at once, mode `off` within 60 s (type `wallbox` waits for `min_write_s` even then).
- A charger that is not in the table needs no preset: if a number sets its current, it is a `number` load, as in the
  [README](../README.md#your-first-hour). A charger with [OCPP](https://github.com/lbbrhzn/ocpp) has [its own
  page](ocpp.md).

| your charger | write | and one entity, such as |
|---|---|---|
"""

IN_WATTS = """
## Loads in watts

Presets of [loads in watts](loads_in_watts.md), which has an example:

| device | `preset` | from | |
|---|---|---|---|
"""

TAIL = """
## What cannot be controlled

| integration | why |
|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = sorted(PRESETS.values(), key=lambda row: row.title.lower())
    table = "".join(f"| [{row.title}](#{row.name}) | {_written(row)} | `{_named(row, 'current')}` |\n" for row in rows)
    parts = "".join(_part(row) for row in rows)
    tail = "".join(f"| `{name}` | {why[0].upper()}{why[1:]}. |\n" for name, why in NOT_STEERABLE.items())
    makes = POWER_PRESETS.values()
    in_watts = "".join(f"| {row.title} | `{row.name}` | {_source(row)} | {_note(row)} |\n" for row in makes)
    return HEAD + table + parts + IN_WATTS + in_watts + TAIL + tail


def _written(row: Preset) -> str:
    keys = f'`"preset": "{row.name}"`' + (', `"charger": "EH123456"`' if row.needs_charger else "")
    return f'{keys}, or `"type": "wallbox"`' if row.name == "wallbox" else keys


def _named(row: Preset, role: str) -> str:
    return row.names[0][role].replace("{p}", "<name>")


def _part(row: Preset) -> str:
    others = [name for name in row.also if name != row.name]
    text = fill(f"{row.title}.{_also(others)} {_note(row)}", 120, break_long_words=False, break_on_hyphens=False)
    lines = [f"\n## {row.name}", "", text, "", "| | |", "|---|---|"]
    lines += [f"| `{role}` | {_entities(row, role)} |" for role in row.names[0]]
    lines.append(f"| set with | {_service(row.set_with) if row.set_with else '`number.set_value`'} |")
    lines.append(f"| pauses by | {_pause(row)} |")
    if row.phases is not None:
        where, one, three = row.phases.entity.replace("{p}", "<name>"), row.phases.one, row.phases.three
        lines.append(
            f"| [switches phases](phases.md) by | `{where}`: `{one}` or `{three}`, {row.phase_rest_s:g} s rest |"
        )
    lines.append(f"| `min_write_s` | {row.min_write_s:g} s |")
    lines.append(f"| source | {_source(row)} |")
    lines += ["", "| its status | means |", "|---|---|"]
    for status in dict.fromkeys(row.words.values()):
        words = ", ".join(f"`{word}`" for word, meant in row.words.items() if meant is status)
        lines.append(f"| {words} | {status.value.replace('_', ' ')} |")
    return "\n".join(lines) + "\n"


def _note(row: NamingPreset) -> str:
    return " ".join(ENTRIES[row.name].get("note", ()))


def _source(row: NamingPreset) -> str:
    return str(ENTRIES[row.name]["source"])


def _also(others: list[str]) -> str:
    return f" Also called {', '.join(f'`{name}`' for name in others)}." if others else ""


def _entities(row: Preset, role: str) -> str:
    return ", ".join(dict.fromkeys(f"`{names[role].replace('{p}', '<name>')}`" for names in row.names if role in names))


def _service(action: Action) -> str:
    return f"`{action.service}`"


def _pause(row: Preset) -> str:
    pause = row.pause
    if pause.by is PauseBy.SWITCH:
        comes = "; left alone while it is unavailable" if row.switch_comes_and_goes else ""
        return f"its switch, which is {pause.stop} while it is paused{comes}"
    if pause.by is PauseBy.SELECT:
        return f"its select: `{pause.stop}` pauses, `{pause.run[0]}` lets it charge"
    if pause.by is PauseBy.BUTTONS:
        return "two buttons"
    if pause.by is PauseBy.SERVICE and pause.start_with and pause.stop_with:
        return f"{_service(pause.stop_with)} and {_service(pause.start_with)}"
    return "a current of 0 A"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
