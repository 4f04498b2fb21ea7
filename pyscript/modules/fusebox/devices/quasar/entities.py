"""The guards' entities: the limit for V2G-Liberty's card, and its switch for an unreadable meter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...model.load import QUASAR_LEAST_W
from ...model.messages.message import message
from ...model.own_entities import appearance, load_entity
from ...model.snapshot import Status
from ...runtime.log_throttle import LOG
from ...runtime.ports import Ports, call_error, present_state
from ...runtime.publisher import EntityPublisher, changed_at
from .controller import GuardController
from .guard_config import GuardConfig
from .registers import STATES, Register

LIMIT_ENTITY = "sensor.quasar_loadbalancer_limit"
"""V2G-Liberty's own name; a second Quasar's has the load's name behind it."""

NO_TOTAL_POWER = "input_boolean.quasar_loadbalancer_no_total_power"


Controllers = Mapping[str, GuardController]
FailedStarts = Mapping[str, tuple[float, str]]
"""Load -> when its guard could not start [s since 1970], and why."""


class LimitEntities:
    """Publishes the limits, and switches the helper."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._publisher = EntityPublisher(ports, "guards")
        self._helper_is_on: bool | None = None
        self._since: dict[str, tuple[str, str]] = {}
        self.troubles: dict[str, str] = {}
        """Load -> what keeps it from more power, "" for nothing."""

    async def publish_limits(
        self, now_s: float, found: Sequence[GuardConfig], controllers: Controllers, failed: FailedStarts
    ) -> None:
        """Publish the limits and status of all guards, remove other entities, switch the helper for a missing meter.

        Sets `troubles` (load -> its guard's trouble), which the guards read. `failed`: load -> when and why an
        enabled guard could not start. A Quasar that is no load of a site gets its own entity too.
        """
        mine: set[str] = set()
        for guarded in found:
            entity = f"{LIMIT_ENTITY}_{guarded.name}" if LIMIT_ENTITY in mine else LIMIT_ENTITY
            mine.add(entity)
            controller = controllers.get(guarded.name)
            self.troubles[guarded.name] = "" if controller is None else find_trouble(now_s, guarded, controller)
            # The limit in the requested direction [W], signed like the power.
            limit = "unknown" if controller is None else f"{controller.limit_w:.0f}"
            attributes = _limit_attributes(guarded, controller, failed, self.troubles[guarded.name])
            self._publisher.write(now_s, entity, limit, attributes)
            if not guarded.settings.allocated:
                own = load_entity(guarded.name)
                mine.add(own)
                self._publisher.write(now_s, own, limit, self._load_attributes(now_s, guarded, controller, attributes))
        self._publisher.keep_only(mine)
        await self._switch_helper(any(controller.meter_fault for controller in controllers.values()))

    def _load_attributes(
        self, now_s: float, guarded: GuardConfig, controller: GuardController | None, limit: Mapping[str, object]
    ) -> dict[str, object]:
        """Return the attributes of a guarded Quasar's status entity, for a Quasar that is no load of a site.

        Currents are 0 A without a guard (`controller` None), and `draw_a` is empty while its draw is unknown. Also
        remembers since when the status is as it is.
        """
        voltage_v = guarded.settings.voltage_v
        status = _status_word(controller)
        drawn_w = None if controller is None else controller.guard.drawn_w
        return {
            **limit,
            "friendly_name": f"Fusebox {guarded.name}",
            "mode": str(guarded.mode),
            "status": status,
            "setpoint_a": 0.0 if controller is None else round(controller.guard.set_w(voltage_v) / voltage_v, 1),
            "draw_a": {} if drawn_w is None else {"L1": round(drawn_w / voltage_v, 1)},
            "available_a": 0.0 if controller is None else round(controller.limits.high_w / voltage_v, 1),
            "limited_by": "total_power_limit",
            "since": changed_at(self._since, guarded.name, status, now_s),
            "binding": "total_power_limit",
        }

    async def _switch_helper(self, blind: bool) -> None:
        """Switch V2G-Liberty's helper for a missing total power on (`blind`) or off, unless it shows that already.

        Nothing where the state was the wanted one at the last call, or the helper does not exist. A failure is only
        logged: a helper that cannot be switched must not end the guarding.
        """
        word, shown = "on" if blind else "off", present_state(self._ports, NO_TOTAL_POWER).state
        if blind == self._helper_is_on or shown is None:
            return
        self._helper_is_on = blind
        if shown != word:
            why = await call_error(self._ports, "input_boolean", f"turn_{word}", {"entity_id": NO_TOTAL_POWER})
            if why:
                LOG.warning("%s could not be switched: %s", NO_TOTAL_POWER, why)


def _status_word(controller: GuardController | None) -> str:
    """Return the status word of a guarded Quasar: `waiting` without a guard, `fault` while unread, `blind` by meter.

    Otherwise the charger's own state, and `waiting` for one without a word here.
    """
    if controller is None:
        return "waiting"
    if controller.guard.drawn_w is None:
        return "fault"
    if controller.meter_fault or controller.failure:
        return "blind"
    status = STATES.get(str(controller.guard.registers.get(Register.STATE)), Status.UNKNOWN)
    return str(status) if status in (Status.CHARGING, Status.UNPLUGGED, Status.FAULT, Status.PAUSED) else "waiting"


def _limit_attributes(
    guarded: GuardConfig, controller: GuardController | None, failed: FailedStarts, trouble: str
) -> dict[str, object]:
    """Return the attributes of the limit's entity: the range [W], what the app requests, and the reason: any trouble.

    None for these without a guard (`controller`), with the reason for that.
    """
    look = {
        **appearance("Quasar load balancer limit", "mdi:car-electric"),
        "unit_of_measurement": "W",
        "device_class": "power",
        "load": guarded.name,
    }
    if controller is None:
        _, why = failed.get(guarded.name, (0.0, message("quasar_guard_not_enabled")))
        return {**look, "low_w": None, "high_w": None, "requested_w": None, "reason": why}
    low_w, high_w = controller.limits.low_w, controller.limits.high_w
    requested_w = controller.guard.requested_w(guarded.settings.voltage_v)
    powers = {"low_w": round(low_w), "high_w": round(high_w), "requested_w": round(requested_w)}
    return {**look, **powers, "reason": trouble or message("quasar_may", charge_w=high_w, discharge_w=-low_w)}


def find_trouble(now_s: float, guarded: GuardConfig, controller: GuardController) -> str:
    """Return what keeps the charger from more power, "" for nothing; what needs a person comes first.

    At last the reason for which a direction is stopped.
    """
    guard, settings, directions = controller.guard, guarded.settings, controller.directions
    where, meter = f"{guarded.quasar[0]}:{guarded.quasar[1]}", ", ".join(guarded.meter.entities)
    awaits_allocation = settings.allocated and controller.allocation.low_and_high_w(now_s) is None
    # Otherwise the load's own reason counts: no car, or readings that are late.
    lacks_power = guard.has_car and not (settings.allocated and controller.allocation.is_stale)
    pause = {"least_w": QUASAR_LEAST_W, "pause_s": settings.pace.pause_s}
    troubles: tuple[tuple[object, str], ...] = (
        (not guard.upstream.connected, message("quasar_away", address=where, error=guard.upstream.problem)),
        (guard.by_app, message("quasar_by_app")),
        (guard.problem, guard.problem),
        (settings.dry_run, message("quasar_dry_run")),
        (controller.failure, message("quasar_failure", error=controller.failure)),
        (controller.meter_fault == "stuck", message("quasar_meter_stuck", entity=meter)),
        (controller.meter_fault == "silent", message("quasar_meter_silent", entity=meter)),
        (settings.off, message("quasar_off")),
        (awaits_allocation, message("quasar_awaits_allocation")),
        (lacks_power and directions.charging.paused, message("quasar_charging_stopped", **pause)),
        (lacks_power and directions.giving.paused, message("quasar_discharging_stopped", **pause)),
    )
    return next((trouble for is_so, trouble in troubles if is_so), "")
