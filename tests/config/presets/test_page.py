"""docs/chargers.md says what the rows say."""

from __future__ import annotations

from fusebox.config.presets import NOT_STEERABLE, PRESETS
from tests.docs.made import DOCS, made_page


def test_the_page_is_up_to_date():
    written = (DOCS / "chargers.md").read_text(encoding="utf-8")
    assert written == made_page("chargers_page"), (
        "run PYTHONPATH=pyscript/modules .venv/bin/python docs/chargers_page.py"
    )


def test_the_page_and_the_readme_name_every_preset():
    page = (DOCS / "chargers.md").read_text(encoding="utf-8")
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert f"[{len(PRESETS)} charger presets]" in readme, f"write in the README that there are {len(PRESETS)}"
    for name in PRESETS:
        assert f"\n## {name}\n" in page
        assert f"`{name}`" in readme or f'": "{name}"' in readme, (
            f"name `{name}` under Supported hardware in the README"
        )
    assert all(f"| `{name}` |" in page for name in NOT_STEERABLE)
