"""Laws of devices that are late, deaf, dead or modest: no storm of commands, no offer lent twice, no swinging."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from fusebox import tuning

from ..control.houses import car, site
from ..control.imperfect import Device, Night
from .drawn import among
from .effort import examples

LATE = among(0, 1, 5, 20, 60)
FUSE_A = 25.0


@st.composite
def devices(draw: st.DrawFn) -> Device:
    """A charger of any manners, that starts from 6 A."""
    late_s = draw(LATE)
    return Device(
        echo_s=draw(among(0, late_s)),
        follow_s=late_s,
        takes_a=draw(among(0.0, 4.0, 7.0, 10.0, 13.0, 32.0)),
        measured=draw(st.booleans()),
        device_step_a=draw(among(None, 0.1, 0.5, 1.0)),
    )


@examples(10)
@given(devices(), st.booleans(), st.booleans(), st.lists(st.floats(0, 30), min_size=1, max_size=20))
@example(Device(takes_a=7.0), True, False, [23.0])
def test_a_device_that_does_not_respond_is_commanded_at_most_once_a_minute(
    device: Device, dead: bool, deaf: bool, house_a: list[float]
) -> None:
    device.dead, device.deaf = dead, deaf
    night = Night(site(car("car", step_a=0.1), fuse_a=FUSE_A), car=device)
    night.run(720, lambda second: house_a[second // 60 % len(house_a)])
    if dead:
        # A cut under a fuse that would open is worth two commands a minute.
        opens = max(night.flows) > tuning.RAISE_BORNE_RATIO * FUSE_A
        assert len([s for s in night.times() if s >= 120]) <= (20 if opens else 10) + len(house_a[:12])
    assert all(command.current_a is None or command.current_a <= 16 for _, command in night.sent)


@examples(7)
@given(devices(), devices(), st.floats(1, 12), st.booleans())
@example(Device(echo_s=60, follow_s=60, takes_a=0.0), Device(takes_a=7.0), 1.0, False)
@example(Device(echo_s=60, follow_s=60, takes_a=10.0), Device(takes_a=10.0), 1.0, False)
def test_offers_on_a_steady_house_never_sum_above_the_fuse_and_come_to_rest(
    one: Device, other: Device, house_a: float, fair: bool
) -> None:
    # A device that shows at once what it offers only a minute later, to a car that draws nothing, leaves no trace.
    assume(all(device.follow_s <= tuning.FOLLOW_LATEST_S or device.echo_s > 0 for device in (one, other)))
    one.measured = other.measured = True
    priority = 1 if fair else 2
    night = Night(site(car("one"), car("other", priority=priority), fuse_a=FUSE_A), one=one, other=other)
    for _ in range(900):
        night.run(1, house_a)
        assert one.real_a + other.real_a + house_a <= max(FUSE_A, 12 + house_a) + 1e-6
    settled = [s for s in night.times("one") + night.times("other") if s > 600]
    assert len(settled) <= 2
