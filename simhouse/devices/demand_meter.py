"""The demand readings of a Belgian meter (OBIS 1.4.0 and 1.6.0): quarter-hour mean import and the month's highest."""

from dataclasses import dataclass
from datetime import datetime

from .entities import State, sensor

QUARTER_S = 900


@dataclass(frozen=True)
class DemandState:
    """Import of this quarter [Ws], highest quarter so far [kW], and the present quarter and month."""

    imported_ws: float = 0.0
    month_peak_kw: float = 0.0
    quarter: int | None = None
    month: int | None = None

    @property
    def demand_kw(self) -> float:
        """The demand as the meter shows it [kW]: it grows from 0 and ends at the mean of the quarter."""
        return self.imported_ws / QUARTER_S / 1000


def step_demand(state: DemandState, at: datetime, net_w: float) -> DemandState:
    """Return the meter's state a second later at this net power [W, + = import, sum of the phases]."""
    quarter = (at.minute * 60 + at.second) // QUARTER_S
    if quarter != state.quarter:
        peak_kw = max(state.month_peak_kw, state.demand_kw) if state.month in (None, at.month) else 0.0
        state = DemandState(0.0, peak_kw, quarter, at.month)
    return DemandState(state.imported_ws + max(0.0, net_w), state.month_peak_kw, state.quarter, state.month)


def demand_states(state: DemandState, demand_entity: str | None, peak_entity: str | None) -> dict[str, State]:
    """Return the states of the two demand entities that CONFIG names."""
    named = {demand_entity: state.demand_kw, peak_entity: state.month_peak_kw}
    return {entity: sensor(value, "kW") for entity, value in named.items() if entity}
