# Keeps every load under every fuse: meters -> snapshot -> decision -> commands. The thinking is in modules/fusebox/.
from fusebox_ha import PORTS, now_s, reload_what_changed, steady_s
from fusebox_native import native

native.service_calls.listen()
BALANCER = native.make_script_or_report("balancer", native.Balancer, native.loaded, PORTS)


@state_trigger(*BALANCER.triggers)
def reading_changed(**kwargs):
    BALANCER.changed(now_s(), steady_s())


# Loops and not period triggers: those stand still for an hour in the night when summer time ends.
@time_trigger("startup")
def tick(**kwargs):
    """Start this load of the script, then run each second until a newer load is active."""
    task.unique("fusebox_tick")
    BALANCER.restore_and_run(now_s())
    while BALANCER.is_active:
        task.sleep(1)
        BALANCER.run_at(now_s(), steady_s())
    BALANCER.leave()


@time_trigger("startup")
def keep_polling_links(**kwargs):
    """Read CONFIG's direct connections that are due each second, once they are open; nothing without any."""
    task.unique("fusebox_links")
    BALANCER.activate()
    while BALANCER.is_active and (BALANCER.links or not BALANCER.ready):
        BALANCER.poll(now_s())
        task.sleep(1)


@time_trigger("startup")
def keep_planning(**kwargs):
    """Update plans and battery again and again, each `plans.next_update_s`."""
    task.unique("fusebox_plans")
    BALANCER.activate()
    while BALANCER.is_active:
        BALANCER.replan(now_s())
        task.sleep(BALANCER.plans.next_update_s)


@time_trigger("startup")
def keep_watching_files(**kwargs):
    """Look every two seconds which files have changed on the disk, and load those again."""
    task.unique("fusebox_watch")
    if BALANCER.activate():
        native.watch_files.record_script_file(native.doorway, pyscript.get_global_ctx())
    while BALANCER.is_active:
        task.sleep(2)
        reload_what_changed()


@service("pyscript.fusebox_set_mode", supports_response="optional")
def fusebox_set_mode(load=None, mode=None, **kwargs):
    """yaml
    name: Set a load's mode
    description: How a load wants to be served. Lasts over restarts, until the mode is edited in CONFIG.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
      mode:
        name: Mode
        description: Tanks have normal and boost too; any label that CONFIG understands will do.
        example: standard
        required: true
        selector:
          select:
            custom_value: true
            options:
              - standard
              - continuous
              - solar_priority
              - solar_only
              - excess
              - "off"
              - normal
              - boost
    """
    return native.services.set_mode(BALANCER, now_s(), load=load, mode=mode, **kwargs)


@service("pyscript.fusebox_set_distribution", supports_response="optional")
def fusebox_set_distribution(distribution=None, **kwargs):
    """yaml
    name: Set the distribution
    description: How loads share what is left above their minimums. Lasts over restarts, until it is edited in CONFIG.
    fields:
      distribution:
        name: Distribution
        description: shared, priority, optimized or strict.
        example: shared
        required: true
        selector:
          select:
            options:
              - shared
              - priority
              - optimized
              - strict
    """
    return native.setting_service.set_distribution(BALANCER, now_s(), distribution=distribution, **kwargs)


@service("pyscript.fusebox_set_max_current", supports_response="optional")
def fusebox_set_max_current(load=None, current_a=None, **kwargs):
    """yaml
    name: Set a load's highest current
    description: A charger is offered at most this. Lasts over restarts, until max_a is edited in CONFIG.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
      current_a:
        name: Current
        description: Amps on each phase, not above the circuit, not below the minimum.
        example: 16
        required: true
        selector:
          number:
            min: 6
            max: 125
            step: 0.1
            mode: box
            unit_of_measurement: A
    """
    return native.setting_service.set_current(BALANCER, now_s(), "max_a", load=load, current_a=current_a, **kwargs)


@service("pyscript.fusebox_set_min_current", supports_response="optional")
def fusebox_set_min_current(load=None, current_a=None, **kwargs):
    """yaml
    name: Set a load's lowest current
    description: A charger is offered this or more, or waits. Lasts over restarts, until min_a is edited in CONFIG.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
      current_a:
        name: Current
        description: Amps on each phase, not above the circuit and the maximum.
        example: 6
        required: true
        selector:
          number:
            min: 6
            max: 125
            step: 0.1
            mode: box
            unit_of_measurement: A
    """
    return native.setting_service.set_current(BALANCER, now_s(), "min_a", load=load, current_a=current_a, **kwargs)


@service("pyscript.fusebox_set", supports_response="optional")
def fusebox_set(load=None, **kwargs):
    """yaml
    name: Set values
    description: >-
      Sets values of CONFIG, of the load that you name or, without one, of the site. They last over restarts, until that
      value is edited in CONFIG.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity; the site without it.
        example: sensor.fusebox_car
        selector:
          entity:
            filter:
              domain: sensor
      distribution:
        name: Distribution
        description: Of the site, how loads share what is left above their minimums.
        example: shared
        selector:
          select:
            options:
              - shared
              - priority
              - optimized
              - strict
      max_import_w:
        name: Import limit
        description: Of the site, the most that all phases together may import.
        example: 9000
        selector:
          number:
            min: 0
            max: 1000000
            step: 100
            mode: box
            unit_of_measurement: "W"
      soc_target_pct:
        name: Battery target
        description: Of the home battery; it is charged up to this before loads on the sun get more.
        example: 80
        selector:
          number:
            min: 0
            max: 100
            step: 1
            mode: box
            unit_of_measurement: "%"
      soc_min_pct:
        name: Battery minimum
        description: Of the home battery; below this it gives loads nothing.
        example: 20
        selector:
          number:
            min: 0
            max: 100
            step: 1
            mode: box
            unit_of_measurement: "%"
      allow_grid_charging:
        name: Grid charging
        description: Whether loads may take more than your own power.
        example: false
        selector:
          boolean:
      dry_run:
        name: Dry run
        description: Whether Fusebox only decides and reports, and commands nothing.
        example: true
        selector:
          boolean:
      min_a:
        name: Lowest current
        description: Of a charger, amps on each phase.
        example: 6
        selector:
          number:
            min: 6
            max: 125
            step: 0.1
            mode: box
            unit_of_measurement: "A"
      max_a:
        name: Highest current
        description: Of a charger, amps on each phase.
        example: 16
        selector:
          number:
            min: 1
            max: 125
            step: 0.1
            mode: box
            unit_of_measurement: "A"
      rated_w:
        name: Rated power
        description: Of a load that is switched.
        example: 2000
        selector:
          number:
            min: 25
            max: 100000
            step: 1
            mode: box
            unit_of_measurement: "W"
      max_w:
        name: Highest power
        description: Of a load in watts.
        example: 3000
        selector:
          number:
            min: 25
            max: 100000
            step: 1
            mode: box
            unit_of_measurement: "W"
      normal_c:
        name: Normal temperature
        description: Of a tank.
        example: 50
        selector:
          number:
            min: 5
            max: 95
            step: 0.5
            mode: box
            unit_of_measurement: "°C"
      boost_c:
        name: Boost temperature
        description: Of a tank.
        example: 65
        selector:
          number:
            min: 5
            max: 95
            step: 0.5
            mode: box
            unit_of_measurement: "°C"
    """
    return native.setting_service.set_values(BALANCER, now_s(), load=load, **kwargs)


@service("pyscript.fusebox_reset_charger", supports_response="optional")
def fusebox_reset_charger(load=None, **kwargs):
    """yaml
    name: Reset a charger
    description: >-
      Clears all charging profiles of an OCPP charger, old ones of other systems too, and puts the limits in place
      anew. One that reports a fault, or that its session is over, has its reset button pressed.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
    """
    return native.services.reset_charger(BALANCER, now_s(), load=load, **kwargs)


@service("pyscript.fusebox_boost", supports_response="optional")
def fusebox_boost(load=None, state=None, **kwargs):
    """yaml
    name: Boost a load
    description: >-
      All that a load can use, now and from any source, but never more than the fuses allow. A charger's boost ends
      when its car is unplugged, a tank's when it is at boost_c, a plug's when it is switched off.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
      state:
        name: State
        description: Whether to boost it.
        example: true
        required: true
        selector:
          boolean:
    """
    return native.services.boost(BALANCER, now_s(), load=load, state=state, **kwargs)


@service("pyscript.fusebox_set_plan", supports_response="optional")
def fusebox_set_plan(load=None, **kwargs):
    """yaml
    name: Set a plan
    description: >-
      Energy by a time, at the lowest cost. Lasts over restarts, until it is done, its car has left, or it is
      cleared; meanwhile it stands in for the plan in CONFIG. Say how much by one of energy_kwh, soc_target_pct and
      hours. With max_price alone the plan in force gets this limit; without a plan, the load runs below that price.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
      ready_by:
        name: Ready by
        description: A time of day, a date and time such as 2026-11-27 07:00, or days with their times.
        example: "07:00"
        selector:
          time:
      energy_kwh:
        name: Energy
        description: What it is to take from now on; 0 skips the plan in CONFIG until that time.
        example: 20
        selector:
          number:
            min: 0
            max: 1000
            step: 0.1
            mode: box
            unit_of_measurement: kWh
      soc_target_pct:
        name: State of charge
        description: Of a car; needs soc_pct and capacity_kwh in CONFIG.
        example: 80
        selector:
          number:
            min: 1
            max: 100
            step: 1
            mode: box
            unit_of_measurement: "%"
      hours:
        name: Hours
        description: Of a plug or a tank, how long it is to run.
        example: 5
        selector:
          number:
            min: 0.25
            max: 24
            step: 0.25
            mode: box
            unit_of_measurement: h
      min_soc_pct:
        name: Least state of charge
        description: Below it the car charges at once, whatever the price.
        example: 20
        selector:
          number:
            min: 0
            max: 100
            step: 1
            mode: box
            unit_of_measurement: "%"
      max_price:
        name: Highest price
        description: Above it, per kWh, nothing runs before the latest start. Alone, the load runs at or below it.
        example: 0.25
        selector:
          number:
            min: -10
            max: 1000
            step: 0.001
            mode: box
      finish:
        name: Of equal prices
        description: The late one spares the battery, the early one has reserve.
        example: late
        selector:
          select:
            options:
              - late
              - early
      min_block_min:
        name: Least block
        description: So long it runs at least, once it runs.
        example: 15
        selector:
          number:
            min: 0
            max: 720
            step: 15
            mode: box
            unit_of_measurement: min
      preview:
        name: Preview
        description: >-
          Sets nothing; returns the plan attributes that the load's entity would have, and missing_kwh, what would be
          missing at that time.
        example: true
        default: false
        selector:
          boolean:
    """
    return native.plan_services.set_plan(BALANCER, now_s(), load=load, **kwargs)


@service("pyscript.fusebox_clear_plan", supports_response="optional")
def fusebox_clear_plan(load=None, **kwargs):
    """yaml
    name: Clear a plan
    description: What fusebox_set_plan has set is over; the plan in CONFIG counts again.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
    """
    return native.plan_services.clear_plan(BALANCER, now_s(), load=load, **kwargs)


@service("pyscript.fusebox_set_limit", supports_response="optional")
def fusebox_set_limit(load=None, **kwargs):
    """yaml
    name: Stop a session at a limit
    description: >-
      The charger stops at this state of charge or energy, in every mode but boost, until its car is unplugged. Counts
      for the present session, or for the next one; 0 returns to the limit in CONFIG.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
      stop_soc_pct:
        name: State of charge
        description: Needs soc_pct in CONFIG.
        example: 80
        selector:
          number:
            min: 0
            max: 100
            step: 1
            mode: slider
            unit_of_measurement: "%"
      stop_energy_kwh:
        name: Energy
        description: Counted from plugging in.
        example: 12
        selector:
          number:
            min: 0
            max: 1000
            step: 0.1
            mode: box
            unit_of_measurement: kWh
    """
    return native.session_services.set_limit(BALANCER, now_s(), load=load, **kwargs)


@service("pyscript.fusebox_set_vehicle", supports_response="optional")
def fusebox_set_vehicle(load=None, vehicle=None, **kwargs):
    """yaml
    name: Set the car at a charger
    description: >-
      Which car is plugged in, where Fusebox has not recognised it. Counts until it is unplugged; only for chargers
      with vehicles in CONFIG.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_garage
        required: true
        selector:
          entity:
            filter:
              domain: sensor
      vehicle:
        name: Car
        description: Its name in CONFIG, or guest; automatic ends your choice, and it is recognised by itself again.
        example: ioniq
        required: true
        selector:
          select:
            custom_value: true
            options:
              - guest
              - automatic
    """
    return native.session_services.set_vehicle(BALANCER, now_s(), load=load, vehicle=vehicle, **kwargs)


@service("pyscript.fusebox_switch_phases", supports_response="optional")
def fusebox_switch_phases(load=None, phases=None, **kwargs):
    """yaml
    name: Switch a charger's phases
    description: >-
      To one phase or to three, until its car is unplugged. It is stopped, rests and begins again at its minimum. Only
      where CONFIG says switch_phases.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity.
        example: sensor.fusebox_car
        required: true
        selector:
          entity:
            filter:
              domain: sensor
      phases:
        name: Phases
        description: 1 or 3.
        example: 1
        required: true
        selector:
          select:
            options:
              - "1"
              - "3"
    """
    return native.services.switch_phases(BALANCER, now_s(), load=load, phases=phases, **kwargs)


@service("pyscript.fusebox_sessions", supports_response="only")
def fusebox_sessions(load=None, days=30, **kwargs):
    """yaml
    name: Sessions
    description: Returns the sessions that are over, with their energy and where it came from.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity; all loads without it.
        example: sensor.fusebox_car
        selector:
          entity:
            filter:
              domain: sensor
      days:
        name: Days
        description: How far back.
        example: 30
        default: 30
        selector:
          number:
            min: 1
            max: 730
            step: 1
            mode: box
            unit_of_measurement: days
      vehicle:
        name: Car
        description: Its name in CONFIG, or guest; all of them without it.
        example: ioniq
        selector:
          select:
            custom_value: true
            options:
              - guest
      group:
        name: Group
        description: A household's name in CONFIG; all of them without it.
        example: flat 3
        selector:
          text:
      totals:
        name: Add up
        description: Sums for each day or month, load and car in place of single sessions.
        example: month
        selector:
          select:
            options:
              - day
              - month
      by:
        name: Sums by
        description: Whether each load and car has its own sums, or each group.
        example: group
        default: load
        selector:
          select:
            options:
              - load
              - group
      csv:
        name: As CSV
        description: Comma-separated values in place of rows.
        example: true
        default: false
        selector:
          boolean:
    """
    return native.session_services.sessions(BALANCER, now_s(), load=load, days=days, **kwargs)


@service("pyscript.fusebox_explain", supports_response="only")
def fusebox_explain(**kwargs):
    """yaml
    name: Explain the last decision
    description: Returns every limit in force, what each load gets, and why.
    """
    return native.services.explain(BALANCER)


@service("pyscript.fusebox_commission", supports_response="optional")
def fusebox_commission(load="all", confirm=False, stop=False, **kwargs):
    """yaml
    name: Test the wiring
    description: >-
      Moves each load a little and watches every meter, ten minutes at most, inside every limit. Without confirm it only
      says what it would do. sensor.fusebox_commissioning shows what it finds; no CONFIG is changed.
    fields:
      load:
        name: Load
        description: Its name in CONFIG, or its entity; all loads without it.
        example: sensor.fusebox_car
        default: all
        selector:
          entity:
            filter:
              domain: sensor
      confirm:
        name: Begin
        description: Whether to begin.
        example: true
        default: false
        selector:
          boolean:
      stop:
        name: Stop
        description: Ends a test that is under way.
        example: true
        default: false
        selector:
          boolean:
    """
    return native.services.commission(BALANCER, now_s(), load=load, confirm=confirm, stop=stop, **kwargs)


@service("pyscript.fusebox_detect", supports_response="only")
def fusebox_detect(**kwargs):
    """yaml
    name: Detect meters, battery, sun and chargers
    description: Returns a CONFIG to begin with, as text and as data, with the reason for each guess. Changes nothing.
    """
    return native.setup.suggest_config(BALANCER)


@service("pyscript.fusebox_leftovers", supports_response="only")
def fusebox_leftovers(**kwargs):
    """yaml
    name: List what there is of Fusebox
    description: Returns its files, stores, entities, the card's address and its dashboards. Changes nothing.
    """
    return native.setup.list_leftovers(BALANCER, native.doorway)


@service("pyscript.fusebox_setup", supports_response="optional")
def fusebox_setup(main_fuse_a=None, fuse_type="B", write=False, **kwargs):
    """yaml
    name: Set up
    description: >-
      Proposes a whole site_config.py from the entities that are there, in a dry run, with the reason and the doubt of
      each guess. Never over what somebody wrote.
    fields:
      main_fuse_a:
        name: Main fuse
        description: What is printed on the main breaker, for each phase. Left out, 25 A is written, to be filled in.
        example: 25
        default: 25
        selector:
          number:
            min: 1
            max: 125
            step: 1
            mode: box
            unit_of_measurement: A
      fuse_type:
        name: Its letter
        description: B, C, gG (a fuse) or linky (the French meter).
        example: B
        default: B
        selector:
          select:
            options:
              - B
              - C
              - gG
              - linky
      write:
        name: Write the file
        description: >-
          Where there is no site_config.py yet, or an untouched example; else beside it, as site_config.proposed.py.
        example: true
        default: false
        selector:
          boolean:
    """
    fields = {"main_fuse_a": main_fuse_a, "fuse_type": fuse_type, "write": write}
    return native.setup.setup(BALANCER, native.doorway, **fields, **kwargs)
