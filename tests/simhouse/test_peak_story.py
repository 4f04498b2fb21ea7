"""The demo of a tariff: an example by its name, the evening twice, quarters of an hour as a table and a strip."""

from __future__ import annotations

from pathlib import Path

import pytest

from simhouse.cli.demo import main
from simhouse.house.plan import EXAMPLES, example_or_file
from simhouse.report import peak_year
from simhouse.report.peak_quarters import fixed_target_kw

from .test_demo import RecklessHost


def test_an_example_is_named_without_its_folder() -> None:
    assert example_or_file(Path("belgian_peak_tariff")) == EXAMPLES / "belgian_peak_tariff.py"
    assert example_or_file(Path("belgian_peak_tariff.py")) == EXAMPLES / "belgian_peak_tariff.py"
    assert example_or_file(Path("elsewhere/belgian_peak_tariff.py")) == Path("elsewhere/belgian_peak_tariff.py")
    assert example_or_file(None) is None


def test_an_evening_is_shown_with_and_without_the_tariff(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    years: list[object] = []
    monkeypatch.setattr(peak_year, "print_year", lambda console, tariff, start, seed: years.append(tariff.target_kw))
    main(["--config", "belgian_peak_tariff", "--hours", "18-18:30", "--out", str(tmp_path)], RecklessHost)
    shown = capsys.readouterr().out
    assert "against 4 kW" in shown and "without it" in shown
    assert years == [4.0]
    assert (tmp_path / "demo.png").stat().st_size > 30_000


@pytest.mark.parametrize(
    ("tariff", "target"),
    [
        ({"kind": "fluvius", "target_kw": 4.0}, 4.0),
        ({"kind": "fluvius", "target_kw": 2.0}, 2.5),
        ({"kind": "fixed_limit", "target_kw": 2.0}, 2.0),
        ({"target_kw": 3}, 3.0),
        ({"kind": "fluvius", "target_kw": 4.0, "price_per_kw_year": "input_number.x"}, 4.0),
        ({"kind": "fluvius", "minimum_kw": "input_number.x"}, None),
        ({"kind": "norway_steps", "target_kw": 5.0}, None),
        ({"kind": "fluvius", "target_kw": "input_number.x"}, None),
        (None, None),
    ],
)
def test_the_target_of_a_config(tariff: object, target: float | None) -> None:
    assert fixed_target_kw({"tariff": tariff}) == target
