# A tariff that bills peaks: publishes its window, stores the months, warns. The logic is in modules/fusebox/.
from fusebox_ha import PORTS, now_s
from fusebox_native import native

native.service_calls.listen()
PEAK = native.make_script_or_report("peak", native.PeakTracker, native.loaded, PORTS)


# A loop and not a period trigger: that stands still for an hour in the night when summer time ends.
@time_trigger("startup")
def tick(**kwargs):
    task.unique("fusebox_peak")
    PEAK.restore_and_run(now_s())
    if PEAK.is_active:
        native.watch_files.record_script_file(native.doorway, pyscript.get_global_ctx(), "peak")
    while PEAK.has_work:
        task.sleep(1)
        PEAK.run(now_s())
    PEAK.leave()


@service("pyscript.fusebox_dimmings", supports_response="only")
def fusebox_dimmings(days=365, csv=False, **kwargs):
    """yaml
    name: Dimmings
    description: >-
      Returns when the grid operator dimmed the controllable loads, to what, and whether the limit was kept.
    fields:
      days:
        name: Days
        description: How far back.
        example: 365
        default: 365
        selector:
          number:
            min: 1
            max: 730
            step: 1
            mode: box
            unit_of_measurement: days
      csv:
        name: As CSV
        description: Comma-separated values in place of rows.
        example: true
        default: false
        selector:
          boolean:
    """
    return native.peak_tracker.dimmings(PEAK, now_s(), days=days, csv=csv, **kwargs)
