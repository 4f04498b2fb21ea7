"""What the Quasar's guard adds to a request, compared with the direct connection: python -m benchmarks.quasar_guard

A simulated charger, the guard and the client are processes of their own, on this machine's loopback. Both ways take
turns, a few hundred requests each, so that whatever else the machine does slows both. On a busy machine the slowest of
a hundred waits for its turn on a processor, not for the guard: as root, `chrt -f 10 python -m benchmarks.quasar_guard`
gives it priority over all others.
"""

import argparse
import asyncio
import multiprocessing
import os
import struct
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from simhouse.devices.modbus_server import ModbusServer
from simhouse.devices.quasar import DRAWN_W, OWNER, POWER_W, Quasar

READ = struct.pack(">BHH", 3, DRAWN_W, 17)
WRITE = struct.pack(">BHH", 6, POWER_W, 2000)


def run_charger(tell: Any) -> None:
    """Run a charger controlled by Modbus, and send its port."""

    async def serve() -> None:
        quasar = Quasar()
        quasar.write(OWNER, 1)
        async with ModbusServer(quasar) as server:
            tell.send(server.port)
            await asyncio.Event().wait()

    asyncio.run(serve())


def run_guard(tell: Any, port: int) -> None:
    """Run the guard for it with a limit of 3 kW, polling the charger each second as in a house."""
    from fusebox.devices.quasar.guard import Guard
    from fusebox.devices.quasar.registers import RegisterLimits

    async def serve() -> None:
        made = Guard(("127.0.0.1", 0), ("127.0.0.1", port))
        await made.start()
        made.limits = RegisterLimits(-3000.0, 3000.0, 7400.0)
        listening = made.server._server
        tell.send(listening.sockets[0].getsockname()[1] if listening else 0)
        while True:
            await made.read_power_and_state()
            await asyncio.sleep(1)

    asyncio.run(serve())


def start_process(work: Callable[..., None], *values: int) -> tuple[Any, int]:
    """Start a process; return it and the port that it listens on."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, *values), daemon=True)
    process.start()
    return process, ours.recv()


async def latencies_ms(port: int, pdu: bytes, count: int) -> list[float]:
    """Return the duration of each of `count` requests of one client, one after another [ms]."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    frame = struct.pack(">HHHB", 1, 0, len(pdu) + 1, 1) + pdu
    found = []
    for number in range(count + count // 10):
        begins_s = time.perf_counter()
        writer.write(frame)
        head = await reader.readexactly(7)
        await reader.readexactly(struct.unpack(">HHHB", head)[2] - 1)
        if number >= count // 10:  # the first ones warm up
            found.append(1000 * (time.perf_counter() - begins_s))
    writer.close()
    return found


ROUNDS = 20


def measure_in_turn(ports: tuple[int, int], pdu: bytes, count: int) -> list[list[float]]:
    """Return the latencies of both connections [ms], shortest first, measured in turn."""
    found: list[list[float]] = [[], []]
    for _ in range(ROUNDS):
        for place, port in enumerate(ports):
            found[place] += asyncio.run(latencies_ms(port, pdu, count // ROUNDS))
    return [sorted(each) for each in found]


async def requests_per_second(port: int, clients: int, count: int) -> float:
    """Return how many requests a second are answered for `clients` clients together."""
    begins_s = time.perf_counter()
    await asyncio.gather(*(latencies_ms(port, READ, count // clients) for _ in range(clients)))
    return 1.1 * count / (time.perf_counter() - begins_s)


def main() -> None:
    """Measure requests to a charger with and without the guard, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=20_000, help="of each kind (default: %(default)s)")
    count = parser.parse_args().requests
    device, direct = start_process(run_charger)
    before, guarded = start_process(run_guard, direct)
    print(f"{'request':<24}{'direct p50':>12}{'p99':>8}{'guarded p50':>13}{'p99':>8}{'added p50':>11}{'p99':>8}   [ms]")
    for name, pdu in (("read 17 registers", READ), ("write the set-point", WRITE)):
        straight, through = measure_in_turn((direct, guarded), pdu, count)
        cells = [f(each) for each in (straight, through) for f in (median, _p99)]
        added = [cells[2] - cells[0], cells[3] - cells[1]]
        columns = (12, 8, 13, 8, 11, 8)
        print(f"{name:<24}" + "".join(f"{v:>{w}.3f}" for v, w in zip([*cells, *added], columns, strict=True)))
    for clients in (1, 4, 12):
        straight_s, through_s = (asyncio.run(requests_per_second(port, clients, count)) for port in (direct, guarded))
        print(f"{clients:>2} clients: {straight_s:.0f} requests a second direct, {through_s:.0f} through the guard")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    before.terminate()
    device.terminate()


def _p99(shortest_first: list[float]) -> float:
    return shortest_first[99 * len(shortest_first) // 100]


if __name__ == "__main__":
    main()
