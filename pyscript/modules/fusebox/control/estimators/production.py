"""The power of each inverter's panels, and the current that own production delivers to a phase, as far as measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.electrics import PerPhase, Phase, amps
from ...model.messages.message import message
from ...model.site import MAIN, Site
from ...model.snapshot import Snapshot

UNKNOWN_A = float("inf")
PhaseShares = Mapping[str, PerPhase]
"""Circuit -> the share of what batteries and panels draw that each phase of its meters shows."""


def sun_w(site: Site, snapshot: Snapshot, inverter: int) -> float | None:
    """Return the power of the panels of the inverter at a place [W], the last value; None while it is unknown.

    Inverters without a sensor of their own share what the sensor of all panels shows beyond the others: with one such
    inverter it has all of that, with several each may have it. Without a sensor of all panels they have 0 W, or None if
    the site does not measure the sun at all.
    """
    own = [each.solar_w for each in snapshot.inverters]
    if inverter < len(own) and site.inverters[inverter].solar_w is not None:
        return own[inverter].last
    if site.solar_w is None:
        return 0.0 if site.measures_sun else None
    total_w = snapshot.solar_w.last
    return None if total_w is None else max(total_w - sum(each.last or 0.0 for each in own), 0.0)


def negative_sun_messages(site: Site, snapshot: Snapshot) -> tuple[str, ...]:
    """Return a problem for each `solar_w` that reports less than minus `CLEARLY_W`: panels take no power.

    A sleeping inverter takes less than that.
    """
    sources = [(site.solar_w, snapshot.solar_w)]
    sources += [(each.solar_w, read.solar_w) for each, read in zip(site.inverters, snapshot.inverters, strict=False)]
    negative = [source for source, read in sources if source is not None and (read.value or 0.0) < -tuning.CLEARLY_W]
    return tuple(message("sun_negative", entity=", ".join(source.entities)) for source in negative)


def own_production_a(
    site: Site, snapshot: Snapshot, battery_w: Sequence[float | None], circuit: str
) -> Mapping[Phase, float] | None:
    """Return phase -> the most that own production delivers to a circuit [A]; infinite where that is not measured.

    By each inverter's own output, with the battery's discharge added, else by its sun and batteries. `battery_w`: the
    power of each battery [W, + = charging]. None where nothing generates. A symmetric inverter delivers the same to all
    its phases, an asymmetric one may deliver all to one. An inverter that sleeps reports nothing: its last value
    counts.
    """
    if not site.has_generation:
        return None
    found = dict.fromkeys(site.phases, UNKNOWN_A if _may_feed_unmeasured(site, snapshot) else 0.0)
    for place, inverter in enumerate(site.inverters):
        if not site.may_feed(inverter, circuit):
            continue
        powers = [w for number, w in enumerate(battery_w) if site.inverter_of(number) == place]
        battery_a = amps(-sum(w or 0.0 for w in powers), site.voltage_v)
        outputs = snapshot.inverters[place].output_a if place < len(snapshot.inverters) else {}
        from_sun_w = sun_w(site, snapshot, place)
        for phase in filter(inverter.feeds, site.phases):
            share, output = inverter.share_of(phase, len(site.phases)), outputs.get(phase)
            if None in powers:
                found[phase] = UNKNOWN_A
            elif output is not None and output.last is not None and inverter.wiring == "parallel":
                # Some inverters include the battery's power in their output, others do not.
                evenly = share if not inverter.asymmetric else 1 / len(inverter.phases or site.phases)
                found[phase] += max(output.last + max(battery_a * evenly, 0.0), 0.0)
            elif from_sun_w is None:
                found[phase] = UNKNOWN_A
            else:
                found[phase] += max(amps(from_sun_w, site.voltage_v) + battery_a, 0.0) * share
    return found


def own_shares(site: Site) -> PhaseShares:
    """Return circuit -> the share of what batteries and panels draw that each phase of its meters shows.

    Empty where that is unknown: with an asymmetric inverter on several phases, or inverters on different phases or
    circuits. An inverter whose circuit CONFIG does not name feeds the main one.
    """
    one = site.inverters[0]
    is_uneven = one.asymmetric and len(one.phases or site.phases) > 1
    if is_uneven or len({(each.phases, each.circuit, each.asymmetric) for each in site.inverters}) > 1:
        return {}
    shares = PerPhase.of({phase: one.share_of(phase, len(site.phases)) for phase in site.phases})
    return {circuit.name: shares for circuit in site.above(one.circuit or MAIN) if circuit.grid}


def _may_feed_unmeasured(site: Site, snapshot: Snapshot) -> bool:
    """Return whether a load that can discharge is unavailable, so that it may feed the house unmeasured."""
    return any(load.can.discharges and not snapshot.state_of(load.name).available for load in site.loads)
