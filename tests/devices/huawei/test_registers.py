"""Registers of a SUN2000 -> watts and percent, against numbers worked out by hand."""

from __future__ import annotations

import pytest

from fusebox.devices.huawei.registers import (
    FIRST_UNIT,
    INVERTER,
    METER,
    STORAGE,
    UNITS,
    Block,
    decode_block,
    readings_by_entity,
)

BLOCKS = (METER, INVERTER, STORAGE, FIRST_UNIT)


def block_with(block: Block, **at: int) -> list[int]:
    """The block's registers, zero except those given as `r37113=...`."""
    words = [0] * block.count
    for name, word in at.items():
        words[int(name[1:]) - block.address] = word
    return words


@pytest.mark.parametrize(
    "high, low, watts",
    [
        (0x0000, 0x0000, 0),
        (0x0000, 0x03E8, -1000),  # the meter shows 1000 W of export
        (0xFFFF, 0xFC18, 1000),
        (0x0000, 0x8000, -32768),  # what reading the low word alone gets wrong
        (0x0000, 0xC350, -50000),
        (0xFFFF, 0x3CB0, 50000),
        (0x7FFF, 0xFFFE, -2147483646),
        (0x7FFF, 0xFFFF, None),
    ],
)
def test_the_meter_counts_export_and_fusebox_import_over_the_whole_range(high, low, watts):
    seen = decode_block(METER, block_with(METER, r37113=high, r37114=low))
    assert seen["grid_w"] == watts


@pytest.mark.parametrize("raw, pct", [(0, 0.0), (505, 50.5), (1000, 100.0), (0xFFFF, None)])
def test_the_charge_is_in_tenths_of_a_percent(raw, pct):
    assert decode_block(STORAGE, block_with(STORAGE, r37760=raw))["soc_pct"] == pytest.approx(pct)


def test_a_charging_battery_is_positive():
    assert decode_block(STORAGE, block_with(STORAGE, r37766=2500))["charge_w"] == 2500
    assert decode_block(FIRST_UNIT, block_with(FIRST_UNIT, r37001=0xFFFF, r37002=0xFF38))["charge_w"] == -200


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: str(block.address))
@pytest.mark.parametrize("missing", [1, -1])
def test_a_block_with_the_wrong_number_of_registers_is_refused(block, missing):
    with pytest.raises(ValueError, match="registers instead of"):
        decode_block(block, [0] * (block.count - missing))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: str(block.address))
def test_every_row_lies_in_its_block_and_no_request_exceeds_the_inverters_maximum(block):
    assert block.count <= 64
    for row in block.rows.values():
        assert {row.address, row.address + row.words - 1} <= set(range(block.address, block.address + block.count))


def test_a_three_phase_meter_gives_each_phase_and_a_single_phase_one_its_total():
    three = {"meter_status": 1, "meter_type": 1, "grid_w": 60, "phase_1_w": 10, "phase_2_w": 20, "phase_3_w": 30}
    assert [readings_by_entity(three)[f"huawei.grid_l{p}"] for p in (1, 2, 3)] == [10, 20, 30]
    one = {"meter_status": 1, "meter_type": 0, "grid_w": 60, "phase_1_w": 7}
    assert [readings_by_entity(one)[f"huawei.grid_l{p}"] for p in (1, 2, 3)] == [60, None, None]


@pytest.mark.parametrize("status", [0, None, 7])
def test_the_numbers_of_a_meter_that_is_offline_are_none(status):
    seen = {"meter_status": status, "meter_type": 1, "grid_w": 60, "phase_1_w": 10}
    assert readings_by_entity(seen)["huawei.grid_l1"] is None


@pytest.mark.parametrize(
    "pv_w, device_status, watts",
    [(1200, 0x0200, 1200), (None, 0xA000, 0), (None, 0x0002, 0), (None, 0x0300, None), (None, None, None)],
)
def test_panels_that_sleep_give_nothing_and_panels_that_do_not_answer_are_unknown(pv_w, device_status, watts):
    assert readings_by_entity({"pv_w": pv_w, "device_status": device_status})["huawei.solar_w"] == watts


def test_every_reading_has_a_unit():
    assert set(readings_by_entity({})) == set(UNITS)
