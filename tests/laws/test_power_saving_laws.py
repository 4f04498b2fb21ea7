"""The power-saving level: whatever is read, it is a level, it fits, and it falls only into room that has lasted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fusebox.model.data_quality import DataQuality
from fusebox.model.heating import PowerSaving
from fusebox.radiators.power_saving import EstimatorMemory, Readings, estimate

from .drawn import among
from .effort import examples

METERS = st.none() | st.floats(-20, 60)
LEVELS = st.lists(st.integers(0, 8), min_size=1, max_size=6).map(lambda counts: (*sorted(counts, reverse=True), 0))


@st.composite
def estimators(draw: st.DrawFn) -> PowerSaving:
    """Any section that CONFIG takes."""
    levels = draw(LEVELS)
    return PowerSaving(
        meter={},
        status="",
        max_available=draw(st.floats(5, 60)),
        per_radiator=draw(st.floats(1, 10)),
        max_active=levels,
        thermostat_factor=draw(st.floats(1, 2)),
        hysteresis=draw(st.floats(1, 2)),
        security_margin=draw(st.floats(0, 4)),
        damping_s=draw(among(0.0, 10.0, 90.0)),
        method=draw(st.sampled_from(("global", "individual"))),
        blind_level=draw(st.none() | st.integers(0, len(levels) - 1)),
    )


RUNS = st.lists(
    st.tuples(
        among(0.0, 1.0, 9.0, 60.0),
        METERS,
        st.integers(0, 8),
        METERS,
        st.floats(0, 20),
        among(DataQuality.MISSING, DataQuality.STALE),
    ),
    max_size=30,
)


@examples(150)
@given(estimators(), RUNS)
def test_the_level_fits_with_full_credit_and_falls_only_after_the_damping(
    of: PowerSaving, runs: list[tuple[float, float | None, int, float | None, float, DataQuality]]
) -> None:
    memory, now_s, risen_s = EstimatorMemory(), 0.0, 0.0
    levels = [of.blind]
    for after_s, meter, on, extra, age_s, lost in runs:
        now_s += after_s
        quality, extra_quality = (DataQuality.GOOD if each is not None else lost for each in (meter, extra))
        seen = Readings(now_s, meter, now_s - age_s, on, extra, quality=quality, extra_quality=extra_quality)
        found = estimate(of, seen, memory)
        memory, level = found.memory, found.level
        assert 0 <= level <= of.top
        assert found.reason
        if meter is None:
            assert level == (levels[-1] if lost is DataQuality.MISSING else max(of.blind, levels[-1]))
        else:
            most_a = max(on * of.per_radiator, *(each for _, each in memory.meter_latency.drawn))
            high = of.max_available - of.security_margin - meter + most_a
            assert of.highest_draw(level) <= high + 1e-6 or level == of.top
        if level > levels[-1]:
            risen_s = now_s
        if of.method == "individual" and extra is None and lost is DataQuality.STALE:
            assert level >= of.blind
        if level < levels[-1] and of.damping_s > 0:
            assert meter is not None and now_s - risen_s >= of.damping_s - 1e-6
        levels.append(level)
