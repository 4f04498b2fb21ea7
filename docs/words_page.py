"""Writes docs/words.md from the catalogue of messages.

PYTHONPATH=.:pyscript/modules .venv/bin/python docs/words_page.py
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from fusebox.model.messages.message import STRINGS, names_in

PAGE = Path(__file__).with_name("words.md")
HEAD = """# Every reason by its code

<!-- Made by docs/words_page.py from pyscript/modules/fusebox/model/messages/strings.json. -->

Every reason that Fusebox gives, for automations and translators. `reason` is a sentence; `reason_code` and
`reason_values` of the same entity say the same in a form that an automation can use:

```yaml
condition: "{{ state_attr('sensor.fusebox_car', 'reason_code') == 'limited_by_tariff' }}"
```

A part of a sentence in brackets is left out if it has no value. The name of a number ends in its unit: `_a` amps,
`_w` watts, `_kw` kilowatts, `_kwh` kilowatt-hours, `_pct` percent, `_s` seconds, `_min` minutes, `_c` degrees,
`_cost` an amount in `currency`, `_price` such an amount per kWh, `_nth` a place in an order, `_meter` the unit of the
meter in CONFIG. `limit` is a limit as `limited_by` names it; `until`, `start` and `due` are times of the clock, with
their date where that is another day.
`plan_reason_code` and `plan_reason_values` belong to `plan_reason`, `battery_reason_code` and `battery_reason_values`
to `battery_reason`.
"""


def page() -> str:
    """The whole page."""
    topics = json.loads(STRINGS.read_text(encoding="utf-8"))["topics"]
    return HEAD + "".join(_topic(title, entries) for title, entries in topics.items())


def _topic(title: str, entries: Mapping[str, Mapping[str, str]]) -> str:
    rows = "".join(
        f"| `{code}` | {entry['sentence']} | {entry['when']} | {_values(entry['sentence'])} |\n"
        for code, entry in entries.items()
    )
    return f"\n## {title}\n\n| code | sentence | when | values |\n|---|---|---|---|\n{rows}"


def _values(sentence: str) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names_in(sentence)))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
