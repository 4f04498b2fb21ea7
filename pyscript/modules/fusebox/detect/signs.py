"""The patterns that identify each make by the names of its entities, and what their numbers mean. Rows only, no code.

Patterns are searched in the lower-case entity id after the dot. `(?P<phase>...)` is the phase.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model.messages.message import Message, message

PHASE = r"(?:l|phase_?|fase_?|ct_?l?|)(?P<phase>[123abcrst])"
"""However a phase is written: l1, phase_a, fase_2, ct3, r."""

_LX = r"l(?P<phase>[123])"
_ABC = r"(?P<phase>[abc])"
_123 = r"(?P<phase>[123])"
_RST = r"(?P<phase>[rst])"


@dataclass(frozen=True, slots=True)
class GridSign:
    """How to recognise a make's meter.

    `net`: pattern of one signed entity a phase; otherwise `taken` and `given` are a pair.

    `invert`: positive means export. `doubt`: what a person has to check, None when the make is certain.
    """

    make: str
    net: str = ""
    taken: str = ""
    given: str = ""
    invert: bool = False
    doubt: Message | None = None


_UNSIGNED = message("check_unsigned_meter")
_INSIDE = message("check_inner_meter")
_GUESSED = message("check_named_meter")

_METER = (
    r"^(?!\w*(?:product|return|terug|einspeis|export|feed_?in|inject))\w*(?:grid|net|mains|meter|p1|netz|reseau|house)"
)
"""Pattern of a meter's name that excludes export-only entities: one taken for the meter would hide every load."""

GRID_SIGNS = (
    GridSign("DSMR P1", taken=rf"power_consumption_phase_{_LX}$", given=rf"power_production_phase_{_LX}$"),
    GridSign("DSMR P1", taken=rf"energieverbruik_fase_{_LX}$", given=rf"energieproductie_fase_{_LX}$"),
    GridSign("DSMR P1", taken=rf"bezugsleistung_{_LX}$", given=rf"einspeiseleistung_{_LX}$"),
    GridSign("DSMR P1", taken=rf"consommation_electrique_phase_{_LX}$", given=rf"production_electrique_phase_{_LX}$"),
    GridSign(
        "DSMR P1",
        taken=rf"(?:currently_delivered|power_(?:consumed|delivered|imported))_(?:phase_)?l?{_123}$",
        given=rf"(?:currently_returned|power_(?:produced|returned|exported))_(?:phase_)?l?{_123}$",
    ),
    GridSign(
        "HomeWizard P1",
        net=rf"p1\w*_(?:active_)?(?:power|vermogen|leistung|puissance)_(?:phase_|fase_)?l?{_123}(?:_w)?$",
    ),
    GridSign("Huawei", net=rf"power_meter_\w*phase_{_ABC}_(?:active_)?power$", invert=True),
    GridSign("Huawei", net=rf"power_meter_\w*phase_{_ABC}_wirkleistung$", invert=True),
    GridSign("Huawei", net=rf"power_meter_\w*phase_{_ABC}_(?:current|strom)$", invert=True),
    GridSign("Huawei", net=rf"(?:^|_)active_grid_{_ABC}_(?:power|current)$", invert=True),
    GridSign("SolarEdge", net=rf"(?:^|_)m(?:eter_?)?\d_ac_power_{_ABC}$", invert=True),
    GridSign("SolarEdge", net=rf"(?:^|_)m(?:eter_?)?\d_ac_current_{_ABC}$", doubt=_UNSIGNED),
    GridSign("Deye", net=rf"external_ct_?l?{_123}_power$"),
    GridSign("Deye", net=rf"external_ct_?l?{_123}_current$"),
    GridSign("Deye", net=rf"(?:^|_)grid_ct_?l?{_123}_(?:power|current)$"),
    GridSign("Deye, internal transformers", net=rf"internal_ct_?l?{_123}_power$", doubt=_INSIDE),
    GridSign("Deye, internal transformers", net=rf"internal_ct_?l?{_123}_current$", doubt=_INSIDE),
    GridSign("Sungrow", net=rf"meter_phase_{_ABC}_active_power$"),
    GridSign("Sungrow", net=rf"meter_phase_{_ABC}_current$", doubt=_UNSIGNED),
    GridSign("Fronius", net=rf"meter\w*_(?:real_power|power_real)_phase_{_123}$"),
    GridSign("Fronius", net=rf"meter\w*_current(?:_ac)?_phase_{_123}$", doubt=_UNSIGNED),
    GridSign("Fronius", net=rf"current_ac_phase_{_123}$", doubt=_UNSIGNED),
    GridSign("Sofar", net=rf"active_?power_pcc_{_RST}$", invert=True, doubt=_GUESSED),
    GridSign("Sofar", net=rf"current_grid_{_LX}$", doubt=_UNSIGNED),
    GridSign("Sofar", net=rf"current_pcc_{_RST}$", doubt=_UNSIGNED),
    GridSign("Victron", net=rf"grid_{_LX}_power(?:_\d+)?$"),
    GridSign("Victron", net=rf"grid(?:_\w+)?_power_on_{_LX}$"),
    GridSign("Victron", net=rf"grid_{_LX}_current(?:_\d+)?$"),
    GridSign("Enphase", net=rf"(?:net_power_consumption|net_consumption)_{_LX}$"),
    GridSign(
        "Enphase",
        taken=r"envoy\w*_consumption_(?:phase_)?l?(?P<phase>[abc123])$",
        given=r"envoy\w*_production_(?:phase_)?l?(?P<phase>[abc123])$",
    ),
    GridSign("Enphase", taken=rf"current_power_consumption_{_LX}$", given=rf"current_power_production_{_LX}$"),
    GridSign("SMA", taken=rf"metering_active_power_draw_{_LX}$", given=rf"metering_active_power_feed_{_LX}$"),
    GridSign("SMA", net=rf"metering_current_{_LX}$", doubt=_UNSIGNED),
    GridSign("FoxESS", taken=rf"grid_consumption_{_RST}$", given=rf"feed_in_{_RST}$"),
    GridSign("FoxESS", net=rf"(?:^|_)grid_ct_{_RST}$", invert=True),
    GridSign("Solar Assistant", net=rf"(?:^|_)grid_power_l?{_123}$"),
    GridSign("Shelly energy meter", net=rf"shelly\w*_(?:phase|channel)_{_ABC}_(?:active_)?power$", doubt=_GUESSED),
    GridSign("Shelly energy meter", net=rf"shelly\w*_(?:phase|channel)_{_ABC}_current$", doubt=_UNSIGNED),
    GridSign(
        "a meter",
        net=rf"{_METER}\w*?_{PHASE}_(?:active_)?power(?:_w)?$",
        doubt=_GUESSED,
    ),
    GridSign("a meter", net=rf"{_METER}(?:\w*?)_(?:power_)?{PHASE}$", doubt=_GUESSED),
    GridSign("a meter", net=rf"{_METER}\w*?_{PHASE}_current$", doubt=_UNSIGNED),
    GridSign("a meter", net=rf"{_METER}\w*_current_{PHASE}$", doubt=_UNSIGNED),
)
"""By preference: the grid operator's meter, then a make's, and powers before currents, which often lack a sign."""

TOTAL_SIGNS = (
    GridSign("DSMR P1", taken=r"(?:^|_)power_consumption$", given=r"(?:^|_)power_production$"),
    GridSign(
        "DSMR P1",
        taken=r"(?:meter|p1|dsmr|slimme)\w*_energieverbruik$",
        given=r"(?:meter|p1|dsmr|slimme)\w*_energieproductie$",
    ),
    GridSign("HomeWizard P1", net=r"p1\w*_(?:active_)?(?:power|vermogen|leistung|puissance)(?:_w)?$"),
    GridSign("Huawei", net=r"power_meter_(?:(?:active_)?power|wirkleistung)$", invert=True),
    GridSign("SolarEdge", net=r"(?:^|_)m\d_ac_power$", invert=True),
    GridSign("SMA", taken=r"metering_power_absorbed$", given=r"metering_power_supplied$"),
    GridSign("FoxESS", taken=r"(?:^|_)grid_consumption$", given=r"(?:^|_)feed_in$"),
    GridSign("FoxESS", net=r"(?:^|_)grid_ct$", invert=True),
    GridSign("Sungrow", net=r"meter_active_power$"),
    GridSign("Fronius", net=r"power_grid(?!_(?:import|export))(?:_\w+)?$|meter\w*_(?:real_power|power_real)$"),
    GridSign("Enphase", net=r"(?:current_net_power_consumption|(?<!balanced_)net_consumption)$"),
    GridSign("Enphase", taken=r"current_power_consumption$", given=r"current_power_production$"),
    GridSign("Deye", net=r"(?:total_grid_power|external_ct_power|grid_power)$", doubt=_GUESSED),
    GridSign("Sofar", net=r"active_?power_pcc_total$", invert=True, doubt=_GUESSED),
    GridSign("a meter", net=r"(?:^|_)(?:grid|net|mains|house|netz|p1|meter)_(?:active_)?power$", doubt=_GUESSED),
    GridSign("a meter", net=r"(?:^|_)(?:grid|mains|netz|meter)_?(?:import|bezug|afname)(?:_power)?$", doubt=_GUESSED),
)
"""Meters that show one value for the whole house."""

TWINS = (
    ("import", "export"),
    ("consumption", "production"),
    ("consumed", "returned"),
    ("delivered", "returned"),
    ("taken", "given"),
    ("bezug", "einspeisung"),
    ("afname", "teruglevering"),
)
"""The word for import in a name, and the word that replaces it in the export entity's name."""

OUTPUT_SIGNS = (
    ("SolarEdge", rf"(?:^|_)i\d_ac_current_{_ABC}$"),
    ("Solarman", rf"(?:^|_)(?:output|inverter)_(?:current_)?{_LX}(?:_(?:current|power))?$"),
    ("Sofar", rf"current_output_{_LX}$"),
    ("Fronius", rf"(?<!meter_)(?:power_real|real_power)_phase_{_123}$"),
)
"""How inverters name their output on each phase."""


@dataclass(frozen=True, slots=True)
class BatteryMake:
    """How to recognise a make's home battery.

    `invert`: positive means discharging; `doubt`: what to check, None for nothing.
    """

    make: str
    soc: str
    power: str
    invert: bool = False
    doubt: Message | None = None


_BATTERY_SIGN = message("check_battery_sign")

BATTERY_SIGNS = (
    BatteryMake("Huawei", r"(?:batter(?:y|ies))\w*_state_of_capacity$", r"batter(?:y|ies)\w*_charge_discharge_power$"),
    BatteryMake("Huawei", r"batter\w*_batterieladung$", r"batter\w*_lade_entladeleistung$"),
    BatteryMake("SolarEdge", r"(?:^|_)b\d_state_of_(?:energy|charge)$", r"(?:^|_)b\d_dc_power$"),
    BatteryMake("SolarEdge", r"storage\w*_(?:state_of_charge|level)$", r"storage\w*_power$", doubt=_BATTERY_SIGN),
    BatteryMake("Sungrow", r"(?:^|_)battery_level$", r"(?:^|_)battery_charging_power_signed$"),
    BatteryMake("Sungrow", r"(?:^|_)battery_level$", r"(?:^|_)battery_power$", invert=True),
    BatteryMake("Fronius", r"_state_of_charge(?:_\w+)?$", r"power_battery(?!_(?:dis)?charge)(?:_\w+)?$", invert=True),
    BatteryMake(
        "Victron",
        r"(?:system_)?battery_soc(?:_system)?(?:_\d+)?$",
        r"(?:system_battery_power|battery_power_system|dc_battery_power)(?:_\d+)?$",
    ),
    BatteryMake(
        "Enphase",
        r"(?:encharge\w*|aggregated_battery|envoy\w*)_soc$|encharge\w*_battery$",
        r"battery_discharge$|encharge\w*_power$",
        invert=True,
    ),
    BatteryMake(
        "FoxESS",
        r"fox\w*battery_soc(?:_\d)?$",
        r"fox\w*(?:invbatpower|battery_power)$",
        invert=True,
        doubt=_BATTERY_SIGN,
    ),
    BatteryMake(
        "FoxESS", r"(?:^|_)battery_soc(?:_\d)?$", r"(?:^|_)invbatpower(?:_\d)?$", invert=True, doubt=_BATTERY_SIGN
    ),
    BatteryMake(
        "Sofar",
        r"sofar\w*battery_(?:soc|capacity)\w*$|sofar\w*_battery$",
        r"sofar\w*battery_(?:charge_discharge_)?power\w*$",
        doubt=_BATTERY_SIGN,
    ),
    BatteryMake(
        "Solar Assistant",
        r"(?:solar_assistant|sa|assistant)\w*battery_(?:soc|state_of_charge)$",
        r"(?:solar_assistant|sa|assistant)\w*battery_power$",
        doubt=_BATTERY_SIGN,
    ),
    BatteryMake(
        "Deye",
        r"(?:deye|solarman|sunsynk)\w*_battery(?:_soc|_capacity)?$",
        r"(?:deye|solarman|sunsynk)\w*_battery(?:_\w*)?_power$",
        invert=True,
    ),
    BatteryMake(
        "a battery",
        r"(?:^|_)battery_(?:soc|capacity|state_of_charge|soc_total|level)$|(?:^|_)battery$",
        r"(?:^|_)battery(?:_\w*)?_power$",
        doubt=_BATTERY_SIGN,
    ),
    BatteryMake(
        "a battery", r"(?:^|_)(?:soc|state_of_charge)$", r"(?:^|_)(?:battery|storage)_power$", doubt=_BATTERY_SIGN
    ),
)

SPLIT_BATTERY = (r"battery_power_charge(?:_total)?$", r"battery_power_discharge(?:_total)?$")
"""Makes such as SMA report charging and discharging separately; CONFIG needs one signed power."""

SOLAR_SIGNS = (
    ("Huawei", r"(?:inverter\w*_)?input_power$|(?:inverter|wechselrichter)\w*_eingangsleistung$"),
    ("SolarEdge", r"(?:^|_)i\d_(?:dc|ac)_power$"),
    ("SolarEdge", r"solaredge\w*_(?:solar_power|current_power)$"),
    ("Fronius", r"power_photovoltaics(?:_\w+)?$"),
    ("Sungrow, Deye", r"total_dc_power$"),
    ("Victron", r"(?:dc_pv_power|system_pv_power|pv_power_total)(?:_\d+)?$"),
    ("Enphase", r"current_power_production$"),
    ("Growatt", r"solar_total_power$"),
    (
        "an inverter",
        r"(?:^|_)(?:total_)?(?:pv|solar|photovoltaics?)(?:_total|_production|_input)?_power(?:_total|_now)?$",
    ),
    ("an inverter", r"(?:^|_)(?:pv|solar)_(?:production|generation)$"),
)

CHARGE_LIMIT = r"maximum_charg(?:e|ing)_power$|maximale_ladeleistung$"
DISCHARGE_LIMIT = r"maximum_discharg(?:e|ing)_power$|maximale_entladeleistung$"
IMPORT_LIMIT = (
    r"(?:^|_)(?:(?:max_?)?import_(?:power_)?limit|max_import_power|grid_(?:import_)?power_limit|power_limit)$"
)
"""Pattern for a user's own template of the allowed import; inverters name their feed-in limits differently."""

HANDHELD = (
    r"phone|iphone|ipad|pixel|galaxy|oneplus|xiaomi|redmi|oppo|motorola|nokia|huawei_p\d|fairphone|tablet|watch|laptop|"
    r"macbook|notebook|thinkpad|kindle|airpods|headset|remote|mouse|keyboard|(?:^|_)sm_[a-z]\d|cph\d{4}"
)
HANDHELD_BESIDE = (
    r"_(?:charger_type|ssid|bssid|wifi_connection|geocoded_location|steps|sim_\d|last_update_trigger|battery_state|"
    r"battery_health|is_charging|activity)$"
)
"""Entities of the same device that show that a battery belongs to a phone, watch or other small device."""

NOT_A_HOUSE = (
    r"tesla|vehicle|(?:^|_)car(?:_|$)|(?:^|_)ev(?:_|$)|ioniq|leaf|zoe|e_?golf|id_?[345]|vacuum|lock|door|window|motion|"
    r"thermostat|doorbell|camera|trv|remote|button|ups(?:_|$)"
)
"""Names of other things with a battery: cars, sensors, uninterruptible supplies."""

NEVER_SWITCHED = (
    r"fridge|freezer|koelkast|vriezer|gefrier|kuhlschrank|congelateur|frigo|router|modem|switch_rack|network|server|"
    r"(?:^|_)nas(?:_|$)|alarm|medical|cpap|aquarium|light|lamp|(?:^|_)tv(?:_|$)|television|home_assistant|raspberry|"
    r"wash(?:er|ing)|waschm|wasmachine|lave_linge|lavatrice|dryer|trockner|droger|seche_linge|asciugatrice|spulmaschine|"
    r"lave_vaisselle|lavastoviglie|vaatwasser|(?:^|_)(?:oven|backofen|herd|pc|computer|desktop)(?:_|$)"
)
"""Pattern for plugs that must not be switched off, or not in the middle of a program."""

HOT_WATER = (
    r"boiler|hot_?water|warm_?wasser|warm_?water|brauchwasser|(?:^|_)(?:tank|speicher|dhw|cumulus|ballon|vvb)(?:_|$)|"
    r"chauffe_?eau|eau_chaude|ballon_eau|varmvatten|varmvann|varmt_?vand|beredare|water_?heater|tapwater|acqua_calda|"
    r"scaldabagno|lamminvesi"
)
"""Pattern for hot water in the languages of Europe."""

CAN_WAIT = (
    rf"{HOT_WATER}|heater|heizung|heizstab|heizlufter|verwarming|kachel|chauffage|radiateur|elpatron|element|varmare|"
    r"pool|zwembad|piscine|schwimmbad|piscina|jacuzzi|whirlpool|hot_?tub|bubbelbad|infrarot|immersion"
)
"""Plugs with such a name are large and can wait: heat, hot water, pools."""

NOT_THE_WATER = (
    r"device_temp|chip|cpu|internal|processor|apparaat_?temp|gerate_?temp|outdoor|outside|buiten|aussen|ute_?temp"
)
"""Thermometers of the electronics, or of the weather."""
