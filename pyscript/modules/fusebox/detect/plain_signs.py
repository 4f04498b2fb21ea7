"""Signs that tell of no make: how anybody may call a phase, a charger's current, a status, a quarter-hour demand."""

from __future__ import annotations

DEMAND_NOW = r"(?:current_average|average|gemiddelde?)_(?:demand|vraag|afname)$|active_power_average(?:_w)?$"
DEMAND_OF_MONTH = r"(?:maximum|peak|max)_demand_(?:current_|this_)?month$|monthly_power_peak(?:_w)?$"
"""How DSMR, HomeWizard and others call the mean of this quarter of an hour, and the highest one of this month."""

PHASE_WORD = r"(?:^|_)(?:l|phase_?|fase_?)(?P<phase>[123abc])(?=_|$)"
"""A phase anywhere in a name, where nothing else in it tells of a make."""

NOT_THE_METER = (
    r"inverter|solar|pv|output|batter|charg|wallbox|laad|ladung|heat|boiler|plug|socket|product|return|terug|einspeis|"
    r"export|inject|oven|load|consum"
)
"""What has three phases too and is not the connection's meter, or tells only what is given."""

CHARGER_WORDS = (
    r"_?(?:set|dynamic|available|maximum|max|charging|charger|charge|current|limit|amperage|amps?|laadstroom|strom|stroom|"
    r"ladestrom|setpoint|offered)(?=_|$)"
)
"""What a number that sets a charger's current is called by beside the charger's own name."""

STATUS_NAMES = r"(?:_|^)(?:status|state|mode3|zustand)(?:_|$)"
STATUS_WORDS = frozenset(
    {
        "available",
        "connected",
        "charging",
        "disconnected",
        "unplugged",
        "paused",
        "ready",
        "waiting",
        "completed",
        "idle",
    }
)
