"""What is wrong with a load in CONFIG: its currents, its entities and its phases."""

from __future__ import annotations

from collections.abc import Mapping

from .entry import Entry

_OUT = "; leave it out"

CONFIG_LOADS: Mapping[str, Entry] = {
    "load_name_taken": Entry("{entity} is taken; choose another name", "an entity of Fusebox itself"),
    "load_name_of_other": Entry("{entity} shows the {what} of {load}; choose another name", "two loads' entities"),
    "phase_named_twice": Entry("names a phase twice; write each once", "a load's `phases`"),
    "phase_not_of_load": Entry("is not a phase of this load ({known})", "a load's `draw`"),
    "quasar_on_one_phase": Entry(
        "a Quasar is on one phase; write the one that it is wired to, such as {example}", "a Quasar's `phases`"
    ),
    "above_circuit": Entry(
        "{value} is above circuit '{circuit}' ({rating_a} A)[; write at most {most}]", "a fuse on the way to the grid"
    ),
    "rated_above_circuit": Entry(
        "{value} W is {least_a} A, which is above circuit '{circuit}' ({rating_a} A)", "a load that is switched"
    ),
    "above_max": Entry("{value} is above max_a ({max_a} A)", "`min_a`"),
    "failsafe_above_max": Entry("{value} is above max_a ({max_a} A), which counts", "a warning: `failsafe_a`"),
    "too_little_to_charge": Entry(
        "{value} is too little to charge; write 0 to pause, or {min_a} and more", "no car charges with less than 6 A"
    ),
    "above_other_key": Entry("{value} is above {key} ({most})", "thresholds of a tank or a heat pump"),
    "already_commanded": Entry("already commanded by {other}; one device belongs to one load", "two keys name it"),
    "no_preset_followed": Entry(
        "none of its entities is called as in preset '{preset}' ({known}), so none follows from it; name switch, draw "
        "and status too, as far as there are such",
        "a warning: the entities have other names than in the preset",
    ),
    "preset_current_required": Entry(
        "required; write one of the entities of preset '{preset}': {known}", "a charger with a preset"
    ),
    "preset_unknown": Entry("{value} is not a preset; [did you mean {near}? ]write {known}", "`preset`"),
    "type_unknown": Entry("{value} is not a type of load; [did you mean {near}? ]write {known}", "`type`"),
    "preset_as_type": Entry("{value} is a preset; write 'preset': {near} in place of the type", "`type`"),
    "not_steerable": Entry("{value} cannot be controlled: {cause}", "its integration sets no current"),
    "strangers_let_in": Entry(
        "{value} lets strangers in; write the controller's own address, such as '192.168.1.30'",
        "a warning: `allowed_clients` is a network far larger than a home",
    ),
    "clients_required": Entry(
        "required when listen_host is {value}; write the controller's address, such as {example}",
        "`allowed_clients` of a Quasar's guard",
    ),
    "guard_required": Entry("required where the guard is enabled", "a Quasar's guard"),
    "guard_port_taken": Entry("{value} is where the Quasar itself listens; take another port", "a Quasar's guard"),
}

CONFIG_VEHICLES: Mapping[str, Entry] = {
    "vehicle_name_taken": Entry("{value} has a meaning of its own; choose another name", "a key of `vehicles`"),
    "vehicle_named_twice": Entry("names a car twice; write each once", "a charger's `vehicles`"),
    "vehicle_unknown": Entry(
        "{value} is not in vehicles; [did you mean {near}? ]write {known}", "a charger's `vehicles`"
    ),
    "vehicles_required": Entry("{value} is not known; write the section vehicles", "a charger's `vehicles`"),
    "vehicle_value_shared": Entry(
        "{value} is already {other}; two cars with the same one cannot be told apart", "`tags`, `plugged`, `soc_pct`"
    ),
    "vehicles_need_status": Entry(
        "needs status: nothing else shows that a car comes and leaves; or write vehicle, an entity that names the car",
        "a charger's `vehicles`",
    ),
    "guest_has_no_soc": Entry(
        "a guest has no state of charge; write ready_by and energy_kwh, or max_price", "a charger's `guest`"
    ),
    "own_car_unused": Entry(
        "does nothing beside vehicles; write it there", "a warning: the state of charge is that of the car"
    ),
    "vehicles_unused": Entry(
        "does nothing without vehicles; write who may charge here", "a warning: `vehicle`, `tag`, `guest`"
    ),
    "vehicle_unused": Entry(
        "no load names this car; write its name in a charger's vehicles, or 'any'", "a warning: a car of `vehicles`"
    ),
}

CONFIG_PHASES: Mapping[str, Entry] = {
    "phases_cannot_switch": Entry(
        f"only chargers of type number, ocpp and easee can switch{_OUT}", "`switch_phases` of another type"
    ),
    "phases_wallbox_stays": Entry(
        f"a Wallbox goes to other phases only when it is plugged in anew{_OUT}", "`switch_phases` of a Wallbox"
    ),
    "phases_by_itself": Entry(
        f"a charger of type {{kind}} switches its phases without an entity{_OUT}", "`phase_switch` of ocpp or easee"
    ),
    "phases_too_few": Entry(
        "it is on {phases} of the three phases; only a load on all of them can switch", "`switch_phases`"
    ),
    "phases_circuit_shared": Entry(
        f"it shares its Easee circuit with {{load}}, whose phases would switch too{_OUT}", "two Easee chargers"
    ),
    "phases_untold": Entry(
        "nothing switches this charger's phases; write its phase_switch too, or leave this out", "`switch_phases` alone"
    ),
    "phases_unseen_stop": Entry(
        "nothing shows when its car has stopped, and phases switch only then; write its draw or status",
        "`switch_phases` without either",
    ),
    "phase_switch_alone": Entry(
        'does nothing alone; write "switch_phases": True too', "a warning: `phase_switch` without it"
    ),
    "phase_switch_ways": Entry(
        "names no entity, or several; write one of select, switch and number, and one and three", "`phase_switch`"
    ),
    "phase_states_alike": Entry("is {value} for one phase and for three; write two different states", "`phase_switch`"),
    "phase_state_not_number": Entry("{value} is not a number, and a number is to be set", "`phase_switch`"),
    "phase_state_not_switch": Entry("{value} is no state of a switch; write 'on' or 'off'", "`phase_switch`"),
    "phase_state_not_option": Entry("{value} is not an option of a list; write its text", "`phase_switch`"),
}
