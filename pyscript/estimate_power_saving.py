# The power-saving level from what the house's meter leaves for heating. The thinking is in modules/fusebox/.
from fusebox_ha import PORTS, now_s
from fusebox_native import native

ESTIMATION = native.make_script_or_report("estimator", native.Estimation, native.loaded, PORTS)


@state_trigger(*ESTIMATION.triggers)
def something_changed(**kwargs):
    ESTIMATION.run(now_s())


# A loop and not a period trigger: that stands still for an hour in the night when summer time ends.
@time_trigger("startup")
def tick(**kwargs):
    task.unique("fusebox_estimator")
    ESTIMATION.restore_and_run(now_s())
    if ESTIMATION.is_active:
        native.watch_files.record_script_file(native.doorway, pyscript.get_global_ctx(), "estimator")
    while ESTIMATION.has_work:
        task.sleep(1)
        ESTIMATION.run(now_s())
    ESTIMATION.leave()
