"""`python -m simhouse host` as a process of its own; the sender has the house, its charge points and their sockets."""

import asyncio
import json
import sys
from pathlib import Path

from simhouse.devices.ocpp.firmware import Firmware, Outage
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment
from simhouse.house.run import run

from .evenings import EAGER, LOAD, Life, Resting, base_of
from .houses import START
from .test_ocpp_socket_scripts import oven

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """The command, as a host: one line in, one line out."""

    def __init__(self, config):
        self.config = config

    async def __aenter__(self):
        command = ["-m", "simhouse", "host", "--config", str(self.config), "--start", START.isoformat()]
        pipe = asyncio.subprocess.PIPE
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, limit=2**24
        )
        return self

    async def __aexit__(self, *_error):
        self.process.stdin.close()
        self.rest, self.errors = await asyncio.wait_for(self.process.communicate(), 30)

    async def line(self, message):
        """The answer to one line."""
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        await self.process.stdin.drain()
        reply = json.loads(await self.process.stdout.readline())
        assert "error" not in reply and reply["t"] == message["t"]
        return reply


def driven(folder, length_s, loads, firmwares, base, site=None):
    """What became of a one-phase house that was driven line by line, and the process after its end."""
    config = {"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.net"}} | (site or {}), "loads": loads}
    path = folder / "site_config.py"
    path.write_text(f"CONFIG = {config!r}\n")
    house = build_house(
        config,
        start=START,
        length_s=length_s,
        inputs=Inputs({"L1": base_of(length_s, base)}, cars=dict.fromkeys(loads, EAGER)),
        equipment=Equipment(firmwares=firmwares),
    )
    life = Life(house)

    async def drive():
        async with Process(path) as process:
            await run(house, Resting(process, length_s), length_s, watch=life.watch)
        return process

    process = asyncio.run(drive())
    assert process.process.returncode == 0 and process.rest == b""
    assert b"Traceback" not in process.errors, process.errors.decode()
    assert house.circuits["main"].trip is None and not house.unheard
    return life


def test_one_charger_whose_socket_is_lost_while_the_oven_bakes(tmp_path):
    firmware = Firmware(unlimited_a=20.0, units="Power", outages=(Outage(90, 260, silent_s=20),))
    life = driven(tmp_path, 330, {"car": LOAD}, {"evse1": firmware}, oven(140, 330, 800, 3000))
    assert life.draw()[85] > 15 and life.draw()[250] < 6.1, "its lease ended"
    assert life.attribute("status", 200) == "fault"
    assert 8 < life.draw()[-1] < 12 and life.attribute("status") == "charging"
    units = {p["chargingSchedule"]["chargingRateUnit"] for _, p in life.profiles() if p["chargingProfileId"] % 2}
    assert units == {"W"}


def test_of_two_chargers_one_is_unresponsive_and_the_other_is_cut(tmp_path):
    loads = {name: LOAD | {"charger": name, "max_a": 16} for name in ("east", "west")}
    firmwares = {
        "east": Firmware(unlimited_a=16.0, unresponsive_from_s=100),
        "west": Firmware(unlimited_a=16.0, meter_every_s=30),
    }
    life = driven(tmp_path, 300, loads, firmwares, oven(130, 300, 600, 2300), {"distribution": "shared"})
    assert life.offer("east")[200] > 8, "stays where it was"
    assert life.attribute("status", 200, "east") == "fault" and life.attribute("status", 200, "west") != "fault"
    assert 6 <= life.offer("west")[180] < 7, "the other yields at once"
    assert max(a["L1"] for a in life.net_a[245:]) < 25.1, "and pauses before the fuse is too warm"
    assert {data["devid"] for _, data in life.made("ocpp.set_charge_rate")} == {"east", "west"}
