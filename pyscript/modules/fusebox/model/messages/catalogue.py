"""Every code with its English sentence and when it is used: all topics together."""

from __future__ import annotations

from collections.abc import Mapping

from .appliance_messages import APPLIANCES, POWER_SAVING, RADIATORS
from .call_messages import CALLS, REFUSALS, SYSTEM
from .charger_messages import EASEE, EASEE_CLOUD, OCPP, QUASAR
from .config_file_messages import CONFIG_FILES, CONFIG_RADIATORS, CONFIG_SITE, CONFIG_WHOLE
from .config_load_messages import CONFIG_LOADS, CONFIG_PHASES, CONFIG_VEHICLES
from .config_value_messages import CONFIG_ENTITIES, CONFIG_PLANS, CONFIG_SETTINGS, CONFIG_TIMES, CONFIG_VALUES
from .detect_messages import DETECTED_BY, DETECTED_LOADS, DETECTED_SITE, SETUP_STEPS
from .device_messages import DEVICES, FAULTS, HUAWEI
from .entry import Entry
from .hold_messages import DEMANDS, RAISES, STAYS_OFF, STAYS_ON
from .limit_messages import LIMITS, WAITS
from .meter_messages import COMMISSIONING, ENTITIES, METERS, WIRING
from .phase_messages import PHASE_ANSWERS, PHASE_PROBLEMS, PHASES
from .plan_messages import BATTERY, PLAN_PROBLEMS, PLANS, SOURCES
from .site_messages import SITE, TARIFF, WARNINGS

TOPICS: Mapping[str, Mapping[str, Entry]] = {
    "What limits a load": LIMITS,
    "What a load on its own energy waits for": WAITS,
    "Why a load stays on": STAYS_ON,
    "Why a load stays off": STAYS_OFF,
    "Why a load is below its share": RAISES,
    "Why a load asks for nothing": DEMANDS,
    "What tanks and heat pumps do": APPLIANCES,
    "What a plan does": PLANS,
    "What the home battery is ordered": BATTERY,
    "What is wrong with a load": FAULTS,
    "What relays, tanks, radiators and presets report": DEVICES,
    "What a charger behind OCPP reports": OCPP,
    "What an Easee charger reports": EASEE,
    "What is wrong with Easee's cloud": EASEE_CLOUD,
    "What is wrong with a Huawei inverter": HUAWEI,
    "What a Quasar's guard reports": QUASAR,
    "What is wrong with an entity": ENTITIES,
    "What is wrong with a meter": METERS,
    "What is wrong with Fusebox itself": SYSTEM,
    "What is wired otherwise than CONFIG says": WIRING,
    "How the test of the wiring goes": COMMISSIONING,
    "Why a charger is on one phase or three": PHASES,
    "What went wrong with switching phases": PHASE_PROBLEMS,
    "What `fusebox_switch_phases` answers": PHASE_ANSWERS,
    "What a service refuses": REFUSALS,
    "Mistakes in the call of a service": CALLS,
    "How the import stands against a tariff": TARIFF,
    "The warning that the house alone exceeds a tariff": WARNINGS,
    "Why so many radiators are on": RADIATORS,
    "Why the power-saving level is what it is": POWER_SAVING,
    "What is wrong with plans": PLAN_PROBLEMS,
    "What is wrong with prices and forecasts": SOURCES,
    "What the site reports": SITE,
    "Mistakes in the files of CONFIG": CONFIG_FILES,
    "Mistakes in CONFIG as a whole": CONFIG_WHOLE,
    "Mistakes in a value of CONFIG": CONFIG_VALUES,
    "Mistakes in a value that is live, or set by a service": CONFIG_SETTINGS,
    "Mistakes in an entity of CONFIG": CONFIG_ENTITIES,
    "Mistakes in a time of CONFIG": CONFIG_TIMES,
    "Mistakes in plans and prices of CONFIG": CONFIG_PLANS,
    "Mistakes in the site of CONFIG": CONFIG_SITE,
    "Mistakes in a load of CONFIG": CONFIG_LOADS,
    "Mistakes in switching phases of CONFIG": CONFIG_PHASES,
    "Mistakes in cars of CONFIG": CONFIG_VEHICLES,
    "Mistakes in radiators and power saving of CONFIG": CONFIG_RADIATORS,
    "What to check of a site that was detected": DETECTED_SITE,
    "What to check of loads that were detected": DETECTED_LOADS,
    "What to do next in the set-up": SETUP_STEPS,
    "Why something was detected": DETECTED_BY,
}
"""Title of a topic -> its codes."""

CATALOGUE: Mapping[str, Entry] = {code: entry for topic in TOPICS.values() for code, entry in topic.items()}

FRAMES: Mapping[str, str] = {
    "load": "{load}: {sentence}",
    "would": "would {would}: {sentence}",
    "path": "{path}: {sentence}",
    "file": "{file}, {sentence}",
    "unswitched": "load: '{unswitched}' stays as it is: {sentence}",
}
"""Name of a value -> what it puts around a sentence: the load, path in CONFIG, field or file that it is about."""
