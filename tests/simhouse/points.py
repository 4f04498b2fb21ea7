"""Charge points for tests: stepped without a socket, or in a house whose calls come from a list."""

import asyncio
from datetime import timedelta

from simhouse.devices.ocpp.charge_point import ChargePoint
from simhouse.devices.ocpp.connector import Connector
from simhouse.devices.ocpp.firmware import Firmware
from simhouse.house.run import run

from .houses import AT_ONCE, START, house


class Stepped:
    """A charge point without a network: its messages are recorded, a transaction gets its second as number."""

    def __init__(self, car=AT_ONCE, connectors=1, phases=("L1",), **firmware):
        self.point = ChargePoint(
            "evse1",
            Firmware(**{"unlimited_a": 20.0} | firmware),
            {n: Connector(n, Firmware(**firmware), car, phases) for n in range(1, connectors + 1)},
            START,
        )
        self.now_s = -1
        self.said = []

    def run(self, until_s, powered=True):
        """Step until this second; return the object."""
        while self.now_s < until_s:
            self.now_s += 1
            for number in self.point.connectors:
                self.point.step(self.now_s, number, 230.0, powered)
            for message in self.point.outbox if self.point.electronics.connected else ():
                self.said.append((self.now_s, message))
                if message.action == "StartTransaction":
                    message.session.id = 1000 + self.now_s
            if self.point.electronics.connected:
                self.point.outbox.clear()
        return self

    @property
    def first(self):
        """Its first connector."""
        return self.point.connectors[1]

    @property
    def draw_a(self):
        """The draw of the car at the first connector [A]."""
        return self.first.car_state.draw_a

    def set(self, limit, level=3, id=None, connector=1, purpose="TxDefaultProfile", kind="Absolute", **more):
        """Set a profile, permanent or with `lease_s`; return its status."""
        own = {"chargingProfileId": 10 + level if id is None else id, "chargingProfilePurpose": purpose}
        profile = wire(limit, START + timedelta(seconds=self.now_s), level, kind, **own, **more)
        return self.point.set_profile(connector, snake(profile))

    def words(self, connector=1):
        """Return (second, status word) of a connector."""
        told = [(s, m.payload) for s, m in self.said if m.action == "StatusNotification"]
        return [(s, p["status"]) for s, p in told if p["connector_id"] == connector]

    def actions(self, *names):
        """Return (second, action) of these messages."""
        return [(s, m.action) for s, m in self.said if m.action in names]


def wire(limit, now, level=3, kind="Absolute", unit="A", lease_s=None, **more):
    """Return a profile as scripts send it at the instant `now`; `more`: its other keys."""
    schedule = {"chargingRateUnit": unit, "chargingSchedulePeriod": [{"startPeriod": 0, "limit": limit}]}
    found = {
        "chargingProfileId": 10 + level,
        "stackLevel": level,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": kind,
    }
    if kind == "Absolute":
        schedule["startSchedule"] = _iso(now, -300)
        if lease_s is not None:
            found |= {"validFrom": _iso(now, -300), "validTo": _iso(now, lease_s)}
    elif lease_s is not None:
        schedule["duration"] = lease_s
    return found | {"chargingSchedule": schedule} | more


def snake(node):
    """Return keys in snake case, as the `ocpp` library passes them."""
    if isinstance(node, dict):
        return {"".join(f"_{c.lower()}" if c.isupper() else c for c in k): snake(v) for k, v in node.items()}
    return [snake(each) for each in node] if isinstance(node, list) else node


def _iso(now, seconds):
    return (now + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Script:
    """A host that makes the calls of a table, and calls `look` each second."""

    def __init__(self, calls=(), look=lambda t, states: None):
        self.calls, self.look, self.lines = dict(calls), look, []

    async def line(self, message):
        """Return the calls of this second."""
        self.lines.append(message)
        self.look(message["t"], message["states"])
        calls = self.calls.get(message["t"], [])
        calls = calls if isinstance(calls, list) else [calls]
        return {"t": message["t"], "calls": calls, "states": {}, "responses": []}


def ocpp_house(loads=None, firmware=None, firmwares=None, length_s=900, **more):
    """Return a one-phase house with a charge point `evse1`, or with these loads."""
    loads = loads or {"car": {"type": "ocpp", "charger": "evse1", "phases": ["L1"], "max_a": 20}}
    firmwares = firmwares or {"evse1": Firmware(**{"unlimited_a": 20.0} | (firmware or {}))}
    return house(loads=loads, firmwares=firmwares, length_s=length_s, **more)


async def played(a, until_s, calls=(), look=lambda t, states: None):
    """Run a house with such a script; return the script."""
    script = Script(calls, look)
    await run(a, script, until_s)
    return script


def rate(limit, t, level=3, devid="evse1", conn_id=1, **more):
    """Return a call of `ocpp.set_charge_rate` with a profile, at second `t`."""
    profile = wire(limit, START + timedelta(seconds=t), level, **more)
    return {"service": "ocpp.set_charge_rate", "data": {"devid": devid, "conn_id": conn_id, "custom_profile": profile}}


def ocpp(service, **data):
    """Return a call of an integration service for `evse1`."""
    return {"service": f"ocpp.{service}", "data": {"devid": "evse1"} | data}


def safe(t):
    """Return the call that sets the fail-safe profile below every lease."""
    return rate(6, t, level=2, kind="Relative")


def play(a, until_s, calls=(), look=lambda t, states: None):
    """Run `played` from code that does not await."""
    return asyncio.run(played(a, until_s, calls, look))


def drawn(a):
    """Return the draw of the car at the first load [A]."""
    return a.now.loads_a["car"]["L1"]


def done(a):
    """Return whether each call succeeded."""
    return [entry[3] for entry in a.network.orders.log]
