"""Houses with charge points, run by the shipped scripts over the real socket."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from simhouse.devices.ocpp.firmware import Firmware
from simhouse.host.event_loop import run_in_host_loop
from simhouse.host.pyscript_host import Host
from simhouse.house.build import Inputs, build_house
from simhouse.house.house import Equipment
from simhouse.house.run import run
from simhouse.physics.car import Car
from simhouse.physics.seconds import SecondSeries

from .houses import START

CALM_AFTER_S, CALM_S, LONG_CALM_AFTER_S, LONG_CALM_S = 5, 5, 30, 10
"""A house is calm after this time without a change and without a call [s], and reports at multiples of the next one."""
COUNTS = ("_energy_active_import_register", "_energy_session", "_time_session")
"""Endings of the ids of counters, which rise while a car charges; their changes do not end a calm."""
EAGER = Car(wakes_after_s=3, below_offer_a=0.3)
LOAD = {"type": "ocpp", "charger": "evse1", "phases": ["L1"], "max_a": 20}


@dataclass
class Life:
    """Record of a house: offers and draws [A] by second, status words, states and calls."""

    house: object
    offers: list[dict[str, float]] = field(default_factory=list)
    draws: list[dict[str, float]] = field(default_factory=list)
    net_a: list[dict[str, float]] = field(default_factory=list)
    words: list[dict[str, str]] = field(default_factory=list)
    told: list[dict[str, dict]] = field(default_factory=list)
    calls: list[tuple[int, dict]] = field(default_factory=list)

    def watch(self, instant, reply):
        """Add a second."""
        before = self.told[-1] if self.told else {}
        fusebox = {e: s for e, s in reply["states"].items() if e.startswith("sensor.fusebox_") and s}
        self.told.append(before | {e.removeprefix("sensor.fusebox_"): s for e, s in fusebox.items()})
        self.offers.append(dict(instant.offers_a))
        self.draws.append({load: max(amps.values()) for load, amps in instant.loads_a.items()})
        self.net_a.append(dict(instant.net_a))
        self.words.append({name: charger.connector.status for name, charger in self.house.chargers.items()})
        self.calls += [(instant.t_s, call) for call in reply["calls"]]

    def offer(self, load="car"):
        """Return the offers to one car by second [A]."""
        return [each[load] for each in self.offers]

    def draw(self, load="car"):
        """Return the draws of one car by second [A]."""
        return [each[load] for each in self.draws]

    def made(self, service, from_s=0, until_s=10**9):
        """Return (second, data) of a service's calls."""
        return [(t, c["data"]) for t, c in self.calls if c["service"] == service and from_s <= t < until_s]

    def profiles(self, from_s=0, until_s=10**9):
        """Return (second, profile) of the profiles sent."""
        return [(t, data["custom_profile"]) for t, data in self.made("ocpp.set_charge_rate", from_s, until_s)]

    def attribute(self, key, at=-1, load="car"):
        """Return an attribute of the load's entity in a second."""
        return self.told[at][load]["attributes"].get(key)

    def ever(self, words, load="car"):
        """Whether the load's or the site's entity ever contained these words."""
        said = (json.dumps(told.get(load, {})) + json.dumps(told.get("site", {})) for told in self.told)
        return any(words in each for each in said)


class Resting:
    """A host of a house that rests: while nothing changes and nothing is commanded, lines wait up to `LONG_CALM_S`.

    What is reported meanwhile is sent with the next line. The one before `until_s` is sent.
    """

    def __init__(self, host, until_s):
        self.host, self.until_s = host, until_s
        self.busy_s, self.known, self.waiting = 0, {}, {}

    async def line(self, message):
        """Return the scripts' reply, an empty one where the line waits."""
        t, states = message["t"], message["states"]
        news = (name for name, state in states.items() if self.known.get(name) != state and not name.endswith(COUNTS))
        if "respond" in message or any(news):
            self.busy_s = t
        self.known |= states
        self.waiting |= states
        calm_s = t - self.busy_s
        every_s = LONG_CALM_S if calm_s > LONG_CALM_AFTER_S else CALM_S if calm_s > CALM_AFTER_S else 1
        if t % every_s and t + 1 < self.until_s:
            return {"t": t, "calls": [], "states": {}, "responses": []}
        reply = await self.host.line({**message, "states": self.waiting, "leap": every_s > 1})
        self.waiting = {}
        if reply["calls"]:
            self.busy_s = t
        return reply


class Handled(Resting):
    """A host of a resting house whose user switches things by hand, or presses a button of an MQTT device."""

    def __init__(self, host, until_s, by_hand):
        super().__init__(host, until_s)
        self.by_hand = by_hand

    async def line(self, message):
        """Return the scripts' reply with the user's actions."""
        action, entity = self.by_hand.get(message["t"], ("", ""))
        if action:
            self.busy_s = message["t"]
        if action == "mqtt":
            await self.host.mqtt_message(entity, "ON")
        reply = await super().line(message)
        if action in ("", "mqtt"):
            return reply
        own = {"service": f"{entity.partition('.')[0]}.{action}", "data": {"entity_id": entity}}
        return reply | {"calls": [*reply["calls"], own]}


def base_of(length_s: int, watts: float | Callable[[int], float]) -> SecondSeries:
    """Return the household on one phase [W]."""
    series = [watts(t) if callable(watts) else watts for t in range(length_s)]
    return SecondSeries(series, bytearray(b"\1" * length_s))


@dataclass(frozen=True)
class Home:
    """A one-phase house (or with a `grid` in `site`) and its charge points; `base`: the household on a phase [W]."""

    loads: dict = field(default_factory=lambda: {"car": LOAD})
    site: dict = field(default_factory=dict)
    firmware: dict = field(default_factory=dict)
    firmwares: dict | None = None
    cars: dict = field(default_factory=dict)
    base: float | Callable[[int], float] = 800.0


def lived(folder, length_s, home=None, *, then=None, restarts=(), by_hand=None):
    """Run a house with its charge points and the scripts, from a Thursday 16:30; return its record.

    Home Assistant restarts at each of `restarts` [s] after half a minute of absence. `by_hand`: a user's (action,
    entity) by second, or ("mqtt", topic). `then(life)` continues with the house before the sockets close. Asserts in
    every case that no maximum is written to flash, nothing between 0 and 6 A is sent, and no breaker opens.
    """
    home = home or Home()
    loads = home.loads
    site = {"main_fuse_a": 25, "grid": {"L1": "sensor.net"}} | home.site
    config = {"site": site, "loads": loads}
    firmwares = home.firmwares or {"evse1": Firmware(**{"unlimited_a": 20.0} | home.firmware)}
    cars = {name: home.cars.get(name, EAGER) for name in loads}
    house = build_house(
        config,
        start=START,
        length_s=length_s,
        inputs=Inputs({p: base_of(length_s, home.base) for p in site["grid"]}, cars=cars),
        equipment=Equipment(firmwares=firmwares),
    )
    path = folder / "site_config.py"
    path.write_text(f"CONFIG = {config!r}\n")
    life = Life(house)

    async def live():
        async with house.network:
            begins_s = 0
            for until_s in (*restarts, length_s):
                async with Host(path, START) as host:
                    await run(house, Handled(host, until_s, by_hand or {}), until_s, begins_s, life.watch)
                if until_s < length_s:
                    await away(life, 30)
                    await house.network.restart()
                    begins_s = until_s + 30
            if then is not None:
                await then(life)

    run_in_host_loop(live())
    _always(life)
    return life


async def away(life: Life, seconds: int) -> None:
    """Run the house alone for this long without Home Assistant."""
    await life.house.network.central.close()
    first_s = len(life.offers)
    for t in range(first_s, first_s + seconds):
        life.house.step(t)
        life.watch(life.house.now, {"states": {}, "calls": []})


def _always(life: Life) -> None:
    house = life.house
    assert life.told[-1]["site"]["state"] != "config_error", life.told[-1]["site"]
    assert all(circuit.trip is None for circuit in house.circuits.values())
    assert all(charger.point.flash_writes == 0 for charger in house.chargers.values())
    for at_s, profile in life.profiles():
        limits = [p["limit"] for p in profile["chargingSchedule"]["chargingSchedulePeriod"]]
        least = 6.0 if profile["chargingSchedule"]["chargingRateUnit"] == "A" else 6 * 230 - 1
        assert all(limit == 0 or limit >= least for limit in limits), (at_s, profile)
