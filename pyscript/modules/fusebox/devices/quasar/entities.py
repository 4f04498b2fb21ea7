"""What the guards show: the limit that V2G-Liberty's card reads, and its switch for a meter that is not seen."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ...model.own_entities import load_entity
from ...model.snapshot import Status
from ...runtime.log_throttle import said_by
from ...runtime.ports import Ports
from ...runtime.publisher import EntityPublisher, with_old_names
from .controller import GuardController, Guarded
from .limiter import LEAST_W, Register
from .link import STATES

LOG = logging.getLogger("fusebox")

LIMIT_ENTITY = "sensor.quasar_loadbalancer_limit"
"""V2G-Liberty's own name; a second Quasar's has the load's name behind it."""

NO_TOTAL_POWER = "input_boolean.quasar_loadbalancer_no_total_power"


class LimitEntities:
    """Shows them, and switches the helper."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._shown = EntityPublisher(ports, "guards")
        self._told: bool | None = None
        self._since: dict[str, tuple[str, str]] = {}
        self.troubles: dict[str, str] = {}
        """Load -> what keeps it from more than its room, "" for nothing."""

    async def show(
        self,
        now_s: float,
        found: Sequence[Guarded],
        controllers: Mapping[str, GuardController],
        problems: Mapping[str, str],
    ) -> None:
        """`problems`: why a guard that is enabled does not run."""
        mine: set[str] = set()
        for guarded in found:
            entity = f"{LIMIT_ENTITY}_{guarded.name}" if LIMIT_ENTITY in mine else LIMIT_ENTITY
            mine.add(entity)
            controller = controllers.get(guarded.name)
            self.troubles[guarded.name] = "" if controller is None else trouble_of(now_s, guarded, controller)
            limit, attributes = _limit(guarded, controller), _attributes(now_s, guarded, controller, problems)
            self._shown.write(now_s, entity, limit, attributes)
            if not guarded.settings.allocated:
                own = load_entity(guarded.name)
                mine.add(own)
                self._shown.write(now_s, own, limit, self._load_attributes(now_s, guarded, controller, attributes))
        self._shown.keep_only(mine)
        await self._tell_no_total_power(any(controller.blind for controller in controllers.values()))

    def _load_attributes(
        self, now_s: float, guarded: Guarded, controller: GuardController | None, limit: Mapping[str, object]
    ) -> dict[str, object]:
        """What the status of a load tells, where no site's does."""
        voltage_v = guarded.settings.voltage_v
        status = _status(controller)
        if self._since.get(guarded.name, ("", ""))[0] != status:
            self._since[guarded.name] = (status, datetime.fromtimestamp(now_s, UTC).isoformat(timespec="seconds"))
        drawn_w = None if controller is None else controller.guard.drawn_w
        attributes = {
            **limit,
            "friendly_name": f"Fusebox {guarded.name}",
            "mode": str(guarded.mode),
            "status": status,
            "setpoint_a": 0.0 if controller is None else round(controller.guard.set_w(voltage_v) / voltage_v, 1),
            "draw_a": {} if drawn_w is None else {"L1": round(drawn_w / voltage_v, 1)},
            "available_a": 0.0 if controller is None else round(controller.limits.high_w / voltage_v, 1),
            "limited_by": "total_power_limit",
            "since": self._since[guarded.name][1],
        }
        return with_old_names(attributes)

    async def _tell_no_total_power(self, blind: bool) -> None:
        """Switch V2G-Liberty's helper, where it exists, when what it shows changes."""
        if blind == self._told:
            return
        try:
            shown = str(self._ports.get(NO_TOTAL_POWER))
        except NameError:
            return
        self._told = blind
        if shown != ("on" if blind else "off"):
            service = "turn_on" if blind else "turn_off"
            try:
                await self._ports.call("input_boolean", service, blocking=True, entity_id=NO_TOTAL_POWER)
            except Exception as error:  # a helper that cannot be switched must not end the guarding
                LOG.warning("%s could not be switched: %s", NO_TOTAL_POWER, said_by(error))


def _limit(guarded: Guarded, controller: GuardController | None) -> str:
    """The limit in the direction that is asked for [W], signed as the charger's power is."""
    if controller is None:
        return "unknown"
    return f"{controller.limit_w:.0f}"


def _status(controller: GuardController | None) -> str:
    if controller is None:
        return "waiting"
    if controller.guard.drawn_w is None:
        return "fault"
    if controller.blind or controller.failure:
        return "blind"
    seen = STATES.get(str(controller.guard.registers.get(Register.STATE)), Status.UNKNOWN)
    return str(seen) if seen in (Status.CHARGING, Status.UNPLUGGED, Status.FAULT, Status.PAUSED) else "waiting"


def _attributes(
    now_s: float, guarded: Guarded, controller: GuardController | None, problems: Mapping[str, str]
) -> dict[str, object]:
    look = {
        "friendly_name": "Quasar load balancer limit",
        "icon": "mdi:car-electric",
        "unit_of_measurement": "W",
        "device_class": "power",
        "load": guarded.name,
    }
    if controller is None:
        why = problems.get(guarded.name, "the guard is not enabled in CONFIG")
        return {**look, "low_w": None, "high_w": None, "requested_w": None, "reason": why}
    return {
        **look,
        "low_w": round(controller.limits.low_w),
        "high_w": round(controller.limits.high_w),
        "requested_w": round(controller.guard.wanted_w(guarded.settings.voltage_v)),
        "reason": trouble_of(now_s, guarded, controller) or _may(controller),
    }


def trouble_of(now_s: float, guarded: Guarded, controller: GuardController) -> str:
    """What keeps the charger from more than its room, "" for nothing; what needs a person comes first."""
    guard, room = controller.guard, controller.room
    meter = " and ".join(guarded.meter.entities)
    words = []
    if not guard.upstream.connected:
        where = f"{guarded.quasar[0]}:{guarded.quasar[1]}"
        words.append(f"the Quasar at {where} is away: {guard.upstream.problem}; check that it is on and in the network")
    elif guard.by_app:
        words.append("the Quasar is steered by its own app, which nothing here can limit")
    if guard.problem:
        words.append(guard.problem)
    if guarded.settings.dry_run:
        words.append("dry run: everything passes as it is")
    if controller.failure:
        words.append(f"nothing may flow: {controller.failure}")
    elif controller.blind:
        why = (
            "shows the same number although the charger's power moved" if controller.blind == "stuck" else "is not seen"
        )
        words.append(f"nothing may flow: {meter} {why}")
    elif guarded.settings.off:
        words.append("nothing may flow: its mode is off")
    elif guarded.settings.allocated and controller.allocation.limits_w(now_s) is None:
        words.append("nothing may flow until the site's allocation says how much")
    elif room.charging.paused or room.giving.paused:
        what = "charging" if room.charging.paused else "discharging"
        pause_s = guarded.settings.pace.pause_s
        words.append(f"{what} stopped: less than {LEAST_W} W of room; goes on after {pause_s:.0f} s with more")
    return "; ".join(words)


def _may(controller: GuardController) -> str:
    return f"may charge with {controller.limits.high_w:.0f} W and discharge with {-controller.limits.low_w:.0f} W"
