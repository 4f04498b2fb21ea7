# A tariff that bills peaks: shows where its window stands, keeps the months, warns. The thinking: modules/fusebox/.
from fusebox_ha import PORTS, now_s, wall
from fusebox_native import native

PEAK = native.start_script("peak", native.PeakTracker, native.loaded, PORTS)


# A loop and not a period trigger: that stands still for an hour in the night when summer time ends.
@time_trigger("startup")
def tick(**kwargs):
    task.unique("fusebox_peak")
    PEAK.look_at_the_clock(now_s(), wall())
    PEAK.start(now_s())
    if PEAK.is_active:
        native.watch_files.own_script(native.doorway, pyscript.get_global_ctx(), "peak")
    while PEAK.has_work:
        task.sleep(1)
        PEAK.look_at_the_clock(now_s(), wall())
        PEAK.run(now_s())
    PEAK.leave()
