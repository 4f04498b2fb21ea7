"""The ten weaknesses of the balancer that this guard replaces, each of which it does not have."""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import replace

import pytest

from fusebox.devices.quasar.limits import Pace
from fusebox.devices.quasar.registers import Register, RegisterLimits
from fusebox.devices.quasar.upstream import OURS
from simhouse.devices.quasar import Quasar

from .controllers import (
    ACTION,
    CURRENT_A,
    DRAWN_W,
    IDLE_S,
    KIND,
    MOST_W,
    OWNER,
    POWER_W,
    Controller,
    Refused,
    mask,
    read_write,
    running,
)
from .homes import LIMIT_W, SETTINGS, Home, until


async def charging(home: Home, power_w: int = 3000) -> Controller:
    """A car at that power, the guard with its reading, and the controller that requested it."""
    await home.second()
    controller = await home.controller()
    await controller.take()
    await controller.charge(power_w)
    await home.seconds(5)
    assert home.set_w == home.quasar.power_w == power_w
    return controller


def test_1_export_never_cuts_charging_and_import_never_cuts_discharging():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            home.house_w = -9500.0  # the sun: 6500 W flow out, more than the limit
            await home.seconds(30)
            assert home.set_w == 3000
        async with Home() as home:
            await charging(home, -3000)
            home.house_w = 9500.0  # the house alone is above the limit; the car relieves it
            await home.seconds(30)
            assert home.set_w == -3000

    running(play())


def test_1_each_direction_is_cut_by_its_own_side_of_the_limit():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            home.house_w = 4000.0
            await home.second()
            assert home.set_w == 1750
        async with Home() as home:
            await charging(home, -3000)
            home.house_w = -4000.0
            await home.second()
            assert home.set_w == -1750

    running(play())


@pytest.mark.parametrize("way", ["function 6", "function 16", "function 16 across", "function 22", "function 23"])
def test_2_no_function_gets_a_set_point_past_the_limit(way):
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            home.house_w = 3750.0
            await home.second()
            if way == "function 6":
                assert await controller.write(POWER_W, 6000) == 6000
            elif way == "function 16":
                await controller.write_many(POWER_W, [6000])
            elif way == "function 16 across":
                home.quasar.registers[259] = 0
                assert (await controller.ask(b"\x10\x01\x02\x00\x03\x06\x00\x20\x00\x00\x17\x70"))[0] in (0x10, 0x90)
            elif way == "function 22":
                assert await controller.ask(mask(POWER_W, 0, 6000)) == mask(POWER_W, 0, 6000)
            else:
                assert (await controller.ask(read_write(DRAWN_W, 1, POWER_W, [6000])))[0] == 23
            assert 0 < home.set_w <= 2000
            assert 0 <= home.quasar.registers[CURRENT_A] <= 2000 / 230

    running(play())


def test_2_a_mask_applies_to_the_request_and_is_sent_as_its_result():
    """On a set-point that was cut the charger would make another value of it, up to twice the limit."""

    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            home.house_w = 4001.0
            await home.second()
            await controller.write(POWER_W, 5000)
            assert home.set_w == 1749
            assert await controller.ask(mask(POWER_W, 0x0400, 0x03FF)) == mask(POWER_W, 0x0400, 0x03FF)
            assert home.set_w == 0x03FF
            assert home.guard.requested[POWER_W] == 0x03FF
            await controller.ask(mask(POWER_W, 0xFFFF, 0))
            assert home.set_w == 0x03FF
            await controller.ask(mask(POWER_W, 0x03FF, 0x0C00))
            assert (home.guard.requested[POWER_W], home.set_w) == (0x0FFF, 1749)

    running(play())


def test_2_a_mask_on_an_unset_register_applies_to_the_chargers_value():
    async def play():
        async with Home() as home:
            await home.second()
            controller = await home.controller()
            await controller.take()
            assert MOST_W not in home.guard.requested
            await controller.ask(mask(MOST_W, 0xFF00, 0x0040))
            assert home.quasar.registers[MOST_W] == 7400 & 0xFF00 | 0x40
            home.guard.limits = RegisterLimits(0.0, 2000.0, 3680.0)
            await controller.ask(mask(MOST_W, 0xFFFF, 0))
            assert home.quasar.registers[MOST_W] == 3680

    running(play())


def test_2_a_mask_on_an_unknown_register_is_refused():
    async def play():
        async with Home() as home:
            await home.second()
            controller = await home.controller()
            await controller.take()
            del home.quasar.registers[MOST_W]
            assert await controller.ask(mask(MOST_W, 0xFF00, 0x0040)) == bytes((22 | 0x80, 3))
            home.quasar.registers[MOST_W] = 7400
            assert await controller.ask(mask(MOST_W, 0, 3000)) == mask(MOST_W, 0, 3000)

    running(play())


def test_2_the_current_set_point_is_cut_as_well():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            await controller.write(POWER_W, 0)
            await controller.write(KIND, 0)
            home.house_w = 3000.0
            await home.second()
            assert await controller.write(CURRENT_A, 30) == 30
            assert home.quasar.registers[CURRENT_A] == 11  # 2750 W and no more
            assert await controller.write(CURRENT_A, -32) == -32
            assert home.quasar.registers[CURRENT_A] == 65536 - 29  # 6750 W, of which the house takes at least 1000

    running(play())


def test_2_the_installers_maximum_is_kept_under_max_charge_power():
    async def play():
        settings = SETTINGS.__class__(LIMIT_W, 3680.0, SETTINGS.pace)
        async with Home(settings) as home:
            controller = await charging(home, 3000)
            assert await controller.write(MOST_W, 7400) == 7400
            assert home.quasar.registers[MOST_W] == 3680
            assert await controller.write(MOST_W, 2000) == 2000
            assert home.quasar.registers[MOST_W] == 2000

    running(play())


def test_3_a_write_is_echoed_and_a_refusal_is_reported():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            assert await controller.write(POWER_W, 2500) == 2500
            for request in (controller.write(1, 5), controller.read(400, 2), controller.write(KIND, 7)):
                with pytest.raises(Refused) as told:
                    await request
                assert told.value.code in (2, 3)
            home.charger.faults.short_reads = 1
            assert len(await controller.read(DRAWN_W, 17)) == 16  # as the charger gave it
            await home.charger.stop()
            with pytest.raises(Refused) as told:
                await controller.read(DRAWN_W)
            assert told.value.code == 0x0B

    running(play())


def test_4_many_clients_and_the_guards_own_writes_never_mix():
    async def play():
        async with Home() as home:
            await home.second()
            for place in range(20):
                home.quasar.registers[1000 + place] = 7 * place

            async def ask(place: int) -> None:
                controller = await home.controller()
                for _ in range(20):
                    assert await controller.read(1000 + place) == [7 * place]

            home.charger.faults.late_s = 0.001
            await asyncio.gather(*(ask(place) for place in range(12)), home.seconds(10))
            assert home.charger.connections == 1

    running(play())


def test_5_it_listens_while_the_charger_is_away_and_finds_it_when_it_comes():
    async def play():
        home = Home()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            home.charger.port = free.getsockname()[1]
        await home.begin()
        controller = await home.controller()
        with pytest.raises(Refused) as told:
            await controller.read(DRAWN_W)
        assert told.value.code == 0x0B
        await home.charger.start()
        await until(lambda: home.guard.upstream.connected)
        assert await controller.read(DRAWN_W) == [0]
        for _ in range(3):  # and again after each loss
            await home.charger.stop()
            await home.second()
            await home.charger.start()
            await until(lambda: home.guard.upstream.connected)
            assert await controller.read(DRAWN_W) == [0]
        controller.close()
        await home.guard.stop()
        await home.charger.stop()

    running(play())


def test_5_a_connection_that_is_lost_for_a_moment_costs_no_pause():
    async def play():
        async with Home() as home:
            home.house_w = 2000.0
            await charging(home, 3000)
            home.charger.faults.drops = 1
            await home.seconds(2)
            await until(lambda: home.guard.upstream.connected)
            await home.seconds(40)
            assert home.set_w == 3000

    running(play())


def test_6_below_its_minimum_it_stops_and_resumes_after_a_delay():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            home.house_w = 4500.0  # leaves 1250 W
            await home.second()
            assert home.set_w == 0
            home.house_w = 1000.0
            stopped_s = home.now_s
            while home.set_w == 0 and home.now_s < stopped_s + 600:
                await home.second()
            assert home.set_w == 3000
            assert 180 <= home.now_s - stopped_s <= 200

    running(play())


def test_a_house_that_swings_around_the_minimum_power_causes_no_starts_and_stops():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            changes, before = 0, home.set_w
            for minute in range(20):
                home.house_w = 4600.0 if minute % 2 else 1000.0
                for _ in range(60):
                    await home.second()
                    changes, before = changes + (home.set_w != before), home.set_w
            assert changes <= 2

    running(play())


@pytest.mark.parametrize("meter", ["gone", "frozen"])
def test_7_without_its_meter_the_power_is_zero_within_a_minute(meter):
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            if meter == "gone":
                home.metered = False
                await home.seconds(59)
            else:
                stuck = home.shown

                def look():
                    return stuck

                home.look = look  # type: ignore[method-assign]
                await home.seconds(2)
                await controller.write(POWER_W, 1500)
                await home.seconds(60)
            assert home.set_w == 0
            assert await controller.write(POWER_W, 3000) == 3000
            assert home.set_w == 0
            assert home.guard_controller.meter_fault

    running(play())


def test_7_a_meter_that_stood_still_is_given_time_to_show_a_charger_that_turns_round():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            await home.seconds(90)  # to the last digit the same all the while
            late = home.shown
            await controller.write(POWER_W, -3000)
            meter, home.look = home.look, lambda: late  # type: ignore[method-assign]
            await home.seconds(3)
            assert home.set_w == -3000
            home.look = meter  # type: ignore[method-assign]
            await home.seconds(20)
            assert home.set_w == -3000
            assert home.guard_controller.meter_fault == ""

    running(play())


def test_7_what_moves_while_the_charger_is_away_says_nothing_about_the_meter():
    async def play():
        async with Home() as home:
            await charging(home, -3000)
            await home.seconds(5)
            await home.charger.stop()
            await home.seconds(100)  # it idles by itself after a minute, which the meter shows
            assert home.quasar.power_w == 0
            await home.charger.start()
            await until(lambda: home.guard.upstream.connected)
            for _ in range(90):
                await home.second()
                assert home.guard_controller.meter_fault == ""

    running(play())


def test_7_a_silent_meter_is_no_ground_for_more():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            home.house_w = 3750.0
            await home.second()
            assert home.set_w == 2000
            home.house_w, home.metered = 0.0, False
            await home.seconds(50)
            assert await controller.write(POWER_W, 4000) == 4000
            assert home.set_w == 2000

    running(play())


def test_7_a_reading_that_is_half_as_old_as_a_blind_one_is_no_ground_for_more():
    async def play():
        async with Home() as home:
            home.settings = replace(SETTINGS, pace=Pace(35.0, 0.0, 180.0))
            await charging(home, 3000)
            home.house_w = 3750.0
            await home.second()
            assert home.set_w == 2000
            home.house_w = 0.0
            await home.second()
            home.every_s = 1000
            await home.seconds(50)
            assert home.set_w == 2000

    running(play())


def test_8_a_cut_goes_out_with_the_reading_that_shows_it_whatever_was_before():
    async def play():
        async with Home() as home:
            await charging(home, 4000)
            for second in range(40):  # noise: one reading in two is in band
                home.house_w = 1000.0 if second % 2 else 2500.0
                await home.second()
                assert home.phase_w <= LIMIT_W + 1500
                assert home.set_w == 3250
        async with Home() as home:
            await charging(home, 4000)
            home.house_w = 2000.0
            await home.second()
            assert home.set_w == 3750
            home.house_w = 3000.0  # within the cooldown
            await home.second()
            assert home.set_w == 2750

    running(play())


def test_9_it_reads_the_charger_itself_when_no_client_does():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            controller.close()
            home.quasar.registers[POWER_W] = 3000
            for house_w, left_w in ((3000.0, 2750), (4000.0, 1750)):
                home.house_w = house_w
                await home.second()
                assert home.set_w == left_w

    running(play())


def test_10_clients_with_the_same_transaction_get_their_own_answers():
    async def play():
        async with Home() as home:
            await home.second()
            home.quasar.registers |= {1000: 1, 1001: 2}
            home.charger.faults.late_s = 0.01
            first, second = await home.controller(), await home.controller()
            for _ in range(10):
                first.transaction = second.transaction = 4711
                assert await asyncio.gather(first.read(1000), second.read(1001)) == [[1], [2]]

    running(play())


def test_10_the_sign_turns_exactly_at_32768():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            assert await controller.write(POWER_W, -32768) == -32768
            assert home.set_w == -6750  # 5750 W out, and what the house takes

    running(play())


def test_the_idle_time_out_is_short_while_the_guard_runs_and_reads_as_written():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            assert home.quasar.registers[IDLE_S] == 60
            assert await controller.read(IDLE_S) == [1800]
            for asked, sent in ((0, 60), (61, 60), (30, 30), (60, 60)):
                assert await controller.write(IDLE_S, asked) == asked
                assert home.quasar.registers[IDLE_S] == sent
                assert await controller.read(IDLE_S) == [asked]

    running(play())


def test_a_guard_that_dies_leaves_a_charger_that_stops_by_itself():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            for _ in range(61):
                home.now_s += 1
                home.quasar.step(home.now_s)
            assert home.quasar.power_w == 0

    running(play())


def test_a_client_that_is_silent_for_its_own_time_out_has_the_charger_stopped():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            await controller.write(IDLE_S, 300)
            await home.seconds(295)
            assert home.quasar.power_w == 3000
            await home.seconds(10)
            assert home.quasar.power_w == 0
            assert (ACTION, 2) in [write[1:] for write in home.quasar.writes]
            await controller.charge(2000)
            await home.seconds(3)
            assert home.quasar.power_w == 2000

    running(play())


def test_a_charge_whose_controller_does_not_come_back_after_a_kill_is_stopped():
    async def play():
        async with Home() as home:
            controller = await charging(home, 3000)
            controller.close()
            await home.guard.server.stop()
            await home.guard.upstream.stop()
            await home.begin()
            await home.seconds(55)
            assert home.quasar.power_w == 3000
            await home.seconds(10)
            assert home.quasar.power_w == 0

    running(play())


def test_a_client_without_a_time_out_of_its_own_may_be_silent_also_after_a_lost_connection():
    async def play():
        async with Home() as home:
            await home.second()
            controller = await home.controller()
            await controller.write(OWNER, 1)
            await controller.write(KIND, 1)
            await controller.charge(3000)
            await home.seconds(70)
            assert home.quasar.power_w == 3000 and IDLE_S not in home.guard.requested
            await home.charger.stop()
            await home.seconds(5)
            await home.charger.start()
            await until(lambda: home.guard.upstream.connected)
            await home.seconds(70)
            assert home.quasar.power_w == 3000

    running(play())


def test_a_client_that_falls_silent_while_the_charger_is_away_has_it_stopped_later():
    async def play():
        async with Home() as home:
            controller = await charging(home, 2000)
            await controller.write(IDLE_S, 20)
            await home.seconds(15)
            await home.charger.stop()
            await home.seconds(10)
            await home.charger.start()
            await until(lambda: home.guard.upstream.connected)
            assert home.quasar.power_w == 2000
            await home.seconds(3)
            assert home.quasar.power_w == 0

    running(play())


def test_a_charger_that_its_own_app_controls_is_not_halted_for_a_silent_client():
    async def play():
        async with Home() as home:
            controller = await charging(home, 2000)
            await controller.write(IDLE_S, 60)
            home.quasar.registers[Register.OWNER] = 0
            await home.seconds(15)
            assert home.guard.by_app
            seen = len(home.charger.seen)
            await home.seconds(60)
            assert {pdu[0] for pdu in home.charger.seen[seen:]} == {3}, "the guard only reads"

    running(play())


def test_a_write_that_waited_goes_out_by_the_limits_of_its_turn():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            home.guard.limits = RegisterLimits(0.0, 2500.0, 7400.0)
            async with home.guard.upstream.turns.turn(OURS):
                late = asyncio.create_task(home.guard.enforce_limits())
                await asyncio.sleep(0)
                home.guard.limits = RegisterLimits(0.0, 1500.0, 7400.0)
            await late
            assert home.set_w == 1500

    running(play())


def test_a_guard_that_stops_leaves_nothing_set_and_the_next_one_brings_it_back():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            kept = dict(home.guard.requested)
            await home.guard.stop()
            assert home.set_w == 0
            await home.begin(kept)
            await home.seconds(3)
            assert home.set_w == 3000

    running(play())


def test_a_charger_that_ignores_its_set_point_is_stopped_and_restarted_with_room():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            obey = Quasar._target_w
            home.quasar._target_w = lambda: max(obey(home.quasar), 2000.0)  # type: ignore[method-assign]
            home.house_w = 5000.0
            await home.seconds(20)
            assert home.set_w == home.quasar.power_w == 0
            home.house_w = 1000.0
            await home.seconds(250)
            assert home.quasar.power_w == 3000

    running(play())


def test_a_foreign_set_point_is_cut_within_ten_seconds_without_more_requests():
    async def play():
        async with Home() as home:
            await charging(home, 3000)
            home.house_w = 3750.0
            await home.second()
            asked = len(home.charger.seen)
            for _ in range(3):
                home.quasar.registers[POWER_W] = 3000
                await home.seconds(20)
                assert home.set_w == 2000
            audits = home.charger.seen[asked:].count(struct.pack(">BHH", 3, Register.OWNER, 1))
            assert audits == 6

    running(play())
