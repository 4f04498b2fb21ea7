"""The energy ledger of a run: the use of solar energy, and the sources of house and loads."""

from array import array
from collections import defaultdict
from collections.abc import Sequence

from ..physics.flows import Flows, Node, Taker, settle_phases
from .house import Instant

WS_PER_KWH = 3_600_000
LEAST_A = 1e-6
"""Below it nothing is fed, and the phases have equal shares of sun and battery [A]."""


class Ledger:
    """Energy sums, extended by a second with `add`. `physics.flows` defines how energy is assigned."""

    def __init__(self, phases: Sequence[str], loads: Sequence[str], netted: bool) -> None:
        self._phases, self._netted = tuple(phases), netted
        self.loads = tuple(loads)
        self.takers: tuple[Taker, ...] = (Node.HOUSE, *loads, Node.BATTERY, Node.GRID)
        self.sun_to_w = {taker: array("d") for taker in self.takers}  # each second
        self._sums_ws: defaultdict[tuple[Node, Taker], float] = defaultdict(float)
        self._curtailed_ws = 0.0

    def add(self, instant: Instant, voltage_v: float) -> Flows:
        """Add one second; return its flows [W]."""
        flows = self._settle_flows(instant, voltage_v)
        for taker, series in self.sun_to_w.items():
            series.append(flows[Node.SUN, taker])
        for between, power_w in flows.items():
            self._sums_ws[between] += power_w
        self._curtailed_ws += instant.roof.curtailed_w
        return flows

    def _settle_flows(self, instant: Instant, voltage_v: float) -> Flows:
        roof = instant.roof
        house_w = {p: instant.base_a[p] * voltage_v for p in self._phases}
        loads_w = {
            p: {load: instant.loads_a[load].get(p, 0.0) * voltage_v for load in self.loads} for p in self._phases
        }
        fed_a = [instant.taken_a(p) - instant.net_a[p] for p in self._phases]
        known = abs(sum(fed_a)) > LEAST_A
        shares = [a / sum(fed_a) if known else 1 / len(fed_a) for a in fed_a]
        return settle_phases(
            self._netted, roof.solar_w, list(house_w.values()), list(loads_w.values()), roof.battery_w, shares
        )

    def kwh(self, source: Node, taker: Taker) -> float:
        """Return the energy from a source to a consumer [kWh]."""
        return self._sums_ws[source, taker] / WS_PER_KWH

    def taken_kwh(self, taker: Taker) -> float:
        """Return a consumer's energy from all sources [kWh]."""
        return sum(self.kwh(source, taker) for source in (Node.SUN, Node.BATTERY, Node.GRID))

    @property
    def sun_kwh(self) -> float:
        """Return all solar energy used or exported [kWh]."""
        return sum(self.kwh(Node.SUN, taker) for taker in self.takers)

    @property
    def curtailed_kwh(self) -> float:
        """The solar energy lost to the inverter's limit [kWh]."""
        return self._curtailed_ws / WS_PER_KWH
