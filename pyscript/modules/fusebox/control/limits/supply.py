"""What sun and battery deliver to each phase, the surplus of it, and what the battery could change. Pure, in amps."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.ceiling import Ceiling
from ...model.data_quality import DataQuality, reading_quality
from ...model.electrics import Phase, amps, watts
from ...model.equipment import Battery
from ...model.messages.message import message
from ...model.meter_memory import BatteryMemories, BatteryMemory, known_batteries
from ...model.records import record
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot
from ..estimators.draws import SteerableDraws
from ..estimators.production import battery_powers_w, has_battery_surplus, is_sign_doubted, keeps_import_at_zero, sun_w


@record
class BatterySupply:
    """One battery, in amps at the voltage of one phase, summed over its phases."""

    charge_a: float
    """What it charges with [A], 0 while it does not."""
    discharge_a: float
    """What it discharges [A], 0 while it does not."""
    spare_a: float | None = None
    """How much more it could discharge [A], None while it may not."""
    surplus_a: float | None = None
    """How much of that counts as surplus [A], None for none."""

    def part_a(self, more_a: float | None) -> float:
        """Return what the battery adds to the export [A]: what it charges, and `more_a` that it may discharge more.

        With None, what it discharges now is subtracted instead, because it may not.
        """
        return self.charge_a + (-self.discharge_a if more_a is None else more_a)


@record
class Supply:
    """Own production in amps at the voltage of one phase; values without a phase are sums over all phases."""

    rest_a: Mapping[Phase, float]
    """Phase -> net import without our loads [A]."""
    keeps_import_at_zero: bool
    """Whether a battery is measured to do that."""
    house_a: Mapping[Phase, float]
    """Phase -> the house's own use, as far as known [A]."""
    batteries: tuple[BatterySupply, ...]
    """Each battery, in the order of the site."""
    blind: bool
    """Whether the surplus is unknown: a battery or a phase of the sum has been silent for too long, or a battery's sign
    is doubted."""
    known: bool
    """False while a reading behind it is missing or late."""
    reported_s: float
    """The time of the main meter's newest reading [s since 1970]."""

    @property
    def charge_a(self) -> float:
        """The current of all batteries that charge [A]."""
        return sum(each.charge_a for each in self.batteries)

    @property
    def discharge_a(self) -> float:
        """The current of all batteries that discharge [A]."""
        return sum(each.discharge_a for each in self.batteries)

    @property
    def surplus_part_a(self) -> float:
        """What the batteries add to the export if those with a surplus discharge it, and the others nothing [A]."""
        return sum(each.part_a(each.surplus_a) for each in self.batteries)

    @property
    def spare_part_a(self) -> float:
        """What the batteries add to the export if each that may discharge gives all it can [A]."""
        return sum(each.part_a(each.spare_a) for each in self.batteries)

    @property
    def has_battery_surplus(self) -> bool:
        """Whether a battery has a surplus that it discharges, or could."""
        return any(each.surplus_a is not None and each.surplus_a + each.discharge_a > 0 for each in self.batteries)

    @property
    def export_a(self) -> float:
        """The sum of each phase's export [A]."""
        return sum(max(-a, 0.0) for a in self.rest_a.values())

    @property
    def net_a(self) -> float:
        """The import summed over the phases with their signs [A]."""
        return sum(self.rest_a.values())

    def out_a(self, netting: str) -> float:
        """Return the export over all phases [A]; with `netting` "sum", less the import on other phases, may be < 0."""
        return -self.net_a if netting == "sum" else self.export_a

    def surplus_a(self, netting: str) -> float:
        """Return own production that the house does not use [A]: exported, used by loads, or charging the battery.

        At least 0. `netting`: see `out_a`. What batteries discharge is subtracted.
        """
        return max(self.out_a(netting) + self.charge_a - self.discharge_a, 0.0)


def compute_supply(
    site: Site, snapshot: Snapshot, memories: BatteryMemories, main: Mapping[Phase, Ceiling], drawn_on: SteerableDraws
) -> Supply:
    """Return the supply: currents and house load, the batteries' powers and reserves, and how certain they are.

    It is read from the main fuse's ceilings, the battery and the inverter's sensors. What a battery above its target
    could still discharge is its surplus, as far as its inverter can deliver it.
    """
    rest_a = {phase: ceiling.used_a for phase, ceiling in main.items()}
    export_a = sum(max(-a, 0.0) for a in rest_a.values())
    known = known_batteries(site, memories)
    qualities = [reading_quality(site, snapshot.battery(at).charge_w) for at in range(len(site.batteries))]
    quality = max(qualities, default=DataQuality.GOOD)
    powers_a = [amps(power_w or 0.0, site.voltage_v) for power_w in battery_powers_w(site, snapshot, memories)]
    through_a = sum(abs(a) for a in rest_a.values()) + sum(max(a, 0.0) for a in powers_a)
    solar_a = None if snapshot.solar_w.last is None else amps(snapshot.solar_w.last, site.voltage_v)
    free_a = _free_inverter_a(site, snapshot, through_a)
    batteries = []
    for place, ((battery, past), power_a) in enumerate(zip(known, powers_a, strict=False)):
        spare_a, surplus_a = _spare_a(site, battery, past, max(-power_a, 0.0)), None
        if spare_a is not None and has_battery_surplus(battery, past, snapshot):
            inverter = site.inverter_of(place)
            surplus_a = min(spare_a, free_a[inverter])
            free_a[inverter] -= surplus_a
        batteries.append(BatterySupply(max(power_a, 0.0), max(-power_a, 0.0), spare_a, surplus_a))
    own_a = None if solar_a is None else max(solar_a - sum(powers_a) - export_a, 0.0)
    is_doubted = any(is_sign_doubted(past) for _, past in known)
    return Supply(
        rest_a=rest_a,
        keeps_import_at_zero=keeps_import_at_zero(memories, snapshot.now_s),
        house_a=_house_use_a(site, snapshot, rest_a, own_a, drawn_on),
        batteries=tuple(batteries),
        blind=quality is DataQuality.FAILSAFE or is_doubted or _is_sum_unknown(site, snapshot),
        known=quality is DataQuality.GOOD and all(c.known for c in main.values()),
        reported_s=max((c.reported_s for c in main.values()), default=float("-inf")),
    )


def _spare_a(site: Site, battery: Battery, past: BatteryMemory | None, discharge_a: float) -> float | None:
    """Return how much more a battery could discharge [A]; None while it is empty or its charge is unknown.

    Up to its configured power, or the most that it was seen to discharge where that is less.
    """
    if past is None or not past.able:
        return None
    most_w = battery.max_discharge_w if past.most_w is None else min(past.most_w, battery.max_discharge_w)
    return max(amps(most_w, site.voltage_v) - discharge_a, 0.0)


def _free_inverter_a(site: Site, snapshot: Snapshot, through_a: float) -> list[float]:
    """Return what each inverter could deliver beyond its own sun, over all phases [A]; infinite without a limit.

    `through_a`: what counts in place of the sun where that is unknown.
    """
    found = []
    for place, inverter in enumerate(site.inverters):
        power_w = sun_w(site, snapshot, place)
        used_a = through_a if power_w is None else amps(power_w, site.voltage_v)
        most_a = float("inf") if inverter.max_w is None else amps(inverter.max_w, site.voltage_v)
        found.append(max(most_a - used_a, 0.0))
    return found


def battery_help_a(site: Site, snapshot: Snapshot, supply: Supply) -> float:
    """Return by how much the batteries would reduce more import [A]: they stop charging, then discharge what they can.

    Each inverter delivers at most its maximum. A single one, and one of several whose sun is unknown, counts as
    delivering what all deliver: house load and export, at least what is measured of sun and batteries. 0 unless a
    battery is measured to keep the import at zero, and while the surplus is unknown.
    """
    if supply.blind or not supply.keeps_import_at_zero:
        return 0.0
    places, total_a = range(len(site.inverters)), 0.0
    suns_w = [sun_w(site, snapshot, place) if len(places) > 1 else None for place in places]
    own = [[each for at, each in enumerate(supply.batteries) if site.inverter_of(at) == place] for place in places]
    given_a = [sum(each.discharge_a - each.charge_a for each in batteries) for batteries in own]
    delivered_a = [amps(sun or 0.0, site.voltage_v) + a for sun, a in zip(suns_w, given_a, strict=True)]
    all_a = max(sum(supply.house_a.values()) + supply.export_a, sum(max(each_a, 0.0) for each_a in delivered_a))
    for inverter, power_w, inverter_a, batteries in zip(site.inverters, suns_w, delivered_a, own, strict=True):
        help_a = sum(each.charge_a + (each.spare_a or 0.0) for each in batteries)
        if inverter.max_w is not None:
            used_a = all_a if power_w is None else inverter_a
            help_a = min(help_a, max(amps(inverter.max_w, site.voltage_v) - used_a, 0.0))
        total_a += help_a
    return total_a


def is_summed(site: Site) -> bool:
    """Return whether sun on one phase serves a load on another: by the meter's sum, or by an asymmetric inverter."""
    return site.netting == "sum" or site.inverter.asymmetric


def _is_sum_unknown(site: Site, snapshot: Snapshot) -> bool:
    """Return whether the surplus needs the sum of the phases and a phase's main meter has been silent for too long.

    The sum is needed where it counts (`is_summed`).
    """
    main = snapshot.grid_a.get(MAIN, {}).values()
    return is_summed(site) and any(reading_quality(site, reading) is DataQuality.FAILSAFE for reading in main)


def unused_production_w(site: Site, supply: Supply | None) -> float | None:
    """Return own production that the house does not use [W]; None where the site generates nothing or it is unknown."""
    if supply is None or not supply.known:
        return None
    return watts(supply.surplus_a(site.netting), site.voltage_v)


def unknown_surplus_messages(site: Site, snapshot: Snapshot, supply: Supply | None) -> tuple[str, ...]:
    """Return the messages why the surplus is unknown; empty if it is known.

    One message if the main meter is silent; otherwise one for each silent battery, none where only the sign of a
    battery's power is in doubt.
    """
    if supply is None or not supply.blind:
        return ()
    if _is_sum_unknown(site, snapshot):
        return (message("surplus_without_grid"),)
    powers = [(battery, snapshot.battery(at).charge_w) for at, battery in enumerate(site.batteries)]
    silent = [battery for battery, power in powers if reading_quality(site, power) is DataQuality.FAILSAFE]
    return tuple(message("surplus_without_battery", key=battery.place) for battery in silent)


def _house_use_a(
    site: Site, snapshot: Snapshot, rest_a: Mapping[Phase, float], own_a: float | None, drawn_on: SteerableDraws
) -> dict[Phase, float]:
    """Return the house's own use on each phase [A].

    By the inverter's meters where all phases have one, else `own_a` in equal parts, else the import. `own_a`: how much
    of sun and battery stays in the house, None where the sun is not measured.
    """
    output = {phase: reading.last for phase, reading in snapshot.inverter_a.items() if reading.last is not None}
    if rest_a and output.keys() >= rest_a.keys():
        if site.inverter.wiring == "parallel":
            return {phase: max(a + output[phase], 0.0) for phase, a in rest_a.items()}
        # In series everything behind the inverter flows through it, our loads too.
        drawn_a = {phase: sum(drawn_on((phase,)).values()) for phase in rest_a}
        return {phase: max(output[phase] - drawn_a[phase], 0.0) for phase in rest_a}
    if own_a is not None:
        return dict.fromkeys(rest_a, own_a / len(rest_a))
    return {phase: max(a, 0.0) for phase, a in rest_a.items()}
